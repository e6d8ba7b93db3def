#include "core/trace/text_arena.h"

#include <QTest>

#include <string>

using namespace loopscope;

class TextArenaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryTextAsLongAsItLives()
    {
        TextArena arena;
        std::vector<std::string> texts;
        std::vector<std::string_view> kept;
        for (std::size_t i = 0; i < 3000; ++i) {
            texts.emplace_back(i % 100, static_cast<char>('a' + i % 26));
            kept.push_back(arena.keep(texts.back()));
        }
        for (std::size_t i = 0; i < texts.size(); ++i) {
            QCOMPARE(kept[i], std::string_view(texts[i]));
            QVERIFY(kept[i].empty() || kept[i].data() != texts[i].data());
        }
        QVERIFY(arena.byteSize() >= 3000 * 49 && arena.byteSize() < 3000 * 60);
    }

    void keepsATextOfAnyLength()
    {
        TextArena arena;
        const std::string large(100'000, 'x');
        const std::string_view before = arena.keep("before");
        QCOMPARE(arena.keep(large), std::string_view(large));
        QCOMPARE(arena.keep(""), std::string_view());
        QCOMPARE(arena.keep("after"), std::string_view("after"));
        QCOMPARE(before, std::string_view("before"));
    }
};

QTEST_GUILESS_MAIN(TextArenaTest)
#include "text_arena_test.moc"
