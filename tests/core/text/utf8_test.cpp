#include "core/text/utf8.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>

using namespace loopscope;

namespace {

// The definition of RFC 3629, bit by bit: decode without any check, then see whether encoding gives the same bytes again.
std::size_t naiveCharacterLength(const std::string &bytes, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[i])); };
    const unsigned first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : (first >> 5) == 6 ? 2 : (first >> 4) == 14 ? 3 : (first >> 3) == 30 ? 4 : 0;
    if (length == 0 || at + length > bytes.size())
        return 0;
    unsigned long codePoint = length == 1 ? first : first & ((1U << (7 - length)) - 1);
    for (std::size_t i = 1; i < length; ++i) {
        if (byte(at + i) >> 6 != 2)
            return 0;
        codePoint = codePoint * 64 + byte(at + i) % 64;
    }
    const std::size_t shortest = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    const bool isScalar = codePoint <= 0x10FFFF && (codePoint < 0xD800 || codePoint > 0xDFFF);
    return isScalar && shortest == length ? length : 0;
}

std::optional<std::uint64_t> naiveFirstInvalid(const std::string &bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t length = naiveCharacterLength(bytes, at);
        if (length == 0)
            return at;
        at += length;
    }
    return {};
}

std::optional<std::uint64_t> firstInvalidInChunks(const std::string &bytes, const std::function<std::size_t()> &nextLength)
{
    Utf8Check check;
    for (std::string_view rest = bytes; !rest.empty();) {
        const std::size_t length = std::min(nextLength(), rest.size());
        check.feed(rest.substr(0, length));
        rest.remove_prefix(length);
    }
    check.finish();
    return check.firstInvalid();
}

std::string randomText(std::mt19937 &random)
{
    // Each kind of character, those at the edges of the forms, and what is forbidden.
    static const std::vector<std::string> pieces = {"a",
                                                    "\n",
                                                    "\x7F",
                                                    "\xC2\x80",
                                                    "\xDF\xBF",
                                                    "\xE0\xA0\x80",
                                                    "\xE2\x82\xAC",
                                                    "\xED\x9F\xBF",
                                                    "\xEE\x80\x80",
                                                    "\xEF\xBF\xBF",
                                                    "\xF0\x90\x80\x80",
                                                    "\xF0\x9F\x98\x80",
                                                    "\xF4\x8F\xBF\xBF",
                                                    std::string(1, '\0')};
    static const std::vector<std::string> badPieces = {"\x80",
                                                       "\xBF",
                                                       "\xC0\xAF",
                                                       "\xC1\xBF",
                                                       "\xC2",
                                                       "\xE0\x80\x80",
                                                       "\xE0\x9F\xBF",
                                                       "\xE2\x82",
                                                       "\xED\xA0\x80",
                                                       "\xED\xBF\xBF",
                                                       "\xF0\x80\x80\x80",
                                                       "\xF0\x8F\xBF\xBF",
                                                       "\xF0\x9F\x98",
                                                       "\xF4\x90\x80\x80",
                                                       "\xF5\x80\x80\x80",
                                                       "\xF8\x88\x80\x80\x80",
                                                       "\xFE",
                                                       "\xFF"};
    std::string text;
    const std::size_t count = random() % 200;
    for (std::size_t i = 0; i < count; ++i)
        text += pieces[random() % pieces.size()];
    if (random() % 2 == 0) {
        const std::string &bad = badPieces[random() % badPieces.size()];
        text.insert(random() % (text.size() + 1), bad);
    }
    return text;
}

} // namespace

class Utf8Test : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void badBytesAreFoundWhereTheyBegin_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("offset"); // -1: valid
        QTest::newRow("empty") << QByteArray() << -1;
        QTest::newRow("ascii") << QByteArray("plain\n") << -1;
        QTest::newRow("last code point") << QByteArray("\xF4\x8F\xBF\xBF") << -1;
        QTest::newRow("noncharacter") << QByteArray("\xEF\xBF\xBE") << -1;
        QTest::newRow("lone continuation") << QByteArray("ab\x80") << 2;
        QTest::newRow("overlong slash") << QByteArray("ab\xC0\xAF") << 2;
        QTest::newRow("overlong in three") << QByteArray("a\xE0\x9F\xBF") << 1;
        QTest::newRow("overlong in four") << QByteArray("a\xF0\x8F\xBF\xBF") << 1;
        QTest::newRow("surrogate") << QByteArray("a\xED\xA0\x80") << 1;
        QTest::newRow("beyond the last") << QByteArray("a\xF4\x90\x80\x80") << 1;
        QTest::newRow("Latin-1") << QByteArray("caf\xE9 au lait") << 3;
        QTest::newRow("cut off at the end") << QByteArray("ab\xE2\x82") << 2;
        QTest::newRow("cut off by another") << QByteArray("ab\xE2\x82z") << 2;
        QTest::newRow("the second of two") << QByteArray("\xC3\xA9\xC3") << 2;
    }

    void badBytesAreFoundWhereTheyBegin()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, offset);
        const std::string text = bytes.toStdString();
        const auto expected = offset < 0 ? std::nullopt : std::optional<std::uint64_t>(offset);
        for (const std::size_t length : {1, 2, 3, 4, 5, 1000})
            QCOMPARE(firstInvalidInChunks(text, [length] { return length; }), expected);
        QCOMPARE(naiveFirstInvalid(text), expected);
    }

    void chunkEdgesMakeNoDifference()
    {
        std::mt19937 random(20240511);
        for (int round = 0; round < 20'000; ++round) {
            const std::string text = randomText(random);
            const std::size_t longest = 1 + random() % 40;
            const auto nextLength = [&] { return 1 + random() % longest; };
            const auto expected = naiveFirstInvalid(text);
            if (firstInvalidInChunks(text, nextLength) != expected || validUtf8Prefix(text) != expected.value_or(text.size()))
                QFAIL(qPrintable(QStringLiteral("differs for ") + QString::fromLatin1(QByteArray::fromStdString(text).toHex())));
        }
    }

    void randomBytesAreJudgedAsByTheNaiveDecoder()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 20'000; ++round) {
            std::string bytes(random() % 12, '\0');
            std::ranges::generate(bytes, [&] { return static_cast<char>(random() % 4 == 0 ? random() : 0x80 + random() % 0x80); });
            const auto nextLength = [&] { return 1 + random() % 4; };
            if (firstInvalidInChunks(bytes, nextLength) != naiveFirstInvalid(bytes))
                QFAIL(qPrintable(QStringLiteral("differs for ") + QString::fromLatin1(QByteArray::fromStdString(bytes).toHex())));
        }
    }

    void aBadByteFarInIsFound()
    {
        std::string text(1'000'000, 'x');
        text[777'777] = '\xFF';
        QCOMPARE(firstInvalidInChunks(text, [] { return std::size_t(262'144); }), std::optional<std::uint64_t>(777'777));
    }
};

QTEST_GUILESS_MAIN(Utf8Test)
#include "utf8_test.moc"
