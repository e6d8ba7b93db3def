#pragma once

#include "app/exit_code.h"

#include <iostream>
#include <string>

namespace loopscope {

/// Says on the standard error why a command ends, in a sentence's part without a full stop, and returns its exit code.
inline int fail(const std::string &why, int exitCode = exitFailure)
{
    std::cerr << "loopscope: " + why + '\n';
    return exitCode;
}

} // namespace loopscope
