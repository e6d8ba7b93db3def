#include "ui/window/foreign_paths.h"

#include "core/workload/byte_text.h"
#include "ui/theme/shown_text.h"

#include <QCoreApplication>
#include <QMimeData>

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>
#include <thread>

namespace loopscope {

using namespace std::chrono_literals;

namespace {

constexpr auto uriListType = "text/uri-list";
constexpr auto longestLook = 50ms;
/// To look at more than so many would take longer than a person waits.
constexpr std::size_t mostLookedAt = 2000;

struct Counts {
    std::size_t files = 0;
    std::size_t folders = 0;
};

struct ForeignPathsWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ForeignPaths)
};

Counts count(const std::vector<std::string> &paths)
{
    Counts counts;
    for (const std::string &path : paths) {
        struct stat status { };
        const bool isFolder = ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
        ++(isFolder ? counts.folders : counts.files);
    }
    return counts;
}

/// On a thread of its own, which is left behind when the file system does not answer in time.
std::optional<Counts> countSoon(const std::vector<std::string> &paths)
{
    if (paths.size() > mostLookedAt)
        return std::nullopt;
    std::packaged_task<Counts()> task([paths] { return count(paths); });
    std::future<Counts> counts = task.get_future();
    std::thread(std::move(task)).detach();
    if (counts.wait_for(longestLook) != std::future_status::ready)
        return std::nullopt;
    return counts.get();
}

QString countedFiles(std::size_t count)
{
    return count == 1 ? ForeignPathsWords::tr("1 file") : ForeignPathsWords::tr("%1 files").arg(count);
}

QString countedFolders(std::size_t count)
{
    return count == 1 ? ForeignPathsWords::tr("1 folder") : ForeignPathsWords::tr("%1 folders").arg(count);
}

ForeignPaths pathsOf(const QByteArray &uriList)
{
    ForeignPaths result;
    std::vector<RefusedUri> refused;
    result.paths = pathsOfUriList(uriList, refused);
    for (const RefusedUri &each : refused) {
        const QString uri = shownText(each.uri);
        result.refusals.push_back(ForeignPathsWords::tr("%1 is not read: %2").arg(uri, QString::fromStdString(each.reason)));
    }
    return result;
}

} // namespace

bool offersFiles(const QMimeData &data)
{
    return data.hasFormat(QLatin1String(uriListType));
}

ForeignPaths droppedPaths(const QMimeData &data)
{
    return pathsOf(data.data(QLatin1String(uriListType)));
}

ForeignPaths pastedPaths(const QMimeData &data)
{
    if (offersFiles(data))
        return droppedPaths(data);
    ForeignPaths result;
    const QStringList lines = data.text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const QString text = line.trimmed();
        if (text.startsWith(QLatin1Char('/'))) {
            result.paths.push_back(pathToBytes(text));
        } else if (text.startsWith(QLatin1String("file:"))) {
            ForeignPaths one = pathsOf(text.toUtf8());
            std::move(one.paths.begin(), one.paths.end(), std::back_inserter(result.paths));
            std::move(one.refusals.begin(), one.refusals.end(), std::back_inserter(result.refusals));
        }
    }
    return result;
}

QString describeReading(const std::vector<std::string> &paths)
{
    const std::optional<Counts> counts = countSoon(paths);
    if (!counts)
        return paths.size() == 1 ? ForeignPathsWords::tr("Read 1 file or folder")
                                 : ForeignPathsWords::tr("Read %1 files or folders").arg(paths.size());
    if (counts->folders == 0)
        return ForeignPathsWords::tr("Read %1").arg(countedFiles(counts->files));
    if (counts->files == 0)
        return ForeignPathsWords::tr("Read %1").arg(countedFolders(counts->folders));
    return ForeignPathsWords::tr("Read %1 and %2").arg(countedFiles(counts->files), countedFolders(counts->folders));
}

QString describeRefusals(const std::vector<QString> &refusals)
{
    if (refusals.empty())
        return {};
    if (refusals.size() == 1)
        return refusals.front();
    return ForeignPathsWords::tr("%1 (and %2 more like it)").arg(refusals.front(), QString::number(refusals.size() - 1));
}

} // namespace loopscope
