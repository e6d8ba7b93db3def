#include "core/workload/byte_text.h"

#include "core/text/utf8.h"

#include <algorithm>
#include <optional>

#include <QSysInfo>

namespace loopscope {

namespace {

constexpr char16_t escapedByteBase = 0xDC00; // byte 0x80 is U+DC80

bool equalIgnoringCase(std::string_view a, std::string_view b)
{
    return QLatin1StringView(a.data(), static_cast<qsizetype>(a.size()))
               .compare(QLatin1StringView(b.data(), static_cast<qsizetype>(b.size())), Qt::CaseInsensitive)
           == 0;
}

bool isThisMachine(std::string_view host)
{
    static const std::string name = QSysInfo::machineHostName().toStdString();
    return host.empty() || equalIgnoringCase(host, "localhost") || equalIgnoringCase(host, name);
}

std::optional<unsigned char> hexValue(char digit)
{
    if (digit >= '0' && digit <= '9')
        return static_cast<unsigned char>(digit - '0');
    if (digit >= 'a' && digit <= 'f')
        return static_cast<unsigned char>(digit - 'a' + 10);
    if (digit >= 'A' && digit <= 'F')
        return static_cast<unsigned char>(digit - 'A' + 10);
    return {};
}

// Not by QUrl, which takes decoded bytes for UTF-8 and replaces what is none. A percent sign that begins no escape stands for itself.
std::string percentDecoded(std::string_view text)
{
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hasTwoMore = i + 2 < text.size();
        const auto high = hasTwoMore ? hexValue(text[i + 1]) : std::nullopt;
        const auto low = hasTwoMore ? hexValue(text[i + 2]) : std::nullopt;
        if (text[i] == '%' && high && low) {
            bytes += static_cast<char>(*high * 16 + *low);
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

// RFC 3986: a letter, then letters, digits, plus, minus and dots.
std::string_view schemeOf(std::string_view uri)
{
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos || colon == 0)
        return {};
    const std::string_view scheme = uri.substr(0, colon);
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto isAllowed = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'; };
    return isLetter(scheme.front()) && std::ranges::all_of(scheme, isAllowed) ? scheme : std::string_view{};
}

} // namespace

bool looksLikeUrl(std::string_view text)
{
    const std::string_view scheme = schemeOf(text);
    if (scheme.empty())
        return false;
    const std::string_view rest = text.substr(scheme.size() + 1);
    return rest.starts_with("//") || (rest.starts_with('/') && equalIgnoringCase(scheme, "file"));
}

tl::expected<std::string, std::string> pathOfUri(std::string_view uri)
{
    const std::string_view scheme = schemeOf(uri);
    if (scheme.empty())
        return tl::unexpected<std::string>("not a URL");
    if (!equalIgnoringCase(scheme, "file"))
        return tl::unexpected(std::string(scheme) + ": is not read, only files on this machine are");

    std::string_view rest = uri.substr(scheme.size() + 1);
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const std::string_view host = rest.substr(0, rest.find('/'));
        if (!isThisMachine(host))
            return tl::unexpected("it is on another machine, " + displayText(host));
        rest.remove_prefix(host.size());
    }
    std::string path = percentDecoded(rest.substr(0, rest.find_first_of("?#")));
    if (!path.starts_with('/'))
        return tl::unexpected<std::string>("it names no absolute path");
    if (path.find('\0') != std::string::npos)
        return tl::unexpected<std::string>("its path has a zero byte");
    return path;
}

// Not by QString::fromUtf8, which drops a byte order mark.
QString pathToQString(std::string_view bytes)
{
    QString path;
    path.reserve(static_cast<qsizetype>(bytes.size()));
    while (!bytes.empty()) {
        const Utf8Character character = firstUtf8Character(bytes);
        if (character.length == 0)
            path += QChar(static_cast<char16_t>(escapedByteBase + static_cast<unsigned char>(bytes.front())));
        else
            path += QStringView(QChar::fromUcs4(character.codePoint));
        bytes.remove_prefix(std::max<std::size_t>(1, character.length));
    }
    return path;
}

std::string pathToBytes(const QString &path)
{
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(path.size()));
    qsizetype plainFrom = 0;
    const auto flushPlain = [&](qsizetype end) { bytes += QStringView(path).sliced(plainFrom, end - plainFrom).toUtf8().toStdString(); };
    for (qsizetype i = 0; i < path.size(); ++i) {
        const char16_t unit = path[i].unicode();
        if (QChar::isHighSurrogate(unit) && i + 1 < path.size() && path[i + 1].isLowSurrogate()) {
            ++i; // a real pair
        } else if (unit >= escapedByteBase + 0x80 && unit <= escapedByteBase + 0xFF) {
            flushPlain(i);
            bytes += static_cast<char>(unit - escapedByteBase);
            plainFrom = i + 1;
        }
    }
    flushPlain(path.size());
    return bytes;
}

std::vector<std::string> pathsOfUriList(const QByteArray &uriList, std::vector<RefusedUri> &refused)
{
    std::vector<std::string> paths;
    std::string_view rest(uriList.constData(), static_cast<std::size_t>(uriList.size()));
    while (!rest.empty()) {
        const std::size_t end = rest.find_first_of("\r\n");
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        // Some sources end the list with a zero byte, as if it were a C string.
        const std::string_view uri = line.substr(0, line.find('\0'));
        if (uri.empty() || uri.front() == '#')
            continue;
        if (auto path = pathOfUri(uri))
            paths.push_back(std::move(*path));
        else
            refused.push_back({std::string(uri), std::move(path.error())});
    }
    return paths;
}

} // namespace loopscope
