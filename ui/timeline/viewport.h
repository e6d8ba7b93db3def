#pragma once

#include "core/trace/time.h"

#include <QObject>

namespace loopscope {

/// Whether the visible range follows a run that goes on.
enum class Follow : std::uint8_t {
    Live,  ///< the whole run so far is visible, and the range grows with it
    Frozen ///< the range stays where a person put it
};

/// Which range of time is visible, and whether it follows the run. The window has one; no widget keeps a range of its own.
///
/// The range is never empty, never shorter than shortestRange and never longer than the whole run; at least half of it shows the run.
class Viewport : public QObject {
    Q_OBJECT

public:
    /// A pixel is a few nanoseconds wide then: wide enough for whole nanoseconds to keep an instant at its pixel.
    static constexpr Nanoseconds shortestRange = 10 * nanosecondsPerMicrosecond;
    /// What a run that has just begun shows, so that its first frames do not rush by.
    static constexpr Nanoseconds shortestLiveRange = 250 * nanosecondsPerMillisecond;

    explicit Viewport(QObject *parent = nullptr);

    [[nodiscard]] TimeRange range() const { return range_; }
    [[nodiscard]] Follow follow() const { return follow_; }
    /// The extent of what is known, as setExtent() was told.
    [[nodiscard]] TimeRange extent() const { return extent_; }
    /// Whether the run goes on, as setExtent() was told.
    [[nodiscard]] bool isGrowing() const { return isGrowing_; }

    /// Says how far the run reaches by now and whether it goes on. While following, the range shows all of it, at the run's own scale once
    /// it has ended.
    void setExtent(TimeRange extent, bool isGrowing);
    /// Another run is shown from now on: follows it from its beginning.
    void reset();

    // Each of these freezes.
    void setRange(TimeRange range);
    /// Zooms in by `factor` (out if it is below 1); the instant `at` stays at the pixel where it is.
    void zoomAt(Nanoseconds at, double factor);
    /// Moves the range by `offset`, to the right if positive.
    void pan(Nanoseconds offset);
    /// Shows `range` with a little room on both sides.
    void fit(TimeRange range);

    /// Shows the whole run. It is followed if it was before.
    void fitAll();
    void freeze() { setFollow(Follow::Frozen); }
    /// Shows the whole run and follows it.
    void followLive();

Q_SIGNALS:
    /// The range or the follow mode is another one now.
    void changed();

private:
    [[nodiscard]] TimeRange wholeRun() const;
    [[nodiscard]] TimeRange withinLimits(TimeRange range) const;
    void apply(TimeRange range, Follow follow);
    void setFollow(Follow follow) { apply(range_, follow); }

    TimeRange extent_;
    TimeRange range_;
    Follow follow_ = Follow::Live;
    bool isGrowing_ = false;
};

} // namespace loopscope
