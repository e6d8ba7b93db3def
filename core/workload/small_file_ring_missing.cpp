// In the place of small_file_ring.cpp where there is no liburing to build it with.

#include "core/workload/small_file_ring.h"

#include <cerrno>

namespace loopscope {

struct SmallFileRing::State { };

bool SmallFileRing::isBuiltIn()
{
    return false;
}

SmallFileRing::SmallFileRing() = default;

SmallFileRing::~SmallFileRing() = default;

tl::expected<std::unique_ptr<SmallFileRing>, int> SmallFileRing::open()
{
    return tl::make_unexpected(ENOSYS);
}

void SmallFileRing::read(std::span<const std::string *const> /*paths*/, const OnRead & /*onRead*/) { }

} // namespace loopscope
