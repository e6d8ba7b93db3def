#include "core/files/module.h"

#include <array>
#include <filesystem>
#include <system_error>

#include <dlfcn.h>

namespace loopscope {

namespace {

// From the folder of the program that runs: where it is installed, where it is built, and from where a test is built.
constexpr std::array places = {LOOPSCOPE_INSTALLED_MODULES, "../modules", "../../modules"};

} // namespace

tl::expected<const void *, std::string> loadModule(const std::string &name)
{
    using Entry = const void *();
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    std::string reason = error ? error.message() : "it is not there";
    for (const char *place : places) {
        const std::string path = (folder / place / ("loopscope-" + name + ".so")).string();
        if (std::error_code none; error || !std::filesystem::exists(path, none))
            continue;
        if (void *module = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL)) {
            if (const auto entry = reinterpret_cast<Entry *>(::dlsym(module, "loopscopeModule")))
                return entry();
        }
        if (const char *objection = ::dlerror()) // the thread's own
            reason = objection;
    }
    return tl::unexpected("cannot be loaded (" + reason + "): install or build the program anew");
}

} // namespace loopscope
