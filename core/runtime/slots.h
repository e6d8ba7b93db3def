#pragma once

#include "core/runtime/awaited.h"
#include "core/runtime/reason.h"
#include "core/runtime/wait.h"

#include <coroutine>
#include <deque>
#include <memory>
#include <utility>

namespace loopscope {

class Slots;

/// One slot that is taken; gives it back when it goes. On the loop's thread.
class Slot {
public:
    explicit Slot(Slots &slots)
        : slots_(&slots)
    {
    }
    Slot(Slot &&other) noexcept
        : slots_(std::exchange(other.slots_, nullptr))
    {
    }
    Slot &operator=(Slot &&other) noexcept
    {
        std::swap(slots_, other.slots_);
        return *this;
    }
    ~Slot();

private:
    Slots *slots_;
};

/// `co_await slots.acquire("slot")`: Awaited<Slot>.
class SlotAwait {
public:
    SlotAwait(Slots &slots, Reason reason)
        : slots_(slots)
        , reason_(reason)
    {
    }

    [[nodiscard]] bool await_ready();
    void await_suspend(std::coroutine_handle<> coroutine);
    [[nodiscard]] Awaited<Slot> await_resume();

private:
    Slots &slots_;
    Reason reason_;
    bool isTaken_ = false;
    std::shared_ptr<Wait> wait_;
};

/// A bounded number of slots, given out first come, first served: asyncio's Semaphore. Confined to the loop's thread.
class Slots {
public:
    explicit Slots(int count)
        : count_(count)
        , free_(count)
    {
    }

    /// In all.
    [[nodiscard]] int count() const { return count_; }
    /// Takes a slot, waiting for one if there is none.
    [[nodiscard]] SlotAwait acquire(Reason reason) { return {*this, reason}; }

private:
    friend class Slot;
    friend class SlotAwait;

    void release();

    const int count_;
    int free_;
    std::deque<std::shared_ptr<Wait>> waiting_;
};

} // namespace loopscope
