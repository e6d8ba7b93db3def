#pragma once

#include <string>

#include <tl/expected.hpp>

namespace loopscope {

/// What every module has, by this name in C. A module is a part of the program in a file of its own, `loopscope-NAME.so`, because most runs
/// do without it, and the libraries that it brings would take as long to load as a short run takes in all.
struct ModuleEntry {
    const char *version; ///< of the program that it was built with
    const void *content; ///< a structure that the header of the part declares
};
extern "C" const ModuleEntry loopscopeModule;

/// Answers the content of a module. It is looked for where it was installed or built with the program that runs, or else, for a test, on
/// the run path; loaded at the first call; and stays loaded. Any thread.
///
/// An error is a sentence without its subject: "cannot be loaded (…): install or build the program anew".
[[nodiscard]] tl::expected<const void *, std::string> loadModule(const std::string &name);

} // namespace loopscope
