#pragma once

#include "core/runtime/awaited.h"
#include "core/runtime/current_task.h"
#include "core/runtime/reason.h"
#include "core/runtime/wait.h"

#include <coroutine>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include <QCoroTask>

namespace loopscope {

namespace traced_detail {

/// What an awaiter is to co_await: itself, or what its operator co_await gives.
template <typename Awaitable>
decltype(auto) awaiterOf(Awaitable &&awaitable)
{
    if constexpr (requires { std::forward<Awaitable>(awaitable).operator co_await(); })
        return std::forward<Awaitable>(awaitable).operator co_await();
    else
        return std::forward<Awaitable>(awaitable);
}

using AnyPromise = QCoro::Task<>::promise_type;

/// What `co_await awaitable` gives in a QCoro coroutine.
template <typename Awaitable>
using ResultOf =
    std::remove_cvref_t<decltype(awaiterOf(std::declval<AnyPromise &>().await_transform(std::declval<Awaitable &>())).await_resume())>;

} // namespace traced_detail

/// An await of something that is not the runtime's, made by traced().
template <typename Awaitable>
class TracedAwait {
    using Result = traced_detail::ResultOf<Awaitable>;

public:
    TracedAwait(Awaitable awaitable, Reason reason)
        : wait_(std::make_shared<ResultWait>(std::move(awaitable), reason))
    {
    }

    [[nodiscard]] bool await_ready()
    {
        isStopped_ = currentTask().isStopRequested();
        return isStopped_;
    }

    void await_suspend(std::coroutine_handle<> coroutine)
    {
        const auto wait = wait_;
        wait->suspendBehind(coroutine);
        relay(std::move(wait->awaitable), wait); // goes on by itself: a dropped Task does
    }

    [[nodiscard]] Awaited<Result> await_resume()
    {
        if (isStopped_ || wait_->isCancelled())
            return tl::make_unexpected(Cancelled{});
        if (wait_->exception)
            std::rethrow_exception(wait_->exception);
        if constexpr (std::is_void_v<Result>)
            return {};
        else
            return std::move(*wait_->value);
    }

private:
    struct Nothing { };

    class ResultWait final : public Wait {
    public:
        ResultWait(Awaitable toAwait, const Reason &reason)
            : Wait(currentTask(), siteOf(reason))
            , awaitable(std::move(toAwait))
        {
        }

        Awaitable awaitable; // until relay() has it; here and not in the awaiter, because g++ 12 copies awaiters that are lvalues
        std::optional<std::conditional_t<std::is_void_v<Result>, Nothing, Result>> value;
        std::exception_ptr exception;
    };

    /// Awaits in the task's stead. It owns the awaitable, so that a cancelled task can leave while the awaitable still waits; one that
    /// never completes keeps this small frame for ever, for QCoro has no cancellation.
    static QCoro::Task<> relay(Awaitable awaitable, std::shared_ptr<ResultWait> wait)
    {
        try {
            if constexpr (std::is_void_v<Result>)
                co_await awaitable;
            else
                wait->value.emplace(co_await awaitable);
        } catch (...) {
            wait->exception = std::current_exception();
        }
        wait->wake(currentLane());
    }

    std::shared_ptr<ResultWait> wait_;
    bool isStopped_ = false;
};

/// Wraps anything that a QCoro coroutine can await (a Task, a QFuture, a reply …), so that the wait is recorded, resumes by a turn of the
/// loop's own and observes the task's cancellation: `co_await traced(std::move(future), "future")` is Awaited<its result>. Takes the
/// awaitable by value.
template <typename Awaitable>
[[nodiscard]] TracedAwait<Awaitable> traced(Awaitable awaitable, Reason reason)
{
    return {std::move(awaitable), reason};
}

} // namespace loopscope
