// Opens any bytes as a .loopscope file. The first says how: as they are, which seldom gets beyond the checksums; or as blocks, each a byte
// for its kind, two for its length and so many of payload, of which a file with the right checksums is made. What opens has to keep its
// promises, and to be the same when it is saved and opened again. To fuzz, let TMPDIR be in memory.

#include "core/files/file_descriptor.h"
#include "core/formats/own/block_writer.h"
#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"
#include "core/formats/run_report.h"

#include "tests/support/scratch_folder.h"
#include "tests/support/trace_difference.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>

#include <sys/mman.h>

using namespace loopscope;

namespace {

constexpr std::array kinds = {BlockKind::Info,   BlockKind::Names,   BlockKind::Sites,     BlockKind::Lanes, BlockKind::Facts,
                              BlockKind::States, BlockKind::Spans,   BlockKind::Wakes,     BlockKind::Marks, BlockKind::Instants,
                              BlockKind::Flows,  BlockKind::Samples, BlockKind::Arguments, BlockKind::End};

void require(bool isTrue, const std::string &what)
{
    if (isTrue)
        return;
    std::fprintf(stderr, "not true: %s\n", what.c_str());
    std::abort();
}

std::string fileOfBlocks(std::string_view bytes, TraceOrigin origin, OwnFileKind kind)
{
    std::ostringstream out;
    BlockWriter writer(out);
    writer.writeHeader(origin, kind);
    while (bytes.size() >= 3) {
        const auto byteAt = [&bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
        const BlockKind block = kinds[byteAt(0) % kinds.size()];
        const std::size_t length = std::min<std::size_t>(byteAt(1) | byteAt(2) << 8U, bytes.size() - 3);
        writer.write({block, block == BlockKind::Arguments ? byteAt(0) : 0U, bytes.substr(3, length), {}});
        bytes.remove_prefix(3 + length);
    }
    return out.str();
}

OpeningResult openContent(const std::string &content)
{
    const FileDescriptor file(::memfd_create("fuzz", MFD_CLOEXEC));
    require(::write(file.get(), content.data(), content.size()) == static_cast<ssize_t>(content.size()), "the file could be written");
    return openOwnFile("/proc/self/fd/" + std::to_string(file.get()), {});
}

void checkLane(const Trace &trace, LaneId id)
{
    Nanoseconds end = 0;
    for (std::size_t i = 0; i < trace.spanCount(id); ++i) {
        const Span span = trace.span(id, i);
        require(end <= span.begin || i == trace.lane(id).spans.size(), "spans are in order");
        require(span.begin <= span.end && static_cast<std::size_t>(span.state) < stateCount, "a span is one");
        require(span.state == State::Slice || span.peer == noLane || trace.hasLane(span.peer), "its peer is there");
        static_cast<void>(trace.reason(span.site));
        end = span.end;
    }
    static_cast<void>(trace.nameOf(trace.headOf(id)));
    static_cast<void>(trace.processOf(id));
}

void check(const OpenedTrace &opened)
{
    const Trace &trace = *opened.trace;
    for (LaneId id = 0; trace.hasLane(id); ++id)
        checkLane(trace, id);
    std::ostringstream report;
    writeJsonReport(trace, report);
    static_cast<void>(textReport(trace));
    static const test::ScratchFolder scratch;
    const auto saved = saveOwnFile(trace, opened.marks, scratch.path("t"), {});
    if (!saved && !trace.imported().isIntact())
        return; // nothing may be saved without its arguments
    require(saved.has_value(), "what was opened can be saved");
    const auto again = openOwnFile(scratch.path("t"), {});
    require(again.has_value(), "what was saved can be opened");
    const std::string difference = test::differenceBetween(trace, *again->trace) + test::differenceBetween(opened.marks, again->marks);
    require(difference.empty(), "it is the same again, but " + difference);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    const auto origin = (data[0] & 1U) != 0 ? TraceOrigin::Import : TraceOrigin::Run;
    const auto kind = (data[0] & 2U) != 0 ? OwnFileKind::Journal : OwnFileKind::Complete;
    const auto opened = openContent((data[0] & 4U) != 0 ? std::string(bytes) : fileOfBlocks(bytes, origin, kind));
    if (opened)
        check(*opened);
    return 0;
}
