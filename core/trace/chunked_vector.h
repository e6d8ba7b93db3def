#pragma once

#include <cstddef>
#include <vector>

namespace loopscope {

/// A sequence that grows at its end and never moves its elements. As std::deque, but for elements of some hundred bytes, of which a deque
/// has an allocation for every few.
template <typename T, std::size_t elementsPerChunk>
class ChunkedVector {
public:
    [[nodiscard]] std::size_t size() const { return chunks_.empty() ? 0 : (chunks_.size() - 1) * elementsPerChunk + chunks_.back().size(); }
    [[nodiscard]] T &operator[](std::size_t i) { return chunks_[i / elementsPerChunk][i % elementsPerChunk]; }
    [[nodiscard]] const T &operator[](std::size_t i) const { return chunks_[i / elementsPerChunk][i % elementsPerChunk]; }

    T &emplaceBack()
    {
        if (chunks_.empty() || chunks_.back().size() == elementsPerChunk)
            chunks_.emplace_back().reserve(elementsPerChunk);
        return chunks_.back().emplace_back();
    }

    /// Memory held, in bytes, without what the elements hold.
    [[nodiscard]] std::size_t byteSize() const { return chunks_.size() * elementsPerChunk * sizeof(T); }

private:
    std::vector<std::vector<T>> chunks_; // none grows beyond what was reserved for it
};

} // namespace loopscope
