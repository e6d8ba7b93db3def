#include "core/files/file_descriptor.h"
#include "core/formats/own/block_writer.h"
#include "core/formats/own/checksum.h"
#include "core/formats/own/own_file_reader.h"
#include "core/formats/own/own_file_writer.h"
#include "core/formats/run_report.h"

#include "tests/support/folder_contents.h"
#include "tests/support/random_trace.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/trace_difference.h"

#include <QTest>

#include <optional>
#include <sstream>

#include <sys/mman.h>
#include <zstd.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

/// Asks all that there is to be asked of a trace, which must not crash.
void lookThrough(const Trace &trace)
{
    QCOMPARE(differenceBetween(trace, trace), std::string());
    std::ostringstream report;
    writeJsonReport(trace, report);
    static_cast<void>(textReport(trace));
    for (LaneId lane = 0; trace.hasLane(lane); ++lane) {
        static_cast<void>(trace.nameOf(trace.headOf(lane)));
        static_cast<void>(trace.processOf(lane));
    }
}

bool tellsOfTheRest(const Trace &trace)
{
    const std::vector<ImportProblem> &problems = trace.info().problems;
    return !problems.empty() && problems.back().what.starts_with("the rest of the file ");
}

// In memory, for some disks take milliseconds a file.
OpeningResult openContent(const std::string &content)
{
    const FileDescriptor file(::memfd_create("content", MFD_CLOEXEC));
    if (::write(file.get(), content.data(), content.size()) != static_cast<ssize_t>(content.size()))
        return tl::unexpected(OpeningFailure{"the test cannot write it"});
    return openOwnFile("/proc/self/fd/" + std::to_string(file.get()), {});
}

/// A file of blocks that a test makes up, all with right checksums.
class MadeUpFile {
public:
    MadeUpFile() { BlockWriter(out_).writeHeader(TraceOrigin::Run, OwnFileKind::Complete); }

    template <typename... Numbers>
    MadeUpFile &add(BlockKind kind, Numbers... numbers)
    {
        std::string payload;
        (payload.append(reinterpret_cast<const char *>(&numbers), sizeof(numbers)), ...);
        return add(kind, payload);
    }
    MadeUpFile &add(BlockKind kind, const std::string &payload)
    {
        BlockWriter(out_).write({kind, 0, payload, {}}); // another one each time: it would not pack more than a file may hold
        return *this;
    }
    /// A block whose payload is packed, which our writer does not do with spans.
    MadeUpFile &addPacked(BlockKind kind, const std::string &payload)
    {
        std::string packed(ZSTD_compressBound(payload.size()), '\0');
        packed.resize(ZSTD_compress(packed.data(), packed.size(), payload.data(), payload.size(), 1));
        BlockHeader header{kind, Packing::Zstd, packed.size(), payload.size(), 0, 0};
        header.checksum = crc32c(std::as_bytes(std::span(&header, 1)).first(offsetof(BlockHeader, checksum)));
        const std::uint32_t checksum = crc32c(std::as_bytes(std::span(packed)));
        out_.write(reinterpret_cast<const char *>(&header), sizeof(header)) << packed;
        out_.write(reinterpret_cast<const char *>(&checksum), sizeof(checksum));
        return *this;
    }
    [[nodiscard]] std::string content() const { return out_.str(); }

private:
    std::ostringstream out_;
};

using U8 = std::uint8_t;
using U32 = std::uint32_t;
using U64 = std::uint64_t;
using I64 = std::int64_t;

std::string record(I64 begin, I64 end, U32 state, U32 site = 0, U32 peer = 0xFFFFFFF)
{
    std::string bytes;
    const auto b = static_cast<U64>(begin);
    const auto e = static_cast<U64>(end);
    for (const U32 word : {static_cast<U32>(b), static_cast<U32>(e), static_cast<U32>(b >> 32U) << 12U | (site & 0xFFFU),
                           static_cast<U32>(e >> 32U) << 12U | site >> 12U, peer << 4U | state})
        bytes.append(reinterpret_cast<const char *>(&word), sizeof(word));
    return bytes;
}

std::string spans(U32 lane, U32 count, const std::string &records, U64 runs = 1)
{
    std::string bytes(reinterpret_cast<const char *>(&runs), sizeof(runs));
    bytes.append(reinterpret_cast<const char *>(&lane), sizeof(lane)).append(reinterpret_cast<const char *>(&count), sizeof(count));
    return bytes + records;
}

} // namespace

class DamagedFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { scratch_.emplace(); }

    void everyFlippedByteIsSeen()
    {
        for (const TraceOrigin origin : {TraceOrigin::Run, TraceOrigin::Import}) {
            const std::string whole = smallFile(origin);
            for (std::size_t at = 0; at < whole.size(); ++at) {
                std::string flipped = whole;
                flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
                const auto opened = openContent(flipped);
                if (!opened)
                    continue;
                lookThrough(*opened->trace);
                // Arguments are checked when they are looked for.
                QVERIFY2(tellsOfTheRest(*opened->trace) || origin == TraceOrigin::Import, std::to_string(at).c_str());
            }
        }
    }

    void everyLengthOpensOrIsRefused()
    {
        for (const TraceOrigin origin : {TraceOrigin::Run, TraceOrigin::Import}) {
            const std::string whole = smallFile(origin);
            std::size_t opened = 0;
            for (std::size_t length = 0; length < whole.size(); ++length) {
                const auto shorter = openContent(whole.substr(0, length));
                if (!shorter)
                    continue;
                lookThrough(*shorter->trace);
                QVERIFY(shorter->trace->info().finished);
                QVERIFY2(tellsOfTheRest(*shorter->trace), std::to_string(length).c_str());
                QVERIFY(shorter->trace->info().problems.back().firstByte <= length);
                ++opened;
            }
            QVERIFY(opened > whole.size() / 4);
        }
    }

    void whatCannotBeIsRefused_data()
    {
        QTest::addColumn<QByteArray>("content");
        const auto row = [](const char *name, const MadeUpFile &file) { QTest::newRow(name) << QByteArray::fromStdString(file.content()); };
        const std::string text("\1\0\0\0a", 5);
        row("a name twice", MadeUpFile().add(BlockKind::Names, text + text));
        row("half a name", MadeUpFile().add(BlockKind::Names, text + text.substr(0, 3)));
        row("a name of 4 GB", MadeUpFile().add(BlockKind::Names, U32(0xFFFFFFFF), U8(0)));
        row("a site of no name", MadeUpFile().add(BlockKind::Sites, U32(1), U32(0), U32(0), U32(7)));
        row("a site twice", MadeUpFile().add(BlockKind::Sites, U32(0), U32(0), U32(0), U32(0)));
        row("half a site", MadeUpFile().add(BlockKind::Sites, U32(0), U32(0), U32(0)));
        row("another loop", MadeUpFile().add(BlockKind::Lanes, U8(0), noLane, I64(0), U32(0)));
        row("a lane of no kind", MadeUpFile().add(BlockKind::Lanes, U8(7), noLane, I64(0), U32(0)));
        row("a lane from another age", MadeUpFile().add(BlockKind::Lanes, U8(2), noLane, INT64_MIN, U32(0)));
        row("a row of nothing", MadeUpFile().add(BlockKind::Lanes, U8(5), noLane, I64(0), U32(0)));
        row("a row of itself", MadeUpFile().add(BlockKind::Lanes, U8(5), U32(1), I64(0), U32(0)));
        row("a row of the loop", MadeUpFile().add(BlockKind::Lanes, U8(5), U32(0), I64(0), U32(0)));
        row("a row apart from its thread", MadeUpFile()
                                               .add(BlockKind::Lanes, U8(4), noLane, I64(0), U32(0))
                                               .add(BlockKind::Lanes, U8(4), noLane, I64(0), U32(0))
                                               .add(BlockKind::Lanes, U8(5), U32(1), I64(0), U32(0)));
        row("the state of no lane", MadeUpFile().add(BlockKind::States, LaneState{.lane = 1}));
        row("no stage", MadeUpFile().add(BlockKind::States, LaneState{.stage = LaneState::Stage(3)}));
        row("open in no state", MadeUpFile().add(BlockKind::States, LaneState{.stage = LaneState::Stage::Open, .state = 7}));
        row("open at no site", MadeUpFile().add(BlockKind::States, LaneState{.stage = LaneState::Stage::Open, .site = 1}));
        row("open with no peer", MadeUpFile().add(BlockKind::States, LaneState{.stage = LaneState::Stage::Open, .peer = 1}));
        row("open for ages", MadeUpFile().add(BlockKind::States, LaneState{.stage = LaneState::Stage::Open, .since = INT64_MIN}));
        row("spans of no lane", MadeUpFile().add(BlockKind::Spans, spans(1, 1, record(0, 1, 0))));
        row("spans that are not there", MadeUpFile().add(BlockKind::Spans, spans(0, 2, record(0, 1, 0))));
        row("more spans than told", MadeUpFile().add(BlockKind::Spans, spans(0, 1, record(0, 1, 0) + record(1, 2, 0))));
        row("runs that are not there", MadeUpFile().add(BlockKind::Spans, spans(0, 1, record(0, 1, 0), UINT64_MAX / 8 + 1)));
        row("a backward span", MadeUpFile().add(BlockKind::Spans, spans(0, 1, record(2, 1, 0))));
        row("overlapping spans", MadeUpFile().add(BlockKind::Spans, spans(0, 2, record(0, 2, 0) + record(1, 3, 0))));
        row("spans of two blocks that overlap",
            MadeUpFile().add(BlockKind::Spans, spans(0, 1, record(0, 2, 0))).add(BlockKind::Spans, spans(0, 1, record(1, 3, 0))));
        row("a span in no state", MadeUpFile().add(BlockKind::Spans, spans(0, 1, record(0, 1, 7))));
        row("a span at no site", MadeUpFile().add(BlockKind::Spans, spans(0, 1, record(0, 1, 0, 1))));
        row("a span with no peer", MadeUpFile().add(BlockKind::Spans, spans(0, 1, record(0, 1, 0, 0, 1))));
        row("a span before its lane",
            MadeUpFile().add(BlockKind::Lanes, U8(2), noLane, I64(5), U32(0)).add(BlockKind::Spans, spans(1, 1, record(4, 6, 0))));
        row("wakes behind a gap", MadeUpFile().add(BlockKind::Wakes, U64(1), I64(0), U32(0), U32(0)));
        row("a wake of no lane", MadeUpFile().add(BlockKind::Wakes, U64(0), I64(0), U32(1), U32(0)));
        row("half a wake", MadeUpFile().add(BlockKind::Wakes, U64(0), I64(0), U32(0)));
        row("facts of no lane", MadeUpFile().add(BlockKind::Facts, U32(1), U32(0), U32(0), U32(0), U32(0), noLane, U8(0), U8(0)));
        row("facts of no name", MadeUpFile().add(BlockKind::Facts, U32(0), U32(0), U32(9), U32(0), U32(0), noLane, U8(0), U8(0)));
        row("no outcome", MadeUpFile().add(BlockKind::Facts, U32(0), U32(0), U32(0), U32(0), U32(0), noLane, U8(4), U8(0)));
        row("a child of nobody", MadeUpFile().add(BlockKind::Facts, U32(0), U32(0), U32(0), U32(0), U32(0), U32(8), U8(0), U8(0)));
        row("a mark twice", MadeUpFile().add(BlockKind::Marks, U32(1), U32(1), I64(0), U32(1), U8('a'), U32(1), I64(0), U32(1), U8('a')));
        row("a blank mark", MadeUpFile().add(BlockKind::Marks, U32(1), U32(1), I64(0), U32(1), U8(' ')));
        row("a mark after the last", MadeUpFile().add(BlockKind::Marks, U32(0), U32(1), I64(0), U32(1), U8('a')));
        row("an instant on no lane", MadeUpFile().add(BlockKind::Instants, I64(0), U32(1), U32(0), noEvent));
        row("a flow to no lane", MadeUpFile().add(BlockKind::Flows, I64(0), I64(0), U32(0), U32(1), U32(0)));
        row("a sample that is no number", MadeUpFile().add(BlockKind::Samples, U32(0), I64(0), std::numeric_limits<double>::quiet_NaN()));
        row("a sample of no lane", MadeUpFile().add(BlockKind::Samples, U32(1), I64(0), 1.0));
        row("an end that does not fit", MadeUpFile().add(BlockKind::End, U64(2), U64(0)));
        row("a run in the past", MadeUpFile().add(BlockKind::Info, I64(-1)));
    }

    void whatCannotBeIsRefused()
    {
        QFETCH(const QByteArray, content);
        const auto opened = openContent(content.toStdString());
        QVERIFY(!opened);
        QVERIFY2(opened.error().what.starts_with("it is damaged: what the block at byte "), opened.error().what.c_str());
    }

    // Whatever packs spans: what is taken from them stays when the next block comes.
    void packedSpansStay()
    {
        std::string records;
        for (I64 i = 0; i < 600; ++i)
            records += record(2 * i, 2 * i + 1, U32(i) % 6);
        QVERIFY(saveOwnFile(Trace(), {}, scratch_->path("empty"), {}));
        const std::string empty = contentOf(scratch_->path("empty"));
        MadeUpFile file;
        file.addPacked(BlockKind::Spans, spans(0, 600, records));
        file.addPacked(BlockKind::Names, std::string("\xFF\xFF\0\0", 4) + std::string(0xFFFF, 'n'));
        const auto opened = openContent(empty.substr(0, empty.rfind("END.")) + file.content().substr(sizeof(OwnFileHeader)));
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().what.c_str());
        QCOMPARE(opened->trace->spanCount(loopLaneId), std::size_t(600));
        for (std::size_t i = 0; i < 600; ++i) {
            const auto begin = static_cast<Nanoseconds>(2 * i);
            QVERIFY(opened->trace->span(loopLaneId, i) == (Span{begin, begin + 1, static_cast<State>(i % 6), 0, noLane}));
        }
    }

    void blocksOfLaterKindsAreSkipped()
    {
        const std::string whole = smallFile(TraceOrigin::Run);
        std::ostringstream unknown;
        BlockWriter(unknown).write({BlockKind(blockKindOf("NEW!")), 0, "whatever it says", {}});
        const auto opened = openContent(whole.substr(0, sizeof(OwnFileHeader)) + unknown.str() + whole.substr(sizeof(OwnFileHeader)));
        QVERIFY(opened);
        QCOMPARE(differenceBetween(*small_, *opened->trace), std::string());
    }

    void noFileMakesReportsEndless()
    {
        const auto trace = randomTrace(140, TraceOrigin::Run);
        trace->changeInfo([](RunInfo &info) {
            for (int i = 0; i < 1000; ++i) {
                info.notes.push_back(std::to_string(i));
                info.problems.push_back({std::to_string(i), 1, 0, true});
                info.skipped[std::to_string(i)] = 1;
            }
            info.cores = 7; // which stands behind them
        });
        QVERIFY(saveOwnFile(*trace, {}, scratch_->path("endless"), {}));
        const auto opened = openOwnFile(scratch_->path("endless"), {});
        QVERIFY(opened);
        const RunInfo &info = opened->trace->info();
        QCOMPARE(info.notes.size(), std::size_t(64));
        QCOMPARE(info.problems.size(), std::size_t(64));
        QCOMPARE(info.skipped.size(), std::size_t(64));
        QCOMPARE(info.cores, 7);
    }

    void longPreviewsAreCut()
    {
        const std::string content(2 * mostPreviewBytes, 'x');
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "a", 0);
        trace.changeTask(task, [&content](TaskFacts &facts) {
            facts.file = std::make_unique<FileFacts>();
            facts.file->preview = std::make_shared<const std::string>(content);
        });
        QVERIFY(saveOwnFile(trace, {}, scratch_->path("long"), {}));
        const auto opened = openOwnFile(scratch_->path("long"), {});
        QVERIFY(opened);
        QCOMPARE(*opened->trace->lane(task).task.file->preview, content.substr(0, mostPreviewBytes));
    }

    void aSmallFileTakesNoGigabytes()
    {
        const std::string zeros(std::size_t(200) << 20U, '\0');
        MadeUpFile file;
        for (int i = 0; i < 6; ++i)
            file.add(BlockKind(blockKindOf("NEW!")), zeros);
        QVERIFY(file.content().size() < 1'000'000);
        const auto opened = openContent(file.content());
        QVERIFY(!opened);
        QCOMPARE(opened.error().what, std::string("its trace would take more than half of this machine's memory"));
    }

private:
    std::string smallFile(TraceOrigin origin)
    {
        small_ = randomTrace(origin == TraceOrigin::Run ? 140 : 44, origin);
        const auto saved = saveOwnFile(*small_, randomMarks(1), scratch_->path("whole"), {});
        return saved ? contentOf(scratch_->path("whole")) : "it was not saved";
    }

    std::optional<ScratchFolder> scratch_;
    std::shared_ptr<Trace> small_;
};

QTEST_GUILESS_MAIN(DamagedFileTest)
#include "damaged_file_test.moc"
