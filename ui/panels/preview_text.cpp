#include "ui/panels/preview_text.h"

#include "core/text/utf8.h"

namespace loopscope {

namespace {

bool turnsDirection(char32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void appendVisible(QString &text, QChar c)
{
    const char16_t code = c.unicode();
    if (code == u'\n' || code == u'\t')
        text += c;
    else if (code < 0x20)
        text += QChar(0x2400 + code);
    else if (code == 0x7F)
        text += QChar(0x2421);
    else if ((code >= 0x80 && code < 0xA0) || code == 0x2028 || code == 0x2029 || turnsDirection(code))
        text += QStringLiteral("\\u{%1}").arg(QString::number(code, 16).toUpper());
    else
        text += c;
}

void appendHex(QString &text, std::size_t value, int digits)
{
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        text += QLatin1Char("0123456789abcdef"[(value >> shift) & 0xFU]);
}

} // namespace

QString visibleText(std::string_view head)
{
    const std::string_view utf8 = head.substr(0, validUtf8Prefix(head));
    QString text;
    text.reserve(static_cast<qsizetype>(utf8.size()));
    for (const QChar c : QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())))
        appendVisible(text, c);
    return text;
}

bool isText(std::string_view head, bool isWholeFile)
{
    Utf8Check check;
    check.feed(head);
    if (isWholeFile)
        check.finish();
    return !check.firstInvalid() && head.find('\0') == std::string_view::npos;
}

QString hexDump(std::string_view bytes, std::size_t bytesPerLine)
{
    QString text;
    text.reserve(static_cast<qsizetype>(bytes.size() / bytesPerLine + 1) * (hexLineLength(bytesPerLine) + 1));
    for (std::size_t offset = 0; offset < bytes.size(); offset += bytesPerLine) {
        const std::string_view line = bytes.substr(offset, bytesPerLine);
        appendHex(text, offset, 4);
        for (std::size_t i = 0; i < bytesPerLine; ++i) {
            text += QLatin1String(i % 8 == 0 ? "  " : " ");
            if (i < line.size())
                appendHex(text, static_cast<unsigned char>(line[i]), 2);
            else
                text += QLatin1String("  ");
        }
        text += QLatin1String("  ");
        for (const char c : line)
            text += c >= 0x20 && c < 0x7F ? QLatin1Char(c) : QLatin1Char('.');
        text += QLatin1Char('\n');
    }
    text.chop(1);
    return text;
}

int hexLineLength(std::size_t bytesPerLine)
{
    return static_cast<int>(4 + bytesPerLine * 3 + (bytesPerLine + 7) / 8 + 2 + bytesPerLine);
}

} // namespace loopscope
