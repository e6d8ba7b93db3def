#include "tests/support/sample_trace.h"

#include <array>
#include <cstdlib>
#include <sstream>
#include <string>

namespace loopscope::test {

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

struct ToldSpan {
    State state = State::Running;
    Nanoseconds begin = 0;
    std::optional<Nanoseconds> end;
    LaneId peer = noLane;
};

ToldSpan toldSpan(const std::string &text)
{
    std::istringstream words(text);
    std::string word;
    ToldSpan span;
    words >> word;
    span.state = stateOfKey(word).value();
    words >> span.begin;
    span.begin *= ms;
    while (words >> word) {
        if (word.front() == '#')
            span.peer = static_cast<LaneId>(std::stoul(word.substr(1)));
        else
            span.end = std::stoll(word) * ms;
    }
    return span;
}

const char *reasonOf(State state)
{
    switch (state) {
    case State::Awaiting:
        return "timer";
    case State::InWorker:
    case State::Queued:
        return "read chunk";
    case State::Blocking:
        return "time.sleep";
    case State::Running:
    case State::Ready:
    case State::Slice:
        return "";
    }
    return "";
}

void addToldSpan(Trace &trace, LaneId lane, const ToldSpan &span)
{
    const SiteId site = trace.internSite(reasonOf(span.state), "jobs.cpp", "job", 88);
    trace.enter(lane, span.begin, span.state, site, span.peer);
    const bool onLoop = span.state == State::Running || span.state == State::Blocking;
    const LaneId mirror = span.state == State::InWorker ? span.peer : onLoop ? loopLaneId : noLane;
    if (mirror != noLane)
        trace.enter(mirror, span.begin, span.state, site, lane);
    if (span.end) {
        trace.leave(lane, *span.end);
        if (mirror != noLane)
            trace.leave(mirror, *span.end);
    }
}

void finish(Trace &trace, LaneId lane, Nanoseconds at, Outcome outcome, const char *text)
{
    trace.end(lane, at);
    trace.changeTask(lane, [&](TaskFacts &facts) {
        facts.outcome = outcome;
        (outcome == Outcome::Failed ? facts.error : facts.result) = trace.internName(text);
    });
}

void setFile(Trace &trace, LaneId lane, std::uint64_t bytes, std::uint64_t size)
{
    trace.changeTask(lane, [&](TaskFacts &facts) {
        facts.kind = trace.internName("file");
        facts.file = std::make_unique<FileFacts>(FileFacts{std::string(trace.nameOf(lane)), bytes, size, bytes / 125, {}, nullptr});
    });
}

void addWorkers(Trace &trace, int count)
{
    for (int i = 1; i <= count; ++i)
        trace.addLane(LaneKind::Worker, "worker", 0);
    trace.changeInfo([&](RunInfo &info) { info.workers = count; });
}

} // namespace

LaneId addTask(Trace &trace, std::string_view name, std::string_view spans)
{
    LaneId lane = noLane;
    std::istringstream parts{std::string(spans)};
    for (std::string part; std::getline(parts, part, ',');) {
        const ToldSpan span = toldSpan(part);
        if (lane == noLane)
            lane = trace.addLane(LaneKind::Task, std::string(name), span.begin);
        addToldSpan(trace, lane, span);
    }
    return lane;
}

std::shared_ptr<Trace> articleTrace()
{
    auto trace = std::make_shared<Trace>();
    addWorkers(*trace, 3);
    // The mirrored lanes of loop and workers are append-only too, so tasks that share one are told in order of time.
    const LaneId log =
        addTask(*trace, "access.log",
                "ready 0 10,running 10 20,queued 20 120,in_worker 120 520 #1,ready 520 600,running 600 610,in_worker 610 1200 "
                "#1,ready 1200 1210,running 1210 1240");
    setFile(*trace, log, 64'000'000, 64'000'000);
    finish(*trace, log, 1240 * ms, Outcome::Done, "");
    const LaneId raw =
        addTask(*trace, "photo of a very long afternoon in the mountains.raw", "ready 0 1240,running 1240 1260,queued 1260 2090");
    const LaneId second = addTask(*trace, "sync_function (1)", "ready 0 1260,running 1260 1262,in_worker 1262 4262 #2,ready 4262 4300");
    const LaneId third = addTask(*trace, "sync_function (2)", "ready 0 1262,running 1262 1264,queued 1264 1300,in_worker 1300 4290 #3");
    const LaneId users =
        addTask(*trace, "fetch users", "ready 0 1264,running 1264 1270,awaiting 1270 2600,running 2600 2630,awaiting 2630 3600");
    const LaneId secret = addTask(*trace, "secret.txt", "ready 0 1270,running 1270 1280,queued 1280 1500,in_worker 1500 1510 #1");
    const LaneId late = addTask(*trace, "late one", "ready 0 1280,running 1280 1290,awaiting 1290 3000");
    addToldSpan(*trace, raw, toldSpan("in_worker 2090 3500 #1"));
    const LaneId config = addTask(*trace, "parse config", "ready 0 3240,running 3240 3250,blocking 3250 3850,running 3850 3855");
    finish(*trace, config, 3855 * ms, Outcome::Done, "");
    addToldSpan(*trace, raw, toldSpan("ready 3500 3855"));
    addToldSpan(*trace, raw, toldSpan("running 3855 3870"));
    addToldSpan(*trace, raw, toldSpan("in_worker 3870 5580 #1"));
    addToldSpan(*trace, users, toldSpan("ready 3600 3870"));
    addToldSpan(*trace, users, toldSpan("running 3870 3900"));
    finish(*trace, users, 3900 * ms, Outcome::Done, "118 rows");
    addToldSpan(*trace, second, toldSpan("running 4300 4305"));
    finish(*trace, second, 4305 * ms, Outcome::Done, "Finished sleeping");
    addToldSpan(*trace, third, toldSpan("ready 4290 4305"));
    addToldSpan(*trace, third, toldSpan("running 4305 4310"));
    finish(*trace, third, 4310 * ms, Outcome::Done, "Finished sleeping");
    addToldSpan(*trace, raw, toldSpan("running 5580 5600"));
    setFile(*trace, raw, 96'000'000, 96'000'000);
    finish(*trace, raw, 5600 * ms, Outcome::Done, "");
    setFile(*trace, secret, 0, 0);
    finish(*trace, secret, 1510 * ms, Outcome::Failed, "permission denied");
    finish(*trace, late, 3000 * ms, Outcome::Cancelled, "");
    trace->addWake({3500 * ms, 1, raw});
    trace->addWake({4262 * ms, 2, second});
    trace->changeInfo([](RunInfo &info) {
        info.title = "8 tasks";
        info.wall = 5600 * ms;
        info.finished = true;
    });
    return trace;
}

std::shared_ptr<Trace> liveTrace()
{
    auto trace = std::make_shared<Trace>();
    addWorkers(*trace, 2);
    const LaneId half = addTask(*trace, "half.bin", "ready 0 1,running 1 2,in_worker 2 #1");
    setFile(*trace, half, 420, 1000);
    addTask(*trace, "waits", "ready 0 2,running 2 3,awaiting 3");
    addTask(*trace, "sleeper", "ready 0 3,running 3 4,in_worker 4 #2");
    addTask(*trace, "third", "ready 0 4,running 4 5,queued 5");
    trace->advanceTo(400 * ms);
    return trace;
}

std::shared_ptr<Trace> largeTrace(int lanes, int spansPerLane)
{
    auto trace = std::make_shared<Trace>();
    addWorkers(*trace, 4);
    for (int i = 0; i < lanes; ++i) {
        const LaneId lane = trace->addLane(LaneKind::Task, "task " + std::to_string(i + 1), 0);
        Nanoseconds at = 0;
        for (int s = 0; s < spansPerLane; ++s) {
            trace->enter(lane, at, taskStates[static_cast<std::size_t>(i + s) % taskStates.size()], 0, 1);
            at += nanosecondsPerMicrosecond * (1 + (i * 7 + s * 5) % 3);
        }
        finish(*trace, lane, at, Outcome::Done, "");
    }
    trace->changeInfo([&](RunInfo &info) {
        info.wall = trace->now();
        info.finished = true;
    });
    return trace;
}

} // namespace loopscope::test
