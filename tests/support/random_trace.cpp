#include "tests/support/random_trace.h"

#include <random>
#include <string>
#include <unordered_map>
#include <vector>

namespace loopscope::test {

namespace {

/// Raw bits of the generator, for the distributions of <random> are each library's own.
class Chance {
public:
    explicit Chance(std::uint32_t seed)
        : random_(seed)
    {
    }

    std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }
    bool onceIn(std::uint32_t times) { return below(times) == 0; }
    /// Small ones as a rule, and now and then one of all 50 bits.
    Nanoseconds length() { return onceIn(500) ? static_cast<Nanoseconds>(random_()) << 8U : 1 + static_cast<Nanoseconds>(below(5'000)); }
    std::uint64_t number() { return std::uint64_t(random_()) << below(32) | random_(); }
    std::string text(std::uint32_t longest = 40)
    {
        static const std::vector<std::string> parts = {"a",        "read chunk ",  "#", "\n",
                                                       "\xC3\xA9", "\xE2\x80\xAE", "0", std::string(1, '\0')};
        std::string made;
        for (std::uint32_t left = below(longest); left > 0; --left)
            made += parts[below(static_cast<std::uint32_t>(parts.size()))];
        return made;
    }

private:
    std::mt19937 random_;
};

class FixedArguments : public EventSource {
public:
    std::unordered_map<EventId, std::string> texts;

    [[nodiscard]] std::string arguments(EventId event) const override
    {
        const auto found = texts.find(event);
        return found == texts.end() ? std::string() : found->second;
    }
};

State anyState(Chance &chance, bool isImport)
{
    return isImport && !chance.onceIn(4) ? State::Slice : taskStates[chance.below(taskStates.size())];
}

LaneId anyLane(Chance &chance, const Trace &trace)
{
    return chance.onceIn(5) ? noLane : chance.below(static_cast<std::uint32_t>(trace.laneCount()));
}

SiteId anySite(Chance &chance, Trace &trace)
{
    if (chance.onceIn(20))
        return trace.internSite(chance.text(), chance.text(5), chance.text(), chance.below(1'000));
    return chance.below(static_cast<std::uint32_t>(trace.siteCount()));
}

// More than fit a block, or just as many, of a lane now and then.
std::uint32_t anyCount(Chance &chance)
{
    if (chance.onceIn(10))
        return 255 + chance.below(3);
    return chance.onceIn(6) ? chance.below(1'200) : chance.below(12);
}

void addSpans(Chance &chance, Trace &trace, LaneId lane, std::uint32_t count)
{
    const bool isImport = trace.origin() == TraceOrigin::Import;
    Nanoseconds at = trace.lane(lane).spans.isEmpty() ? trace.lane(lane).begin : trace.lane(lane).spans.end();
    if (const auto open = trace.lane(lane).open())
        at = open->begin + chance.length();
    for (; count > 0; --count) {
        const State state = anyState(chance, isImport);
        const std::uint32_t event = chance.onceIn(3) ? noEvent : chance.below(300);
        trace.enter(lane, at, state, anySite(chance, trace), state == State::Slice ? event : anyLane(chance, trace));
        at += chance.length();
        if (chance.onceIn(7)) {
            trace.leave(lane, at);
            at += chance.length();
        }
    }
    if (chance.onceIn(30))
        trace.loseOpenSpan(lane);
}

FileFacts anyFile(Chance &chance)
{
    FileFacts file;
    file.path = chance.text() + "\xFF";
    file.bytes = chance.number();
    if (!chance.onceIn(3))
        file.size = chance.number();
    file.lines = chance.number();
    if (chance.onceIn(3))
        file.firstInvalidUtf8 = chance.number();
    if (chance.onceIn(2))
        file.preview = std::make_shared<const std::string>(chance.text(4'000));
    return file;
}

void tellFacts(Chance &chance, Trace &trace, LaneId lane)
{
    const NameId note = chance.onceIn(3) ? trace.internName(chance.text()) : 0;
    const NameId kind = trace.internName(chance.text(3));
    const LaneId parent = anyLane(chance, trace);
    trace.changeTask(lane, [&](TaskFacts &facts) {
        facts.kind = kind;
        facts.note = note;
        facts.error = note;
        if (trace.lane(lane).kind == LaneKind::Task)
            facts.parent = parent;
        if (chance.onceIn(2))
            facts.file = std::make_unique<FileFacts>(anyFile(chance));
    });
}

void endTask(Chance &chance, Trace &trace, LaneId lane)
{
    trace.end(lane, trace.now());
    const NameId result = trace.internName(chance.text());
    trace.changeTask(lane, [&](TaskFacts &facts) {
        facts.outcome = static_cast<Outcome>(1 + chance.below(3));
        facts.result = result;
    });
}

void addWakes(Chance &chance, Trace &trace)
{
    std::vector<Wake> wakes(chance.below(200));
    for (Wake &wake : wakes)
        wake = {static_cast<Nanoseconds>(chance.number() % static_cast<std::uint64_t>(trace.now() + 1)), anyLane(chance, trace),
                anyLane(chance, trace)};
    trace.addWakes(std::move(wakes));
}

void tellInfo(Chance &chance, Trace &trace)
{
    trace.changeInfo([&](RunInfo &info) {
        info.title = chance.text();
        info.startedUnixNs = static_cast<std::int64_t>(chance.number());
        info.workers = static_cast<int>(chance.below(64));
        info.inFlight = static_cast<int>(chance.below(1'000));
        info.cores = static_cast<int>(chance.below(64));
        info.stallThreshold = chance.length();
        info.skipped = {{chance.text(), chance.number()}, {"fifo", 2}};
        info.notes = {chance.text(), "", chance.text()};
        info.wall = chance.length();
        info.cpu = chance.length();
        info.peakRssBytes = chance.number();
        info.droppedEvents = chance.number();
        info.spansNotKept = chance.number();
        info.tasksToCome = chance.number();
        info.importedFrom = chance.text(3);
        info.problems = {{chance.text(), chance.number(), chance.number(), chance.onceIn(2)}, {}};
        info.showsNanoseconds = chance.onceIn(2);
        info.stopped = chance.onceIn(2);
        info.finished = chance.onceIn(2);
    });
    trace.advanceTo(trace.now() + chance.length());
}

void addProcess(Chance &chance, Trace &trace)
{
    const LaneId process = trace.addLane(LaneKind::Process, chance.text(), 0);
    tellFacts(chance, trace, process);
    for (std::uint32_t threads = 1 + chance.below(4); threads > 0; --threads) {
        const LaneId thread = trace.addLane(LaneKind::Thread, chance.text(), chance.length());
        trace.changeTask(thread, [&](TaskFacts &facts) { facts.parent = process; });
        addSpans(chance, trace, thread, anyCount(chance));
        for (std::uint32_t rows = chance.below(4); rows > 0; --rows) {
            const LaneId row = trace.addLane(LaneKind::Row, trace.nameOf(thread), 0);
            trace.changeTask(row, [&](TaskFacts &facts) { facts.parent = thread; });
            addSpans(chance, trace, row, anyCount(chance));
        }
        if (chance.onceIn(2))
            trace.end(thread, trace.now());
    }
    trace.addLane(LaneKind::Counter, chance.text(), 0);
}

void addImported(Chance &chance, Trace &trace)
{
    std::vector<Instant> instants(chance.below(300));
    for (Instant &instant : instants)
        instant = {chance.length(), anyLane(chance, trace), anySite(chance, trace), chance.onceIn(3) ? noEvent : chance.below(300)};
    std::vector<Flow> flows(chance.below(300));
    for (Flow &flow : flows)
        flow = {chance.length(), chance.length(), anyLane(chance, trace), anyLane(chance, trace), anySite(chance, trace)};
    auto source = std::make_shared<FixedArguments>();
    for (EventId event = 0; event < 300; event += 1 + chance.below(4))
        source->texts[event] = "{\"event\":" + std::to_string(event) + chance.text() + '}';
    trace.changeImported([&](ImportedEvents &events) {
        events.setInstants(std::move(instants));
        events.setFlows(std::move(flows));
        events.setSource(source);
        for (LaneId lane = 0; trace.hasLane(lane); ++lane) {
            if (trace.lane(lane).kind != LaneKind::Counter)
                continue;
            std::vector<Sample> samples(chance.below(50));
            for (Sample &sample : samples)
                sample = {chance.length(), static_cast<double>(chance.number()) / 7};
            events.setSamples(lane, std::move(samples));
        }
    });
}

} // namespace

class GrowingTrace::Generator {
public:
    explicit Generator(std::uint32_t seed)
        : chance_(seed)
        , trace(std::make_shared<Trace>())
    {
        for (int worker = 1; worker <= 3; ++worker)
            living_.push_back(trace->addLane(LaneKind::Worker, "#" + std::to_string(worker), 0));
        living_.push_back(loopLaneId);
    }

    void grow()
    {
        for (std::uint32_t more = chance_.below(12); more > 0; --more) {
            const LaneId task = trace->addLane(LaneKind::Task, chance_.text(), trace->now());
            tellFacts(chance_, *trace, task);
            living_.push_back(task);
        }
        std::vector<LaneId> stillLiving;
        for (const LaneId lane : living_) {
            addSpans(chance_, *trace, lane, anyCount(chance_));
            if (trace->lane(lane).kind == LaneKind::Task && chance_.onceIn(3))
                endTask(chance_, *trace, lane);
            else
                stillLiving.push_back(lane);
        }
        living_ = stillLiving;
        addWakes(chance_, *trace);
        tellInfo(chance_, *trace);
    }

private:
    Chance chance_;
    std::vector<LaneId> living_;

public:
    std::shared_ptr<Trace> trace;
};

GrowingTrace::GrowingTrace(std::uint32_t seed)
    : generator_(std::make_unique<Generator>(seed))
{
}

GrowingTrace::~GrowingTrace() = default;

const std::shared_ptr<Trace> &GrowingTrace::trace() const
{
    return generator_->trace;
}

void GrowingTrace::grow()
{
    generator_->grow();
}

std::shared_ptr<Trace> randomTrace(std::uint32_t seed, TraceOrigin origin)
{
    if (origin == TraceOrigin::Run) {
        GrowingTrace growing(seed);
        for (std::uint32_t i = 0; i <= seed % 4; ++i)
            growing.grow();
        return growing.trace();
    }
    Chance chance(seed);
    auto trace = std::make_shared<Trace>(origin);
    for (std::uint32_t processes = chance.below(4); processes > 0; --processes)
        addProcess(chance, *trace);
    addImported(chance, *trace);
    tellInfo(chance, *trace);
    return trace;
}

Marks randomMarks(std::uint32_t seed)
{
    Chance chance(seed);
    Marks marks;
    for (std::uint32_t count = chance.below(10); count > 0; --count) {
        const MarkId mark = marks.add(static_cast<Nanoseconds>(chance.below(5)), chance.text());
        if (chance.onceIn(4))
            marks.remove(mark);
    }
    return marks;
}

} // namespace loopscope::test
