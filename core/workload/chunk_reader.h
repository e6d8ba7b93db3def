#pragma once

#include "core/files/file_descriptor.h"
#include "core/trace/lane.h"
#include "core/workload/text_check.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include <sys/stat.h>

namespace loopscope {

/// What a step of reading came to.
enum class ReadStep : std::uint8_t {
    More,          ///< there is more to read
    Finished,      ///< the file has been read, and is closed
    Failed,        ///< error() says why; the file is closed
    NoDescriptors, ///< there was no descriptor to open it with: worth trying again later
};

/// So long to wait before a step that found no descriptor is tried again.
inline constexpr std::chrono::milliseconds descriptorRetryInterval(10);

/// Reads one file in chunks: counts its bytes and lines, checks its UTF-8, and keeps its beginning. Memory does not grow with the file.
///
/// A regular file is read up to the size it had when it was opened, through the one descriptor, whatever becomes of its name. A file that
/// the kernel or a program makes up, as those of /proc, and that says it is empty is read to its end, within a cap. Anything but a regular
/// file is refused without waiting for it.
///
/// Blocks in the system's calls: meant for workers. One thread at a time; it need not always be the same.
class ChunkReader {
public:
    static constexpr std::size_t chunkBytes = std::size_t(256) * 1024; ///< read by one call, and looked through while a cache holds it
    static constexpr std::uint64_t largeBytes = std::uint64_t(4) * 1024 * 1024;
    static constexpr std::size_t previewBytes = mostPreviewBytes;
    static constexpr std::uint64_t unsizedBytesMax = std::uint64_t(64) * 1024 * 1024;

    /// Whether the preview may take so many bytes; called once at most, by the thread that reads, when there is something to keep.
    using TakePreviewBudget = std::function<bool(std::uint64_t bytes)>;

    /// `path` in raw bytes, of any length. Without `takePreviewBudget` no preview is kept.
    explicit ChunkReader(std::string path, TakePreviewBudget takePreviewBudget = {});

    /// Opens the file if it is not open, and reads its next chunk, up to chunkBytes; behind the first largeBytes of it as many as a
    /// millisecond allows, at least one: what comes from the page cache is read in some dozen µs a chunk, and between two steps a worker
    /// and the loop may have to wake each other, which can take longer; while a slow disk shall not keep the worker from the other files.
    /// A file of one chunk is opened, read and closed in one step. Between two system calls it looks at `stop`, and answers More with what
    /// it has. After Finished and Failed it must not be called.
    [[nodiscard]] ReadStep step(const std::stop_token &stop = {});

    /// Gives it the whole content of its file, a regular one, that was read in another way: the next step() takes it, and is the last. Only
    /// before the first step; the content must live until then.
    void offer(std::string_view content) { offered_ = content; }

    [[nodiscard]] const std::string &path() const { return path_; }
    /// Read so far.
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    /// Newline characters so far, as `wc -l` counts them.
    [[nodiscard]] std::uint64_t lines() const { return text_.lines(); }
    /// The size it had when it was opened, in bytes; nothing before, and for a file that says it is empty and is not.
    [[nodiscard]] std::optional<std::uint64_t> size() const { return size_; }
    /// The offset of the first byte that is no valid UTF-8; nothing if there is none so far.
    [[nodiscard]] std::optional<std::uint64_t> firstInvalidUtf8() const { return text_.firstInvalidUtf8(); }
    /// What is kept of its beginning, raw, up to previewBytes; null if nothing is.
    [[nodiscard]] const std::shared_ptr<const std::string> &preview() const { return preview_; }
    /// All of the above but the path.
    [[nodiscard]] FileFacts facts() const { return {{}, bytes_, size_, lines(), firstInvalidUtf8(), preview_}; }
    /// Why it failed, without the path; UTF-8, for people.
    [[nodiscard]] const std::string &error() const { return error_; }
    /// What else is worth telling of a file that was read: "changed while read".
    [[nodiscard]] const std::string &note() const { return note_; }

private:
    ReadStep takeOffered();
    ReadStep open();
    [[nodiscard]] bool hasGrown() const;
    ReadStep readChunks(const std::stop_token &stop);
    ReadStep readChunk(const std::stop_token &stop);
    ReadStep fail(std::string error);
    ReadStep failReading(int error);
    ReadStep finish();
    void take(std::span<const char> chunk);
    void keepPreview(std::span<const char> chunk);
    [[nodiscard]] std::uint64_t end() const { return isUnsized_ ? unsizedBytesMax : *size_; }
    [[nodiscard]] std::string noteAtEnd() const;

    std::string path_;
    TakePreviewBudget takePreviewBudget_;
    std::string_view offered_;
    FileDescriptor file_;
    struct stat opened_ { };
    std::uint64_t bytes_ = 0;
    std::optional<std::uint64_t> size_;
    bool isUnsized_ = false; // it says that it is empty, and is not to be believed
    bool isOneRead_ = false; // one read found it as long as it was when opened: there was no while in which it could change
    TextCheck text_;
    std::shared_ptr<const std::string> preview_;
    std::string error_;
    std::string note_;
};

} // namespace loopscope
