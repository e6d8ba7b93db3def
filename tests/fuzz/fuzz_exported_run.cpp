// Opens any bytes as a run that was exported as Chrome JSON. What comes of it is exported again, and has to come back as it was.

#include "core/formats/chrome_export.h"
#include "core/formats/exported_run.h"
#include "tests/support/trace_difference.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

using namespace loopscope;

namespace {

void require(bool isTrue, const std::string &what)
{
    if (isTrue)
        return;
    std::fprintf(stderr, "not true: %s\n", what.c_str());
    std::abort();
}

OpeningResult openBytes(const void *data, std::size_t size)
{
    const int descriptor = ::memfd_create("fuzz", MFD_CLOEXEC);
    require(descriptor >= 0 && ::write(descriptor, data, size) == static_cast<ssize_t>(size), "the file could be written");
    OpeningResult result = openExportedRun("/proc/self/fd/" + std::to_string(descriptor), {});
    ::close(descriptor);
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const OpeningResult opened = openBytes(data, size);
    if (!opened)
        return 0;
    std::ostringstream out;
    const OpeningObserver observer;
    ExportProgress progress(observer, 0);
    require(writeChromeJson(*opened->trace, opened->marks, out, progress), "it could be exported");
    const std::string exported = out.str();
    const OpeningResult again = openBytes(exported.data(), exported.size());
    require(again.has_value(), "it could be opened again");
    const std::string difference = test::differenceBetween(*opened->trace, *again->trace);
    require(difference.empty(), "it is the same, but for " + difference);
    require(test::differenceBetween(opened->marks, again->marks).empty(), "its marks are the same");
    return 0;
}
