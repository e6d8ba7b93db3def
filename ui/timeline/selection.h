#pragma once

#include "core/trace/span.h"

#include <QObject>

#include <cstddef>
#include <optional>

namespace loopscope {

/// What is selected: one lane, and perhaps one of its spans. The window has one, and every widget shows and changes that one.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The selected lane; noLane if nothing is selected.
    [[nodiscard]] LaneId lane() const { return lane_; }
    /// The selected span of lane(), an index as Trace::span takes it. It stays valid while the trace grows.
    [[nodiscard]] std::optional<std::size_t> span() const { return span_; }

    void select(LaneId lane, std::optional<std::size_t> span = {});
    void clear() { select(noLane); }

Q_SIGNALS:
    /// Something else is selected now.
    void changed();

private:
    LaneId lane_ = noLane;
    std::optional<std::size_t> span_;
};

} // namespace loopscope
