#pragma once

#include "core/runtime/session.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace loopscope::test {

/// Waits until a started session has ended. False, with a warning that says which, when it did not within the watchdog, or when this
/// thread's loop stood still meanwhile for more than a second: whatever the observed loop does, its owner's goes on.
inline bool waitForEnd(Session &session, int watchdogMs = 60'000)
{
    if (session.phase() == Session::Phase::Ended)
        return true;
    QEventLoop loop;
    QTimer watchdog;
    watchdog.setSingleShot(true);
    QObject::connect(&watchdog, &QTimer::timeout, &loop, [&loop] { loop.exit(1); });
    QObject::connect(&session, &Session::ended, &loop, &QEventLoop::quit);
    QElapsedTimer sinceTick;
    qint64 longestPause = 0;
    QTimer ticker;
    QObject::connect(&ticker, &QTimer::timeout, &loop, [&] { longestPause = std::max(longestPause, sinceTick.restart()); });
    sinceTick.start();
    ticker.start(10);
    watchdog.start(watchdogMs);
    const bool hasEnded = loop.exec() == 0;
    longestPause = std::max(longestPause, sinceTick.elapsed()); // the loop may have stood still to the end
    if (!hasEnded)
        qWarning("the session has not ended within %d ms", watchdogMs);
    if (longestPause >= 1000)
        qWarning("this thread's loop stood still for %lld ms", static_cast<long long>(longestPause));
    return hasEnded && longestPause < 1000;
}

/// Runs `work` to its end; null when it does not end.
inline std::shared_ptr<const Trace> runToEnd(SessionSettings settings, Session::Work work)
{
    Session session(std::move(settings));
    session.start(std::move(work));
    return waitForEnd(session) ? session.trace() : nullptr;
}

/// The lane of the task of that name; noLane if there is none.
inline LaneId taskNamed(const Trace &trace, std::string_view name)
{
    for (const LaneId task : trace.tasks()) {
        if (trace.nameOf(task) == name)
            return task;
    }
    return noLane;
}

inline std::vector<Span> spansOf(const Trace &trace, LaneId lane)
{
    std::vector<Span> spans;
    for (std::size_t i = 0; i < trace.spanCount(lane); ++i)
        spans.push_back(trace.span(lane, i));
    return spans;
}

inline bool hasSpan(const Trace &trace, LaneId task, State state, std::string_view reason)
{
    const auto spans = spansOf(trace, task);
    return std::ranges::any_of(spans, [&](const Span &span) { return span.state == state && trace.reason(span.site) == reason; });
}

/// Why the trace breaks the promises of every finished run; empty if it keeps them: spans tile each task's life; tasks that hold the loop
/// never overlap; the workers' lanes equal the tasks' in-worker spans one to one; wakes speak of lanes that exist, and are in order.
inline QByteArray brokenPromise(const Trace &trace)
{
    std::vector<Span> onLoop;
    std::vector<std::pair<LaneId, Span>> inWorkers;
    for (const LaneId task : trace.tasks()) {
        const Lane &lane = trace.lane(task);
        if (!lane.hasEnded() || lane.isOpen() || lane.incomplete || lane.task.outcome == Outcome::Unfinished)
            return "task " + QByteArray::number(task) + " has not ended whole";
        Nanoseconds at = lane.begin;
        for (const Span &span : spansOf(trace, task)) {
            if (span.begin != at)
                return "gap or overlap in task " + QByteArray::number(task) + " at " + QByteArray::number(at);
            at = span.end;
            if (span.state == State::Running || span.state == State::Blocking)
                onLoop.push_back(span);
            if (span.state == State::InWorker)
                inWorkers.emplace_back(span.peer, Span{span.begin, span.end, span.state, 0, task});
        }
        if (at != *lane.end())
            return "the spans of task " + QByteArray::number(task) + " do not reach its end";
    }
    std::ranges::sort(onLoop, {}, &Span::begin);
    for (std::size_t i = 1; i < onLoop.size(); ++i) {
        if (onLoop[i].begin < onLoop[i - 1].end)
            return "two tasks hold the loop at " + QByteArray::number(onLoop[i].begin);
    }
    std::vector<std::pair<LaneId, Span>> ofWorkers;
    for (const LaneId worker : trace.workers()) {
        for (Span span : spansOf(trace, worker)) {
            span.site = 0;
            ofWorkers.emplace_back(worker, span);
        }
    }
    const auto byPlace = [](const auto &a, const auto &b) {
        return std::pair(a.first, a.second.begin) < std::pair(b.first, b.second.begin);
    };
    std::ranges::sort(inWorkers, byPlace);
    std::ranges::sort(ofWorkers, byPlace);
    if (inWorkers != ofWorkers)
        return "the workers' lanes differ from the tasks' spans in worker";
    for (const Wake &wake : trace.wakes()) {
        if (!trace.hasLane(wake.from) || !trace.hasLane(wake.to))
            return "a wake speaks of a lane that is not there";
    }
    if (!std::ranges::is_sorted(trace.wakes(), {}, &Wake::at))
        return "wakes are out of order";
    return {};
}

} // namespace loopscope::test

/// Fails the calling test when the finished trace breaks a promise.
#define VERIFY_PROMISES(trace)                                                                                                             \
    do {                                                                                                                                   \
        const QByteArray broken = loopscope::test::brokenPromise(trace);                                                                   \
        QVERIFY2(broken.isEmpty(), broken.constData());                                                                                    \
    } while (false)
