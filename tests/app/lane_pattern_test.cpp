#include "app/lane_pattern.h"

#include <QTest>

using namespace loopscope;

class LanePatternTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPatternOccursInAName_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("matches");
        const auto row = [](const char *pattern, const char *name, bool matches) {
            QTest::addRow("%s in %s", pattern, name) << QString::fromUtf8(pattern) << QString::fromUtf8(name) << matches;
        };
        row("", "", true);
        row("", "anything", true);
        row("work", "Worker 1", true);
        row("WORK", "my worker", true);
        row("workers", "worker", false);
        row("a*c", "xxabbbcxx", true);
        row("a*c", "xxcbbbaxx", false);
        row("a?c", "abc", true);
        row("a?c", "ac", false);
        row("a?c",
            "a\xe2\x82\xac"
            "c",
            true);
        row("?", "", false);
        row("*", "", true);
        row("a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
        row("[1]", "task [1]", true);
        row("/usr/*.h", "/usr/include/x.h", true);
    }

    void aPatternOccursInAName()
    {
        QFETCH(const QString, pattern);
        QFETCH(const QString, name);
        QFETCH(const bool, matches);
        QCOMPARE(LanePattern(pattern.toStdString()).matches(name.toStdString()), matches);
    }
};

QTEST_GUILESS_MAIN(LanePatternTest)
#include "lane_pattern_test.moc"
