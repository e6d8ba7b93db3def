#include "core/workload/file_result.h"

namespace loopscope {

namespace {

std::string resultText(const FileFacts &file)
{
    if (file.bytes == 0)
        return "empty";
    std::string text = std::to_string(file.lines) + (file.lines == 1 ? " line" : " lines");
    if (file.firstInvalidUtf8)
        text += ", not UTF-8 from byte " + std::to_string(*file.firstInvalidUtf8) + " on";
    return text;
}

} // namespace

TaskResult fileResult(const ChunkReader &reader, ReadStep last)
{
    auto file = std::make_unique<FileFacts>(reader.facts());
    TaskResult result = last == ReadStep::Failed ? TaskResult::failed(reader.error()) : TaskResult::done(resultText(*file));
    result.note = reader.note();
    result.file = std::move(file);
    return result;
}

} // namespace loopscope
