#include "core/files/module.h"

#include <filesystem>
#include <string_view>
#include <system_error>

#include <dlfcn.h>

namespace loopscope {

namespace {

tl::unexpected<std::string> cannot(const std::string &reason)
{
    return tl::unexpected("cannot be loaded (" + reason + "): install or build the program anew");
}

} // namespace

tl::expected<const void *, std::string> loadModule(const std::string &name)
{
    const std::filesystem::path file = "loopscope-" + name + ".so";
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::filesystem::path installed = program.parent_path() / LOOPSCOPE_MODULES / file;
    const bool isInstalled = !error && std::filesystem::exists(installed, error);
    if (error)
        return cannot(error.message());
    void *module = ::dlopen((isInstalled ? installed : file).c_str(), RTLD_LAZY | RTLD_LOCAL);
    const auto *entry = module ? static_cast<const ModuleEntry *>(::dlsym(module, "loopscopeModule")) : nullptr;
    if (!entry)
        return cannot(::dlerror());
    // The program may have been replaced since it was started.
    if (entry->version != std::string_view(LOOPSCOPE_VERSION))
        return tl::unexpected("is of version " + std::string(entry->version) + ", and the program of " LOOPSCOPE_VERSION ": start it anew");
    return entry->content;
}

} // namespace loopscope
