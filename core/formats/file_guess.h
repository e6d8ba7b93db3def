#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope {

/// So many bytes of the beginning of a file tell what it is.
inline constexpr std::size_t guessedHeadBytes = 65'536;

/// What a file that is no trace seems to be by its first bytes, for people: "a PNG picture", "text in UTF-16", "JSON". Of a gzip file, what
/// is in it has to be given.
[[nodiscard]] std::string guessedKind(std::string_view head);

} // namespace loopscope
