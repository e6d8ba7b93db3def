#pragma once

#include "core/workload/file_tree.h"

#include <string>
#include <vector>

namespace loopscope::test {

/// Files as they are when they are named directly and nobody has looked.
inline std::vector<FoundFile> named(const std::vector<std::string> &paths)
{
    std::vector<FoundFile> files;
    for (const std::string &path : paths)
        files.push_back({path, false});
    return files;
}

inline std::vector<std::string> pathsOf(const FileList &list)
{
    std::vector<std::string> paths;
    for (const FoundFile &file : list.files)
        paths.push_back(file.path);
    return paths;
}

} // namespace loopscope::test
