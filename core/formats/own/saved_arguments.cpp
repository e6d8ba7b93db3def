#include "core/formats/own/saved_arguments.h"

#include "core/files/byte_reader.h"
#include "core/formats/own/block_reader.h"

#include <algorithm>

namespace loopscope {

SavedArguments::SavedArguments(FileDescriptor file, std::vector<Place> places)
    : file_(std::move(file))
    , places_(std::move(places))
{
}

std::string SavedArguments::arguments(EventId event) const
{
    const auto after = std::ranges::upper_bound(places_, event, {}, &Place::first);
    if (after == places_.begin())
        return {};
    const std::uint64_t at = std::prev(after)->at;
    const std::lock_guard lock(mutex_);
    if (readAt_ != at)
        read(at);
    ByteReader in(read_);
    while (!in.atEnd()) {
        const auto number = in.number<EventId>();
        const std::string_view text = in.text();
        if (number == event && !in.hasFailed())
            return std::string(text);
    }
    isDamaged_ = isDamaged_ || in.hasFailed();
    return {};
}

void SavedArguments::read(std::uint64_t at) const
{
    auto block = readBlockAt(file_.get(), at, BlockKind::Arguments);
    isDamaged_ = isDamaged_ || !block;
    read_ = std::move(block).value_or(std::vector<std::byte>());
    readAt_ = at;
}

bool SavedArguments::isIntact() const
{
    const std::lock_guard lock(mutex_);
    return !isDamaged_;
}

} // namespace loopscope
