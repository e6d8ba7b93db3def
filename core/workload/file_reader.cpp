#include "core/workload/file_reader.h"

namespace loopscope {

const char *fileReaderKey(FileReader reader)
{
    switch (reader) {
    case FileReader::Automatic:
        return "auto";
    case FileReader::Pool:
        return "pool";
    case FileReader::IoUring:
        return "io_uring";
    case FileReader::Sequential:
        return "sequential";
    case FileReader::Processes:
        return "processes";
    }
    return "";
}

std::optional<FileReader> fileReaderOfKey(std::string_view key)
{
    for (const FileReader reader :
         {FileReader::Automatic, FileReader::Pool, FileReader::IoUring, FileReader::Sequential, FileReader::Processes}) {
        if (key == fileReaderKey(reader))
            return reader;
    }
    return std::nullopt;
}

} // namespace loopscope
