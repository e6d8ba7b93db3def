#include "core/formats/gzip_output.h"
#include "core/formats/trace_registry.h"
#include "tests/support/described_trace.h"
#include "tests/support/scratch_folder.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <stop_token>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

const std::string good = R"({"name":"good","ph":"X","ts":0,"dur":9,"pid":1,"tid":1})";

/// All that came of a file: its lanes and notes, and what was wrong with it; or why it is none.
QString cameOf(const std::string &path)
{
    const OpeningResult opened = openTrace(path, {});
    if (!opened)
        return QStringLiteral("refused: ") + QString::fromStdString(opened.error().what) + QLatin1Char('\n');
    std::string notes;
    for (const std::string &note : opened->trace->info().notes)
        notes += "note: " + note + '\n';
    return QString::fromStdString(describe(*opened->trace) + notes + describeProblems(*opened->trace));
}

std::string packed(const std::string &text)
{
    std::ostringstream out;
    GzipOutput gzip(out);
    gzip.stream() << text;
    return gzip.finish() ? out.str() : std::string();
}

} // namespace

/// What a stranger's file may be, and what has to come of it. The samples in tests/data/traces/faults bear the name of what is wrong with
/// them; beside each is what it has to become.
class TraceFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrongIsBoundedAndTold_data()
    {
        QTest::addColumn<QString>("sample");
        std::vector<std::string> samples;
        for (const auto &entry : std::filesystem::directory_iterator(LOOPSCOPE_TEST_DATA "/traces/faults")) {
            if (entry.path().extension() != ".txt")
                samples.push_back(entry.path().filename());
        }
        std::ranges::sort(samples);
        QVERIFY(samples.size() > 20);
        for (const std::string &sample : samples)
            QTest::newRow(sample.c_str()) << QString::fromStdString(sample);
    }

    void whatIsWrongIsBoundedAndTold()
    {
        QFETCH(const QString, sample);
        const QString path = QStringLiteral(LOOPSCOPE_TEST_DATA "/traces/faults/") + sample;
        QFile expected(path + QStringLiteral(".txt"));
        QVERIFY(expected.open(QIODevice::ReadOnly));
        QCOMPARE(cameOf(path.toStdString()), QString::fromUtf8(expected.readAll()));
    }

    void aBombIsGivenUp()
    {
        std::string bomb = packed('[' + good + ',');
        const std::string member = packed(std::string(1'000'000, ' '));
        for (int i = 0; i < 600; ++i)
            bomb += member;
        const QString came = cameOf(scratch_.write("bomb.json.gz", bomb));
        QVERIFY2(came.contains(QStringLiteral("good 0-9000")), qPrintable(came));
        QVERIFY2(came.contains(QStringLiteral("1 at ")), qPrintable(came));
    }

    void aSocketIsRefused()
    {
        const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{AF_UNIX, "socket"};
        const std::string before = std::filesystem::current_path();
        std::filesystem::current_path(scratch_.path());
        const int bound = ::bind(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address);
        std::filesystem::current_path(before);
        QCOMPARE(bound, 0);
        QVERIFY(cameOf(scratch_.path("socket")).startsWith(QStringLiteral("refused: ")));
        ::close(descriptor);
    }

    // Most of which is a hole: it is read in fixed memory, for as long as nobody says stop.
    void aFileOfATerabyteCanBeCancelled()
    {
        const std::string path = scratch_.write("large.json", '[' + good + ',');
        if (::truncate(path.c_str(), off_t{1} << 40U) != 0)
            QSKIP("the file system has no files of that size");
        std::stop_source stop;
        OpeningObserver observer;
        observer.stop = stop.get_token();
        observer.progressed = [&stop](std::uint64_t, std::uint64_t) { stop.request_stop(); };
        const OpeningResult opened = openTrace(path, observer);
        QVERIFY(!opened && opened.error().isCancelled);
    }

    void aLinkIsFollowedAndOneToNothingIsNone()
    {
        scratch_.write("t.json", '[' + good + ']');
        std::filesystem::create_symlink("t.json", scratch_.path("link"));
        std::filesystem::create_symlink("missing", scratch_.path("dangling"));
        std::filesystem::create_symlink("loop", scratch_.path("loop"));
        QVERIFY(cameOf(scratch_.path("link")).contains(QStringLiteral("good 0-9000")));
        QCOMPARE(cameOf(scratch_.path("dangling")), QStringLiteral("refused: No such file or directory\n"));
        QCOMPARE(cameOf(scratch_.path("loop")), QStringLiteral("refused: Too many levels of symbolic links\n"));
    }

    void anyNameOfAFileWillDo()
    {
        for (const std::string &name : {std::string("\xff\xfe.json"), std::string("a\nb.json"), std::string("\xe2\x80\xae.json"),
                                        std::string("-"), std::string(250, 'x')})
            QVERIFY(cameOf(scratch_.write(name, '[' + good + ']')).contains(QStringLiteral("good 0-9000")));
    }

    // What is fetched later from the file that is replaced is written before that.
    void aTraceMayBeWrittenOntoItself()
    {
        const std::string path = scratch_.write("t.json", R"([{"name":"a","ph":"X","ts":0,"dur":1,"pid":1,"tid":1,"args":{"n":[1,2]}}])");
        for (int turn = 0; turn < 2; ++turn) {
            const OpeningResult opened = openTrace(path, {});
            QVERIFY(opened);
            QVERIFY(exportTrace(*opened->trace, opened->marks, path, {}));
        }
        const OpeningResult opened = openTrace(path, {});
        QVERIFY(opened);
        QCOMPARE(opened->trace->imported().arguments(opened->trace->span(2, 0).peer), std::string("{\"n\":[1,2]}"));
    }

private:
    ScratchFolder scratch_;
};

QTEST_GUILESS_MAIN(TraceFaultsTest)
#include "trace_faults_test.moc"
