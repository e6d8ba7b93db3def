#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace loopscope::test {

/// All of a file; nothing if it cannot be opened.
inline std::string contentOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// How many files and folders a folder has.
inline std::ptrdiff_t entriesIn(const std::string &folder)
{
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

} // namespace loopscope::test
