#include "core/workload/file_tree.h"

#include "core/files/file_descriptor.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <span>
#include <string_view>
#include <thread>
#include <tuple>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace loopscope {

namespace {

constexpr std::size_t filesBetweenReports = 1024;
constexpr int openAttempts = 100;
constexpr std::chrono::milliseconds openRetryInterval(10);
// A folder that became a link since it was seen is not followed.
constexpr int folderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

struct CloseFolder {
    void operator()(DIR *folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

// Null if it is no folder or cannot be opened. Waits a while for others to close theirs when there are no descriptors left.
Folder openFolder(const std::string &path, const std::stop_token &stop)
{
    FileDescriptor descriptor = openPath(path, folderFlags);
    for (int attempt = 0; !descriptor.isOpen() && isOutOfDescriptors(errno) && attempt < openAttempts; ++attempt) {
        if (stop.stop_requested())
            return nullptr;
        std::this_thread::sleep_for(openRetryInterval);
        descriptor = openPath(path, folderFlags);
    }
    if (!descriptor.isOpen())
        return nullptr;
    Folder folder(::fdopendir(descriptor.get()));
    if (folder)
        std::ignore = descriptor.release(); // it is the folder's now
    return folder;
}

// Eight bytes as a number that compares as they do; what is missing at the end counts as zeros.
std::uint64_t headOf(std::string_view bytes)
{
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < sizeof head; ++i)
        head = head << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    return head;
}

struct SortKey {
    std::uint64_t head = 0;
    std::size_t from = 0;
};

// Lets each place have the file that its key names, without room for a second list. The keys are used up.
void arrange(std::span<FoundFile> files, std::span<SortKey> keys)
{
    for (std::size_t first = 0; first < files.size(); ++first) {
        if (keys[first].from == first)
            continue;
        FoundFile waiting = std::move(files[first]);
        std::size_t free = first;
        while (keys[free].from != first) {
            const std::size_t next = std::exchange(keys[free].from, free);
            files[free] = std::move(files[next]);
            free = next;
        }
        files[free] = std::move(waiting);
        keys[free].from = free;
    }
}

// By the bytes of the paths, the first `common` of which are the same in all. The eight behind them decide most comparisons, and a file is
// moved once instead of at every exchange.
void sortByPath(std::span<FoundFile> files, std::size_t common)
{
    std::vector<SortKey> keys;
    keys.reserve(files.size());
    for (std::size_t i = 0; i < files.size(); ++i)
        keys.push_back({headOf(std::string_view(files[i].path).substr(common)), i});
    std::ranges::sort(keys, [files](const SortKey &a, const SortKey &b) {
        return a.head != b.head ? a.head < b.head : files[a.from].path < files[b.from].path;
    });
    arrange(files, keys);
}

// Finds the files below one folder. Only one folder is open at a time, so depth costs no descriptors.
class FolderWalk {
public:
    FolderWalk(FileList &list, const std::stop_token &stop, const std::function<void(std::size_t)> &progress)
        : list_(list)
        , stop_(stop)
        , progress_(progress)
    {
    }

    void walk(const std::string &path, Folder folder)
    {
        const auto first = static_cast<std::ptrdiff_t>(list_.files.size());
        readFolder(path, folder.get());
        while (!waiting_.empty() && !stop_.stop_requested()) {
            const std::string next = std::move(waiting_.back());
            waiting_.pop_back();
            folder = openFolder(next, stop_);
            if (folder)
                readFolder(next, folder.get());
            else
                skip("unreadable_folder");
        }
        sortByPath({list_.files.begin() + first, list_.files.end()}, path.size());
    }

private:
    void readFolder(const std::string &path, DIR *folder)
    {
        const std::string prefix = path.ends_with('/') ? path : path + '/';
        while (!stop_.stop_requested()) {
            errno = 0;
            const dirent *entry = ::readdir(folder);
            if (!entry && errno != 0)
                skip("unreadable_folder"); // what came before the error counts
            if (!entry)
                return;
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..")
                take(prefix, folder, *entry);
        }
    }

    // Asks the system only about what the folder does not tell itself.
    void take(const std::string &prefix, DIR *folder, const dirent &entry)
    {
        mode_t kind = DTTOIF(entry.d_type);
        struct stat status { };
        if (entry.d_type == DT_UNKNOWN && ::fstatat(::dirfd(folder), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
            kind = status.st_mode;
        if (S_ISDIR(kind)) {
            waiting_.push_back(prefix + entry.d_name);
            return;
        }
        const char *skipped = S_ISLNK(kind) ? skippedLink(folder, entry.d_name) : skippedKind(kind);
        if (skipped)
            skip(skipped);
        else
            addFile(prefix + entry.d_name, S_ISREG(kind));
    }

    // Why a link is not read; null if it is.
    static const char *skippedLink(DIR *folder, const char *name)
    {
        struct stat target { };
        if (::fstatat(::dirfd(folder), name, &target, 0) == 0)
            return S_ISDIR(target.st_mode) ? "folder_link" : skippedKind(target.st_mode);
        const bool isDangling = errno == ENOENT || errno == ELOOP || errno == ENOTDIR || errno == ENAMETOOLONG;
        return isDangling ? "dangling_link" : nullptr; // behind a closed door there may be a file: its lane will tell
    }

    // Why something that is neither folder nor link is not read; null if it is, or if the system does not say what it is.
    static const char *skippedKind(mode_t kind)
    {
        if (S_ISFIFO(kind))
            return "fifo";
        if (S_ISSOCK(kind))
            return "socket";
        return S_ISCHR(kind) || S_ISBLK(kind) ? "device" : nullptr;
    }

    void skip(const char *kind) { ++list_.skipped[kind]; }

    void addFile(std::string path, bool isRegular)
    {
        list_.files.push_back({std::move(path), isRegular});
        if (progress_ && list_.files.size() % filesBetweenReports == 0)
            progress_(list_.files.size());
    }

    FileList &list_;
    const std::stop_token &stop_;
    const std::function<void(std::size_t)> &progress_;
    std::vector<std::string> waiting_; // folders
};

bool isRegular(const std::string &path)
{
    struct stat status { };
    return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

} // namespace

FileList expandPaths(const std::vector<std::string> &paths, const std::stop_token &stop,
                     const std::function<void(std::size_t found)> &progress)
{
    FileList list;
    for (const std::string &path : paths) {
        // Only a folder opens by these flags, and nothing else is touched.
        Folder folder = stop.stop_requested() ? nullptr : openFolder(path, stop);
        if (folder)
            FolderWalk(list, stop, progress).walk(path, std::move(folder));
        else
            list.files.push_back({path, !stop.stop_requested() && isRegular(path)});
    }
    if (progress)
        progress(list.files.size());
    return list;
}

} // namespace loopscope
