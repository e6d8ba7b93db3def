#include "tests/support/imported_sample.h"
#include "ui/panels/import_story.h"
#include "ui/panels/run_summary.h"

#include <QTest>

using namespace loopscope;

namespace {

// Of the sample: browser (7) is lane 1, its main 2 with the rows 3 and 4.
constexpr LaneId browserMain = 2;

QString factOf(const LaneStory &story, const QString &label)
{
    const auto fact = std::ranges::find(story.facts, label, &Fact::label);
    return fact == story.facts.end() ? QStringLiteral("none") : fact->text;
}

QString plain(QString text)
{
    return text.replace(QChar(0x202F), QLatin1Char(' '));
}

} // namespace

class ImportStoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSliceTellsWhereItIsAndWhatItDidItself()
    {
        const auto trace = test::importedTrace();
        const LaneStory story = importStoryOf(*trace, browserMain, 0, {});
        QCOMPARE(story.title, QStringLiteral("navigate"));
        QCOMPARE(plain(story.summary), QStringLiteral("40.0 ms in main of browser (7)"));
        QCOMPARE(factOf(story, QStringLiteral("Category")), QStringLiteral("sample"));
        QCOMPARE(factOf(story, QStringLiteral("Process")), QStringLiteral("browser (7)"));
        QCOMPARE(plain(factOf(story, QStringLiteral("Self"))), QStringLiteral("8.00 ms, 20 %"));
        QVERIFY(story.arguments.find("example.org") != std::string::npos);
        const LaneStory inner = importStoryOf(*trace, browserMain + 1, 0, {});
        QCOMPARE(factOf(inner, QStringLiteral("Inside")), QStringLiteral("navigate"));
    }

    void aFlowIsToldAtBothEnds()
    {
        const auto trace = test::importedTrace();
        QCOMPARE(factOf(importStoryOf(*trace, browserMain + 1, 1, {}), QStringLiteral("Leads to")),
                 QStringLiteral("draw in compositor of renderer (12)"));
    }

    void aThreadTellsItsNamesByTime()
    {
        const auto trace = test::importedTrace();
        const LaneStory story = importStoryOf(*trace, browserMain, {}, {});
        QCOMPARE(story.title, QStringLiteral("main"));
        QCOMPARE(plain(story.summary), QStringLiteral("thread of browser (7) · busy 50 %"));
        QCOMPARE(factOf(story, QStringLiteral("Slices")), QStringLiteral("6"));
        QCOMPARE(factOf(story, QStringLiteral("Depth")), QStringLiteral("3 rows"));
        QCOMPARE(plain(factOf(story, QStringLiteral("Most time"))), QStringLiteral("navigate: 40.0 ms, 1 slice"));
    }

    void instantsAndCountersHaveStories()
    {
        const auto trace = test::importedTrace();
        const LaneStory click = importStoryOf(*trace, browserMain, {}, 1);
        QCOMPARE(click.title, QStringLiteral("click"));
        QCOMPARE(click.arguments, std::string("{\"number\":41}"));
        const LaneStory heap = importStoryOf(*trace, trace->rows().back(), {}, {});
        QCOMPARE(heap.summary, QStringLiteral("counter of renderer (12)"));
        QCOMPARE(factOf(heap, QStringLiteral("Greatest")), QStringLiteral("40"));
    }

    void theTraceTellsItsProblems()
    {
        const auto trace = test::importedTrace();
        trace->changeInfo([](RunInfo &info) {
            info.problems = {{"events without a phase were left out", 12, 3041, true}, {"ends without a begin were dropped", 1, 9, false}};
        });
        const LaneStory story = importStoryOf(*trace, noLane, {}, {});
        QCOMPARE(story.summary, QStringLiteral("4 threads of 2 processes, 1 counter"));
        QCOMPARE(factOf(story, QStringLiteral("Problems")),
                 QStringLiteral("events without a phase were left out: 12, the first at byte 3041"));
        QCOMPARE(factOf(story, QStringLiteral("Format")), QStringLiteral("Chrome JSON"));
        QVERIFY(statusLine(*trace).contains(QStringLiteral("12 left out, 1 mended")));
        QCOMPARE(progressTitle(*trace), QStringLiteral("sample.json: 4 threads of 2 processes, 1 counter"));
    }
};

QTEST_GUILESS_MAIN(ImportStoryTest)
#include "import_story_test.moc"
