#pragma once

#include "core/formats/json_fields.h"
#include "core/formats/json_output.h"
#include "core/trace/run_info.h"

namespace loopscope {

/// Writes all that is known of a run as members of the innermost object.
void writeRunInfo(JsonOutput &json, const RunInfo &info);
/// Reads what writeRunInfo() wrote. What is missing or no such value stays as it is in a new RunInfo.
void readRunInfo(JsonObject &object, RunInfo &info);

} // namespace loopscope
