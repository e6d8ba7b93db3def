#include "core/text/system_reason.h"

#include <cstring>

namespace loopscope {

std::string systemReason(int error)
{
    const char *text = strerrordesc_np(error); // strerror() shares a buffer between threads, and translates
    return text ? text : "error " + std::to_string(error);
}

} // namespace loopscope
