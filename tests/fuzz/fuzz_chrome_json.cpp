// Opens any bytes as a trace in Chrome's JSON, twice: as the program does, and cut into windows of a few bytes. Both have to give the same,
// and a trace that keeps its promises.

#include "core/formats/chrome/chrome_import.h"
#include "core/formats/chrome/import_run.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

using namespace loopscope;

namespace {

void require(bool isTrue, const char *what)
{
    if (isTrue)
        return;
    std::fprintf(stderr, "not true: %s\n", what);
    std::abort();
}

// A file without a name that holds the bytes.
int fileOf(const std::uint8_t *data, std::size_t size)
{
    const int descriptor = ::memfd_create("fuzz", MFD_CLOEXEC);
    require(descriptor >= 0 && ::write(descriptor, data, size) == static_cast<ssize_t>(size), "the file could be written");
    return descriptor;
}

void checkLane(const Trace &trace, LaneId id)
{
    Nanoseconds end = 0;
    for (std::size_t i = 0; i < trace.spanCount(id); ++i) {
        const Span span = trace.span(id, i);
        require(end <= span.begin && span.begin <= span.end && span.end <= trace.now(), "spans are in order, within the trace");
        end = span.end;
        if (i < 3 && span.state == State::Slice)
            require(trace.imported().arguments(span.peer).size() < SIZE_MAX, "arguments can be asked for");
    }
    if (id != loopLaneId && trace.lane(id).kind != LaneKind::Process)
        require(trace.processOf(id) != noLane, "every lane has a process");
}

OpeningResult openInSmallWindows(int descriptor)
{
    const auto file = std::make_shared<const InputFile>(FileDescriptor(::dup(descriptor)));
    chrome::ImportSettings settings;
    settings.isAlone = true;
    settings.windows.window = 48;
    std::string head(4, '\0');
    if (looksLikeGzip(std::string_view(head).substr(0, file->readAt(0, head.data(), head.size()).value_or(0)))) {
        GzipStream stream(file);
        settings.packed = &stream;
        return chrome::runImport(stream, settings, {});
    }
    PlainStream stream(file);
    return chrome::runImport(stream, settings, {});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static_cast<void>(looksLikeChromeJson({reinterpret_cast<const char *>(data), size}));
    const int descriptor = fileOf(data, size);
    const OpeningResult opened = openChromeJson("/proc/self/fd/" + std::to_string(descriptor), {});
    const OpeningResult inWindows = openInSmallWindows(descriptor);
    require(opened.has_value() == inWindows.has_value(), "windows do not decide whether it opens");
    if (opened) {
        const Trace &trace = *opened->trace;
        for (LaneId id = 0; id < trace.laneCount(); ++id)
            checkLane(trace, id);
        require(trace.laneCount() == inWindows->trace->laneCount() && trace.spanCount() == inWindows->trace->spanCount(),
                "windows do not decide what is there");
        require(trace.info().problems == inWindows->trace->info().problems, "windows do not decide what is wrong");
    }
    ::close(descriptor);
    return 0;
}
