#include "core/formats/own/own_file_writer.h"

#include "core/formats/output_file.h"
#include "core/formats/own/block_writer.h"
#include "core/formats/own/trace_encoder.h"
#include "core/formats/progress_clock.h"

namespace loopscope {

namespace {

// Those that ended in the order in which they did, which the trace knows.
bool encodeAllFacts(const Trace &trace, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::Facts, sink);
    for (const LaneId lane : trace.endedTasks())
        encodeFacts(trace.lane(lane), builder.entry());
    for (LaneId id = 0; trace.hasLane(id); ++id) {
        const Lane &lane = trace.lane(id);
        if (lane.kind != LaneKind::Task || lane.task.outcome == Outcome::Unfinished)
            encodeFacts(lane, builder.entry());
    }
    return builder.flush();
}

bool encodeStates(const Trace &trace, const BlockSink &sink)
{
    BlockBuilder builder(BlockKind::States, sink);
    for (LaneId id = 0; trace.hasLane(id); ++id)
        builder.entry().number(stateOf(trace.lane(id)));
    return builder.flush();
}

// First those that fill whole blocks of their lane: in a file they lie apart, so that a reader can use them where they are.
bool encodeSpans(const Trace &trace, const BlockSink &sink)
{
    const auto wholeBlocks = [](const Lane &lane) { return lane.spans.size() - lane.spans.size() % SpanStore::blockSize; };
    SpanBlockBuilder builder(sink);
    for (LaneId id = 0; trace.hasLane(id); ++id) {
        if (!builder.add(trace.lane(id), 0, wholeBlocks(trace.lane(id))))
            return false;
    }
    if (!builder.flush())
        return false;
    for (LaneId id = 0; trace.hasLane(id); ++id) {
        if (!builder.add(trace.lane(id), wholeBlocks(trace.lane(id)), trace.lane(id).spans.size()))
            return false;
    }
    return builder.flush();
}

// What each refers to is before it. A file that was cut off tells of the whole run as far as it goes.
bool encodeAll(const Trace &trace, const Marks &marks, const std::stop_token &stop, const BlockSink &sink)
{
    return encodeInfo(trace, sink) && encodeNames(trace, 1, sink) && encodeSites(trace, 1, sink) && encodeLanes(trace, 1, sink)
           && encodeAllFacts(trace, sink) && encodeStates(trace, sink) && encodeMarks(marks, sink) && encodeSpans(trace, sink)
           && encodeWakes(trace, 0, sink) && encodeImported(trace, stop, sink) && encodeEnd(trace, sink);
}

} // namespace

tl::expected<void, OpeningFailure> saveOwnFile(const Trace &trace, const Marks &marks, const std::string &path,
                                               const OpeningObserver &observer)
{
    OpeningBudget budget;
    return saveOwnFile(trace, marks, path, observer, budget);
}

tl::expected<void, OpeningFailure> saveOwnFile(const Trace &trace, const Marks &marks, const std::string &path,
                                               const OpeningObserver &observer, OpeningBudget &budget)
{
    auto file = OutputFile::create(path);
    if (!file)
        return tl::unexpected(OpeningFailure{std::move(file).error()});
    BlockWriter writer(file->stream(), budget.unpacked);
    writer.writeHeader(trace.origin(), OwnFileKind::Complete);
    ProgressClock clock(observer);
    const std::uint64_t expected = trace.byteSize(); // about
    std::uint64_t done = 0;
    const BlockSink sink = [&](const PlainBlock &block) {
        writer.write(block);
        done += block.head.size() + block.body.size();
        clock.tell(std::min(done, expected), expected);
        return file->stream().good() && !observer.stop.stop_requested();
    };
    encodeAll(trace, marks, observer.stop, sink); // what stops it early is asked now
    budget.unpacked -= writer.unpackedBytes();
    if (observer.stop.stop_requested())
        return tl::unexpected(OpeningFailure{"it was cancelled", true});
    if (!trace.imported().isIntact())
        return tl::unexpected(OpeningFailure{argumentsLost});
    if (auto committed = file->commit(); !committed)
        return tl::unexpected(OpeningFailure{std::move(committed).error()});
    return {};
}

} // namespace loopscope
