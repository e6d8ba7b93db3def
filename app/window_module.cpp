#include "app/window_module.h"

#include <array>
#include <filesystem>
#include <system_error>

#include <dlfcn.h>

namespace loopscope {

tl::expected<const WindowModule *, std::string> loadWindowModule()
{
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    std::string reason = error ? error.message() : std::string();
    for (const char *place : std::array{"loopscope-window.so", LOOPSCOPE_INSTALLED_MODULE}) {
        const std::string path = (folder / place).string();
        void *module = error ? nullptr : ::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
        if (module != nullptr) {
            using Entry = const WindowModule *();
            if (const auto entry = reinterpret_cast<Entry *>(::dlsym(module, "loopscopeWindowModule")))
                return entry();
        }
        const char *objection = ::dlerror();
        if (std::error_code ignored; objection != nullptr && std::filesystem::exists(path, ignored))
            reason = objection;
    }
    return tl::unexpected("the part that draws cannot be loaded" + (reason.empty() ? "" : " (" + reason + ')')
                          + ": install or build the program anew");
}

} // namespace loopscope
