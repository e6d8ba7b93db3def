#include "core/formats/chrome/json_scan.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>

using namespace loopscope::chrome;

namespace {

// The obvious way: one character after the other.
std::size_t naiveEnd(std::string_view text)
{
    std::size_t depth = 0;
    bool isString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isString) {
            if (c == '\\')
                ++i;
            isString = c != '"';
        } else if (c == '\\') {
            i += i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\') ? 1 : 0;
        } else if (c == '"') {
            isString = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return text.size();
}

std::string randomText(std::mt19937 &random)
{
    constexpr std::string_view characters = "{}[]\"\"\\\\ab:, \x1b\x5b";
    std::string text = "{";
    const auto length = std::uniform_int_distribution<std::size_t>(0, 300)(random);
    std::uniform_int_distribution<std::size_t> any(0, characters.size() - 1);
    for (std::size_t i = 0; i < length; ++i)
        text += characters[any(random)];
    return text;
}

// The end that is found if the text comes in two pieces, which must be readable beyond their ends.
std::size_t endInPieces(const std::string &text, std::size_t cut)
{
    const std::string padding(scanPadding, '"');
    const std::string first = text.substr(0, cut) + padding;
    const std::string second = text.substr(cut) + padding;
    NestingState state;
    const char *end = findNestingEnd(first.data(), first.data() + cut, state);
    if (cut > 0 && state.depth == 0)
        return static_cast<std::size_t>(end - first.data());
    end = findNestingEnd(second.data(), second.data() + (text.size() - cut), state);
    return cut + static_cast<std::size_t>(end - second.data());
}

} // namespace

class JsonScanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itAgreesWithTheObviousWayWhereverTheTextIsCut()
    {
        constexpr unsigned seed = 20261128;
        std::mt19937 random(seed);
        for (int round = 0; round < 2000; ++round) {
            const std::string text = randomText(random);
            const std::size_t expected = naiveEnd(text);
            for (const std::size_t cut :
                 {std::size_t(0), std::size_t(1), text.size() / 2, text.size(), std::min<std::size_t>(64, text.size())}) {
                const std::size_t found = endInPieces(text, cut);
                if (found != expected)
                    QFAIL(qPrintable(QStringLiteral("seed %1, round %2, cut %3: %4 instead of %5")
                                         .arg(seed)
                                         .arg(round)
                                         .arg(cut)
                                         .arg(found)
                                         .arg(expected)));
            }
        }
    }

    void whatIsNotClosedGoesOn()
    {
        const std::string text = "{\"a\":[1,{" + std::string(scanPadding, '}');
        NestingState state;
        QCOMPARE(findNestingEnd(text.data(), text.data() + 9, state), text.data() + 9);
        QCOMPARE(state.depth, std::uint64_t(3));
        QCOMPARE(state.inString, std::uint64_t(0));
    }

    void aMillionBracketsTakeNoStack()
    {
        constexpr std::size_t depth = 1'000'000;
        const std::string text = std::string(depth, '[') + std::string(depth, ']') + std::string(scanPadding, ']');
        NestingState state;
        QCOMPARE(findNestingEnd(text.data(), text.data() + 2 * depth, state), text.data() + 2 * depth);
    }

    void aStringEndsAtItsQuote_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("end");
        QTest::newRow("empty") << QByteArray("\"x") << 0;
        QTest::newRow("short") << QByteArray("abc\",") << 3;
        QTest::newRow("escaped quote") << QByteArray("a\\\"b\"") << 4;
        QTest::newRow("escaped backslash") << QByteArray("a\\\\\"") << 3;
        QTest::newRow("escape at the edge of a block") << QByteArray("0123456789abcde\\\"f\"") << 18;
        QTest::newRow("long") << QByteArray(100, 'x').append('"') << 100;
        QTest::newRow("none") << QByteArray("abc") << 3;
        QTest::newRow("ends with a backslash") << QByteArray("abc\\") << 4;
    }

    void aStringEndsAtItsQuote()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, end);
        const std::string padded = text.toStdString() + std::string(scanPadding, '"');
        QCOMPARE(static_cast<int>(findStringEnd(padded.data(), padded.data() + text.size()) - padded.data()), end);
    }
};

QTEST_GUILESS_MAIN(JsonScanTest)
#include "json_scan_test.moc"
