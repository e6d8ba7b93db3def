#pragma once

#include <QString>

#include <string_view>

namespace loopscope {

/// UTF-8 as text that can be shown as it stands: control characters other than newline and tab appear as their pictures (␛, ␍), those that
/// turn the writing direction as \u{202E}. What is left of a character that is cut off at the end is dropped.
[[nodiscard]] QString visibleText(std::string_view head);
/// Whether the beginning of a file is UTF-8 without NUL. It may end within a character if the file goes on after it.
[[nodiscard]] bool isText(std::string_view head, bool isWholeFile);

/// A hex dump, lines of `bytesPerLine` ≥ 1 bytes: offset, bytes, and the printable ones of ASCII. For up to 64 KiB: offsets have four
/// digits.
[[nodiscard]] QString hexDump(std::string_view bytes, std::size_t bytesPerLine = 16);
/// How many characters a line of a hex dump has.
[[nodiscard]] int hexLineLength(std::size_t bytesPerLine);

} // namespace loopscope
