#include "core/analysis/reported_name.h"

#include "core/text/display_text.h"

#include <string_view>

namespace loopscope {

std::string reportedName(const Trace &trace, LaneId task)
{
    const auto &file = trace.lane(task).task.file;
    return displayName(file ? std::string_view(file->path) : trace.nameOf(task));
}

} // namespace loopscope
