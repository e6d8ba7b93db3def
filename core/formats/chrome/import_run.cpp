#include "core/formats/chrome/import_run.h"

#include "core/formats/chrome/file_arguments.h"
#include "core/formats/chrome/parsing_crew.h"
#include "core/formats/chrome/trace_assembly.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace loopscope::chrome {

namespace {

using Clock = std::chrono::steady_clock;

constexpr Clock::duration progressEvery = std::chrono::milliseconds(50);

tl::unexpected<OpeningFailure> failure(std::string what)
{
    return tl::make_unexpected(OpeningFailure{std::move(what), false});
}

tl::unexpected<OpeningFailure> cancelled()
{
    return tl::make_unexpected(OpeningFailure{"it was cancelled", true});
}

// One opening of one file.
class Import {
public:
    Import(ByteStream &stream, const ImportSettings &settings, const OpeningObserver &observer)
        : settings_(settings)
        , stream_(stream)
        , observer_(observer)
        , windows_(stream, settings.windows)
        , collector_(settings.limits)
        , crew_(settings.isAlone)
    {
    }

    OpeningResult run()
    {
        while (!isCut_ || !crew_.isIdle()) {
            if (observer_.stop.stop_requested())
                return cancelled();
            if (auto failed = advance())
                return failure(std::move(*failed));
            tellProgress();
            if (!showPreview())
                return cancelled();
        }
        if (settings_.packed && problemOf(settings_.packed->end()))
            ownProblems_.add(*problemOf(settings_.packed->end()), settings_.packed->unpackedBytes());
        if (auto refused = refusal())
            return failure(std::move(*refused));
        Marks marks;
        auto trace = assemble(true, &marks);
        if (!trace)
            return cancelled();
        return OpenedTrace{std::move(trace), std::move(marks)};
    }

private:
    // One step: that which keeps others from waiting goes first. What failed, if anything did.
    std::optional<std::string> advance()
    {
        if (ParsingCrew::Job *job = isCut_ ? nullptr : crew_.vacant()) {
            const auto isMore = windows_.next(job->window);
            if (!isMore)
                return isMore.error();
            isCut_ = !*isMore;
            eventsSeen_ += job->window.events.size();
            crew_.submit();
        } else if (ParsingCrew::Job *done = crew_.finished()) {
            if (!isFull_)
                keep(*done);
            crew_.release();
        } else if (!crew_.help()) {
            crew_.wait();
        }
        return std::nullopt;
    }

    void keep(const ParsingCrew::Job &job)
    {
        collector_.add(job.window, job.parsed);
        index_.add(job.window);
        if (isCut_ && crew_.isLast())
            return;
        if (collector_.events().bytes + index_.byteSize() < settings_.limits.memory)
            return;
        isFull_ = true;
        isCut_ = true;
        stream_.stop();
        ownProblems_.add(Problem::MemoryFull,
                         job.window.events.empty() ? job.window.firstByte : job.window.firstByte + job.window.events.back().end);
    }

    void tellProgress()
    {
        const Clock::time_point now = Clock::now();
        if (!observer_.progressed || now < nextProgress_)
            return;
        nextProgress_ = now + progressEvery;
        observer_.progressed(stream_.usedBytes(), std::max(settings_.size, stream_.usedBytes()));
    }

    // False if it was told to stop meanwhile.
    bool showPreview()
    {
        const bool isNearlyDone = isCut_ && crew_.isIdle();
        if (!observer_.previewed || Clock::now() < nextPreview_ || collector_.events().kept <= previewed_ || isNearlyDone)
            return true;
        previewed_ = collector_.events().kept;
        auto trace = assemble(false, nullptr);
        if (!trace)
            return false;
        observer_.previewed(std::move(trace));
        nextPreview_ = Clock::now() + (Clock::now() - begin_);
        return true;
    }

    std::optional<std::string> refusal()
    {
        if (!windows_.facts().isJson)
            return "it is not JSON";
        if (!windows_.facts().hasEventList)
            return "it is JSON, but has no list of trace events";
        if (collector_.events().kept == 0 && eventsSeen_ + windows_.problems().count(Problem::NoObject) > 0)
            return "it is JSON, but none of the entries of its list is a trace event that can be shown";
        return std::nullopt;
    }

    // Those that the trace had when it was exported; of several with one number the last.
    Marks earlierMarks(Nanoseconds base)
    {
        EarlierFacts &earlier = collector_.events().earlier;
        std::map<MarkId, Mark> marks;
        for (Mark &mark : earlier.marks) {
            mark.at = std::max<Nanoseconds>(0, mark.at - base);
            marks[mark.id] = std::move(mark);
        }
        std::vector<Mark> known;
        known.reserve(marks.size());
        for (auto &[id, mark] : marks)
            known.push_back(std::move(mark));
        return Marks::restored(std::move(known), earlier.lastMark).value_or(Marks());
    }

    // Those that the trace had then, and what is wrong now.
    static std::vector<ImportProblem> allProblems(std::vector<ImportProblem> earlier, std::vector<ImportProblem> found)
    {
        std::erase_if(found, [&earlier](const ImportProblem &problem) {
            return isRepeatedByExports(problem) && std::ranges::any_of(earlier, [&problem](const ImportProblem &known) {
                       return known.what == std::string(earlierProblem) + problem.what;
                   });
        });
        std::ranges::move(found, std::back_inserter(earlier));
        return earlier;
    }

    // Null if it was told to stop. `marks` is null unless it is the last time.
    std::shared_ptr<Trace> assemble(bool isLast, Marks *marks)
    {
        TraceAssembly assembly(collector_.events(), settings_.limits, observer_.stop, isLast);
        if (!assembly.run())
            return nullptr;
        auto source = std::make_shared<FileArguments>(stream_.again(), isLast ? std::move(index_) : index_, assembly.takeEndEvents());
        if (marks)
            *marks = earlierMarks(assembly.base());
        ProblemCounts problems = ownProblems_;
        problems.add(windows_.problems());
        problems.add(collector_.problems());
        for (std::size_t i = 0; i < problemCount; ++i) {
            const auto &[count, first] = assembly.problems().of(static_cast<Problem>(i));
            if (count > 0)
                problems.add(static_cast<Problem>(i), source->byteOf(first), count);
        }
        if (collector_.events().hasArguments)
            assembly.trace()->changeImported([&source](ImportedEvents &imported) { imported.setSource(source); });
        assembly.trace()->changeInfo([&](RunInfo &info) {
            info.title = settings_.title;
            info.importedFrom = "Chrome JSON";
            info.showsNanoseconds = windows_.facts().displayTimeUnit == "ns";
            info.notes = collector_.events().earlier.notes;
            info.problems = allProblems(collector_.events().earlier.problems, problems.list());
            info.wall = assembly.trace()->now();
            info.finished = isLast;
        });
        return assembly.trace();
    }

    const ImportSettings &settings_;
    ByteStream &stream_;
    const OpeningObserver &observer_;
    EventWindows windows_;
    EventCollector collector_;
    EventIndex index_;
    ProblemCounts ownProblems_; // of the file as a whole
    bool isCut_ = false;        // all of the file that is wanted, into windows
    bool isFull_ = false;       // there is no memory for more
    std::uint64_t eventsSeen_ = 0;
    std::uint64_t previewed_ = 0; // events in the last preview
    Clock::time_point begin_ = Clock::now();
    Clock::time_point nextProgress_ = begin_;
    Clock::time_point nextPreview_ = begin_ + settings_.firstPreviewAfter;
    ParsingCrew crew_; // its thread ends before what it works on
};

} // namespace

OpeningResult runImport(ByteStream &stream, const ImportSettings &settings, const OpeningObserver &observer)
{
    return Import(stream, settings, observer).run();
}

} // namespace loopscope::chrome
