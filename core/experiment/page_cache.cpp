#include "core/experiment/page_cache.h"

#include "core/files/file_descriptor.h"
#include "core/text/system_reason.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

// See proc(5), drop_caches: what has not been written yet stays, hence sync().
tl::expected<void, std::string> emptyPageCache()
{
    ::sync();
    const FileDescriptor file(::open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC));
    constexpr char pagesAndInodes = '3';
    if (!file.isOpen() || ::write(file.get(), &pagesAndInodes, 1) != 1)
        return tl::unexpected("the system does not let the page cache be emptied: " + systemReason(errno));
    return {};
}

} // namespace loopscope
