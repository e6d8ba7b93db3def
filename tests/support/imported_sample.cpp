#include "tests/support/imported_sample.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace loopscope::test {

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

class ToldArguments : public EventSource {
public:
    [[nodiscard]] std::string arguments(EventId event) const override
    {
        return event == 0 ? R"({"url":"https://example.org/","size":{"width":800,"height":600},"frames":[1,2,3],"cached":false})"
                          : "{\"number\":" + std::to_string(event) + "}";
    }
};

// The rows of one thread, which are made as they are needed, before those of the next one.
class RowsOf {
public:
    RowsOf(Trace &trace, LaneId thread)
        : trace_(trace)
        , rows_{thread}
    {
    }

    LaneId at(std::size_t depth)
    {
        while (rows_.size() <= depth)
            rows_.push_back(addImported(trace_, LaneKind::Row, trace_.nameOf(rows_.front()), rows_.front()));
        return rows_[depth];
    }

private:
    Trace &trace_;
    std::vector<LaneId> rows_;
};

struct ToldSlice {
    std::string name;
    Nanoseconds begin = 0;
    Nanoseconds end = 0;
};

std::vector<ToldSlice> toldSlices(std::string_view line)
{
    std::vector<ToldSlice> slices;
    std::istringstream parts{std::string(line)};
    for (std::string part; std::getline(parts, part, ',');) {
        std::istringstream words(part);
        ToldSlice &slice = slices.emplace_back();
        words >> slice.name >> slice.begin >> slice.end;
    }
    return slices;
}

class Synthetic {
public:
    explicit Synthetic(Trace &trace)
        : trace_(trace)
    {
        for (int i = 0; i < 40; ++i)
            sites_.push_back(trace.internSite("function_" + std::to_string(i), "category", "", 0));
    }

    LaneId addThread(LaneId process, int number, int slices)
    {
        const LaneId thread = addImported(trace_, LaneKind::Thread, "thread " + std::to_string(number), process);
        std::vector<LaneId> rows{thread};
        for (int depth = 1; depth < deepest; ++depth)
            rows.push_back(addImported(trace_, LaneKind::Row, trace_.nameOf(thread), thread));
        const Nanoseconds unit = std::max<Nanoseconds>(64, runLength / std::max(1, slices / 8));
        int left = slices;
        for (Nanoseconds at = 0; left > 0;) {
            const Nanoseconds length = unit >> random_() % 5U;
            addNested(rows, 0, {at, at + length}, left);
            at += length + unit / 2;
        }
        return thread;
    }

    [[nodiscard]] std::vector<Sample> samples(int count)
    {
        std::vector<Sample> samples;
        samples.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) {
            const double wave = std::sin(i * 12.0 / count) + 1.2;
            samples.push_back({runLength / count * i, wave * 1e6 + static_cast<double>(random_() % 100'000U)});
        }
        return samples;
    }

    static constexpr Nanoseconds runLength = 60 * nanosecondsPerSecond;

private:
    static constexpr int deepest = 4;

    void addNested(const std::vector<LaneId> &rows, std::size_t depth, TimeRange range, int &left)
    {
        trace_.enter(rows[depth], range.begin, State::Slice, sites_[random_() % sites_.size()], event_++ % largestEventId);
        trace_.leave(rows[depth], range.end);
        --left;
        if (depth + 1 == rows.size() || range.length() < 16)
            return;
        const auto children = static_cast<Nanoseconds>(1 + random_() % 3U);
        const Nanoseconds part = range.length() / children;
        for (Nanoseconds child = 0; child < children && left > 0; ++child)
            addNested(rows, depth + 1, {range.begin + child * part, range.begin + child * part + part * 3 / 4}, left);
    }

    Trace &trace_;
    std::mt19937 random_{20'260'102};
    std::vector<SiteId> sites_;
    EventId event_ = 0;
};

} // namespace

LaneId addImported(Trace &trace, LaneKind kind, std::string_view name, LaneId parent)
{
    const LaneId lane = trace.addLane(kind, name, 0);
    const char *const word = kind == LaneKind::Process ? "process" : kind == LaneKind::Counter ? "counter" : "thread";
    trace.changeTask(lane, [&](TaskFacts &facts) {
        facts.kind = trace.internName(word);
        facts.parent = parent;
    });
    return lane;
}

LaneId addThread(Trace &trace, std::string_view name, LaneId process, std::string_view slices)
{
    const LaneId thread = addImported(trace, LaneKind::Thread, name, process);
    RowsOf rows(trace, thread);
    std::vector<Nanoseconds> ends;
    EventId event = 0;
    for (const ToldSlice &slice : toldSlices(slices)) {
        while (!ends.empty() && ends.back() <= slice.begin)
            ends.pop_back();
        const LaneId lane = rows.at(ends.size());
        trace.enter(lane, slice.begin * ms, State::Slice, trace.internSite(slice.name, "sample", "", 0), event++);
        trace.leave(lane, slice.end * ms);
        ends.push_back(slice.end);
    }
    return thread;
}

void finishImported(Trace &trace, std::string_view title)
{
    trace.changeInfo([&](RunInfo &info) {
        info.title = title;
        info.importedFrom = "Chrome JSON";
        info.wall = trace.now();
        info.finished = true;
    });
}

std::shared_ptr<Trace> importedTrace()
{
    auto trace = std::make_shared<Trace>(TraceOrigin::Import);
    const LaneId browser = addImported(*trace, LaneKind::Process, "browser (7)", noLane);
    const LaneId main = addThread(*trace, "main", browser, "navigate 0 40,parse 5 25,tokenize 8 12,tokenize 14 20,style 26 38,idle 60 70");
    const LaneId request = addThread(*trace, "request", browser, "request 2 55");
    trace->changeTask(request, [&](TaskFacts &facts) { facts.kind = trace->internName("async"); });
    const LaneId renderer = addImported(*trace, LaneKind::Process, "renderer (12)", noLane);
    addThread(*trace, "main", renderer, "layout 30 50,measure 32 40,paint 52 64,raster 54 62");
    const LaneId compositor = addThread(*trace, "compositor", renderer, "composite 70 82,draw 72 80,composite 90 100");
    const LaneId heap = addImported(*trace, LaneKind::Counter, "heap", renderer);
    trace->changeImported([&](ImportedEvents &events) {
        const SiteId click = trace->internSite("click", "input", "", 0);
        events.setInstants({{45 * ms, main, click, 40}, {46 * ms, main, click, 41}});
        events.setFlows({{36 * ms, 74 * ms, main, compositor, trace->internSite("frame", "flow", "", 0)}});
        events.setSamples(heap, {{0, 10}, {20 * ms, 40}, {50 * ms, 25}, {80 * ms, 30}});
        events.setSource(std::make_shared<ToldArguments>());
    });
    finishImported(*trace, "sample.json");
    return trace;
}

std::shared_ptr<Trace> syntheticImport(const ImportedSize &size)
{
    constexpr int threadsAProcess = 8;
    auto trace = std::make_shared<Trace>(TraceOrigin::Import);
    Synthetic synthetic(*trace);
    std::vector<Instant> instants;
    LaneId process = noLane;
    for (int i = 0; i < size.threads; ++i) {
        if (i % threadsAProcess == 0) {
            process = addImported(*trace, LaneKind::Process, "process (" + std::to_string(100 + i / threadsAProcess) + ")", noLane);
            if (size.samples > 0) {
                const LaneId counter = addImported(*trace, LaneKind::Counter, "bytes", process);
                trace->changeImported([&](ImportedEvents &events) { events.setSamples(counter, synthetic.samples(size.samples)); });
            }
        }
        const LaneId thread = synthetic.addThread(process, i + 1, size.slices / size.threads);
        for (std::size_t span = 0; span < trace->spanCount(thread); span += 100)
            instants.push_back({trace->span(thread, span).begin, thread, trace->internSite("mark", "category", "", 0), noEvent});
    }
    trace->changeImported([&](ImportedEvents &events) {
        events.setInstants(std::move(instants));
        events.setSource(std::make_shared<ToldArguments>());
    });
    finishImported(*trace, "synthetic.json");
    return trace;
}

} // namespace loopscope::test
