#include "ui/window/picture_writer.h"

#include "tests/support/sample_trace.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 60'000;
/// What is promised is 100 ms; a loaded machine takes some for itself.

Picture hugePicture()
{
    PictureOptions options;
    options.format = PictureOptions::Format::Png;
    return Picture(*test::largeTrace(2000, 20), options);
}

} // namespace

class PictureWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesWhileThisThreadGoesOn()
    {
        const QTemporaryDir folder;
        PictureWriter writer;
        const QSignalSpy finished(&writer, &PictureWriter::finished);
        writer.start(hugePicture(), folder.filePath(QStringLiteral("a.png")));
        QVERIFY(writer.isBusy());
        QVERIFY(finished.isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, watchdogMs);
        QCOMPARE(finished.first(), (QVariantList{QString(), false}));
        QVERIFY(QFileInfo(folder.filePath(QStringLiteral("a.png"))).size() > 1000);
        QVERIFY(!writer.isBusy());
    }

    void isCancelledSoon()
    {
        const QTemporaryDir folder;
        PictureWriter writer;
        const QSignalSpy finished(&writer, &PictureWriter::finished);
        writer.start(hugePicture(), folder.filePath(QStringLiteral("a.png")));
        QTest::qWait(50);
        QElapsedTimer timer;
        timer.start();
        writer.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, watchdogMs);
        qInfo("cancelled after %lld ms", timer.elapsed());
        QVERIFY(finished.first().at(1).toBool());
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void saysWhyItFailed()
    {
        PictureWriter writer;
        const QSignalSpy finished(&writer, &PictureWriter::finished);
        writer.start(Picture(*test::articleTrace(), {}), QStringLiteral("/no/such/folder/a.png"));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, watchdogMs);
        QVERIFY(finished.first().at(0).toString().contains(QStringLiteral("/no/such/folder/a.png")));
        QVERIFY(!finished.first().at(1).toBool());
    }

    void givesUpWhenItIsDeleted()
    {
        const QTemporaryDir folder;
        auto writer = std::make_unique<PictureWriter>();
        writer->start(hugePicture(), folder.filePath(QStringLiteral("a.png")));
        writer.reset();
        QCoreApplication::processEvents();
        QVERIFY(QDir(folder.path()).isEmpty());
    }
};

QTEST_MAIN(PictureWriterTest)
#include "picture_writer_test.moc"
