#pragma once

#include "core/trace/time.h"

#include <QObject>

#include <optional>

namespace loopscope {

/// Whether the visible range follows a run that goes on.
enum class Follow : std::uint8_t {
    Live,  ///< the range grows with the run, or slides with its end where a person has zoomed
    Frozen ///< the range stays where a person put it
};

/// What a Viewport shows, to be shown again later.
struct View {
    TimeRange range;
    Follow follow = Follow::Live;
    std::optional<Nanoseconds> zoom; ///< how long the range is since a person zoomed; nothing if the whole run is wanted

    friend constexpr bool operator==(const View &, const View &) = default;
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

    [[nodiscard]] View view() const { return {range_, follow_, zoom_}; }

    /// Says how far the run reaches by now and whether it goes on. While following, the range shows all of it, at the run's own scale once
    /// it has ended; where a person has zoomed, its last stretch.
    void setExtent(TimeRange extent, bool isGrowing);
    /// Another run is shown from now on: follows it from its beginning.
    void reset();

    // Each of these freezes.
    void setRange(TimeRange range);
    /// Zooms in by `factor` (out if it is below 1); the instant `at` stays at the pixel where it is, until the whole run is visible.
    void zoomAt(Nanoseconds at, double factor) { zoomFrom(range_, at, factor); }
    /// Shows what zooming from `origin` shows: of many steps from one origin none adds to the rounding of others.
    void zoomFrom(TimeRange origin, Nanoseconds at, double factor);
    /// Moves the range by `offset`, to the right if positive.
    void pan(Nanoseconds offset);
    /// Moves the range, if `at` is not in it, so that `at` is near its beginning, but no further than goToEnd().
    void turnPageTo(Nanoseconds at);
    /// Moves the range to the end of the run.
    void goToEnd();
    /// Shows `range` with a little room on both sides.
    void fit(TimeRange range);

    /// Moves the range so that something of `range` is in it; stays where it is, and follows, if something is.
    void reveal(TimeRange range);
    /// Shows the whole run. It is followed if it was before.
    void fitAll();
    void freeze() { setFollow(Follow::Frozen); }
    /// Follows the run: where a person has zoomed the range keeps its length, and goes to the run's end; else it shows the whole run.
    void followLive();
    /// Shows what view() was: what it followed then it follows again, if the run still goes on.
    void restore(const View &view);

Q_SIGNALS:
    /// The range or the follow mode is another one now.
    void changed();

private:
    [[nodiscard]] TimeRange wholeRun() const;
    [[nodiscard]] TimeRange liveRange() const;
    [[nodiscard]] Nanoseconds lastBegin() const;
    [[nodiscard]] TimeRange withinLimits(TimeRange range) const;
    void show(TimeRange range);
    void apply(TimeRange range, Follow follow);
    void setFollow(Follow follow) { apply(range_, follow); }

    TimeRange extent_;
    TimeRange range_;
    Follow follow_ = Follow::Live;
    std::optional<Nanoseconds> zoom_; // as View::zoom
    bool isGrowing_ = false;
};

} // namespace loopscope
