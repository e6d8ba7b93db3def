#include "ui/window/trace_opener.h"

#include "core/formats/trace_registry.h"

#include <algorithm>
#include <utility>

namespace loopscope {

TraceOpener::TraceOpener(Open open, QObject *parent)
    : QObject(parent)
    , open_(std::move(open))
{
}

TraceOpener::~TraceOpener()
{
    for (Waiting &file : files_)
        file.stop.request_stop();
}

void TraceOpener::open(std::string path)
{
    files_.push_back({std::move(path), {}});
    if (files_.size() == 1)
        startNext();
}

bool TraceOpener::isOpening(const std::string &path) const
{
    return std::ranges::find(files_, path, &Waiting::path) != files_.end();
}

void TraceOpener::cancel()
{
    for (const Waiting &file : std::exchange(files_, {})) {
        Waiting(file).stop.request_stop(); // what it tells from now on is of no file that is waited for
        auto given = std::make_shared<OpenedFile>();
        given->file.path = file.path;
        given->result = tl::unexpected(OpeningFailure{.what = {}, .isCancelled = true});
        Q_EMIT opened(given);
    }
}

void TraceOpener::giveUp(const std::string &path)
{
    const auto file = std::ranges::find(files_, path, &Waiting::path);
    if (file == files_.end())
        return;
    const bool goesOn = file == files_.begin();
    file->stop.request_stop();
    files_.erase(file);
    if (goesOn && !files_.empty())
        startNext();
}

// What a thread tells counts while its file is waited for: all of a job that was given up is too late.
OpeningObserver TraceOpener::observer(TraceOpener *opener, const TraceFile &file, const std::stop_source &stop,
                                      const BackgroundJobs::Tell &tell)
{
    const auto tellUnlessStopped = [stop = stop.get_token(), tell](std::function<void()> what) {
        tell([stop, what = std::move(what)] {
            if (!stop.stop_requested())
                what();
        });
    };
    OpeningObserver result;
    result.stop = stop.get_token();
    result.progressed = [opener, path = file.path, tellUnlessStopped](std::uint64_t read, std::uint64_t all) {
        tellUnlessStopped([opener, path, read, all] { Q_EMIT opener->progressed(path, read, all); });
    };
    result.previewed = [opener, file, tellUnlessStopped](const std::shared_ptr<const Trace> &trace) {
        tellUnlessStopped([opener, file, trace] { Q_EMIT opener->previewed(file, trace); });
    };
    tellUnlessStopped([opener, file] { Q_EMIT opener->begins(file); });
    return result;
}

void TraceOpener::startNext()
{
    const auto failed = [this, file = files_.front()](const std::string &reason) {
        auto given = std::make_shared<OpenedFile>();
        given->file.path = file.path;
        given->result = tl::unexpected(OpeningFailure{.what = reason, .isCancelled = false});
        if (!file.stop.stop_requested())
            finish(given);
    };
    const auto job = [this, file = files_.front(), open = open_](const BackgroundJobs::Tell &tell) {
        auto result = std::make_shared<OpenedFile>();
        const auto kind = recognisedFile(file.path).value_or(RecognisedFile()).kind;
        result->file = {file.path, kind == TraceFileKind::OwnTrace, realPathOf(file.path)};
        result->kind = kind;
        if (kind != TraceFileKind::Scenario && kind != TraceFileKind::Comparison)
            result->result = open(file.path, observer(this, result->file, file.stop, tell));
        tell([this, result, stop = file.stop] {
            if (!stop.stop_requested())
                finish(result);
        });
    };
    jobs_.start(job, failed);
}

void TraceOpener::finish(const std::shared_ptr<OpenedFile> &file)
{
    files_.pop_front();
    if (!files_.empty())
        startNext();
    Q_EMIT opened(file);
}

} // namespace loopscope
