#include "core/formats/own/own_file_writer.h"
#include "core/formats/trace_registry.h"
#include "tests/support/described_trace.h"
#include "tests/support/folder_contents.h"
#include "tests/support/random_events.h"
#include "tests/support/random_trace.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/trace_difference.h"

#include <QTest>

#include <string>
#include <vector>

using namespace loopscope;
using namespace loopscope::test;

/// Traces that went through several formats, by files alone, as `loopscope convert` does it.
class RoundTripTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The file at the end is the file at the beginning, byte by byte.
    void aRunComesBackThroughJson()
    {
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            QVERIFY(saveOwnFile(*randomTrace(seed, TraceOrigin::Run), randomMarks(seed), scratch_.path("first.loopscope"), {}));
            const std::string json = seed % 2 == 0 ? "run.json" : "run.json.gz";
            convert({"first.loopscope", json, "last.loopscope"}, seed);
            QVERIFY2(contentOf(scratch_.path("first.loopscope")) == contentOf(scratch_.path("last.loopscope")), qPrintable(named(seed)));
        }
    }

    void anyTraceComesBackFromItsOwnFormat()
    {
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            const auto trace = randomTrace(seed, seed % 2 == 0 ? TraceOrigin::Run : TraceOrigin::Import);
            const Marks marks = randomMarks(seed);
            QVERIFY(saveOwnFile(*trace, marks, scratch_.path("first.loopscope"), {}));
            convert({"first.loopscope", "last.loopscope"}, seed);
            const auto back = openTrace(scratch_.path("last.loopscope"), {});
            QVERIFY2(back, qPrintable(named(seed)));
            const std::string difference = differenceBetween(*trace, *back->trace) + differenceBetween(marks, back->marks);
            QVERIFY2(difference.empty(), qPrintable(named(seed) + QString::fromStdString(difference)));
            QVERIFY2(contentOf(scratch_.path("first.loopscope")) == contentOf(scratch_.path("last.loopscope")), qPrintable(named(seed)));
        }
    }

    // With the arguments, which were in a file that is gone.
    void whatWasImportedComesBackFromItsOwnFormat()
    {
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            const auto imported = openTrace(scratch_.write("in.json", randomEvents(seed)), {});
            QVERIFY2(imported, qPrintable(named(seed)));
            QVERIFY(exportTrace(*imported->trace, {}, scratch_.path("first.loopscope"), {}));
            convert({"first.loopscope", "last.loopscope"}, seed);
            const auto back = openTrace(scratch_.path("last.loopscope"), {});
            QVERIFY2(back, qPrintable(named(seed)));
            const std::string difference = differenceBetween(*imported->trace, *back->trace);
            QVERIFY2(difference.empty(), qPrintable(named(seed) + QString::fromStdString(difference)));
        }
    }

    // It is written as it was understood; so what comes back is the same, whatever it was before, and however it was packed.
    void whatWasImportedComesBackThroughAllFormats()
    {
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            scratch_.write("in.json", randomEvents(seed));
            convert({"in.json", "a.loopscope", "b.json", "c.json.gz", "d.loopscope"}, seed);
            const auto imported = openTrace(scratch_.path("in.json"), {});
            const auto back = openTrace(scratch_.path("d.loopscope"), {});
            QVERIFY2(imported && back, qPrintable(named(seed)));
            QCOMPARE(withoutFlows(*back->trace), withoutFlows(*imported->trace));
            QCOMPARE(back->trace->imported().flows().size(), imported->trace->imported().flows().size());
        }
    }

private:
    static QString named(std::uint32_t seed) { return QStringLiteral("seed %1: ").arg(seed); }

    // Those that are sent together come in no order.
    static QString withoutFlows(const Trace &trace)
    {
        const std::string all = describe(trace);
        return QString::fromStdString(all.substr(0, all.find("\nflow ")));
    }

    /// Each to the next one.
    void convert(const std::vector<std::string> &names, std::uint32_t seed)
    {
        for (std::size_t i = 1; i < names.size(); ++i) {
            const auto opened = openTrace(scratch_.path(names[i - 1]), {});
            QVERIFY2(opened, qPrintable(named(seed)));
            QVERIFY2(exportTrace(*opened->trace, opened->marks, scratch_.path(names[i]), {}), qPrintable(named(seed)));
        }
    }

    ScratchFolder scratch_;
};

QTEST_GUILESS_MAIN(RoundTripTest)
#include "round_trip_test.moc"
