#pragma once

#include "core/trace/trace.h"

#include <QWidget>

#include <memory>
#include <vector>

namespace loopscope {

/// What the timeline's colours, textures and signs mean: drawn as the timeline draws them, on as many lines as the width takes.
class Legend : public QWidget {
    Q_OBJECT

public:
    explicit Legend(QWidget *parent = nullptr);

    /// Explains what is in this trace: in one of others states only if there are any.
    void setTrace(std::shared_ptr<const Trace> trace);
    /// The trace has grown.
    void refresh();

private:
    void showEntries();

    std::shared_ptr<const Trace> trace_;
    std::uint64_t revision_ = 0; // of the trace, when it was looked through
    std::vector<QWidget *> states_;
    std::vector<QWidget *> outcomes_;
    std::vector<QWidget *> slices_;
};

} // namespace loopscope
