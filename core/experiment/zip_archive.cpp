#include "core/experiment/zip_archive.h"

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

} // namespace

ZipWriter::ZipWriter(std::ostream &out)
    : archive_(::archive_write_new())
    , out_(out)
{
    ::archive_write_set_format_zip(archive_);
    ::archive_write_zip_set_compression_store(archive_);
    ::archive_write_set_bytes_per_block(archive_, 0);
    ::archive_write_open(archive_, &out_, nullptr, writeTo, nullptr);
}

ZipWriter::~ZipWriter()
{
    ::archive_write_free(archive_);
}

tl::expected<void, std::string> ZipWriter::resultOf(std::int64_t code) const
{
    if (code < ARCHIVE_WARN)
        return tl::unexpected(reasonOf(archive_));
    return {};
}

tl::expected<void, std::string> ZipWriter::begin(const std::string &name, std::uint64_t size)
{
    const std::unique_ptr<archive_entry, void (*)(archive_entry *)> entry(::archive_entry_new(), ::archive_entry_free);
    ::archive_entry_set_pathname(entry.get(), name.c_str());
    ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    ::archive_entry_set_filetype(entry.get(), AE_IFREG);
    ::archive_entry_set_perm(entry.get(), usualPermissions);
    return resultOf(::archive_write_header(archive_, entry.get()));
}

tl::expected<void, std::string> ZipWriter::write(std::string_view bytes)
{
    return resultOf(::archive_write_data(archive_, bytes.data(), bytes.size()));
}

tl::expected<void, std::string> ZipWriter::finish()
{
    return resultOf(::archive_write_close(archive_));
}

tl::expected<std::unique_ptr<ZipReader>, std::string> ZipReader::open(const std::string &path)
{
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(path, error);
    if (error)
        return tl::unexpected(error.message());
    std::unique_ptr<ZipReader> reader(new ZipReader);
    reader->archive_ = ::archive_read_new();
    reader->unpackable_ = mostRatio * size;
    ::archive_read_support_format_zip_seekable(reader->archive_);
    if (::archive_read_open_filename(reader->archive_, path.c_str(), blockSize) < ARCHIVE_WARN)
        return tl::unexpected(reasonOf(reader->archive_));
    return reader;
}

ZipReader::~ZipReader()
{
    ::archive_read_free(archive_);
}

tl::expected<std::string, std::string> ZipReader::next()
{
    archive_entry *entry = nullptr;
    const int code = ::archive_read_next_header(archive_, &entry);
    if (code == ARCHIVE_EOF)
        return std::string();
    if (code < ARCHIVE_WARN)
        return tl::unexpected(reasonOf(archive_));
    const char *name = ::archive_entry_pathname(entry);
    return std::string(name && *name != '\0' ? name : "?");
}

tl::expected<void, std::string> ZipReader::read(const std::function<bool(std::string_view piece)> &take)
{
    std::array<char, blockSize> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    for (;;) {
        const la_ssize_t got = ::archive_read_data(archive_, buffer.data(), buffer.size());
        if (got < 0)
            return tl::unexpected(reasonOf(archive_));
        const auto size = static_cast<std::size_t>(got);
        if (size > unpackable_)
            return tl::unexpected(std::string("it would unpack to far more than it is"));
        unpackable_ -= size;
        if (size == 0 || !take({buffer.data(), size}))
            return {};
    }
}

} // namespace loopscope
