#pragma once

#include "core/trace/trace_replay.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <memory>
#include <optional>

namespace loopscope {

/// Plays a recorded trace again, at a speed, from any instant: what the window shows meanwhile is TraceReplay's trace.
class ReplayPlayer : public QObject {
    Q_OBJECT

public:
    /// The speeds there are to choose from, as seconds of the run a second.
    static constexpr std::array<double, 7> speeds = {0.01, 1 / 30.0, 0.1, 1 / 3.0, 1, 3, 10};

    explicit ReplayPlayer(QObject *parent = nullptr);

    /// Shows `recorded`, which has ended, at the instant `from`, and plays it on: at the speed that takes `range` closest to ten seconds.
    void start(std::shared_ptr<const Trace> recorded, Nanoseconds from, TimeRange range);
    void stop();

    /// Whether a replay is shown, playing or not.
    [[nodiscard]] bool isActive() const { return replay_.has_value(); }
    [[nodiscard]] bool isPlaying() const { return timer_.isActive(); }
    /// What was known at the instant shown; null unless isActive().
    [[nodiscard]] std::shared_ptr<const Trace> trace() const { return replay_ ? replay_->trace() : nullptr; }
    [[nodiscard]] Nanoseconds at() const { return replay_ ? replay_->at() : 0; }
    [[nodiscard]] Nanoseconds end() const { return replay_ ? replay_->end() : 0; }
    [[nodiscard]] double speed() const { return speed_; }

    /// Shows another instant; playing goes on from there.
    void moveTo(Nanoseconds at);
    void setSpeed(double speed);
    /// Playing at the end begins anew.
    void setPlaying(bool plays);

Q_SIGNALS:
    /// trace() is another one now, or null.
    void traceReplaced();
    /// The instant is another one.
    void moved();
    /// isPlaying() or speed() is another one.
    void changed();

private:
    void tick();

    std::optional<TraceReplay> replay_;
    double speed_ = 1;
    QTimer timer_;
    QElapsedTimer sinceTick_;
    double leftOver_ = 0; // of the last tick, below a nanosecond of the run
};

} // namespace loopscope
