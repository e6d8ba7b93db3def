#include "core/formats/output_file.h"

#include "core/files/regular_file.h"
#include "core/text/system_reason.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <random>
#include <streambuf>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr std::size_t bufferBytes = 65'536;
constexpr int mostAttempts = 100;
constexpr mode_t modeOfNew = 0666; // less what the umask takes

std::string lastReason()
{
    return systemReason(errno);
}

/// Writes to a descriptor, and remembers why it could not.
class DescriptorBuffer : public std::streambuf {
public:
    explicit DescriptorBuffer(int descriptor)
        : descriptor_(descriptor)
    {
        setp(buffer_.data(), buffer_.data() + buffer_.size());
    }

    /// The system's error number; 0 if there was none.
    [[nodiscard]] int error() const { return error_; }

protected:
    std::streamsize xsputn(const char *bytes, std::streamsize size) override
    {
        if (size > epptr() - pptr()) {
            if (sync() != 0)
                return 0;
            if (size >= static_cast<std::streamsize>(buffer_.size()))
                return write({bytes, static_cast<std::size_t>(size)}) ? size : 0;
        }
        std::copy_n(bytes, size, pptr());
        pbump(static_cast<int>(size));
        return size;
    }

    int_type overflow(int_type c) override
    {
        if (sync() != 0)
            return traits_type::eof();
        if (traits_type::eq_int_type(c, traits_type::eof()))
            return traits_type::not_eof(c);
        return sputc(traits_type::to_char_type(c));
    }

    int sync() override
    {
        const bool isWritten = write({pbase(), static_cast<std::size_t>(pptr() - pbase())});
        setp(buffer_.data(), buffer_.data() + buffer_.size());
        return isWritten ? 0 : -1;
    }

private:
    bool write(std::string_view bytes)
    {
        while (!bytes.empty() && error_ == 0) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written >= 0)
                bytes.remove_prefix(static_cast<std::size_t>(written));
            else if (errno != EINTR)
                error_ = errno;
        }
        return error_ == 0;
    }

    int descriptor_;
    int error_ = 0;
    std::array<char, bufferBytes> buffer_;
};

/// Where a path leads: its folder and its name there.
struct Place {
    std::string folder;
    std::string name;
};

Place placeOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return {".", path};
    return {path.substr(0, slash + 1), path.substr(slash + 1)};
}

// Behind symbolic links, so that the file is replaced and not the link.
tl::expected<std::string, std::string> resolved(const std::string &path)
{
    struct stat status { };
    if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode))
        return path;
    const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr), &std::free);
    if (!target)
        return tl::unexpected("it is a link, but where it leads: " + lastReason());
    return std::string(target.get());
}

/// By which a file that has no name can be given one.
std::string linkOf(const FileDescriptor &file)
{
    return "/proc/self/fd/" + std::to_string(file.get());
}

std::string temporaryName()
{
    std::random_device random;
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), ".loopscope-%08x", random());
    return name.data();
}

} // namespace

class OutputFile::Content {
public:
    Content(FileDescriptor folder, std::string name)
        : folder_(std::move(folder))
        , name_(std::move(name))
    {
    }
    Content(const Content &) = delete;
    Content &operator=(const Content &) = delete;
    ~Content() { removeTemporary(); }

    tl::expected<void, std::string> open()
    {
        struct stat status { };
        const bool isThere = ::fstatat(folder_.get(), name_.c_str(), &status, 0) == 0;
        if (!isThere && errno != ENOENT)
            return tl::unexpected(lastReason());
        if (isThere && !S_ISREG(status.st_mode))
            return tl::unexpected(std::string(whyNoFile(status.st_mode)));
        if (!makeTemporary())
            return tl::unexpected(lastReason());
        // Who may not give it the same permissions has no more than a new file of their own.
        if (isThere)
            static_cast<void>(::fchmod(file_.get(), status.st_mode & 07777));
        buffer_.emplace(file_.get());
        stream_.emplace(&*buffer_);
        return {};
    }

    [[nodiscard]] std::ostream &stream() { return *stream_; }

    tl::expected<void, std::string> commit()
    {
        stream_->flush();
        if (buffer_->error() != 0)
            return tl::unexpected(systemReason(buffer_->error()));
        if (stream_->fail())
            return tl::unexpected(std::string("it was not written to its end"));
        if (::fsync(file_.get()) != 0 || !takePlace())
            return tl::unexpected(lastReason());
        static_cast<void>(::fsync(folder_.get())); // some file systems refuse it for folders; the file is there
        return {};
    }

private:
    // Without a name if the file system knows such files: of a process that is killed nothing is left then.
    bool makeTemporary()
    {
        file_ = FileDescriptor(::openat(folder_.get(), ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, modeOfNew));
        if (file_.isOpen() && ::access(linkOf(file_).c_str(), F_OK) == 0)
            return true;
        return tryNames([this](const std::string &name) {
            file_ = FileDescriptor(::openat(folder_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, modeOfNew));
            return file_.isOpen();
        });
    }

    // Gives the file its own name. Only a new one can be given to a file without any, so what is there is replaced in two steps.
    bool takePlace()
    {
        if (temporary_.empty()) {
            if (link(name_))
                return true;
            if (errno != EEXIST || !tryNames([this](const std::string &name) { return link(name); }))
                return false;
        }
        if (::renameat(folder_.get(), temporary_.c_str(), folder_.get(), name_.c_str()) != 0)
            return false;
        temporary_.clear();
        return true;
    }

    bool link(const std::string &name)
    {
        return ::linkat(AT_FDCWD, linkOf(file_).c_str(), folder_.get(), name.c_str(), AT_SYMLINK_FOLLOW) == 0;
    }

    // Gives the file a name that nothing has.
    template <typename Make>
    bool tryNames(Make make)
    {
        for (int attempt = 0; attempt < mostAttempts; ++attempt) {
            const std::string name = temporaryName();
            if (make(name)) {
                temporary_ = name;
                return true;
            }
            if (errno != EEXIST && errno != EINTR)
                return false;
        }
        return false;
    }

    void removeTemporary()
    {
        if (!temporary_.empty())
            ::unlinkat(folder_.get(), temporary_.c_str(), 0);
    }

    FileDescriptor folder_;
    std::string name_;
    FileDescriptor file_;
    std::string temporary_; // its name in the folder for now; empty if it has its own or none, or there is no file
    std::optional<DescriptorBuffer> buffer_;
    std::optional<std::ostream> stream_;
};

tl::expected<OutputFile, std::string> OutputFile::create(const std::string &path)
{
    const auto target = resolved(path);
    if (!target)
        return tl::unexpected(target.error());
    const Place place = placeOf(*target);
    FileDescriptor folder = openPath(place.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (!folder.isOpen())
        return tl::unexpected(lastReason());
    if (place.name.empty())
        return tl::unexpected(std::string(path.empty() ? "it has no name" : whyNoFile(S_IFDIR)));
    auto content = std::make_unique<Content>(std::move(folder), place.name);
    if (auto opened = content->open(); !opened)
        return tl::unexpected(std::move(opened).error());
    return OutputFile(std::move(content));
}

OutputFile::OutputFile(std::unique_ptr<Content> content)
    : content_(std::move(content))
{
}

OutputFile::OutputFile(OutputFile &&) noexcept = default;
OutputFile &OutputFile::operator=(OutputFile &&) noexcept = default;
OutputFile::~OutputFile() = default;

std::ostream &OutputFile::stream()
{
    return content_->stream();
}

tl::expected<void, std::string> OutputFile::commit()
{
    return content_->commit();
}

} // namespace loopscope
