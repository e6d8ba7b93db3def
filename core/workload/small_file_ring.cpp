#include "core/workload/small_file_ring.h"

#include "core/files/file_descriptor.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>

#include <fcntl.h>
#include <liburing.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/vfs.h>

namespace loopscope {

namespace {

constexpr std::size_t bufferBytes = SmallFileRing::largestBytes + 1;

// What is done with a file. Opening and reading are submitted at once: where nothing has to be waited for, the system has done the one when
// it comes to the other. (Linked, which is what the interface has for that, they take half as long again.)
enum class Step : std::uint8_t {
    Open,
    Read,
    ReadEnd, ///< after a read that ends at a page's end: an error may have cut it there
    Close
};
constexpr std::size_t stepCount = 4;
constexpr std::uint64_t cancelStep = SmallFileRing::mostFiles * stepCount; // behind those of the files
constexpr std::size_t pageBytes = 4096;                                    // the smallest there is

constexpr std::size_t xfsMagic = 0x58465342; // of fs/xfs/libxfs/xfs_format.h, not in <linux/magic.h>

// The file systems that keep what was written to them, and where a read is short at the end of a file only.
bool keepsFiles(int folder)
{
    constexpr std::array kept = {std::size_t(EXT4_SUPER_MAGIC), std::size_t(BTRFS_SUPER_MAGIC), std::size_t(F2FS_SUPER_MAGIC),
                                 std::size_t(TMPFS_MAGIC), xfsMagic};
    struct statfs status { };
    return ::fstatfs(folder, &status) == 0 && std::ranges::find(kept, static_cast<std::size_t>(status.f_type)) != kept.end();
}

// How long the folder is that all paths begin with, its slash included; 0 if it is the current one.
std::size_t commonFolder(std::span<const std::string *const> paths)
{
    std::string_view folder = *paths.front();
    folder = folder.substr(0, folder.rfind('/') + 1); // npos + 1 is 0
    for (const std::string *path : paths) {
        while (!path->starts_with(folder)) {
            folder.remove_suffix(1);
            folder = folder.substr(0, folder.rfind('/') + 1);
        }
    }
    return folder.size();
}

FileDescriptor openFolder(const std::string &folder)
{
    FileDescriptor descriptor = openPath(folder.empty() ? "." : folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (descriptor.isOpen() && !keepsFiles(descriptor.get()))
        descriptor.reset();
    return descriptor;
}

} // namespace

struct SmallFileRing::State {
    struct File {
        bool isOpen = false;
        bool wasEarly = false;  // the system came to the read before it was open
        std::size_t length = 0; // of what was read
    };

    State() { ring.ring_fd = -1; }
    ~State()
    {
        if (ring.ring_fd >= 0)
            io_uring_queue_exit(&ring);
    }
    State(const State &) = delete;
    State &operator=(const State &) = delete;

    [[nodiscard]] int open();
    void begin(std::size_t file, int folder, const char *path);
    void runToEnd(const OnRead &onRead);
    void cancelAll();
    void take(std::size_t file, Step step, int result, const OnRead &onRead);
    void takeRead(std::size_t file, int result, const OnRead &onRead);
    void queueRead(std::size_t file, Step step, char *to, std::size_t bytes, std::uint64_t offset);
    void queueClose(std::size_t file);
    void queued(io_uring_sqe *entry, std::size_t file, Step step);
    [[nodiscard]] char *bufferOf(std::size_t file) const { return buffers.get() + file * bufferBytes; }

    io_uring ring{};
    // What was exchanged since it was seen to be a regular file: a FIFO or a device is opened without waiting for anybody.
    open_how how = {O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, RESOLVE_NO_XDEV | RESOLVE_NO_SYMLINKS};
    bool isBroken = false;  // the system refused to go on with what it had begun
    std::size_t toCome = 0; // steps
    std::array<File, mostFiles> files{};
    std::unique_ptr<char[]> buffers = std::make_unique_for_overwrite<char[]>(mostFiles * bufferBytes); // touched as far as files reach
    std::array<char, mostFiles> behindEnd{};
};

int SmallFileRing::State::open()
{
    io_uring_params parameters{};
    parameters.flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_COOP_TASKRUN;
    const int error = io_uring_queue_init_params(mostFiles * stepCount, &ring, &parameters);
    if (error != 0) {
        ring.ring_fd = -1;
        return error;
    }
    // Descriptors of the ring's own: a read can name one before it is open, and none of the process's is taken.
    return io_uring_register_files_sparse(&ring, mostFiles);
}

void SmallFileRing::State::queued(io_uring_sqe *entry, std::size_t file, Step step)
{
    io_uring_sqe_set_data64(entry, file * stepCount + static_cast<std::size_t>(step));
    ++toCome;
}

void SmallFileRing::State::begin(std::size_t file, int folder, const char *path)
{
    files[file] = File{};
    io_uring_sqe *entry = io_uring_get_sqe(&ring); // there is room for all steps of all files
    io_uring_prep_openat2_direct(entry, folder, path, &how, static_cast<unsigned>(file));
    queued(entry, file, Step::Open);
    queueRead(file, Step::Read, bufferOf(file), bufferBytes, 0);
}

void SmallFileRing::State::queueRead(std::size_t file, Step step, char *to, std::size_t bytes, std::uint64_t offset)
{
    io_uring_sqe *entry = io_uring_get_sqe(&ring);
    io_uring_prep_read(entry, static_cast<int>(file), to, static_cast<unsigned>(bytes), offset);
    entry->flags |= IOSQE_FIXED_FILE;
    queued(entry, file, step);
}

void SmallFileRing::State::queueClose(std::size_t file)
{
    io_uring_sqe *entry = io_uring_get_sqe(&ring);
    io_uring_prep_close_direct(entry, static_cast<unsigned>(file));
    queued(entry, file, Step::Close);
}

// Until no step is left: buffers and descriptors are used until then.
void SmallFileRing::State::runToEnd(const OnRead &onRead)
{
    while (toCome > 0) {
        __kernel_timespec patience{1, 0};
        io_uring_cqe *completion = nullptr;
        const int submitted = io_uring_submit_and_wait_timeout(&ring, &completion, 1, &patience, nullptr);
        if (submitted == -ETIME)
            cancelAll();
        isBroken = submitted < 0 && submitted != -ETIME && submitted != -EINTR && submitted != -EAGAIN && submitted != -EBUSY;
        if (isBroken)
            return;
        while (io_uring_peek_cqe(&ring, &completion) == 0) {
            const std::uint64_t step = io_uring_cqe_get_data64(completion);
            const int result = completion->res;
            io_uring_cqe_seen(&ring, completion);
            --toCome;
            if (step != cancelStep)
                take(step / stepCount, static_cast<Step>(step % stepCount), result, onRead);
        }
    }
}

// Each step still has its completion then.
void SmallFileRing::State::cancelAll()
{
    io_uring_sqe *entry = io_uring_get_sqe(&ring);
    io_uring_prep_cancel(entry, nullptr, IORING_ASYNC_CANCEL_ANY);
    io_uring_sqe_set_data64(entry, cancelStep);
    ++toCome;
}

void SmallFileRing::State::take(std::size_t file, Step step, int result, const OnRead &onRead)
{
    switch (step) {
    case Step::Open:
        files[file].isOpen = result == 0;
        if (files[file].isOpen && files[file].wasEarly)
            queueRead(file, Step::Read, bufferOf(file), bufferBytes, 0);
        return;
    case Step::Read:
        takeRead(file, result, onRead);
        return;
    case Step::ReadEnd:
        if (result == 0)
            onRead(file, {bufferOf(file), files[file].length});
        return;
    case Step::Close:
        return;
    }
}

void SmallFileRing::State::takeRead(std::size_t file, int result, const OnRead &onRead)
{
    File &state = files[file];
    if (result == -EBADF && !state.wasEarly) {
        state.wasEarly = true;
        if (state.isOpen)
            queueRead(file, Step::Read, bufferOf(file), bufferBytes, 0);
        return;
    }
    state.length = result > 0 ? static_cast<std::size_t>(result) : 0;
    const bool isSmall = state.length > 0 && state.length <= largestBytes;
    if (isSmall && state.length % pageBytes == 0)
        queueRead(file, Step::ReadEnd, &behindEnd[file], 1, state.length);
    queueClose(file);
    if (isSmall && state.length % pageBytes != 0)
        onRead(file, {bufferOf(file), state.length});
}

SmallFileRing::SmallFileRing()
    : state_(std::make_unique<State>())
{
}

SmallFileRing::~SmallFileRing()
{
    if (state_->isBroken)
        static_cast<void>(state_.release()); // the system may still write there
}

bool SmallFileRing::isBuiltIn()
{
    return true;
}

tl::expected<std::unique_ptr<SmallFileRing>, int> SmallFileRing::open()
{
    std::unique_ptr<SmallFileRing> opened(new SmallFileRing);
    if (const int error = opened->state_->open(); error != 0)
        return tl::make_unexpected(-error);
    return opened;
}

void SmallFileRing::read(std::span<const std::string *const> paths, const OnRead &onRead)
{
    assert(!paths.empty() && paths.size() <= mostFiles);
    const std::size_t folderLength = commonFolder(paths);
    const FileDescriptor folder = openFolder(paths.front()->substr(0, folderLength));
    if (!folder.isOpen() || state_->isBroken)
        return;
    for (std::size_t file = 0; file < paths.size(); ++file) {
        const char *const below = paths[file]->c_str() + folderLength;
        if (*below != '/') // from the folder, not from the root
            state_->begin(file, folder.get(), below);
    }
    state_->runToEnd(onRead);
}

} // namespace loopscope
