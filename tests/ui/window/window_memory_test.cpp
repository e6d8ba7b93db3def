#include "ui/window/window_memory.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

using namespace loopscope;

class WindowMemoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasSet();
    void takesDefaultsForForeignValues();
    void restoresSizeAndPlace();
    void movesAWindowOntoAScreen();
    void takesBrokenGeometryAsNone();

private:
    QTemporaryDir folder_;
    QSettings settings_{folder_.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
};

void WindowMemoryTest::keepsWhatWasSet()
{
    const RunSettings run{3, 7, 250, 500, FileReader::IoUring};
    saveRunSettings(settings_, run);
    QCOMPARE(loadRunSettings(settings_), run);
}

void WindowMemoryTest::takesDefaultsForForeignValues()
{
    settings_.setValue(QStringLiteral("run/workers"), -1);
    settings_.setValue(QStringLiteral("run/inFlight"), QStringLiteral("many"));
    settings_.setValue(QStringLiteral("run/reader"), QStringLiteral("mmap"));
    settings_.setValue(QStringLiteral("run/stallThresholdMs"), 1e300);
    settings_.setValue(QStringLiteral("run/memoryLimitMb"), -500);
    QCOMPARE(loadRunSettings(settings_), RunSettings());
}

void WindowMemoryTest::restoresSizeAndPlace()
{
    QWidget window;
    window.setGeometry(20, 30, 400, 300);
    saveWindow(window, settings_);
    QWidget again;
    restoreWindow(again, settings_);
    QCOMPARE(again.size(), QSize(400, 300));
    QCOMPARE(again.pos(), QPoint(20, 30));
}

void WindowMemoryTest::movesAWindowOntoAScreen()
{
    QWidget window;
    window.setGeometry(50'000, 50'000, 400, 300);
    saveWindow(window, settings_);
    QWidget again;
    restoreWindow(again, settings_);
    QVERIFY(QGuiApplication::primaryScreen()->geometry().intersects(again.frameGeometry()));
}

void WindowMemoryTest::takesBrokenGeometryAsNone()
{
    for (const QVariant &broken : {QVariant(), QVariant(QByteArray("rubbish")), QVariant(3.5)}) {
        settings_.setValue(QStringLiteral("window/geometry"), broken);
        QWidget window;
        restoreWindow(window, settings_);
        QVERIFY(window.width() > 200);
        QVERIFY(QGuiApplication::primaryScreen()->geometry().contains(window.frameGeometry().center()));
    }
}

QTEST_MAIN(WindowMemoryTest)
#include "window_memory_test.moc"
