#include "ui/window/recent_paths.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

constexpr auto key = "recentPaths";

} // namespace

class RecentPathsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsPathsAsTheyAre();
    void putsTheLatestFirstAndOnlyOnce();
    void isBounded();
    void readsForeignSettingsAsNothing();
    void namesAnEntryByItsFirstFile();

private:
    [[nodiscard]] QString file() const { return folder_.filePath(QStringLiteral("settings.ini")); }
    QTemporaryDir folder_;
};

void RecentPathsTest::keepsPathsAsTheyAre()
{
    const RecentPaths::Entry odd{"/tmp/not utf-8 \xff\xfe", "/tmp/line\nbreak", "/tmp/ä"};
    {
        QSettings settings(file(), QSettings::IniFormat);
        RecentPaths recent(settings, key);
        recent.add(odd);
    }
    QSettings settings(file(), QSettings::IniFormat);
    const RecentPaths recent(settings, key);
    QCOMPARE(recent.entries().size(), 1U);
    QCOMPARE(recent.entries().front(), odd);
}

void RecentPathsTest::putsTheLatestFirstAndOnlyOnce()
{
    QSettings settings(file(), QSettings::IniFormat);
    RecentPaths recent(settings, key);
    recent.clear();
    recent.add({"/a"});
    recent.add({"/b"});
    recent.add({"/a"});
    QCOMPARE(recent.entries(), (std::vector<RecentPaths::Entry>{{"/a"}, {"/b"}}));
}

void RecentPathsTest::isBounded()
{
    QSettings settings(file(), QSettings::IniFormat);
    RecentPaths recent(settings, key);
    for (int i = 0; i < 50; ++i)
        recent.add({"/" + std::to_string(i)});
    QCOMPARE(recent.entries().size(), RecentPaths::maxEntries);
    recent.add(RecentPaths::Entry(RecentPaths::maxPaths + 1, "/many"));
    QCOMPARE(recent.entries().front().size(), 1U);
}

void RecentPathsTest::readsForeignSettingsAsNothing()
{
    QSettings settings(file(), QSettings::IniFormat);
    for (const QVariant &foreign :
         {QVariant(42), QVariant(QStringLiteral("%%%")), QVariant(QStringList{QStringLiteral("!!"), QString()})}) {
        settings.setValue(QLatin1String(key), foreign);
        QVERIFY(RecentPaths(settings, key).entries().empty());
    }
}

void RecentPathsTest::namesAnEntryByItsFirstFile()
{
    QCOMPARE(RecentPaths::title({"/var/log/syslog"}), QStringLiteral("syslog"));
    QCOMPARE(RecentPaths::title({"/var/log/"}), QStringLiteral("log"));
    QCOMPARE(RecentPaths::title({"/"}), QStringLiteral("/"));
    QCOMPARE(RecentPaths::title({"/a/b", "/c", "/d"}), QStringLiteral("b and 2 more"));
    QCOMPARE(RecentPaths::title({"/a/20%2", "/c"}), QStringLiteral("20%2 and 1 more"));
    QVERIFY(!RecentPaths::title({"/a/\n"}).contains(QLatin1Char('\n')));
}

QTEST_GUILESS_MAIN(RecentPathsTest)
#include "recent_paths_test.moc"
