#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "tests/support/small_disk.h"
#include "tests/support/synthetic_trace.h"
#include "ui/export/picture.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QDir>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <sys/stat.h>
#include <unistd.h>

using namespace loopscope;

namespace {

QString svgOf(const Trace &trace, PictureOptions options)
{
    options.format = PictureOptions::Format::Svg;
    return QString::fromUtf8(renderPicture(trace, options).value());
}

QStringList textsOf(const QString &svg)
{
    QStringList texts;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        if (reader.readNextStartElement() && reader.name() == QLatin1String("text"))
            texts.append(reader.readElementText().trimmed());
    }
    return texts;
}

// For people: where LOOPSCOPE_SHOTS names a directory, the pictures are kept there.
void keep(const QByteArray &bytes, const QString &name)
{
    const QString directory = qEnvironmentVariable("LOOPSCOPE_SHOTS");
    if (directory.isEmpty())
        return;
    QFile file(QDir(directory).filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// Tasks of so many spans each, ready and awaiting in turn, each of another length.
std::shared_ptr<Trace> waitingTrace(int tasks, int spans)
{
    auto trace = std::make_shared<Trace>();
    for (int i = 0; i < tasks; ++i) {
        const LaneId task = trace->addLane(LaneKind::Task, "task " + std::to_string(i), 0);
        Nanoseconds at = 0;
        for (int s = 0; s < spans; ++s) {
            trace->enter(task, at, s % 2 == 0 ? State::Ready : State::Awaiting, 0, noLane);
            at += nanosecondsPerMicrosecond * (1 + (i * 7 + s * 5) % 3);
        }
        trace->end(task, at);
    }
    return trace;
}

} // namespace

class PictureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pngHasTheSizeAskedFor()
    {
        PictureOptions options;
        options.size = {800, 600};
        options.scale = 2;
        options.lanes = PictureOptions::Lanes::ThoseThatFit;
        const QByteArray bytes = renderPicture(*test::articleTrace(), options).value();
        const QImage image = QImage::fromData(bytes, "PNG");
        QCOMPARE(image.size(), QSize(1600, 1200));
        keep(bytes, QStringLiteral("picture-2x.png"));
    }

    void pngIsAsTallAsItsLanes()
    {
        PictureOptions options;
        options.isDark = true;
        const QByteArray bytes = renderPicture(*test::articleTrace(), options).value();
        const QImage image = QImage::fromData(bytes, "PNG");
        QCOMPARE(image.width(), 1440);
        QVERIFY(image.height() > 12 * 26 && image.height() < 600);
        QCOMPARE(image.pixelColor(2, 2), Theme::dark().canvas);
        keep(bytes, QStringLiteral("picture-dark.png"));
    }

    void svgTellsEveryFileItsBytesAndTheColours()
    {
        const auto trace = test::articleTrace();
        const QString svg = svgOf(*trace, {});
        keep(svg.toUtf8(), QStringLiteral("picture.svg"));
        const QStringList texts = textsOf(svg);
        QVERIFY(texts.contains(QStringLiteral("access.log")));
        QVERIFY(texts.contains(QStringLiteral("64000000 bytes")));
        QVERIFY(texts.contains(QStringLiteral("photo of a very long afternoon in the mountains.raw")));
        QVERIFY(texts.contains(QStringLiteral("96000000 bytes")));
        QVERIFY(texts.contains(QStringLiteral("permission denied")));
        for (const State state : taskStates) {
            const QString color = Theme::light().state(state).name();
            QVERIFY2(svg.contains(QStringLiteral("fill=\"%1\"").arg(color)), qPrintable(color));
            QVERIFY(svg.contains(color.toUpper()));
        }
    }

    void svgIsDrawnByOthers()
    {
        QSvgRenderer renderer(svgOf(*test::articleTrace(), {}).toUtf8());
        QVERIFY(renderer.isValid());
        QImage image(renderer.defaultSize(), QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        renderer.render(&painter, QRectF(image.rect()));
        painter.end();
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(image.save(&buffer, "PNG"));
        keep(bytes, QStringLiteral("picture-from-svg.png"));
        QCOMPARE(renderer.viewBox().width(), 1440);
        QVERIFY(image.pixelColor(2, 2) == Theme::light().canvas);
    }

    void svgStaysInsideItsEdges()
    {
        PictureOptions options;
        options.range = TimeRange{1'000'000'000, 1'500'000'000};
        const QString svg = svgOf(*test::articleTrace(), options);
        static const QRegularExpression rects(QStringLiteral("<rect x=\"(-?[0-9.]+)\" y=\"(-?[0-9.]+)\" width=\"([0-9.]+)\""));
        int count = 0;
        for (auto match = rects.globalMatch(svg); match.hasNext(); ++count) {
            const QRegularExpressionMatch rect = match.next();
            QVERIFY(rect.captured(1).toDouble() >= 0);
            QVERIFY(rect.captured(1).toDouble() + rect.captured(3).toDouble() <= 1440.5);
        }
        QVERIFY(count > 20);
    }

    void whatIsInViewIsInThePictureWhole()
    {
        const auto trace = test::largeTrace(40, 3);
        const LaneLayout layout(*trace, {30, 31}, {}); // that of a view: its sizes need not be those of the picture
        for (const auto &[first, last] : {std::pair(0, 9), std::pair(7, 39)}) {
            PictureOptions options;
            options.size = {900, 120}; // less than the rows need
            options.lanes = PictureOptions::Lanes::InView;
            options.rows = RowRange{layout.rowOf(trace->tasks()[static_cast<std::size_t>(first)]).value(),
                                    layout.rowOf(trace->tasks()[static_cast<std::size_t>(last)]).value()};
            const QStringList texts = textsOf(svgOf(*trace, options));
            for (int i = 0; i < 40; ++i)
                QCOMPARE(texts.contains(QStringLiteral("task %1").arg(i + 1)), i >= first && i <= last);
            QVERIFY(texts.contains(QStringLiteral("loop")));
            QVERIFY(texts.contains(QStringLiteral("running"))); // of the legend
            const std::size_t leftOut = trace->laneCount() - static_cast<std::size_t>(last - first + 2);
            QCOMPARE(texts.filter(QStringLiteral("not shown")).value(0),
                     QStringLiteral("%1 of %2 lanes are not shown.").arg(leftOut).arg(trace->laneCount()));
        }
    }

    void headersInViewAreInThePicture()
    {
        const auto trace = test::articleTrace();
        const LaneLayout layout(*trace, {22, 26}, {false, true, false});
        PictureOptions options;
        options.folded = {false, true, false};
        options.lanes = PictureOptions::Lanes::InView;
        options.rows = RowRange{layout.headerOf(LaneGroup::Tasks).value(), layout.rowOf(trace->workers()[1]).value()};
        const QStringList texts = textsOf(svgOf(*trace, options));
        QVERIFY(texts.contains(QStringLiteral("Tasks")));
        QVERIFY(texts.contains(QStringLiteral("#2")));
        QVERIFY(!texts.contains(QStringLiteral("#3")));
        QVERIFY(!texts.contains(QStringLiteral("64000000 bytes")));
    }

    void foldedGroupsStayFolded()
    {
        PictureOptions options;
        options.folded = {false, true, false};
        const QStringList texts = textsOf(svgOf(*test::articleTrace(), options));
        QVERIFY(texts.contains(QStringLiteral("Tasks")));
        QVERIFY(!texts.contains(QStringLiteral("64000000 bytes")));
        QVERIFY(texts.contains(QStringLiteral("#3")));
        QCOMPARE(texts.filter(QStringLiteral("not shown")), QStringList{QStringLiteral("8 of 12 lanes are not shown.")});
    }

    void namesHaveTheWidthThatWasChosen()
    {
        PictureOptions options;
        QVERIFY(textsOf(svgOf(*test::articleTrace(), options)).contains(QStringLiteral("permission denied")));
        options.nameWidth = 120;
        QVERIFY(!textsOf(svgOf(*test::articleTrace(), options)).contains(QStringLiteral("permission denied")));
    }

    void aPictureOutlivesItsTrace()
    {
        auto trace = test::articleTrace();
        PictureOptions options;
        options.format = PictureOptions::Format::Svg;
        const Picture picture(*trace, options);
        trace.reset();
        PictureProgress progress;
        QVERIFY(picture.render(progress).value().contains("access.log"));
        QVERIFY(progress.share().value_or(0) > 0.5);
    }

    void aCancelledPictureIsNotWritten_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"a.png", "a.svg", "a.pdf"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aCancelledPictureIsNotWritten()
    {
        QFETCH(const QString, name);
        const QTemporaryDir directory;
        PictureOptions options;
        options.format = pictureFormatOf(name).value();
        const Picture picture(*test::articleTrace(), options);
        PictureProgress progress;
        progress.cancel();
        QVERIFY(!picture.write(directory.filePath(name), progress).has_value());
        QVERIFY(QDir(directory.path()).isEmpty());
    }

    void pdfIsOnePage()
    {
        PictureOptions options;
        options.format = PictureOptions::Format::Pdf;
        const QByteArray bytes = renderPicture(*test::articleTrace(), options).value();
        QVERIFY(bytes.startsWith("%PDF-"));
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
        QCOMPARE(bytes.count("/Type /Page\n"), 1);
        keep(bytes, QStringLiteral("picture.pdf"));
    }

    void aHugeRunIsCappedAndSaysSo()
    {
        QImageReader::setAllocationLimit(0);
        const auto trace = test::largeTrace(20'000, 2);
        const QString svg = svgOf(*trace, {});
        static const QRegularExpression height(QStringLiteral("viewBox=\"0 0 1440 (\\d+)\""));
        QVERIFY(height.match(svg).captured(1).toInt() <= largestPicture);
        const QStringList notShown = textsOf(svg).filter(QStringLiteral("lanes are not shown"));
        QCOMPARE(notShown.size(), 1);
        PictureOptions options;
        options.size = {300, 0};
        const QImage image = QImage::fromData(renderPicture(*trace, options).value());
        QVERIFY(image.height() > 39'000 && image.height() <= largestPicture);
        // Beyond what Qt's rasterizer reaches in one go: the last lanes are there.
        bool hasDrawn = false;
        for (int y = image.height() - 200; y < image.height(); ++y)
            hasDrawn = hasDrawn || image.pixelColor(20, y) != Theme::light().canvas;
        QVERIFY(hasDrawn);
    }

    void aWidePictureIsCappedAndSaysSo()
    {
        PictureOptions options;
        QImageReader::setAllocationLimit(0);
        options.size = {20'000, 150};
        options.scale = 4;
        options.lanes = PictureOptions::Lanes::ThoseThatFit;
        const QImage image = QImage::fromData(renderPicture(*test::articleTrace(), options).value());
        QCOMPARE(image.width(), largestPicture);
    }

    void aSizeThatIsNotTheOneAskedForIsSaid_data()
    {
        using Format = PictureOptions::Format;
        QTest::addColumn<Format>("format");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("scale");
        QTest::addColumn<QString>("note");
        QTest::newRow("as asked for") << Format::Svg << QSize(1000, 600) << 1.0 << QString();
        QTest::newRow("a vector knows no area") << Format::Svg << QSize(40'000, 40'000) << 1.0 << QString();
        QTest::newRow("the largest page") << Format::Pdf << QSize(14'400, 14'400) << 1.0 << QString();
        QTest::newRow("tiny") << Format::Svg << QSize(10, 10) << 1.0
                              << QStringLiteral("Made larger than 10 × 10 pixels: title, ruler and legend need the room.");
        QTest::newRow("too large a page") << Format::Pdf << QSize(14'401, 500) << 1.0
                                          << QStringLiteral("Made smaller than 14401 × 500 pixels: a picture is at most 14 400 pixels wide "
                                                            "and tall.");
        QTest::newRow("too tall a page") << Format::Pdf << QSize(500, 20'000) << 1.0
                                         << QStringLiteral("Made smaller than 500 × 20000 pixels: a picture is at most 14 400 pixels wide "
                                                           "and tall.");
        QTest::newRow("too many pixels") << Format::Png << QSize(20'000, 10'000) << 2.0
                                         << QStringLiteral("Made smaller than 40000 × 20000 pixels: a picture has at most 200 000 000 "
                                                           "pixels.");
    }
    void aSizeThatIsNotTheOneAskedForIsSaid()
    {
        QFETCH(const PictureOptions::Format, format);
        QFETCH(const QSize, size);
        QFETCH(const double, scale);
        QFETCH(const QString, note);
        PictureOptions options;
        options.format = format;
        options.size = size;
        options.scale = scale;
        options.lanes = PictureOptions::Lanes::ThoseThatFit;
        QString told = Picture(*test::articleTrace(), options).note();
        told.replace(QChar(0x202F), QLatin1Char(' '));
        QVERIFY2(note.isEmpty() ? told.isEmpty() : told.endsWith(note), qPrintable(told));
    }

    void foreignTextsStayTexts()
    {
        Trace trace;
        const QString hostile = QStringLiteral("<b>a & b</b> \"%1\"");
        test::addTask(trace, hostile.toStdString(), "running 0 1");
        PictureOptions options;
        options.title = hostile;
        const QString svg = svgOf(trace, options);
        QXmlStreamReader reader(svg);
        QStringList titles;
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("title"))
                titles.append(reader.readElementText());
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(titles, QStringList{hostile});
        QVERIFY(textsOf(svg).count(hostile) >= 2); // the title and the lane's name
    }

    void whatNobodyWantsIsCancelled()
    {
        int asked = 0;
        PictureProgress progress([&asked] { return ++asked > 3; });
        PictureOptions options;
        options.format = PictureOptions::Format::Svg;
        QVERIFY(!Picture(*test::articleTrace(), options).render(progress).has_value());
        QVERIFY(asked > 3);
    }

    void absurdSizesAreSurvived()
    {
        for (const QSize size : {QSize(), QSize(0, 0), QSize(-5, 10), QSize(1, 1), QSize(INT_MAX, 1)}) {
            PictureOptions options;
            options.size = size;
            options.format = PictureOptions::Format::Svg;
            options.lanes = PictureOptions::Lanes::ThoseThatFit;
            QVERIFY(renderPicture(*test::articleTrace(), options).has_value());
        }
        QVERIFY(renderPicture(Trace(), {}).has_value());
    }

    void writesByTheEndingOfTheName()
    {
        const QTemporaryDir directory;
        const auto trace = test::articleTrace();
        for (const char *name : {"a.png", "b.SVG", "c.pdf"}) {
            const QString path = directory.filePath(QString::fromLatin1(name));
            QVERIFY(writePicture(*trace, {}, path).has_value());
            QVERIFY(QFileInfo(path).size() > 1000);
        }
        const auto refused = writePicture(*trace, {}, directory.filePath(QStringLiteral("d.gif")));
        QVERIFY(refused.error().contains(QStringLiteral("d.gif")));
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files).size(), 3);
    }

    void refusesFoldersAndDevices()
    {
        const QTemporaryDir directory;
        const auto trace = test::articleTrace();
        const QString folder = directory.filePath(QStringLiteral("folder.png"));
        QVERIFY(QDir().mkdir(folder));
        QVERIFY(writePicture(*trace, {}, folder).error().contains(QStringLiteral("folder")));
        const QString device = directory.filePath(QStringLiteral("full.svg"));
        QVERIFY(QFile::link(QStringLiteral("/dev/full"), device));
        QVERIFY(writePicture(*trace, {}, device).error().contains(QStringLiteral("device")));
        const QString fifo = directory.filePath(QStringLiteral("fifo.svg"));
        QCOMPARE(::mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
        QVERIFY(writePicture(*trace, {}, fifo).error().contains(QStringLiteral("FIFO")));
        const auto nowhere = writePicture(*trace, {}, directory.filePath(QStringLiteral("no/such/dir.svg")));
        QVERIFY2(nowhere.error().contains(QStringLiteral("There is no such folder")), qPrintable(nowhere.error()));
    }

    void leavesNothingInAFolderThatTakesNoFiles()
    {
        const auto trace = test::articleTrace();
        QVERIFY(!writePicture(*trace, {}, QStringLiteral("/proc/picture.svg")).has_value()); // closed to root too
        if (::geteuid() == 0)
            return; // root may write where permissions forbid it
        const QTemporaryDir directory;
        QVERIFY(QFile::setPermissions(directory.path(), QFile::ReadOwner | QFile::ExeOwner));
        QVERIFY(!writePicture(*trace, {}, directory.filePath(QStringLiteral("a.svg"))).has_value());
        QVERIFY(QDir(directory.path()).isEmpty());
    }

    void aFullDiskKeepsTheOldPicture_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"a.png", "a.svg", "a.pdf"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aFullDiskKeepsTheOldPicture()
    {
        QFETCH(const QString, name);
        const QTemporaryDir directory;
        const QString path = directory.filePath(name);
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        const auto trace = test::articleTrace();
        tl::expected<void, QString> written;
        {
            const test::SmallDisk disk(5000);
            written = writePicture(*trace, {}, path);
        }
        QVERIFY(!written.has_value());
        QVERIFY(written.error().contains(path));
        QVERIFY2(written.error().contains(QStringLiteral("choose a smaller size or scale")), qPrintable(written.error()));
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files | QDir::Hidden), QStringList{name});
        QVERIFY(old.open(QIODevice::ReadOnly));
        QCOMPARE(old.readAll(), QByteArray("old"));
    }

    // More lanes than a page holds, each with a state in nearly every column, and all that a picture can show besides.
    void manySpansMakeNoLargeFiles_data()
    {
        QTest::addColumn<PictureOptions::Format>("format");
        QTest::newRow("svg") << PictureOptions::Format::Svg;
        QTest::newRow("pdf") << PictureOptions::Format::Pdf;
    }
    void manySpansMakeNoLargeFiles()
    {
        QFETCH(const PictureOptions::Format, format);
        static const auto trace = test::syntheticTrace(test::screenFilling(10'000'000));
        PictureOptions options;
        options.format = format;
        options.hasOverview = true;
        options.selection = {trace->tasks().front(), 1'000, TimeRange{0, trace->now() / 2}};
        for (int i = 0; i < 100; ++i)
            options.marks.push_back({static_cast<MarkId>(i + 1), trace->now() / 100 * i, "mark " + std::to_string(i)});
        const QByteArray bytes = renderPicture(*trace, options).value();
        keep(bytes, format == PictureOptions::Format::Svg ? QStringLiteral("many.svg") : QStringLiteral("many.pdf"));
        QVERIFY2(bytes.size() < 5'000'000, qPrintable(QString::number(bytes.size())));
        QVERIFY(bytes.size() > 500'000);
        QVERIFY(Picture(*trace, options).note().contains(QStringLiteral("without patterns")));
        if (format == PictureOptions::Format::Svg)
            QVERIFY(!textsOf(QString::fromUtf8(bytes)).isEmpty() && QSvgRenderer(bytes).isValid());
    }

    // Labels take more than all else together.
    void whatGoesWithoutLabelsSaysSo()
    {
        PictureOptions options;
        options.format = PictureOptions::Format::Svg;
        const auto trace = test::largeTrace(2'000, 18);
        QVERIFY(Picture(*trace, options).note().contains(QStringLiteral("without patterns and labels")));
        options.format = PictureOptions::Format::Png;
        QVERIFY(!Picture(*trace, options).note().contains(QStringLiteral("labels")));
    }

    // A page that is full of lanes, each with a handful of spans with wide textures: what many tasks look like that share a few workers.
    void manyLanesMakeNoLargeFile()
    {
        PictureOptions options;
        options.format = PictureOptions::Format::Svg;
        const auto trace = test::largeTrace(2'000, 6);
        QVERIFY(Picture(*trace, options).note().contains(QStringLiteral("without patterns")));
        const QByteArray bytes = renderPicture(*trace, options).value();
        keep(bytes, QStringLiteral("many-lanes.svg"));
        QVERIFY(!bytes.contains("<image"));
        QVERIFY2(bytes.size() < 5'000'000, qPrintable(QString::number(bytes.size())));
    }

    void noNumberOfSpansMakesALargeFile_data()
    {
        QTest::addColumn<int>("spans");
        QTest::addColumn<Density>("density");
        for (const int spans : {18, 36}) {
            QTest::addRow("%d spans", spans) << spans << Density::Comfortable;
            QTest::addRow("%d spans, dense rows", spans) << spans << Density::Dense;
        }
    }
    void noNumberOfSpansMakesALargeFile()
    {
        QFETCH(const int, spans);
        QFETCH(const Density, density);
        PictureOptions options;
        options.format = PictureOptions::Format::Svg;
        options.density = density;
        for (const auto &trace : {waitingTrace(2'900, spans), test::largeTrace(2'900, spans)}) {
            const QByteArray bytes = renderPicture(*trace, options).value();
            keep(bytes, QStringLiteral("many-waits.svg"));
            QVERIFY2(bytes.size() < 5'000'000, qPrintable(QString::number(bytes.size())));
        }
    }

    // With each area and each text the file would tell again what it looks like.
    void whatLooksAlikeStandsTogether()
    {
        const auto looksIn = [](const Trace &trace) { return svgOf(trace, {}).count(QStringLiteral("<g ")); };
        const auto ofFew = looksIn(*test::largeTrace(20, 6));
        QVERIFY(ofFew < 150);
        QCOMPARE(looksIn(*test::largeTrace(200, 6)), ofFew);
    }

    void fewSpansAreAreas()
    {
        QVERIFY(!svgOf(*test::largeTrace(20, 1'000), {}).contains(QStringLiteral("<image")));
        QVERIFY(svgOf(*test::largeTrace(200, 1'000), {}).contains(QStringLiteral("<image")));
        PictureOptions options;
        options.format = PictureOptions::Format::Svg;
        QVERIFY(Picture(*test::largeTrace(20, 1'000), options).note().isEmpty());
    }

    void tracesOfOthersAreDrawnByTheSameFrame()
    {
        const auto trace = test::importedTrace();
        PictureOptions options;
        options.format = PictureOptions::Format::Svg;
        options.hasOverview = true;
        options.selection.range = TimeRange{0, 50'000'000};
        const auto svg = renderPicture(*trace, options);
        QVERIFY(svg.has_value());
        for (const char *const text : {"navigate", "renderer (12)", "slice, coloured by its name", "4 threads of 2 processes", "all names"})
            QVERIFY2(svg->contains(text), text);
        QVERIFY(!svg->contains("blocking the loop"));
        QVERIFY(!svg->contains("lanes are not shown"));
        QVERIFY(!svg->contains("Event loop"));
    }
};

QTEST_MAIN(PictureTest)
#include "picture_test.moc"
