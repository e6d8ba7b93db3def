#include "core/formats/async_ids.h"

#include <algorithm>
#include <limits>

namespace loopscope {

std::uint64_t AsyncIds::idOf(const Span &slice, std::uint32_t row, bool isOpen)
{
    if (row >= rows_.size())
        rows_.resize(row + 1);
    for (std::uint32_t number = 0; number < rows_.size(); ++number) {
        if (rows_[number].freeFrom <= slice.begin)
            leave(rows_[number], number);
    }
    const bool isOutermost = slice.site == first_ && firstFree(0, slice.begin) == row;
    const Nanoseconds end = isOpen ? std::numeric_limits<Nanoseconds>::max() : slice.end;
    const auto around = isOutermost ? std::nullopt : enclosing(slice, row, end);
    const std::uint64_t id = around ? *around : nextId_++;
    rows_[row] = {end, slice.site, id};
    openRows_[id].push_back(row);
    return id;
}

std::uint64_t AsyncIds::idOfInstant(Nanoseconds at, SiteId site)
{
    if (site == first_)
        return nextId_++;
    const auto around = std::ranges::find_if(rows_, [at](const Row &row) { return row.id && at < row.freeFrom; });
    return around == rows_.end() ? nextId_++ : *around->id;
}

std::uint32_t AsyncIds::firstFree(std::uint32_t from, Nanoseconds at) const
{
    while (from < rows_.size() && rows_[from].freeFrom > at)
        ++from;
    return from;
}

// What is in a row further up, has nothing nested in it, and would have this slice in this row.
std::optional<std::uint64_t> AsyncIds::enclosing(const Span &slice, std::uint32_t row, Nanoseconds end) const
{
    std::optional<std::uint64_t> secondBest;
    for (std::uint32_t outer = row; outer-- > 0;) {
        const auto &id = rows_[outer].id;
        if (!id || openRows_.at(*id).back() != outer || firstFree(outer + 1, slice.begin) != row)
            continue;
        if (rows_[outer].freeFrom >= end)
            return id;
        // It ends sooner, and so it was something else. What has the same name would get this one's end.
        const auto isNamesake = [&](std::uint32_t open) { return rows_[open].site == slice.site; };
        if (!secondBest && std::ranges::none_of(openRows_.at(*id), isNamesake))
            secondBest = id;
    }
    return secondBest;
}

void AsyncIds::leave(Row &row, std::uint32_t number)
{
    if (!row.id)
        return;
    std::vector<std::uint32_t> &open = openRows_[*row.id];
    std::erase(open, number);
    if (open.empty())
        openRows_.erase(*row.id);
    row.id.reset();
}

} // namespace loopscope
