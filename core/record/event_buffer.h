#pragma once

#include "core/record/event.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <span>
#include <utility>

namespace loopscope {

/// The events of one thread on their way to the trace's owner: one producer, one consumer, no lock.
///
/// A chain of chunks that go back to the producer once they are read, so that memory is touched only as far as it is used (first-touch page
/// faults cost more than the events) and nothing is allocated in the common case. Bounded: beyond the limit events are dropped and counted.
class EventBuffer {
public:
    /// A chunk fills four pages.
    static constexpr std::size_t chunkCapacity = 681;
    /// The last chunk goes back to the producer only once there is another behind it: with one alone, a buffer that has been full stays so.
    static constexpr std::size_t leastChunks = 2;

    /// `lane` is the lane of the thread that produces: a worker's, the loop's, or noLane. Holds `maximumChunks`, leastChunks or
    /// more, × chunkCapacity events at most.
    EventBuffer(LaneId lane, std::size_t maximumChunks);
    ~EventBuffer();
    EventBuffer(const EventBuffer &) = delete;
    EventBuffer &operator=(const EventBuffer &) = delete;

    [[nodiscard]] LaneId lane() const { return lane_; }

    /// Producer only. Drops the event, and counts it, when the buffer is full.
    void append(const Event &event)
    {
        // Here, so that the event is written where it stays: by way of the stack it costs as much again.
        if (tailSize_ == chunkCapacity && !addTail())
            return;
        Event &slot = tail_->events[tailSize_];
        slot = event;
        slot.afterLoss = std::exchange(hasLost_, false);
        tail_->size.store(++tailSize_, std::memory_order_release);
    }
    /// Consumer only. Ends what next() gives behind what has been appended so far.
    void cut();
    /// Consumer only. Of the events up to the cut the next ones that lie side by side, in the order they were appended; none at the end.
    /// They may be changed. Those given before go back to the producer, a chunk at a time.
    [[nodiscard]] std::span<Event> next();
    /// Events dropped so far. Any thread.
    [[nodiscard]] std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

private:
    struct Chunk {
        std::array<Event, chunkCapacity> events;
        std::atomic<std::size_t> size;
        std::atomic<Chunk *> next;
        Chunk *nextFree;
    };
    static_assert(sizeof(Chunk) <= std::size_t(4) * 4096 && sizeof(Chunk) + sizeof(Event) > std::size_t(4) * 4096);

    bool addTail();
    Chunk *newChunk();
    void giveBack(Chunk *chunk);

    const LaneId lane_;
    const std::size_t maximumChunks_;

    // Producer's side.
    Chunk *free_ = nullptr;
    std::size_t chunks_ = 0;
    std::size_t tailSize_ = 0;
    bool hasLost_ = false;

    alignas(64) std::atomic<Chunk *> returned_{nullptr};
    std::atomic<std::uint64_t> dropped_{0};

    Chunk *tail_; // producer's
    // Consumer's side.
    alignas(64) Chunk *head_;
    std::size_t headRead_ = 0;
    Chunk *cut_;              // the last one that next() gives events of…
    std::size_t cutSize_ = 0; // …and how many of its
};

} // namespace loopscope
