#include "app/trace_picture.h"
#include "app/window_command.h"
#include "app/window_module.h"

/// The one name that the program looks up in the module.
extern "C" const loopscope::WindowModule *loopscopeWindowModule()
{
    static constexpr loopscope::WindowModule module{loopscope::runWindow, loopscope::makePictureApplication, loopscope::pictureObjection,
                                                    loopscope::writeTracePicture, loopscope::writeComparisonPicture};
    return &module;
}
