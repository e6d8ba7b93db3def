#include "app/window_module.h"

#include "core/files/module.h"

namespace loopscope {

tl::expected<const WindowModule *, std::string> loadWindowModule()
{
    const tl::expected<const void *, std::string> module = loadModule("window");
    if (!module)
        return tl::unexpected("the part that draws " + module.error());
    return static_cast<const WindowModule *>(*module);
}

} // namespace loopscope
