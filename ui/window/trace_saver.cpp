#include "ui/window/trace_saver.h"

#include <utility>

namespace loopscope {

TraceSaver::TraceSaver(QObject *parent)
    : QObject(parent)
{
}

TraceSaver::~TraceSaver()
{
    cancel();
}

void TraceSaver::start(Write write, std::function<void(const Result &)> then)
{
    then_ = std::move(then);
    stop_ = std::stop_source();
    const auto job = [this, write = std::move(write), stop = stop_.get_token()](const BackgroundJobs::Tell &tell) {
        OpeningObserver observer;
        observer.stop = stop;
        observer.progressed = [this, &tell](std::uint64_t written, std::uint64_t all) {
            tell([this, written, all] { Q_EMIT progressed(written, all); });
        };
        tell([this, result = write(observer)] { std::exchange(then_, nullptr)(result); });
    };
    jobs_.start(job, [this](const std::string &reason) {
        std::exchange(then_, nullptr)(tl::unexpected(OpeningFailure{.what = reason, .isCancelled = false}));
    });
}

void TraceSaver::cancel()
{
    stop_.request_stop();
}

} // namespace loopscope
