#include "core/experiment/comparison_file.h"
#include "core/experiment/comparison_report.h"
#include "core/experiment/zip_archive.h"
#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/simulated_run.h"
#include "tests/support/trace_difference.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <utility>

using namespace loopscope;
using namespace loopscope::test;
using Kind = SimulatedStep::Kind;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

Comparison sample()
{
    const SimulatedTask onLoop{"a", "sleep", {{Kind::Block, 10 * ms}}};
    const SimulatedTask onPool{"a", "sleep", {{Kind::Job, 10 * ms}}};
    Comparison comparison;
    comparison.title = "sample \"é\"";
    comparison.repetitions = 3;
    comparison.cores = 2;
    comparison.startedUnixNs = 1'700'000'000'000'000'000;
    comparison.isComplete = true;
    std::int64_t figure = 1;
    for (const bool isOnPool : {false, true}) {
        CandidateResult result{{readingStrategies()[isOnPool ? 1 : 0], isOnPool ? std::optional(4) : std::nullopt}, {}, {}, 0, nullptr};
        for (int i = 0; i < 3; ++i) {
            RunFigures run;
            forEachFigure(
                run, [&figure](const char *, auto &value) { value = static_cast<std::remove_reference_t<decltype(value)>>(figure++); });
            result.runs.push_back(run);
        }
        result.middleRun = 1;
        result.trace = isOnPool ? simulatedRun({onPool, onPool}, 2) : simulatedRun({onLoop, onLoop}, 1);
        comparison.candidates.push_back(std::move(result));
    }
    comparison.candidates.push_back({{readingStrategies()[4], std::nullopt}, "the system refuses it", {}, 0, nullptr});
    return comparison;
}

std::string savedSample(const ScratchFolder &scratch)
{
    std::string path = scratch.path("c.loopcompare");
    return saveComparison(sample(), path, {}) ? path : std::string();
}

/// What is written into a zip archive of one file.
std::string zipped(const ScratchFolder &scratch, const std::string &name, const std::string &content)
{
    std::string path = scratch.path("made");
    std::ofstream out(path, std::ios::binary);
    const auto zip = ZipWriter::create(out);
    const bool isWritten = zip && (*zip)->begin(name, content.size()) && (*zip)->write(content) && (*zip)->finish();
    return isWritten ? path : std::string();
}

std::string whyNot(const std::string &path)
{
    const auto opened = openComparison(path, {});
    return opened ? "it opens" : opened.error().what;
}

/// The first note on one; empty if there is none.
std::string missingTimeline(const Comparison &comparison)
{
    const std::vector<std::string> notes = comparison.notes();
    const auto found = std::ranges::find_if(notes, [](const std::string &note) { return note.find("timeline") != std::string::npos; });
    return found == notes.end() ? std::string() : *found;
}

} // namespace

class ComparisonFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasSavedComesBack()
    {
        const ScratchFolder scratch;
        const auto opened = openComparison(savedSample(scratch), {});
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().what.c_str());
        const Comparison expected = sample();
        QCOMPARE(opened->title, expected.title);
        QCOMPARE(opened->repetitions, 3);
        QCOMPARE(opened->cores, 2);
        QCOMPARE(opened->startedUnixNs, expected.startedUnixNs);
        QVERIFY(opened->isComplete && !opened->isCold);
        QCOMPARE(opened->notes(), expected.notes());
        QCOMPARE(opened->candidates.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) {
            const CandidateResult &actual = opened->candidates[i];
            const CandidateResult &wanted = expected.candidates[i];
            QCOMPARE(actual.candidate.name(), wanted.candidate.name());
            QCOMPARE(actual.candidate.strategy.text, wanted.candidate.strategy.text);
            QCOMPARE(actual.candidate.strategy.arguments, wanted.candidate.strategy.arguments);
            QCOMPARE(actual.obstacle, wanted.obstacle);
            QVERIFY(actual.runs == wanted.runs);
            QCOMPARE(actual.middleRun, wanted.middleRun);
            QCOMPARE(actual.trace == nullptr, wanted.trace == nullptr);
            if (actual.trace)
                QCOMPARE(QString::fromStdString(differenceBetween(*actual.trace, *wanted.trace)), QString());
        }
    }

    void whatIsNoneIsSaid()
    {
        const ScratchFolder scratch;
        QCOMPARE(whyNot(scratch.path("missing")), std::string("No such file or directory"));
        QCOMPARE(whyNot(zipped(scratch, "other.txt", "x")), std::string("it is a zip archive, and no comparison"));
        QCOMPARE(whyNot(zipped(scratch, "comparison.json", "[1]")), std::string("its description is no JSON object"));
        QCOMPARE(whyNot(zipped(scratch, "comparison.json", "{}")), std::string("its description has no version"));
        QCOMPARE(whyNot(zipped(scratch, "comparison.json", R"({"version":2})")), std::string("it was saved by a newer version"));
        const auto text = scratch.write("text", "no archive");
        QVERIFY(whyNot(text) != "it opens");
    }

    void nonsenseInTheDescriptionIsAsIfItWereMissing()
    {
        const ScratchFolder scratch;
        const std::string path = zipped(scratch, "comparison.json",
                                        R"({"version":1,"title":7,"cores":-5,"candidates":[3,{"strategy":"s","workers":"x","runs":[)"
                                        R"({"wall_ns":-4,"peak_threads":99999999999,"tasks":1e400},null]},{"runs":{}}]})");
        const auto opened = openComparison(path, {});
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().what.c_str());
        QCOMPARE(opened->title, std::string());
        QCOMPARE(opened->cores, 0);
        QCOMPARE(opened->candidates.size(), std::size_t(2));
        QCOMPARE(opened->candidates[0].runs.size(), std::size_t(1));
        QCOMPARE(opened->candidates[0].runs[0].wall, Nanoseconds(0));
        QCOMPARE(opened->candidates[0].runs[0].resources.peakThreads, UINT32_MAX);
        QVERIFY(!opened->candidates[0].candidate.workers);
        QVERIFY(opened->candidates[1].runs.empty());
    }

    void foreignTextsAndFiguresAreHarmless()
    {
        const ScratchFolder scratch;
        const char *hostile =
            "{'version':1,'title':'t','cores':1,'candidates':[{'strategy':'=cmd,\\u001b[31m','obstacle':'a\\u001bb','runs':["
            "{'wall_ns':9223372036854775807,'user_cpu_ns':9223372036854775807,'system_cpu_ns':9223372036854775807,"
            "'peak_rss_bytes':9223372036854775807}]}]}";
        const std::string path = zipped(scratch, "comparison.json", QByteArray(hostile).replace('\'', '"').toStdString());
        const auto opened = openComparison(path, {});
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().what.c_str());
        QCOMPARE(opened->candidates[0].candidate.strategy.key, std::string("unknown"));
        const std::string text = comparisonText(*opened);
        QVERIFY(text.find('\x1b') == std::string::npos && text.find('-') == text.find(" - ") + 1); // no minus sign
        QVERIFY(opened->candidates[0].runs[0].resources.cpuNs() > 0);
        QCOMPARE(opened->notes().back(), std::string("unknown: its timeline is missing"));
    }

    void aDamagedFileIsRefusedOrOpensInParts()
    {
        const ScratchFolder scratch;
        QFile file(QString::fromStdString(savedSample(scratch)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string whole = file.readAll().toStdString();
        int opens = 0;
        for (std::size_t at = 0; at < whole.size(); at += 13) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            opens += openComparison(scratch.write("damaged", damaged), {}) ? 1 : 0;
            opens += openComparison(scratch.write("cut", whole.substr(0, at)), {}) ? 1 : 0;
        }
        QVERIFY(opens > 0); // with a trace less, or another figure
    }

    // A megabyte of zeros in a kilobyte, as other programs pack it.
    void whatUnpacksToFarMoreThanItIsIsRefused()
    {
        const ScratchFolder scratch;
        const std::string path = scratch.path("bomb.zip");
        QProcess python;
        python.start(QStringLiteral("python3"),
                     {QStringLiteral("-c"),
                      QStringLiteral("import sys, zipfile\n"
                                     "with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:\n"
                                     "    z.writestr('comparison.json', '{\"version\":1,\"title\":\"' + ' ' * 50_000_000 + '\"}')"),
                      QString::fromStdString(path)});
        QVERIFY(python.waitForFinished(60'000) && python.exitCode() == 0);
        QCOMPARE(whyNot(path), std::string("it would unpack to far more than it is"));
    }

    void allTracesHaveOneBudget()
    {
        const ScratchFolder scratch;
        const auto run = std::make_shared<Trace>();
        run->changeInfo([](RunInfo &info) { info.title.assign(100'000, 'x'); }); // which is packed
        run->addLane(LaneKind::Task, "a", 0);
        Comparison comparison = sample();
        comparison.candidates[0].trace = run;
        comparison.candidates[1].trace = run;
        const std::string path = scratch.path("c.loopcompare");
        const std::string trace = scratch.path("first.loopscope");
        QVERIFY(saveComparison(comparison, path, {}) && saveOwnFile(*run, {}, trace, {}));
        OpeningBudget left;
        const OpeningBudget all = left;
        QVERIFY(openOwnFile(trace, {}, left));
        const OpeningBudget forOne{all.unpacked - left.unpacked, all.memory - left.memory};
        QVERIFY(forOne.unpacked > 0 && forOne.memory > 0);
        for (const OpeningBudget budget : {OpeningBudget{forOne.unpacked, all.memory}, OpeningBudget{all.unpacked, forOne.memory}}) {
            const auto opened = openComparison(path, {}, budget);
            QVERIFY(opened);
            QVERIFY(opened->candidates[0].trace && !opened->candidates[1].trace);
            QCOMPARE(opened->candidates[1].runs.size(), std::size_t(3));
            QCOMPARE(missingTimeline(*opened),
                     opened->candidates[1].candidate.name()
                         + ": its timeline is missing: its trace would take more than half of this machine's memory");
        }
        const OpeningBudget unpacksOne{forOne.unpacked, all.memory};
        QVERIFY(saveComparison(comparison, path, {}, unpacksOne)); // the second one as it is
        const auto opened = openComparison(path, {}, unpacksOne);
        QVERIFY(opened && opened->candidates[0].trace && opened->candidates[1].trace);
    }

    void aDamagedTraceIsToldFromOneThatIsTooLarge()
    {
        const ScratchFolder scratch;
        QFile file(QString::fromStdString(savedSample(scratch)));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray content = file.readAll();
        const qsizetype begin = content.indexOf(QByteArray("\x89LSC\r\n\x1a\n", 8));
        QVERIFY(begin > 0);
        content[begin] = ' ';
        const auto opened = openComparison(scratch.write("damaged", content.toStdString()), {});
        QVERIFY(opened);
        QCOMPARE(missingTimeline(*opened), std::string("sequential: its timeline is missing: it is damaged"));
    }

    void whereItCannotBeWrittenNothingIs()
    {
        const ScratchFolder scratch;
        const auto intoFolder = saveComparison(sample(), scratch.path(""), {});
        QVERIFY(!intoFolder);
        QCOMPARE(intoFolder.error().what, std::string("it is a folder"));
        std::stop_source stop;
        stop.request_stop();
        OpeningObserver observer;
        observer.stop = stop.get_token();
        const auto stopped = saveComparison(sample(), scratch.path("stopped"), observer);
        QVERIFY(!stopped && stopped.error().isCancelled);
        QVERIFY(!QFile::exists(QString::fromStdString(scratch.path("stopped"))));
        QVERIFY(!openComparison(savedSample(scratch), observer));
    }
};

QTEST_GUILESS_MAIN(ComparisonFileTest)
#include "comparison_file_test.moc"
