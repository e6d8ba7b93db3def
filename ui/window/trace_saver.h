#pragma once

#include "core/formats/trace_opening.h"
#include "ui/window/background_jobs.h"

#include <QObject>

#include <functional>
#include <stop_token>

namespace loopscope {

/// Writes traces on a thread of its own, one at a time. Deleting it gives up what goes on.
class TraceSaver : public QObject {
    Q_OBJECT

public:
    using Result = tl::expected<void, OpeningFailure>;
    /// Writes a file as a whole, or leaves what was there as it was; ends within 100 ms of the observer's stop. Called by another thread,
    /// so that it holds what it writes, and nothing changes that meanwhile.
    using Write = std::function<Result(const OpeningObserver &observer)>;

    explicit TraceSaver(QObject *parent = nullptr);
    ~TraceSaver() override;

    /// `then` is called with what came of it. Not while isBusy().
    void start(Write write, std::function<void(const Result &result)> then);
    /// Lets the end follow soon, without a file.
    void cancel();
    [[nodiscard]] bool isBusy() const { return then_ != nullptr; }

Q_SIGNALS:
    /// So much is written, of all.
    void progressed(quint64 written, quint64 all);

private:
    std::stop_source stop_;
    std::function<void(const Result &)> then_; // empty while nothing is written
    BackgroundJobs jobs_{*this};
};

} // namespace loopscope
