#include "core/trace/marks.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace loopscope {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

constexpr MarkId largestMarkId = std::numeric_limits<MarkId>::max();

MarkId lowestFree(const std::vector<Mark> &marks)
{
    std::vector<MarkId> used;
    std::ranges::transform(marks, std::back_inserter(used), &Mark::id);
    std::ranges::sort(used);
    MarkId free = 1;
    for (const MarkId id : used)
        free += id == free ? 1 : 0;
    return free;
}

} // namespace

const Mark *Marks::find(MarkId id) const
{
    const auto found = std::ranges::find(marks_, id, &Mark::id);
    return found == marks_.end() ? nullptr : &*found;
}

std::optional<Marks> Marks::restored(std::vector<Mark> marks, MarkId last)
{
    std::ranges::sort(marks, {}, &Mark::id);
    const bool isTwice = std::ranges::adjacent_find(marks, {}, &Mark::id) != marks.end();
    const auto isOutOfOrder = [last](const Mark &mark) { return mark.id == 0 || mark.id > last || trimmed(mark.name).empty(); };
    if (isTwice || std::ranges::any_of(marks, isOutOfOrder))
        return std::nullopt;
    std::ranges::stable_sort(marks, {}, &Mark::at); // those of one instant in the order of their numbers, as add() has it
    Marks restored;
    restored.marks_ = std::move(marks);
    restored.last_ = last;
    return restored;
}

MarkId Marks::add(Nanoseconds at, std::string_view name)
{
    const MarkId id = last_ < largestMarkId ? ++last_ : lowestFree(marks_);
    const std::string_view shown = trimmed(name);
    Mark mark{id, at, shown.empty() ? "Mark " + std::to_string(id) : std::string(shown)};
    marks_.insert(std::ranges::upper_bound(marks_, at, {}, &Mark::at), std::move(mark));
    return id;
}

bool Marks::rename(MarkId id, std::string_view name)
{
    const auto found = std::ranges::find(marks_, id, &Mark::id);
    const std::string_view shown = trimmed(name);
    if (found == marks_.end() || shown.empty() || found->name == shown)
        return false;
    found->name = shown;
    return true;
}

bool Marks::remove(MarkId id)
{
    return std::erase_if(marks_, [id](const Mark &mark) { return mark.id == id; }) > 0;
}

} // namespace loopscope
