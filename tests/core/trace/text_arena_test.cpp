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
        std::vector<KeptText> kept;
        for (std::size_t i = 0; i < 3000; ++i) {
            texts.emplace_back(i % 100, static_cast<char>('a' + i % 26));
            kept.push_back(arena.keep(texts.back()));
        }
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const std::string_view text = kept[i];
            QCOMPARE(text, std::string_view(texts[i]));
            QVERIFY(text.empty() || text.data() != texts[i].data());
        }
        QVERIFY(arena.byteSize() >= 3000 * 49 && arena.byteSize() < 3000 * 61);
    }

    void keepsATextOfAnyLength()
    {
        TextArena arena;
        const KeptText before = arena.keep("before");
        for (const std::size_t length : {0, 1, 253, 254, 255, 256, 16'000, 16'383, 16'384, 100'000}) {
            const std::string text(length, 'x');
            QCOMPARE(std::string_view(arena.keep(text)), std::string_view(text));
        }
        QCOMPARE(std::string_view(KeptText()), std::string_view());
        QCOMPARE(std::string_view(arena.keep("after")), std::string_view("after"));
        QCOMPARE(std::string_view(before), std::string_view("before"));
    }
};

QTEST_GUILESS_MAIN(TextArenaTest)
#include "text_arena_test.moc"
