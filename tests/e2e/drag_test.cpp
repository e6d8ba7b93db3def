// A real drag: a second program drags files onto the real window, on an X server of the test's own.

#include "tests/support/program.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/x_display.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include <unistd.h>

using namespace loopscope;

namespace {

constexpr int watchdogMs = 60'000;
constexpr QRect windowPlace(0, 0, 1100, 800);
constexpr QRect sourcePlace(1150, 300, 200, 200);

/// The colours of states in a light picture, as SVG spells them.
constexpr auto inWorkerColour = "#1f4e9e";
constexpr auto runningColour = "#009e73";
constexpr auto blockingColour = "#b23a00";

/// Blocks the loop by reading a file of a terabyte, which is a hole, until the test cuts it off.
constexpr auto blockedByReading = R"({"loopscope_scenario": 1, "name": "blocked", "title": "Blocked", "workers": 2, "tasks": [
    {"name": "blocks", "kind": "read", "place": "loop", "files": ["large"]}]})";
constexpr off_t terabyte = off_t(1) << 40;

/// Texts of an SVG, in its order; narrow spaces as plain ones.
QStringList textsOf(const QByteArray &svg)
{
    QStringList texts;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        if (reader.readNextStartElement() && reader.name() == QLatin1String("text"))
            texts.append(reader.readElementText().trimmed().replace(QChar(0x202F), QLatin1Char(' ')));
    }
    return texts;
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

/// Of how many of the dragged files there is a lane with its name and its size. Only a lane tells the size; the name may also stand in a
/// worker's spans.
qsizetype lanesOfFiles(const QStringList &texts)
{
    qsizetype lanes = 0;
    for (const auto &[name, size] : {std::pair("alpha.txt", "1000 bytes"), {"beta.bin", "2500000 bytes"}, {"gamma ray.txt", "123 bytes"}})
        lanes += texts.contains(QLatin1String(name)) && texts.count(QLatin1String(size)) == 1 ? 1 : 0;
    return lanes;
}

} // namespace

class DragTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void readsFilesDraggedFromAnotherProgram();
    void goesOnWhileTheLoopIsBlocked();

private:
    void startWindow(const QStringList &arguments);
    void startSource(const QStringList &files);
    void dragFiles();
    QByteArray exportSvg(const QString &name);
    [[nodiscard]] QString title() const { return display_.titleOf(window_); }
    [[nodiscard]] QStringList writeFiles() const;

    XDisplay display_{1400, 850};
    std::unique_ptr<test::ScratchFolder> scratch_;
    std::unique_ptr<QProcess> program_;
    std::unique_ptr<QProcess> source_;
    QString window_;
    qsizetype blockingInLegend_ = 0; // how often the picture of a run that blocks nothing names the colour
};

void DragTest::initTestCase()
{
    QVERIFY2(display_.isUp(), "Xvfb could not be started: is the package xvfb installed?");
    QVERIFY2(!display_.xdotool({QStringLiteral("version")}).isNull(), "xdotool could not be started: is the package xdotool installed?");
}

void DragTest::init()
{
    scratch_ = std::make_unique<test::ScratchFolder>();
    scratch_->makeFolder("home");
}

void DragTest::cleanup()
{
    if (source_) {
        source_->kill();
        source_->waitForFinished(watchdogMs);
    }
    source_.reset();
    if (program_) {
        program_->terminate();
        QVERIFY(program_->waitForFinished(watchdogMs));
        QCOMPARE(program_->exitStatus(), QProcess::NormalExit);
    }
    program_.reset();
    scratch_.reset();
}

void DragTest::startWindow(const QStringList &arguments)
{
    program_ = std::make_unique<QProcess>();
    program_->setProcessEnvironment(display_.environment(text(scratch_->path("home"))));
    program_->setProcessChannelMode(QProcess::ForwardedChannels);
    program_->start(test::programPath(), arguments);
    QVERIFY(program_->waitForStarted(watchdogMs));
    QTRY_VERIFY_WITH_TIMEOUT(!(window_ = display_.findWindow(program_->processId(), QStringLiteral("Loopscope"))).isEmpty(), watchdogMs);
    display_.place(window_, windowPlace.x(), windowPlace.y(), windowPlace.width(), windowPlace.height());
    display_.focus(window_);
}

void DragTest::startSource(const QStringList &files)
{
    source_ = std::make_unique<QProcess>();
    source_->setProcessEnvironment(display_.environment(text(scratch_->path("home"))));
    source_->start(QStringLiteral(LOOPSCOPE_DRAG_SOURCE), files);
    QVERIFY(source_->waitForStarted(watchdogMs));
    QString found;
    QTRY_VERIFY_WITH_TIMEOUT(!(found = display_.findWindow(source_->processId(), QStringLiteral("drag source"))).isEmpty(), watchdogMs);
    display_.place(found, sourcePlace.x(), sourcePlace.y(), sourcePlace.width(), sourcePlace.height());
}

void DragTest::dragFiles()
{
    display_.drag(sourcePlace.center(), windowPlace.center());
    QByteArray printed;
    QTRY_VERIFY_WITH_TIMEOUT((printed += source_->readAllStandardOutput()).contains("copied"), watchdogMs);
    display_.focus(window_);
}

QStringList DragTest::writeFiles() const
{
    return {text(scratch_->write("alpha.txt", std::string(1000, 'a'))), text(scratch_->write("beta.bin", std::string(2'500'000, '\0'))),
            text(scratch_->write("gamma ray.txt", std::string(123, 'c')))};
}

QByteArray DragTest::exportSvg(const QString &name)
{
    const QString path = text(scratch_->path()) + QLatin1Char('/') + name;
    display_.press(QStringLiteral("ctrl+e"));
    QString dialog;
    const auto isOpen = [&] {
        dialog = display_.findWindow(program_->processId(), QStringLiteral("Export picture"));
        return !dialog.isEmpty();
    };
    if (!QTest::qWaitFor(isOpen, watchdogMs))
        return {};
    display_.focus(dialog);
    display_.type(path);
    display_.press(QStringLiteral("Return"));
    QFile file(path);
    if (!QTest::qWaitFor([&file] { return file.exists(); }, watchdogMs) || !file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

void DragTest::readsFilesDraggedFromAnotherProgram()
{
    startWindow({});
    startSource(writeFiles());
    dragFiles();
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled* – 3 files read – Loopscope"), watchdogMs);

    const QByteArray svg = exportSvg(QStringLiteral("run.svg")).toLower();
    const QStringList texts = textsOf(svg);
    QCOMPARE(lanesOfFiles(texts), 3);
    QVERIFY(svg.contains(inWorkerColour));
    QVERIFY(svg.contains(runningColour));
    blockingInLegend_ = svg.count(blockingColour);
}

void DragTest::goesOnWhileTheLoopIsBlocked()
{
    const std::string large = scratch_->write("large", "");
    QCOMPARE(::truncate(large.c_str(), terabyte), 0);
    startWindow({text(scratch_->write("blocked.json", blockedByReading))});
    startSource(writeFiles());
    // The scenario is opened, and does not run until it is told to.
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Blocked – Loopscope"), watchdogMs);
    display_.press(QStringLiteral("ctrl+r"));
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled* – Reading 0 of 1 files – Loopscope"), watchdogMs);

    dragFiles();
    const QByteArray blocked = exportSvg(QStringLiteral("blocked.svg")).toLower();
    QVERIFY(blockingInLegend_ > 0 && blocked.count(blockingColour) > blockingInLegend_);
    QCOMPARE(title(), QStringLiteral("Untitled* – Reading 0 of 1 files – Loopscope"));

    QCOMPARE(::truncate(large.c_str(), 0), 0);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("Untitled* – 4 files read – Loopscope"), watchdogMs);
    const QStringList texts = textsOf(exportSvg(QStringLiteral("after.svg")));
    QVERIFY(texts.contains(QStringLiteral("blocks")));
    QCOMPARE(lanesOfFiles(texts), 3);
}

QTEST_GUILESS_MAIN(DragTest)
#include "drag_test.moc"
