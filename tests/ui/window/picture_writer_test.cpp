#include "ui/window/picture_writer.h"

#include "tests/support/sample_trace.h"
#include "ui/export/drawn_page.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <new>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 60'000;

Picture hugePicture()
{
    PictureOptions options;
    options.format = PictureOptions::Format::Png;
    return Picture(*test::largeTrace(2000, 20), options);
}

/// A page for which there is not enough memory.
class TooLargePage : public DrawnPage {
public:
    [[nodiscard]] QSize size() const override { return {100, 100}; }
    [[nodiscard]] std::size_t laneCount() const override { return 1; }
    [[nodiscard]] const QString &title() const override { return text_; }
    [[nodiscard]] const QString &description() const override { return text_; }
    [[nodiscard]] const QString &note() const override { return text_; }
    void paint(QPainter & /*painter*/, Medium /*medium*/, PaintLimits /*limits*/) const override { throw std::bad_alloc(); }

private:
    QString text_;
};

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

    void saysThatMemoryIsShort()
    {
        PictureWriter writer;
        const QSignalSpy finished(&writer, &PictureWriter::finished);
        const QTemporaryDir folder;
        writer.start(Picture(std::make_unique<TooLargePage>(), PictureOptions::Format::Svg), folder.filePath(QStringLiteral("a.svg")));
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, watchdogMs);
        QVERIFY(finished.first().at(0).toString().contains(QStringLiteral("not enough memory")));
        QVERIFY(!writer.isBusy());
        QVERIFY(QDir(folder.path()).isEmpty());
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
