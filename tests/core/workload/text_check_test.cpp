#include "core/workload/text_check.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>

using namespace loopscope;

namespace {

TextCheck checked(std::string_view text)
{
    TextCheck check;
    check.feed(text);
    check.finish();
    return check;
}

std::optional<std::uint64_t> firstInvalidOf(std::string_view text)
{
    const std::size_t valid = validUtf8Prefix(text);
    return valid < text.size() ? std::optional<std::uint64_t>(valid) : std::nullopt;
}

std::uint64_t linesOf(std::string_view text)
{
    return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

} // namespace

class TextCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noCounterOverflows()
    {
        for (const std::size_t size : {511U, 512U, 513U, 16'000U, 300'000U})
            QCOMPARE(checked(std::string(size, '\n')).lines(), std::uint64_t(size));
    }

    // Wherever it stands in a block, and whatever the blocks beside it are.
    void oneByteIsFoundAnywhere()
    {
        for (std::size_t at = 0; at < 2000; ++at) {
            std::string text(2000, 'x');
            text[at] = '\xFF';
            QCOMPARE(checked(text).firstInvalidUtf8(), std::optional<std::uint64_t>(at));
            text[at] = '\n';
            QCOMPARE(checked(text).lines(), std::uint64_t(1));
            QVERIFY(!checked(text).firstInvalidUtf8());
        }
    }

    void aCharacterMayLieAcrossBlocksAndItsEndMayLack()
    {
        for (std::size_t at = 500; at < 520; ++at) {
            std::string text(1500, 'x');
            text.replace(at, 3, "\xE2\x82\xAC");
            QVERIFY(!checked(text).firstInvalidUtf8());
            text.replace(at + 2, 1, "x"); // ASCII follows what was begun
            QCOMPARE(checked(text).firstInvalidUtf8(), std::optional<std::uint64_t>(at));
        }
    }

    // The same answers as one slow look at the whole, however the text is cut.
    void randomTextsAreJudgedAsAWhole()
    {
        std::mt19937 random(1); // NOLINT(cert-msc51-cpp): the same texts every time
        for (int round = 0; round < 300; ++round) {
            std::string text;
            const auto rarity = std::mt19937::result_type(1) << (random() % 14);
            while (text.size() < 40'000) {
                const auto kind = random() % rarity;
                text += kind == 0 ? "\xF0\x9F\x8C\x8D" : kind == 1 && round % 3 == 0 ? "\x80" : random() % 40 == 0 ? "\n" : "x";
            }
            TextCheck check;
            for (std::string_view left = text; !left.empty();) {
                const std::size_t length = std::min<std::size_t>(left.size(), random() % 5000);
                check.feed(left.substr(0, length));
                left.remove_prefix(length);
            }
            check.finish();
            QCOMPARE(check.lines(), linesOf(text));
            QCOMPARE(check.firstInvalidUtf8(), firstInvalidOf(text));
        }
    }
};

QTEST_GUILESS_MAIN(TextCheckTest)
#include "text_check_test.moc"
