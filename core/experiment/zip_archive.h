#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace loopscope {

/// Writes a zip archive to a stream, by libarchive. What is put into it is stored as it is. Errors are a few words, but for that of
/// create().
class ZipWriter {
public:
    /// `out` outlives it. An error is that of loadArchivesModule().
    [[nodiscard]] static tl::expected<std::unique_ptr<ZipWriter>, std::string> create(std::ostream &out);
    ZipWriter() = default;
    ZipWriter(const ZipWriter &) = delete;
    ZipWriter &operator=(const ZipWriter &) = delete;
    virtual ~ZipWriter() = default;

    /// Begins a file of the archive. Its bytes, as many as were announced, follow by write().
    [[nodiscard]] virtual tl::expected<void, std::string> begin(const std::string &name, std::uint64_t size) = 0;
    [[nodiscard]] virtual tl::expected<void, std::string> write(std::string_view bytes) = 0;
    [[nodiscard]] virtual tl::expected<void, std::string> finish() = 0;
};

/// Reads a zip archive, which may come from a stranger, by libarchive: its files in their order. It refuses to unpack more than some tens
/// of times what the archive has. Errors are a few words, but for one of open().
class ZipReader {
public:
    /// Of a file, by its path in raw bytes. An error may be that of loadArchivesModule().
    [[nodiscard]] static tl::expected<std::unique_ptr<ZipReader>, std::string> open(const std::string &path);
    ZipReader() = default;
    ZipReader(const ZipReader &) = delete;
    ZipReader &operator=(const ZipReader &) = delete;
    virtual ~ZipReader() = default;

    /// The name of the next file; empty at the end.
    [[nodiscard]] virtual tl::expected<std::string, std::string> next() = 0;
    /// Hands the content of this file over in pieces; ends early if `take` answers false, which is no error.
    [[nodiscard]] virtual tl::expected<void, std::string> read(const std::function<bool(std::string_view piece)> &take) = 0;
};

/// The module of archives: what of the program needs libarchive. See core/files/module.h.
struct ArchivesModule {
    std::unique_ptr<ZipWriter> (*writeZip)(std::ostream &out);
    tl::expected<std::unique_ptr<ZipReader>, std::string> (*openZip)(const std::string &path);
};

/// Whoever writes or reads archives does it by itself; for who has to know beforehand. An error is a sentence for people. Any thread.
[[nodiscard]] tl::expected<const ArchivesModule *, std::string> loadArchivesModule();

} // namespace loopscope
