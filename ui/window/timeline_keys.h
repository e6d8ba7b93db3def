#pragma once

#include <QObject>

namespace loopscope {

class TimelineView;

/// Hands the keys of the timeline that are pressed in a panel beside it to the timeline, but for those that walk and choose in the panel:
/// arrows, pages, Home, End, Enter, Tab, and all with Ctrl. What the timeline does not want is the panel's again.
class TimelineKeys : public QObject {
    Q_OBJECT

public:
    /// The timeline owns it.
    explicit TimelineKeys(TimelineView &timeline);

    /// The keys of `panel`, which must not be around the timeline.
    void takeFrom(QWidget &panel);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    TimelineView &timeline_;
};

} // namespace loopscope
