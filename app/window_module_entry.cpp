#include "app/trace_picture.h"
#include "app/window_command.h"
#include "app/window_module.h"
#include "core/files/module.h"

namespace loopscope {

namespace {

constexpr WindowModule module{runWindow, makePictureApplication, pictureObjection, writeTracePicture, writeComparisonPicture};

} // namespace

const ModuleEntry loopscopeModule{LOOPSCOPE_VERSION, &module};

} // namespace loopscope
