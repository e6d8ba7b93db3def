#include "core/files/module.h"

namespace loopscope {

const ModuleEntry loopscopeModule{"0.0.0", nullptr};

} // namespace loopscope
