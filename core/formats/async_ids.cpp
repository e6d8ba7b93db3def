#include "core/formats/async_ids.h"

#include <algorithm>
#include <bit>

namespace loopscope {

AsyncIds::AsyncIds(SiteId first, std::uint32_t rows, std::uint64_t &nextId)
    : first_(first)
    , nextId_(nextId)
    , rows_(rows)
    , leaves_(std::bit_ceil(std::max(rows, 1U)))
    , nodes_(std::size_t(2) * leaves_)
{
}

std::uint64_t AsyncIds::idOf(const Span &slice, std::uint32_t row, bool isOpen)
{
    leaveEnded(slice.begin);
    // What is nested comes into the first row that is free below that of what it is in.
    const auto free = lastBefore(row, [at = slice.begin](const Node &node) { return node.firstFreeFrom <= at; });
    const bool isOutermost = slice.site == first_ && !free;
    const Nanoseconds end = isOpen ? std::numeric_limits<Nanoseconds>::max() : slice.end;
    const auto around = isOutermost ? std::nullopt : enclosing(slice.site, free ? *free + 1 : 0, row, end);
    const std::uint64_t id = around ? *around : nextId_++;
    enter(row, {end, slice.site, id});
    return id;
}

std::uint64_t AsyncIds::idOfInstant(Nanoseconds at, SiteId site)
{
    if (site == first_ || nodes_[1].lastFreeFrom <= at)
        return nextId_++;
    std::uint32_t node = 1;
    while (node < leaves_)
        node = nodes_[2 * node].lastFreeFrom > at ? 2 * node : 2 * node + 1;
    return *rows_[node - leaves_].id;
}

template <typename Holds>
std::optional<std::uint32_t> AsyncIds::lastBefore(std::uint32_t row, Holds holds) const
{
    std::uint32_t node = leaves_ + row;
    while (node > 1 && (node % 2 == 0 || !holds(nodes_[node - 1])))
        node /= 2;
    if (node <= 1)
        return std::nullopt;
    --node;
    while (node < leaves_)
        node = holds(nodes_[2 * node + 1]) ? 2 * node + 1 : 2 * node;
    return node - leaves_;
}

// What is in a row further up, has nothing nested in it, and would have this slice in this row.
std::optional<std::uint64_t> AsyncIds::enclosing(SiteId site, std::uint32_t from, std::uint32_t row, Nanoseconds end) const
{
    const auto best = lastBefore(row, [end](const Node &node) { return node.lastInnermost >= end; });
    if (best && *best >= from)
        return rows_[*best].id;
    // It ends sooner, and so it was something else. What has the same name would get this one's end.
    const auto isNamesake = [&](std::uint32_t open) { return rows_[open].site == site; };
    for (std::uint32_t outer = row; outer-- > from;) {
        if (isInnermost(outer) && std::ranges::none_of(openRows_.at(*rows_[outer].id), isNamesake))
            return rows_[outer].id;
    }
    return std::nullopt;
}

bool AsyncIds::isInnermost(std::uint32_t row) const
{
    return nodes_[leaves_ + row].lastInnermost != never;
}

void AsyncIds::enter(std::uint32_t row, const Row &content)
{
    rows_[row] = content;
    ends_.push({content.freeFrom, row});
    std::vector<std::uint32_t> &open = openRows_[*content.id];
    open.push_back(row);
    sumUp(row);
    if (open.size() > 1)
        sumUp(open[open.size() - 2]);
}

void AsyncIds::leaveEnded(Nanoseconds at)
{
    for (; !ends_.empty() && ends_.top().at <= at; ends_.pop())
        leave(ends_.top().row);
}

void AsyncIds::leave(std::uint32_t row)
{
    const std::uint64_t id = *rows_[row].id;
    rows_[row].id.reset();
    std::vector<std::uint32_t> &open = openRows_[id];
    std::erase(open, row);
    sumUp(row);
    if (open.empty())
        openRows_.erase(id);
    else
        sumUp(open.back());
}

void AsyncIds::sumUp(std::uint32_t row)
{
    const Row &content = rows_[row];
    const bool isLast = content.id && openRows_[*content.id].back() == row;
    std::uint32_t node = leaves_ + row;
    nodes_[node] = {content.freeFrom, content.freeFrom, isLast ? content.freeFrom : never};
    for (node /= 2; node > 0; node /= 2) {
        const Node &a = nodes_[std::size_t(2) * node];
        const Node &b = nodes_[std::size_t(2) * node + 1];
        nodes_[node] = {std::min(a.firstFreeFrom, b.firstFreeFrom), std::max(a.lastFreeFrom, b.lastFreeFrom),
                        std::max(a.lastInnermost, b.lastInnermost)};
    }
}

} // namespace loopscope
