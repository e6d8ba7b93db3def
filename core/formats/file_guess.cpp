#include "core/formats/file_guess.h"

#include "core/formats/json_blanks.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

using namespace std::string_view_literals;

struct Signature {
    std::size_t at; // offset in bytes
    std::string_view bytes;
    const char *kind;
};

// As the formats themselves say, and file(1) knows them.
constexpr std::array signatures = {
    Signature{0, "\xFF\xFE\0\0"sv, "text in UTF-32"},
    Signature{0, "\0\0\xFE\xFF"sv, "text in UTF-32"},
    Signature{0, "\xFF\xFE"sv, "text in UTF-16"},
    Signature{0, "\xFE\xFF"sv, "text in UTF-16"},
    Signature{0, "PK\x03\x04"sv, "a zip archive"},
    Signature{0, "PK\x05\x06"sv, "a zip archive"},
    Signature{257, "ustar"sv, "a tar archive"},
    Signature{0, "\x28\xB5\x2F\xFD"sv, "packed by zstd"},
    Signature{0, "\xFD\x37zXZ\0"sv, "packed by xz"},
    Signature{0, "BZh"sv, "packed by bzip2"},
    Signature{0, "\x04\x22\x4D\x18"sv, "packed by lz4"},
    Signature{0, "7z\xBC\xAF\x27\x1C"sv, "a 7z archive"},
    Signature{0, "\x1F\x8B"sv, "packed by gzip"},
    Signature{0, "\x89PNG\r\n\x1A\n"sv, "a PNG picture"},
    Signature{0, "\xFF\xD8\xFF"sv, "a JPEG picture"},
    Signature{0, "GIF8"sv, "a GIF picture"},
    Signature{8, "WEBP"sv, "a WebP picture"},
    Signature{0, "%PDF-"sv, "a PDF document"},
    Signature{0,
              "\x7F"
              "ELF"sv,
              "a program or library (ELF)"},
    Signature{0, "SQLite format 3\0"sv, "an SQLite database"},
    Signature{0, "PERFILE2"sv, "a recording of Linux perf"},
    Signature{0, "lane,kind,state,name,depth,begin_ns,dur_ns,reason,worker"sv,
              "a table that Loopscope exported, which does not hold all of a trace"},
    Signature{0, "{\"version\":1,\"started_unix_ns\":"sv, "a report of Loopscope, which does not hold all of a trace"},
};

bool beginsWith(std::string_view text, std::string_view lowerCase)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return text.size() >= lowerCase.size() && std::ranges::equal(text.substr(0, lowerCase.size()), lowerCase, {}, lower);
}

/// A length as protobuf writes it, which is taken from `bytes`; 0 if there is none.
std::size_t takeLength(std::string_view &bytes)
{
    std::size_t length = 0;
    for (unsigned shift = 0; shift < 28 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        length |= static_cast<std::size_t>(byte & 0x7FU) << shift;
        if (byte < 0x80)
            return length;
    }
    return 0;
}

// Packets one behind the other, each of them field 1 of the whole.
bool looksLikePerfettoPackets(std::string_view head)
{
    constexpr int enough = 3;
    for (int packets = 0; packets < enough; ++packets) {
        if (head.empty() || head.front() != '\n')
            return false;
        head.remove_prefix(1);
        const std::size_t length = takeLength(head);
        if (length == 0)
            return false;
        if (length >= head.size())
            return packets > 0;
        head.remove_prefix(length);
    }
    return true;
}

// Every other byte of the first few is zero: Latin letters in two bytes each.
bool looksLikeWideText(std::string_view head)
{
    constexpr std::size_t looked = 16;
    if (head.size() < looked)
        return false;
    const auto isZeroAt = [head](std::size_t first) {
        for (std::size_t i = 0; i < looked; ++i) {
            if ((head[i] == '\0') != (i % 2 == first))
                return false;
        }
        return true;
    };
    return isZeroAt(0) || isZeroAt(1);
}

bool isText(std::string_view head)
{
    // The last character may be cut.
    const bool isUtf8 = validUtf8Prefix(head) + 3 >= head.size();
    return isUtf8 && std::ranges::none_of(head, [](char c) {
               return c >= 0 && c < 0x20 && std::string_view("\t\n\v\f\r\x1B").find(c) == std::string_view::npos;
           });
}

std::string kindOfText(std::string_view head)
{
    const std::string_view text = withoutBlanksBefore(withoutByteOrderMark(head));
    if (beginsWith(text, "<!doctype html") || beginsWith(text, "<html"))
        return "an HTML page";
    if (beginsWith(text, "<svg") || (beginsWith(text, "<?xml") && text.find("<svg") != std::string_view::npos))
        return "an SVG picture";
    if (beginsWith(text, "<?xml"))
        return "XML";
    if (text.starts_with('{') || text.starts_with('['))
        return "JSON without events of a trace";
    return "text";
}

} // namespace

std::string guessedKind(std::string_view head)
{
    if (head.empty())
        return "empty";
    for (const Signature &signature : signatures) {
        if (head.size() >= signature.at && head.substr(signature.at).starts_with(signature.bytes))
            return signature.kind;
    }
    if (looksLikeWideText(head))
        return "text in UTF-16";
    if (isText(head))
        return kindOfText(head);
    return looksLikePerfettoPackets(head) ? "a trace in Perfetto's binary form, which is not read" : "binary data";
}

} // namespace loopscope
