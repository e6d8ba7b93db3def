#include "app/run_saving.h"

#include "app/headless_run.h"
#include "app/signal_watcher.h"
#include "core/formats/output_file.h"
#include "core/formats/own/own_file_writer.h"
#include "core/text/display_text.h"

#include <algorithm>
#include <chrono>
#include <stop_token>

namespace loopscope {

namespace {

constexpr int flushIntervalMs = 500;
// After a signal, how long saving may get no further: the journal has nearly all of it.
constexpr std::chrono::milliseconds patience(1'000);

/// Tells a saving to stop when there was a signal, and it has got no further for too long since then.
class Patience {
public:
    void progressed()
    {
        const auto now = std::chrono::steady_clock::now();
        const auto sinceSignal = SignalWatcher::sinceSignal();
        if (sinceSignal && std::min<std::chrono::nanoseconds>(*sinceSignal, now - last_) > patience)
            stop_.request_stop();
        last_ = now;
    }
    [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

private:
    std::stop_source stop_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::string notSaved(const std::string &path, const std::string &reason)
{
    return "the trace was not saved to " + displayName(path) + ": " + reason;
}

} // namespace

tl::expected<std::unique_ptr<RunSaving>, std::string> RunSaving::prepare(const std::string &path)
{
    if (const auto file = OutputFile::create(path); !file)
        return tl::unexpected(notSaved(path, file.error()));
    auto journal = RunJournal::create(path);
    if (!journal)
        return tl::unexpected(notSaved(path, journal.error()));
    return std::unique_ptr<RunSaving>(new RunSaving(path, *std::move(journal)));
}

RunSaving::RunSaving(std::string path, std::unique_ptr<RunJournal> journal)
    : path_(std::move(path))
    , journal_(std::move(journal))
{
}

void RunSaving::follow(HeadlessRun &run)
{
    connect(&timer_, &QTimer::timeout, &run, [this, &run] {
        journal_->flush(*run.trace(), {});
        if (const auto failure = journal_->failure()) {
            timer_.stop();
            run.addNote("the journal of the run ended early: " + *failure);
        }
    });
    connect(&run, &HeadlessRun::ended, &timer_, &QTimer::stop);
    timer_.start(flushIntervalMs);
}

tl::expected<void, std::string> RunSaving::save(const Trace &trace)
{
    const bool isTold = journal_->flush(trace, {});
    Patience patient;
    OpeningObserver observer;
    observer.stop = patient.token();
    observer.progressed = [&patient](std::uint64_t, std::uint64_t) { patient.progressed(); };
    if (const auto saved = saveOwnFile(trace, {}, path_, observer); !saved) {
        journal_->finish();
        if (!journal_->hasContent()) {
            journal_->remove();
            return tl::unexpected(notSaved(path_, saved.error().what));
        }
        const std::string kept = journal_->failure() || !isTold ? "the beginning of what was recorded" : "what was recorded";
        return tl::unexpected(notSaved(path_, saved.error().what) + "; " + kept + " is in " + displayName(journal_->path()));
    }
    journal_->remove();
    return {};
}

} // namespace loopscope
