#pragma once

#include "core/trace/span.h"

#include <QObject>

#include <cstddef>
#include <optional>

namespace loopscope {

/// What is selected: one lane, and perhaps one of its spans, and beside them perhaps a range of time. The window has one, and every widget
/// shows and changes that one.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The selected lane; noLane if nothing is selected.
    [[nodiscard]] LaneId lane() const { return lane_; }
    /// The selected span of lane(), an index as Trace::span takes it. A replay may not have come to it
    /// yet, and an open span that ends at once or finds no room goes again: not less than Trace::spanCount then.
    [[nodiscard]] std::optional<std::size_t> span() const { return span_; }

    /// The selected range of time, which is never empty; nothing if none is selected.
    [[nodiscard]] std::optional<TimeRange> range() const { return range_; }

    /// The selected instant of lane(), an index into ImportedEvents::instants(); nothing if a span is selected.
    [[nodiscard]] std::optional<std::size_t> instant() const { return instant_; }

    void select(LaneId lane, std::optional<std::size_t> span = {});
    void selectInstant(LaneId lane, std::size_t instant);
    /// An empty range is as none.
    void selectRange(std::optional<TimeRange> range);
    /// Neither a lane nor a range is selected then.
    void clear();

Q_SIGNALS:
    /// Another lane or span is selected now.
    void changed();
    /// Another range is selected now.
    void rangeChanged();

private:
    LaneId lane_ = noLane;
    std::optional<std::size_t> span_;
    std::optional<std::size_t> instant_;
    std::optional<TimeRange> range_;
};

} // namespace loopscope
