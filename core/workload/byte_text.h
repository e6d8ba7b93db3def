#pragma once

#include "core/text/display_text.h"

#include <string>
#include <string_view>
#include <vector>

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

namespace loopscope {

/// A path's raw bytes as a string, and back. Nothing is lost: a byte that is no UTF-8 becomes a lone low surrogate U+DC80…U+DCFF, as in
/// Python's os.fsdecode (PEP 383). Such a string is for keeping, not for showing: show displayText().
[[nodiscard]] QString pathToQString(std::string_view bytes);
[[nodiscard]] std::string pathToBytes(const QString &path);

/// A URI that names no file of this machine.
struct RefusedUri {
    std::string uri;    ///< as it was given, raw
    std::string reason; ///< UTF-8, for people: "http: is not read, only files on this machine are"
};

/// Whether somebody who names a file means a URL: a scheme and two slashes, or file:/ and a path. A file whose path begins so is named ./…
[[nodiscard]] bool looksLikeUrl(std::string_view text);

/// The local path that a file: URI names, as raw bytes, or why it names none: "http: is not read, only files on this machine are". Its host
/// is empty, localhost or this machine's; a query or fragment is dropped.
[[nodiscard]] tl::expected<std::string, std::string> pathOfUri(std::string_view uri);

/// The local paths that a text/uri-list names (RFC 2483: a URI a line, comments begin with #), as pathOfUri() has them, in its order. What
/// names none is appended to `refused`.
[[nodiscard]] std::vector<std::string> pathsOfUriList(const QByteArray &uriList, std::vector<RefusedUri> &refused);

} // namespace loopscope
