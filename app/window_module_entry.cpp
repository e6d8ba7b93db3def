#include "app/trace_picture.h"
#include "app/window_command.h"
#include "app/window_module.h"

/// See core/files/module.h.
extern "C" const void *loopscopeModule()
{
    static constexpr loopscope::WindowModule module{loopscope::runWindow, loopscope::makePictureApplication, loopscope::pictureObjection,
                                                    loopscope::writeTracePicture, loopscope::writeComparisonPicture};
    return &module;
}
