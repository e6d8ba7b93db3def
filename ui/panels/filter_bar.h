#pragma once

#include "core/trace/trace.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <vector>

class QLabel;
class QPushButton;

namespace loopscope {

class LaneArrangement;
class TaskFilter;

/// What is filtered and hidden, and how lanes are sorted and grouped, as chips that can be removed, with the count of the lanes that are
/// left. Takes no room when all lanes are shown as usual.
class FilterBar : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive it.
    FilterBar(TaskFilter &filter, LaneArrangement &arrangement, QWidget *parent = nullptr);

    /// The trace that kinds and parents are of.
    void setTrace(std::shared_ptr<const Trace> trace);

Q_SIGNALS:
    /// It has had the keyboard's focus, and is hidden now that nothing is left to remove.
    void left();

private:
    struct Chip {
        QString text;
        QString accessibleName;
        std::function<void()> remove;

        friend bool operator==(const Chip &a, const Chip &b) { return a.text == b.text; }
    };

    void refresh();
    [[nodiscard]] std::vector<Chip> wantedChips();
    void addArrangement(std::vector<Chip> &chips);
    void showChips(std::vector<Chip> chips);
    void showCount();
    void clearAll();

    TaskFilter &filter_;
    LaneArrangement &arrangement_;
    std::shared_ptr<const Trace> trace_;
    QWidget *chipArea_;
    QLabel *count_;
    QPushButton *clear_;
    std::vector<Chip> chips_;
    std::vector<QPushButton *> buttons_; // one a chip
};

} // namespace loopscope
