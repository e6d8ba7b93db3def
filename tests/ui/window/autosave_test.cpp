#include "ui/window/autosave.h"

#include "core/formats/own/own_file_reader.h"
#include "tests/support/sample_trace.h"

#include <QDir>
#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace loopscope;

namespace {

struct Run {
    std::shared_ptr<Trace> trace = test::liveTrace();
    std::shared_ptr<TraceDocument> document = std::make_shared<TraceDocument>(trace, RunRequest());

    void finish() const
    {
        trace->advanceTo(trace->now() + 5);
        trace->changeInfo([](RunInfo &info) { info.finished = true; });
    }
};

} // namespace

class AutosaveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }
    void leavesNothingWhereNothingIsWanted();
    void keepsWhatWasRecordedForTheNextStart();
    void comesBackToWhatASlowDiskCannotTake();
    void leavesRunsOfOthersAlone();
    void offersAJournalToOneProgramAlone();
    void goesWhenTheRunIsSaved();
    void goesWhenTheRunIsThrownAway();
    void goesWhenWhatWasLeftBehindIsSaved();
    void saysWhyItCannotKeepARun();

private:
    [[nodiscard]] QString folder() const { return folder_->filePath(QStringLiteral("journals")); }
    /// As a program that is killed does.
    std::string leaveBehind()
    {
        const Run run;
        {
            Autosave autosave(folder());
            autosave.begin(run.document);
            run.finish();
            autosave.keepUp();
        }
        const auto journals = Autosave(folder()).leftBehind();
        return journals.size() == 1 ? journals.front() : std::string();
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void AutosaveTest::leavesNothingWhereNothingIsWanted()
{
    {
        Autosave autosave(folder());
        QVERIFY(autosave.leftBehind().empty());
    }
    QVERIFY(!QDir(folder()).exists());
}

void AutosaveTest::keepsWhatWasRecordedForTheNextStart()
{
    const std::string journal = leaveBehind();
    QVERIFY(!journal.empty());
    const auto opened = openOwnFile(journal, {});
    QVERIFY2(opened, opened ? "" : opened.error().what.c_str());
    const auto recorded = test::liveTrace();
    QCOMPARE(opened->trace->tasks().size(), recorded->tasks().size());
    QCOMPARE(opened->trace->now(), recorded->now() + 5);
    Autosave(folder()).remove({journal});
    QVERIFY(Autosave(folder()).leftBehind().empty());
    QVERIFY(QDir(folder()).isEmpty());
}

void AutosaveTest::comesBackToWhatASlowDiskCannotTake()
{
    const Run run;
    std::mt19937 random(1);
    std::string large(std::size_t(70) << 20U, ' '); // more than may be on its way to the disk
    for (char &each : large)
        each = static_cast<char>('a' + random() % 26);
    run.document->marks()->add(0, large);
    Autosave autosave(folder());
    autosave.begin(run.document);
    run.finish();
    autosave.keepUp(); // too early for what is new
    const auto isComplete = [this, &run] {
        QDirIterator files(folder(), {QStringLiteral("*.part")}, QDir::Files, QDirIterator::Subdirectories);
        const auto opened = openOwnFile(files.next().toStdString(), {});
        return opened && opened->trace->now() == run.trace->now();
    };
    for (int i = 0; i < 120 && !isComplete(); ++i)
        QTest::qWait(500); // looking takes a while, too
    QVERIFY(isComplete());
}

void AutosaveTest::leavesRunsOfOthersAlone()
{
    const Run run;
    Autosave others(folder());
    others.begin(run.document);
    QVERIFY(Autosave(folder()).leftBehind().empty());
}

void AutosaveTest::offersAJournalToOneProgramAlone()
{
    QVERIFY(!leaveBehind().empty());
    {
        Autosave first(folder());
        QCOMPARE(first.leftBehind().size(), 1U);
        QVERIFY(Autosave(folder()).leftBehind().empty());
        QCOMPARE(first.leftBehind().size(), 1U);
    }
    QCOMPARE(Autosave(folder()).leftBehind().size(), 1U); // the first has let it alone
}

void AutosaveTest::goesWhenTheRunIsSaved()
{
    const Run run;
    {
        Autosave autosave(folder());
        autosave.begin(run.document);
        run.finish();
        autosave.keepUp();
        run.document->noteSaved({"/tmp/a.loopscope", true}, run.document->edits());
    }
    QVERIFY(Autosave(folder()).leftBehind().empty());
}

void AutosaveTest::goesWhenTheRunIsThrownAway()
{
    const Run run;
    {
        Autosave autosave(folder());
        autosave.begin(run.document);
        autosave.forget(run.document.get());
    }
    QVERIFY(Autosave(folder()).leftBehind().empty());
}

void AutosaveTest::goesWhenWhatWasLeftBehindIsSaved()
{
    const std::string journal = leaveBehind();
    const Run run;
    Autosave autosave(folder());
    autosave.adopt(run.document, journal);
    QCOMPARE(autosave.leftBehind().size(), 1U);
    run.document->noteSaved({"/tmp/a.loopscope", true}, run.document->edits());
    QVERIFY(autosave.leftBehind().empty());
}

void AutosaveTest::saysWhyItCannotKeepARun()
{
    const Run run;
    Autosave autosave(QStringLiteral("/dev/null/journals"));
    const QSignalSpy failed(&autosave, &Autosave::failed);
    autosave.begin(run.document);
    QCOMPARE(failed.count(), 1);
    QVERIFY(failed.at(0).at(0).toString().contains(QStringLiteral("/dev/null/journals")));
}

QTEST_GUILESS_MAIN(AutosaveTest)
#include "autosave_test.moc"
