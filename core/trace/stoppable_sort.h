#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <utility>
#include <vector>

namespace loopscope {

/// Merges [first, middle) and [middle, last) into `to`, stably; false if it was told to stop.
template <typename T, typename Less>
[[nodiscard]] bool mergeStoppably(const T *first, const T *middle, const T *last, T *to, Less less, const std::stop_token &stop)
{
    constexpr std::ptrdiff_t piece = 1 << 16;
    const T *left = first;
    const T *right = middle;
    while (left < middle || right < last) {
        if (stop.stop_requested())
            return false;
        for (std::ptrdiff_t i = 0; i < piece && (left < middle || right < last); ++i)
            *to++ = right == last || (left < middle && !less(*right, *left)) ? *left++ : *right++;
    }
    return true;
}

/// As std::ranges::stable_sort by a projection, but it looks at `stop` every few milliseconds, and costs one look at what is in order.
/// False if it was told to stop: then the list is in any order.
template <typename T, typename Projection>
[[nodiscard]] bool sortStoppably(std::vector<T> &list, Projection projection, const std::stop_token &stop)
{
    constexpr std::size_t run = std::size_t{1} << 17U;
    if (std::ranges::is_sorted(list, {}, projection))
        return true;
    const auto less = [&projection](const T &a, const T &b) { return std::invoke(projection, a) < std::invoke(projection, b); };
    for (std::size_t begin = 0; begin < list.size(); begin += run) {
        if (stop.stop_requested())
            return false;
        std::stable_sort(list.begin() + static_cast<std::ptrdiff_t>(begin),
                         list.begin() + static_cast<std::ptrdiff_t>(std::min(list.size(), begin + run)), less);
    }
    std::vector<T> other(list.size() > run ? list.size() : 0);
    for (std::size_t width = run; width < list.size(); width *= 2) {
        for (std::size_t begin = 0; begin < list.size(); begin += 2 * width) {
            const T *from = list.data();
            const std::size_t middle = std::min(list.size(), begin + width);
            const std::size_t end = std::min(list.size(), begin + 2 * width);
            if (!mergeStoppably(from + begin, from + middle, from + end, other.data() + begin, less, stop))
                return false;
        }
        std::swap(list, other);
    }
    return true;
}

} // namespace loopscope
