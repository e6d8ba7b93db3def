#pragma once

#include <string>

#include <tl/expected.hpp>

namespace loopscope {

/// A part of the program that is a file of its own, `loopscope-NAME.so`, because most runs do without it, and the libraries that it brings
/// would take as long to load as a short run takes in all. It is looked for among what was installed or built with the program that runs,
/// loaded at the first call, and stays loaded. Any thread.
///
/// Answers what its one function with a C name, `loopscopeModule`, answers: the address of a structure that the part's header declares. An
/// error is a sentence without its subject: "cannot be loaded (…): install or build the program anew".
[[nodiscard]] tl::expected<const void *, std::string> loadModule(const std::string &name);

} // namespace loopscope
