#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace loopscope {

/// Something to read.
struct FoundFile {
    std::string path;       ///< in raw bytes
    bool isRegular = false; ///< it was seen to be a regular file; never said of links
};

/// What there is to read, and what folders hold beside that.
struct FileList {
    std::vector<FoundFile> files; ///< paths are made of those asked for: relative ones stay relative
    /// What was found in folders and is not read, by kind: folder_link, dangling_link, fifo, socket, device, unreadable_folder.
    std::map<std::string, std::uint64_t> skipped;
};

/// The files that `paths` stand for, in their order. A folder becomes the regular files in it and below, and the links to such, sorted by
/// the bytes of their paths. Whatever else is named directly is kept as it is, to fail on its own lane with its reason: a device, a link to
/// a folder (unless spelt with a slash behind), a folder that cannot be opened, nothing at all. A path named twice is there twice.
///
/// Any thread; blocks on the file system. No limit on depth or on the length of paths; one descriptor at a time. `progress` is told
/// the files found so far now and then, on this thread; it may be empty. Returns early, with what there is, once `stop` is asked for: paths
/// that it had not looked at by then are kept as they are.
[[nodiscard]] FileList expandPaths(const std::vector<std::string> &paths, const std::stop_token &stop = {},
                                   const std::function<void(std::size_t found)> &progress = {});

} // namespace loopscope
