#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

struct archive;
struct archive_entry;

namespace loopscope {

/// Writes a zip archive to a stream, by libarchive. What is put into it is stored as it is. Errors are a few words.
class ZipWriter {
public:
    explicit ZipWriter(std::ostream &out);
    ~ZipWriter();
    ZipWriter(const ZipWriter &) = delete;
    ZipWriter &operator=(const ZipWriter &) = delete;

    /// Begins a file of the archive. Its bytes, as many as were announced, follow by write().
    [[nodiscard]] tl::expected<void, std::string> begin(const std::string &name, std::uint64_t size);
    [[nodiscard]] tl::expected<void, std::string> write(std::string_view bytes);
    [[nodiscard]] tl::expected<void, std::string> finish();

private:
    [[nodiscard]] tl::expected<void, std::string> resultOf(std::int64_t code) const;

    archive *archive_;
    std::ostream &out_;
};

/// Reads a zip archive, which may come from a stranger, by libarchive: its files in their order. It refuses to unpack more than some tens
/// of times what the archive has. Errors are a few words.
class ZipReader {
public:
    /// Of a file, by its path in raw bytes.
    [[nodiscard]] static tl::expected<std::unique_ptr<ZipReader>, std::string> open(const std::string &path);
    ~ZipReader();
    ZipReader(const ZipReader &) = delete;
    ZipReader &operator=(const ZipReader &) = delete;

    /// The name of the next file; empty at the end.
    [[nodiscard]] tl::expected<std::string, std::string> next();
    /// Hands the content of this file over in pieces; ends early if `take` answers false, which is no error.
    [[nodiscard]] tl::expected<void, std::string> read(const std::function<bool(std::string_view piece)> &take);

private:
    ZipReader() = default;

    archive *archive_ = nullptr;
    std::uint64_t unpackable_ = 0; // bytes that may still be unpacked
};

} // namespace loopscope
