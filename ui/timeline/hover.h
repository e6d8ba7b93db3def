#pragma once

#include "core/trace/span.h"

#include <QObject>

namespace loopscope {

/// The lane under the mouse, in whichever panel that is. The window has one, and every panel highlights that lane.
class Hover : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// noLane if the mouse is over none.
    [[nodiscard]] LaneId lane() const { return lane_; }
    void setLane(LaneId lane);

Q_SIGNALS:
    void changed();

private:
    LaneId lane_ = noLane;
};

} // namespace loopscope
