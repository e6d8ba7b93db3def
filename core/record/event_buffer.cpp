#include "core/record/event_buffer.h"

namespace loopscope {

EventBuffer::EventBuffer(LaneId lane, std::size_t maximumChunks)
    : lane_(lane)
    , maximumChunks_(maximumChunks)
    , tail_(newChunk())
    , head_(tail_)
    , cut_(tail_)
{
}

EventBuffer::~EventBuffer()
{
    for (Chunk *chunk = head_; chunk != nullptr;) {
        Chunk *next = chunk->next.load(std::memory_order_acquire);
        delete chunk;
        chunk = next;
    }
    for (Chunk *list : {free_, returned_.load(std::memory_order_acquire)}) {
        while (list != nullptr) {
            Chunk *next = list->nextFree;
            delete list;
            list = next;
        }
    }
}

EventBuffer::Chunk *EventBuffer::newChunk()
{
    if (free_ == nullptr)
        free_ = returned_.exchange(nullptr, std::memory_order_acquire);
    Chunk *chunk = free_;
    if (chunk != nullptr) {
        free_ = chunk->nextFree;
    } else {
        if (chunks_ == maximumChunks_)
            return nullptr;
        chunk = new Chunk; // not value-initialised: its pages are touched when events reach them
        ++chunks_;
    }
    chunk->size.store(0, std::memory_order_relaxed);
    chunk->next.store(nullptr, std::memory_order_relaxed);
    chunk->nextFree = nullptr;
    return chunk;
}

// False, and the event is lost, if there is no room.
bool EventBuffer::addTail()
{
    Chunk *chunk = newChunk();
    if (chunk == nullptr) {
        dropped_.fetch_add(1, std::memory_order_relaxed);
        hasLost_ = true;
        return false;
    }
    tail_->next.store(chunk, std::memory_order_release);
    tail_ = chunk;
    tailSize_ = 0;
    return true;
}

void EventBuffer::giveBack(Chunk *chunk)
{
    chunk->nextFree = returned_.load(std::memory_order_relaxed);
    while (!returned_.compare_exchange_weak(chunk->nextFree, chunk, std::memory_order_release, std::memory_order_relaxed)) { }
}

void EventBuffer::cut()
{
    for (cut_ = head_;;) {
        cutSize_ = cut_->size.load(std::memory_order_acquire);
        Chunk *const next = cutSize_ == chunkCapacity ? cut_->next.load(std::memory_order_acquire) : nullptr;
        if (next == nullptr)
            return;
        cut_ = next;
    }
}

std::span<Event> EventBuffer::next()
{
    if (headRead_ == chunkCapacity && head_ != cut_) {
        giveBack(std::exchange(head_, head_->next.load(std::memory_order_acquire)));
        headRead_ = 0;
    }
    const std::size_t end = head_ == cut_ ? cutSize_ : chunkCapacity;
    const std::size_t begin = std::exchange(headRead_, end);
    return std::span(head_->events).subspan(begin, end - begin);
}

} // namespace loopscope
