#include "core/experiment/zip_archive.h"
#include "core/files/module.h"
#include "core/text/display_text.h"

#include <array>
#include <filesystem>

#include <archive.h>
#include <archive_entry.h>

namespace loopscope {

namespace {

constexpr std::size_t blockSize = 64 * 1024;
constexpr std::uint64_t mostRatio = 50; // JSON packs to a tenth or so
constexpr mode_t usualPermissions = 0644;

using ArchivePtr = std::unique_ptr<archive, int (*)(archive *)>;

std::string reasonOf(archive *of)
{
    const char *text = ::archive_error_string(of);
    return text ? displayName(text) : "the archive is damaged";
}

la_ssize_t writeTo(archive *, void *stream, const void *bytes, std::size_t size)
{
    auto &out = *static_cast<std::ostream *>(stream);
    return out.write(static_cast<const char *>(bytes), static_cast<std::streamsize>(size)) ? static_cast<la_ssize_t>(size) : -1;
}

class ArchiveWriter final : public ZipWriter {
public:
    explicit ArchiveWriter(std::ostream &out)
        : archive_(::archive_write_new(), ::archive_write_free)
    {
        ::archive_write_set_format_zip(archive_.get());
        ::archive_write_zip_set_compression_store(archive_.get());
        ::archive_write_set_bytes_per_block(archive_.get(), 0);
        ::archive_write_open(archive_.get(), &out, nullptr, writeTo, nullptr);
    }

    [[nodiscard]] tl::expected<void, std::string> begin(const std::string &name, std::uint64_t size) override
    {
        const std::unique_ptr<archive_entry, void (*)(archive_entry *)> entry(::archive_entry_new(), ::archive_entry_free);
        ::archive_entry_set_pathname(entry.get(), name.c_str());
        ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
        ::archive_entry_set_filetype(entry.get(), AE_IFREG);
        ::archive_entry_set_perm(entry.get(), usualPermissions);
        return resultOf(::archive_write_header(archive_.get(), entry.get()));
    }
    [[nodiscard]] tl::expected<void, std::string> write(std::string_view bytes) override
    {
        return resultOf(::archive_write_data(archive_.get(), bytes.data(), bytes.size()));
    }
    [[nodiscard]] tl::expected<void, std::string> finish() override { return resultOf(::archive_write_close(archive_.get())); }

private:
    [[nodiscard]] tl::expected<void, std::string> resultOf(std::int64_t code) const
    {
        if (code < ARCHIVE_WARN)
            return tl::unexpected(reasonOf(archive_.get()));
        return {};
    }

    ArchivePtr archive_;
};

class ArchiveReader final : public ZipReader {
public:
    /// `unpackable` is how many bytes may be unpacked in all.
    explicit ArchiveReader(std::uint64_t unpackable)
        : archive_(::archive_read_new(), ::archive_read_free)
        , unpackable_(unpackable)
    {
        ::archive_read_support_format_zip_seekable(archive_.get());
    }

    [[nodiscard]] tl::expected<void, std::string> open(const std::string &path)
    {
        if (::archive_read_open_filename(archive_.get(), path.c_str(), blockSize) < ARCHIVE_WARN)
            return tl::unexpected(reasonOf(archive_.get()));
        return {};
    }
    [[nodiscard]] tl::expected<std::string, std::string> next() override
    {
        archive_entry *entry = nullptr;
        const int code = ::archive_read_next_header(archive_.get(), &entry);
        if (code == ARCHIVE_EOF)
            return std::string();
        if (code < ARCHIVE_WARN)
            return tl::unexpected(reasonOf(archive_.get()));
        const char *name = ::archive_entry_pathname(entry);
        return std::string(name && *name != '\0' ? name : "?");
    }
    [[nodiscard]] tl::expected<void, std::string> read(const std::function<bool(std::string_view piece)> &take) override
    {
        std::array<char, blockSize> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
        for (;;) {
            const la_ssize_t got = ::archive_read_data(archive_.get(), buffer.data(), buffer.size());
            if (got < 0)
                return tl::unexpected(reasonOf(archive_.get()));
            const auto size = static_cast<std::size_t>(got);
            if (size > unpackable_)
                return tl::unexpected(std::string("it would unpack to far more than it is"));
            unpackable_ -= size;
            if (size == 0 || !take({buffer.data(), size}))
                return {};
        }
    }

private:
    ArchivePtr archive_;
    std::uint64_t unpackable_;
};

std::unique_ptr<ZipWriter> writeZip(std::ostream &out)
{
    return std::make_unique<ArchiveWriter>(out);
}

tl::expected<std::unique_ptr<ZipReader>, std::string> openZip(const std::string &path)
{
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(path, error);
    if (error)
        return tl::unexpected(error.message());
    auto reader = std::make_unique<ArchiveReader>(mostRatio * size);
    if (const auto opened = reader->open(path); !opened)
        return tl::unexpected(opened.error());
    return reader;
}

constexpr ArchivesModule module{writeZip, openZip};

} // namespace

const ModuleEntry loopscopeModule{LOOPSCOPE_VERSION, &module};

} // namespace loopscope
