#pragma once

#include "ui/window/choice_bar.h"

#include <string>
#include <vector>

namespace loopscope {

/// Asks what to do with files that are traces or scenarios: open them, or read them as any other file. It has the keyboard when it comes,
/// for a person has just brought the files.
class OpenOffer : public ChoiceBar {
    Q_OBJECT

public:
    explicit OpenOffer(QWidget *parent = nullptr);

    /// Asks for these (raw bytes), and for those that are asked for already.
    void offer(const std::vector<std::string> &paths);
    /// What is asked for; what a person let go of is forgotten with the next offer().
    [[nodiscard]] const std::vector<std::string> &offered() const { return paths_; }

Q_SIGNALS:
    void openWanted(const std::vector<std::string> &paths);
    void readWanted(const std::vector<std::string> &paths);

private:
    std::vector<std::string> paths_;
};

} // namespace loopscope
