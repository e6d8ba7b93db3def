#include "app/spare_descriptors.h"

#include "core/workload/file_descriptor.h"

#include <array>

#include <fcntl.h>

namespace loopscope {

namespace {

constexpr std::size_t needed = 16;

} // namespace

bool hasSpareDescriptors()
{
    std::array<FileDescriptor, needed> spare;
    for (FileDescriptor &descriptor : spare) {
        descriptor = openPath("/dev/null", O_RDONLY | O_CLOEXEC);
        if (!descriptor.isOpen())
            return !isOutOfDescriptors(errno);
    }
    return true;
}

} // namespace loopscope
