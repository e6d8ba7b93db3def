#include "core/workload/chunk_reader.h"
#include "core/workload/file_tree.h"
#include "tests/support/found_files.h"
#include "tests/support/scratch_folder.h"

#include <QProcess>
#include <QTest>

#include <map>
#include <random>
#include <sstream>
#include <vector>

#include <sys/stat.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

struct Counts {
    std::uint64_t lines = 0;
    std::uint64_t bytes = 0;

    friend bool operator==(const Counts &, const Counts &) = default;
};

std::string outputOf(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(60'000);
    return process.readAllStandardOutput().toStdString();
}

// Paths in a list that ends each with a zero byte: names may hold anything else.
QByteArray zeroTerminated(const std::vector<std::string> &paths)
{
    QByteArray list;
    for (const std::string &path : paths)
        list.append(path.data(), static_cast<qsizetype>(path.size())).append('\0');
    return list;
}

std::vector<std::string> fromZeroTerminated(const std::string &list)
{
    std::vector<std::string> paths;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = list.find('\0', at);
        paths.push_back(list.substr(at, end - at));
        at = end + 1;
    }
    return paths;
}

std::vector<std::string> filesByFind(const std::string &folder)
{
    // Regular files and links to them; -printf, because -print0 could not tell the links apart.
    const QStringList arguments = {QString::fromStdString(folder), QStringLiteral("("),      QStringLiteral("-type"), QStringLiteral("f"),
                                   QStringLiteral("-o"),           QStringLiteral("-xtype"), QStringLiteral("f"),     QStringLiteral(")"),
                                   QStringLiteral("-print0")};
    auto paths = fromZeroTerminated(outputOf(QStringLiteral("find"), arguments));
    std::ranges::sort(paths);
    return paths;
}

// What wc says of each file, in the order of `paths`. It quotes names, so that each is on a line of its own; the last line is the total.
std::vector<Counts> countsByWc(const std::vector<std::string> &paths)
{
    std::vector<Counts> counts;
    const QStringList arguments = {QStringLiteral("-lc"), QStringLiteral("--files0-from=-")};
    std::istringstream output(outputOf(QStringLiteral("wc"), arguments, zeroTerminated(paths)));
    std::string name;
    for (Counts each; output >> each.lines >> each.bytes && std::getline(output, name);)
        counts.push_back(each);
    counts.pop_back();
    return counts;
}

// The files that iconv does not take for UTF-8: by the hundred, and one by one where one of a hundred is none.
std::vector<std::string> invalidByIconv(const std::vector<std::string> &paths)
{
    const QString script = QStringLiteral("check() { iconv -f utf-8 -t utf-8 \"$@\" >/dev/null 2>&1; }\n"
                                          "check \"$@\" || for file; do check \"$file\" || printf '%s\\0' \"$file\"; done");
    const QStringList arguments = {QStringLiteral("-0"), QStringLiteral("-n"), QStringLiteral("100"),
                                   QStringLiteral("sh"), QStringLiteral("-c"), script,
                                   QStringLiteral("sh")};
    return fromZeroTerminated(outputOf(QStringLiteral("xargs"), arguments, zeroTerminated(paths)));
}

std::vector<std::string> nastyContents()
{
    std::mt19937 random(5);
    std::vector<std::string> contents = {"",
                                         "\n",
                                         "no newline at the end",
                                         "\r\n\r\n",
                                         std::string("zero\0byte\n", 10),
                                         "caf\xE9\n",
                                         "cut \xE2\x82",
                                         "over \xC0\xAF",
                                         "surrogate \xED\xA0\x80",
                                         "\xEF\xBB\xBFmark\n",
                                         "\xF4\x8F\xBF\xBF"};
    for (const std::size_t edge : {ChunkReader::chunkBytes, std::size_t(ChunkReader::largeBytes) + ChunkReader::chunkBytes}) {
        for (const std::size_t size : {edge - 1, edge, edge + 1}) {
            std::string text(size, 'x');
            for (char &c : text)
                c = random() % 50 == 0 ? '\n' : 'x';
            contents.push_back(text);
            text.replace(edge - 2, 1, "\xE2\x82\xAC"); // a character across it
            contents.push_back(text);
            text.back() = '\xFF';
            contents.push_back(text);
        }
    }
    return contents;
}

} // namespace

/// Our own answers against those of the system's tools.
class FileToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usrIncludeIsReadAsTheToolsReadIt() { compareWithTools("/usr/include"); }

    void aNastyTreeIsReadAsTheToolsReadIt()
    {
        const ScratchFolder scratch;
        const std::vector<std::string> names = {"plain", "two words",    "new\nline", "caf\xE9", "\xFF\xFE",
                                                "-n",    "\xE2\x80\xAE", "a\\b",      "*",       "$HOME"};
        const std::vector<std::string> contents = nastyContents();
        for (std::size_t i = 0; i < contents.size(); ++i) {
            const std::string folder = names[i % names.size()] + std::to_string(i);
            scratch.makeFolder(folder);
            scratch.write(folder + '/' + names[(i * 3) % names.size()], contents[i]);
        }
        QCOMPARE(::symlink("plain0/plain", scratch.path("link to a file").c_str()), 0);
        QCOMPARE(::symlink(".", scratch.path("loop").c_str()), 0);
        QCOMPARE(::mkfifo(scratch.path("fifo").c_str(), 0600), 0);
        compareWithTools(scratch.path());
    }

private:
    static void compareWithTools(const std::string &folder)
    {
        const FileList list = expandPaths({folder});
        const std::vector<std::string> paths = pathsOf(list);
        QCOMPARE(paths, filesByFind(folder));
        QVERIFY(!paths.empty());
        const std::vector<Counts> expected = countsByWc(paths);
        QCOMPARE(expected.size(), paths.size());
        std::vector<std::string> invalid;
        for (std::size_t i = 0; i < paths.size(); ++i) {
            ChunkReader reader(paths[i]);
            ReadStep step = ReadStep::More;
            while (step == ReadStep::More)
                step = reader.step();
            QCOMPARE(step, ReadStep::Finished);
            QVERIFY2((Counts{reader.lines(), reader.bytes()} == expected[i]), paths[i].c_str());
            if (reader.firstInvalidUtf8())
                invalid.push_back(paths[i]);
        }
        QCOMPARE(invalid, invalidByIconv(paths));
    }
};

QTEST_GUILESS_MAIN(FileToolsTest)
#include "file_tools_test.moc"
