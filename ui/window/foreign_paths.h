#pragma once

#include <QString>

#include <string>
#include <vector>

class QMimeData;

namespace loopscope {

/// What a drop or the clipboard offers: files and folders of this machine, and what is none.
struct ForeignPaths {
    std::vector<std::string> paths; ///< raw bytes, in the order given
    std::vector<QString> refusals;  ///< why the others are not read: a sentence each

    [[nodiscard]] bool isEmpty() const { return paths.empty() && refusals.empty(); }
};

/// Whether `data` names files, readable or not. Cheap.
[[nodiscard]] bool offersFiles(const QMimeData &data);

/// The files that `data` names as text/uri-list.
[[nodiscard]] ForeignPaths droppedPaths(const QMimeData &data);

/// The files that the clipboard names, as text/uri-list or as lines of text that are absolute paths or file: URIs.
[[nodiscard]] ForeignPaths pastedPaths(const QMimeData &data);

/// What reading `paths` means, for people: "Read 12 files and 2 folders". Asks the file system, but waits for it 50 ms at most: then
/// "Read 14 files or folders".
[[nodiscard]] QString describeReading(const std::vector<std::string> &paths);

/// The refusals as one sentence, or nothing.
[[nodiscard]] QString describeRefusals(const std::vector<QString> &refusals);

} // namespace loopscope
