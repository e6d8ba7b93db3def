#include "ui/window/suggested_name.h"

#include <QTest>

using namespace loopscope;

class SuggestedNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isWhatAPersonRecognises_data();
    void isWhatAPersonRecognises();
    void isBounded();
    void leavesOutTheFormat_data();
    void leavesOutTheFormat();
};

void SuggestedNameTest::isWhatAPersonRecognises_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *what, const QString &title, const QString &name) { QTest::newRow(what) << title << name; };
    row("plain", QStringLiteral("3 files"), QStringLiteral("3 files"));
    row("case and numbers", QStringLiteral("Gather: 20 Tasks, v1.2"), QStringLiteral("Gather 20 Tasks, v1.2"));
    row("other letters", QStringLiteral("Žába – 測試"), QStringLiteral("Žába 測試"));
    row("beyond 16 bits", QString::fromUtf8("\xF0\x90\x90\x80 run"), QString::fromUtf8("\xF0\x90\x90\x80 run"));
    row("slashes", QStringLiteral("../../etc/passwd"), QStringLiteral("etc passwd"));
    row("control characters", QStringLiteral("a\nb\x1b[31m\x7f"), QStringLiteral("a b 31m"));
    row("turned writing direction", QStringLiteral("a\u202egnp.exe"), QStringLiteral("a gnp.exe"));
    row("for the shell", QStringLiteral("$(rm *) `x` \"y\" 'z' | & ;"), QStringLiteral("(rm ) x y z"));
    row("hidden", QStringLiteral(".hidden"), QStringLiteral("hidden"));
    row("an option", QStringLiteral("--help"), QStringLiteral("help"));
    row("nothing", QString(), QStringLiteral("loopscope"));
    row("dots", QStringLiteral(".."), QStringLiteral("loopscope"));
    row("nothing that can be used", QStringLiteral("///\n"), QStringLiteral("loopscope"));
}

void SuggestedNameTest::isWhatAPersonRecognises()
{
    QFETCH(QString, title);
    QFETCH(QString, name);
    QCOMPARE(suggestedName(title), name);
}

void SuggestedNameTest::isBounded()
{
    QCOMPARE(suggestedName(QString(1000, QLatin1Char('x'))).size(), 60);
    // A pair is not cut in two.
    const QString pairs = QStringLiteral("x") + QString::fromUtf8("\xF0\x90\x90\x80").repeated(100);
    QCOMPARE(suggestedName(pairs).size(), 59);
    QVERIFY(suggestedName(pairs).toUtf8().size() < 200);
    // What is cut after a space does not end with it.
    QCOMPARE(suggestedName(QString(59, QLatin1Char('x')) + QStringLiteral(" yy")).size(), 59);
}

void SuggestedNameTest::leavesOutTheFormat_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("name");
    QTest::newRow("ours") << QStringLiteral("my.run.loopscope") << QStringLiteral("my.run");
    QTest::newRow("packed") << QStringLiteral("trace.v2.JSON.gz") << QStringLiteral("trace.v2");
    QTest::newRow("a journal") << QStringLiteral("run.loopscope.2.part") << QStringLiteral("run.loopscope.2");
    QTest::newRow("none") << QStringLiteral("trace") << QStringLiteral("trace");
    QTest::newRow("nothing else") << QStringLiteral(".json") << QString();
}

void SuggestedNameTest::leavesOutTheFormat()
{
    QFETCH(QString, file);
    QFETCH(QString, name);
    QCOMPARE(withoutFormatEnding(file), name);
}

QTEST_GUILESS_MAIN(SuggestedNameTest)
#include "suggested_name_test.moc"
