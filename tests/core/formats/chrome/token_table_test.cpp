#include "core/formats/chrome/token_table.h"

#include <QTest>

#include <deque>
#include <string>

using namespace loopscope::chrome;

class TokenTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysAreNumberedInTheOrderOfTheirAppearance()
    {
        TokenTable table;
        QCOMPARE(table.intern({"a", "b", ""}), 0U);
        QCOMPARE(table.intern({"ab", "", ""}), 1U);
        QCOMPARE(table.intern({"", "ab", ""}), 2U);
        const std::string again = "a";
        QCOMPARE(table.intern({again, "b", ""}), 0U);
        QCOMPARE(table.keys().size(), std::size_t(3));
        QCOMPARE(table.keys()[1][0], std::string_view("ab"));
    }

    void manyKeysOfAnyLengthAreToldApart()
    {
        std::deque<std::string> texts;
        TokenTable table;
        for (std::uint32_t i = 0; i < 20'000; ++i) {
            texts.push_back(std::string(i % 23, 'x') + std::to_string(i));
            QCOMPARE(table.intern({texts.back(), "c", ""}), i);
        }
        for (std::uint32_t i = 0; i < 20'000; ++i)
            QCOMPARE(table.intern({texts[i], "c", ""}), i);
    }

    void itForgets()
    {
        TokenTable table;
        QCOMPARE(table.intern({"a", "", ""}), 0U);
        table.clear();
        QVERIFY(table.keys().empty());
        QCOMPARE(table.intern({"b", "", ""}), 0U);
        QCOMPARE(table.intern({"a", "", ""}), 1U);
    }
};

QTEST_GUILESS_MAIN(TokenTableTest)
#include "token_table_test.moc"
