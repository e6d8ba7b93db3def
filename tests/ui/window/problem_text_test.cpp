#include "ui/window/problem_text.h"

#include "ui/theme/format.h"

#include <QTest>

using namespace loopscope;

class ProblemTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysNothingWhereNothingIsWrong() { QVERIFY(problemSentence(RunInfo()).isEmpty()); }

    void countsAndNamesThePlaces()
    {
        RunInfo info;
        info.problems = {{"events without a phase were left out", 12, 4711, true}, {"slices were put in order", 1, 9, false}};
        const QString text = problemSentence(info);
        QVERIFY2(text.startsWith(QStringLiteral("12 events could not be used, 1 had to be mended (")), qPrintable(text));
        for (const char *part : {"events without a phase", "12", "4711", "slices were put in order"})
            QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
    }

    void countsOneKindOnce()
    {
        RunInfo info;
        info.problems = {{"events without a phase were left out", 1, 4711, true}};
        QCOMPARE(problemSentence(info),
                 QStringLiteral("1 event could not be used (events without a phase were left out, at byte %1).").arg(formatCount(4711)));
        info.problems.front().count = 12;
        QVERIFY(problemSentence(info).contains(QStringLiteral("(events without a phase were left out, the first at byte ")));
        QVERIFY(problemSentence(info).startsWith(QStringLiteral("12 events could not be used (")));
    }

    void isBounded()
    {
        RunInfo info;
        for (std::uint64_t i = 0; i < 9; ++i)
            info.problems.push_back({"kind " + std::to_string(i), 1, i, true});
        const QString text = problemSentence(info);
        QVERIFY2(text.contains(QStringLiteral("6 more kinds")), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("kind 3")));
        info.problems.resize(4);
        QVERIFY(problemSentence(info).contains(QStringLiteral("and 1 more kind, see")));
    }
};

QTEST_GUILESS_MAIN(ProblemTextTest)
#include "problem_text_test.moc"
