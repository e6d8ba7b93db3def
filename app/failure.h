#pragma once

#include "app/exit_code.h"

#include <iostream>
#include <string>

namespace loopscope {

/// Says something on the standard error, in a clause without a full stop.
inline void complain(const std::string &what)
{
    std::cerr << "loopscope: " + what + '\n'; // in one piece, whoever else writes there
}

/// Says why a command ends, as complain(), and returns its exit code.
inline int fail(const std::string &why, int exitCode = exitFailure)
{
    complain(why);
    return exitCode;
}

} // namespace loopscope
