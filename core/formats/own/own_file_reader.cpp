#include "core/formats/own/own_file_reader.h"

#include "core/files/regular_file.h"
#include "core/formats/own/block_reader.h"
#include "core/formats/own/trace_decoder.h"
#include "core/formats/progress_clock.h"
#include "core/text/system_reason.h"

#include <algorithm>
#include <cerrno>

namespace loopscope {

namespace {

tl::unexpected<OpeningFailure> failure(std::string what)
{
    return tl::unexpected(OpeningFailure{std::move(what)});
}

const std::string tooLarge = "its trace would take more than half of this machine's memory";

OpeningFailure failureOf(TraceDecoder::Refusal refusal, std::uint64_t at)
{
    switch (refusal) {
    case TraceDecoder::Refusal::Stopped:
        return {"it was cancelled", true};
    case TraceDecoder::Refusal::TooLarge:
        return {tooLarge};
    case TraceDecoder::Refusal::Damaged:
        break;
    }
    return {"it is damaged: what the block at byte " + std::to_string(at) + " says cannot be"};
}

/// Takes in one block after the other up to the end of a complete file. Why it stopped before that, if it did.
tl::expected<std::optional<BlockEnd>, OpeningFailure> takeIn(BlockReader &reader, TraceDecoder &decoder, std::uint64_t size,
                                                             const OpeningObserver &observer)
{
    ProgressClock clock(observer);
    while (!decoder.isComplete()) {
        const std::uint64_t at = reader.at();
        const auto block = reader.next();
        if (!block && block.error() == BlockEnd::Unread)
            return failure(systemReason(errno) + ", at byte " + std::to_string(at));
        if (!block && block.error() == BlockEnd::TooLarge)
            return failure(tooLarge);
        if (!block)
            return std::optional(block.error());
        if (!decoder.add(*block))
            return tl::unexpected(failureOf(decoder.refusal(), at));
        clock.tell(reader.at(), size);
    }
    return std::nullopt;
}

// Nothing will follow, whatever was to come.
void tellOfTheCut(Trace &trace, OwnFileKind kind, BlockEnd why, std::uint64_t at)
{
    const std::string place = std::to_string(trace.now() / nanosecondsPerMillisecond) + " ms";
    if (kind == OwnFileKind::Journal && trace.info().finished)
        return; // it was whole, and only not saved
    trace.changeInfo([&](RunInfo &info) {
        info.finished = true;
        if (info.wall == 0)
            info.wall = trace.now();
        if (kind == OwnFileKind::Journal)
            info.notes.push_back("the run was cut off: its first " + place + " were recorded");
        else
            info.problems.push_back(
                {why == BlockEnd::File ? "the rest of the file was cut off" : "the rest of the file is damaged", 1, at});
    });
}

} // namespace

bool looksLikeOwnFile(std::string_view head)
{
    return head.starts_with(ownFileMagic);
}

OpeningResult openOwnFile(const std::string &path, const OpeningObserver &observer)
{
    OpeningBudget budget;
    return openOwnFile(path, observer, budget);
}

OpeningResult openOwnFile(const std::string &path, const OpeningObserver &observer, OpeningBudget &budget)
{
    auto file = openRegularFile(path);
    if (!file)
        return failure(std::move(file).error());
    BlockReader reader(file->descriptor.get(), file->size, budget.unpacked);
    const auto header = reader.readHeader();
    if (!header)
        return failure("it is no .loopscope file, or its beginning is damaged");
    if (header->version > ownFileVersion)
        return failure("it is of version " + std::to_string(header->version) + " of the format, and this program knows version "
                       + std::to_string(ownFileVersion) + " alone: a newer Loopscope opens it");
    if (header->version == 0 || header->origin > static_cast<std::uint8_t>(TraceOrigin::Import) || header->kind > OwnFileKind::Journal)
        return failure("its beginning says what cannot be");
    TraceDecoder decoder(static_cast<TraceOrigin>(header->origin), {observer.stop, budget.memory});
    const auto stopped = takeIn(reader, decoder, file->size, observer);
    budget.unpacked -= std::min(budget.unpacked, reader.unpackedBytes());
    if (!stopped)
        return tl::unexpected(stopped.error());
    if (!decoder.hasInfo())
        return failure("nothing in it is whole");
    auto opened = decoder.finish(std::move(file->descriptor));
    if (!opened)
        return tl::unexpected(failureOf(opened.error(), reader.at()));
    budget.memory -= std::min<std::uint64_t>(budget.memory, decoder.byteSize());
    if (*stopped)
        tellOfTheCut(*opened->trace, header->kind, **stopped, reader.at());
    return *std::move(opened);
}

} // namespace loopscope
