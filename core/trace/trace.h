#pragma once

#include "core/trace/chunked_vector.h"
#include "core/trace/imported_events.h"
#include "core/trace/lane.h"
#include "core/trace/run_info.h"
#include "core/trace/site.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// The event that made a suspended task ready.
struct Wake {
    Nanoseconds at = 0;
    LaneId from = noLane; ///< the worker or task that caused it; the loop's lane for timers and descriptors
    LaneId to = noLane;   ///< the task that became ready

    friend constexpr bool operator==(const Wake &, const Wake &) = default;
};
/// In pieces, for there are as many as tasks, and a vector of them would be copied as it grows.
using WakeList = std::deque<Wake>;

/// Sums over all tasks of a trace, kept while it grows, so that asking for them costs nothing.
struct TaskTotals {
    std::array<std::size_t, 4> byOutcome{}; ///< tasks of each Outcome
    std::size_t files = 0;                  ///< tasks that read a file
    std::uint64_t bytes = 0;                ///< read by all of them so far

    [[nodiscard]] std::size_t operator[](Outcome outcome) const { return byOutcome[static_cast<std::size_t>(outcome)]; }
};

/// Where a trace comes from.
enum class TraceOrigin : std::uint8_t {
    Run,    ///< a run of ours, live or saved
    Import, ///< a trace of others, in which nothing is known of a loop
};

/// What was recorded in one run, or read from a file: lanes with their spans, wakes, and what is known of the run.
///
/// A live run and an opened file are the same type. Confined to one thread, its owner's; it grows only by the functions under "building",
/// which record/ and formats/ call. Lanes are numbered 0, 1, 2, … in the order of their creation: the loop is 0, then the workers, then the
/// tasks. An imported trace has a lane 0 too, which stands for nothing: see hasLoop().
class Trace {
public:
    explicit Trace(TraceOrigin origin = TraceOrigin::Run);
    Trace(const Trace &) = delete;
    Trace &operator=(const Trace &) = delete;

    [[nodiscard]] std::size_t laneCount() const { return lanes_.size(); }
    /// References stay valid as long as the trace.
    [[nodiscard]] const Lane &lane(LaneId id) const { return lanes_[id]; }
    [[nodiscard]] bool hasLane(LaneId id) const { return id < lanes_.size(); }
    [[nodiscard]] TraceOrigin origin() const { return origin_; }
    /// Whether lane 0 is a loop. If not, it has no spans and is not to be shown.
    [[nodiscard]] bool hasLoop() const { return origin_ == TraceOrigin::Run; }
    [[nodiscard]] const Lane &loop() const { return lanes_[loopLaneId]; }
    /// In the order of their creation.
    [[nodiscard]] const std::vector<LaneId> &tasks() const { return tasks_; }
    /// All lanes that stand below loop and workers, in the order of their creation: the tasks; in an imported trace threads with their
    /// rows, and counters, too.
    [[nodiscard]] const std::vector<LaneId> &rows() const { return rows_.empty() ? tasks_ : rows_; }
    /// The lanes of the processes of an imported trace.
    [[nodiscard]] const std::vector<LaneId> &processes() const { return processes_; }
    /// The lane that a lane belongs to, on which it says what it is: that of its thread for a Row, or else itself.
    [[nodiscard]] LaneId headOf(LaneId id) const { return lanes_[id].kind == LaneKind::Row ? lanes_[id].task.parent : id; }
    /// The rows of a thread are the lanes after it, to before this one.
    [[nodiscard]] LaneId endOfRows(LaneId thread) const;
    /// The process of an imported lane, or noLane.
    [[nodiscard]] LaneId processOf(LaneId id) const;
    [[nodiscard]] const std::vector<LaneId> &workers() const { return workers_; }
    /// The tasks that have an outcome, in the order in which it became known: what is new since a view looked last is at the end.
    [[nodiscard]] const std::vector<LaneId> &endedTasks() const { return endedTasks_; }
    [[nodiscard]] const TaskTotals &totals() const { return totals_; }

    [[nodiscard]] const std::string &name(NameId id) const { return names_[id]; }
    /// Names are numbered 0 … nameCount() − 1.
    [[nodiscard]] std::size_t nameCount() const { return names_.size(); }
    [[nodiscard]] std::string_view nameOf(LaneId id) const { return lanes_[id].name; }
    [[nodiscard]] const Site &site(SiteId id) const { return sites_[id]; }
    /// Sites are numbered 0 … siteCount() − 1.
    [[nodiscard]] std::size_t siteCount() const { return sites_.size(); }
    [[nodiscard]] const std::string &reason(SiteId id) const { return names_[sites_[id].reason]; }

    /// In order of time.
    [[nodiscard]] const WakeList &wakes() const { return wakes_; }
    /// Instants, flows, samples and arguments of a trace of others.
    [[nodiscard]] const ImportedEvents &imported() const { return imported_; }
    [[nodiscard]] const RunInfo &info() const { return info_; }
    /// The end of what is known: "now" in a live run. The trace's extent is [0, now()).
    [[nodiscard]] Nanoseconds now() const { return now_; }
    [[nodiscard]] TimeRange extent() const { return {0, now_}; }
    /// Spans in all lanes, open ones too.
    [[nodiscard]] std::size_t spanCount() const;
    /// Memory held by lanes, spans, wakes and names, in bytes, without the previews of files.
    [[nodiscard]] std::size_t byteSize() const;
    /// What a span takes of that, in bytes, summaries and room for more included; 0 if there is none.
    [[nodiscard]] double bytesASpan() const;
    /// The byteSize() from which on spans and wakes are no longer kept.
    [[nodiscard]] std::size_t memoryLimit() const { return memoryLimit_; }
    /// Grows with every change, so that a view can tell whether it is up to date.
    [[nodiscard]] std::uint64_t revision() const { return revision_; }
    /// Grows when a task's facts change: its outcome, result or progress.
    [[nodiscard]] std::uint64_t factsRevision() const { return factsRevision_; }

    /// Closed spans of a lane plus the open one, which ends at now().
    [[nodiscard]] std::size_t spanCount(LaneId id) const;
    /// Span i of a lane, 0 ≤ i < spanCount(id); the last is the open one, if there is one.
    [[nodiscard]] Span span(LaneId id, std::size_t i) const;
    /// The index of the first span of a lane that ends after `at`, or spanCount(id). Logarithmic in its distance from `from`, which must
    /// not be after it.
    [[nodiscard]] std::size_t firstSpanEndingAfter(LaneId id, Nanoseconds at, std::size_t from = 0) const;
    /// The time a lane spent in each state in its spans from `first` to before `last`. Requires first <= last <= spanCount(id).
    [[nodiscard]] StateTimes timesOf(LaneId id, std::size_t first, std::size_t last) const;
    /// The time a lane spent in each state within `range`, its open span included.
    [[nodiscard]] StateTimes timesIn(LaneId id, TimeRange range) const;
    [[nodiscard]] StateTimes times(LaneId id) const { return timesIn(id, {INT64_MIN, INT64_MAX}); }
    /// Of a thread of others the time within `range` in which there was a slice in its rows and none in its own lane: each instant counts
    /// once, for the state of the slice that began first. With timesIn() it is the time that the thread is covered. Nothing before
    /// sumUpRows(). Costs the same however many slices there are.
    [[nodiscard]] StateTimes timesOutside(LaneId thread, TimeRange range) const;

    // Building. Every call counts as a change.

    /// The number of a name, for texts of TaskFacts.
    NameId internName(std::string_view name) { return names_.intern(name); }
    /// The number of a site, the same for equal sites; 0 once there are more than largestSiteId.
    SiteId internSite(std::string_view reason, std::string_view file, std::string_view function, std::uint32_t line);
    /// From so many bytes on nothing but lanes, names and facts is added: spans and wakes are counted in the RunInfo, which gets a note,
    /// and lanes that lack some are incomplete. Before the first span; no limit unless told.
    void setMemoryLimit(std::size_t bytes) { memoryLimit_ = bytes; }
    /// Adds a lane and returns its number; noLane, and there is none, once there are as many as a span can name (largestLaneId).
    LaneId addLane(LaneKind kind, std::string_view name, Nanoseconds begin);
    /// Makes room for so many spans of a lane that has none yet, at most SpanStore::blockSize; for none where none would be kept.
    void reserveSpans(LaneId id, std::uint32_t spans);
    /// Lets a lane be in `state` from `at` on: closes its open span there, and opens another. `at` is raised to the end of what the lane
    /// already has.
    void enter(LaneId id, Nanoseconds at, State state, SiteId site, LaneId peer);
    /// Closes a lane's open span at `at`, if there is one; nothing follows until the next enter().
    void leave(LaneId id, Nanoseconds at);
    /// Appends a closed span as it is, one of no length too: for what is read from a file, at a fraction of the cost of enter() and
    /// leave(). Requires that the lane has neither an open span nor ended, and that the span begins no sooner than the lane's last one
    /// ends.
    void appendSpan(LaneId id, const Span &span);
    /// leave(), and the lane has ended.
    void end(LaneId id, Nanoseconds at);
    /// Appends the spans of records from a file to a lane that has no open span; those of whole blocks stay where they are. False, and
    /// nothing is appended, if they begin before the lane or its last span, or SpanStore::adopt() refuses them. The memory limit is not
    /// asked.
    [[nodiscard]] bool adoptSpans(LaneId id, std::span<const std::byte> records);
    /// Gives a lane without spans the first `count` closed ones of a lane of another trace whose names, sites and lanes are numbered alike.
    /// That trace has to live as long as this one (holdRecords()), and may grow.
    void adoptPrefix(LaneId id, const SpanStore &spans, std::size_t count);
    /// Keeps memory alive in which adopted records lie, as long as the trace; `bytes` of it count as spans' memory.
    void holdRecords(std::shared_ptr<const void> memory, std::size_t bytes);
    /// Finds out what timesOutside() tells, when all spans of an imported trace are there and the end of what is known too. Visits every
    /// slice of rows. False, and not all of it is known, if it was stopped, or what is found would make byteSize() more than `mostBytes`.
    [[nodiscard]] bool sumUpRows(const std::stop_token &stop = {}, std::size_t mostBytes = SIZE_MAX);
    /// Drops a lane's open span, if there is one: what it did since then is unknown, for its events were lost. The lane is incomplete.
    void loseOpenSpan(LaneId id);
    /// Says that events of a lane were lost.
    void markIncomplete(LaneId id) { mutableLane(id).incomplete = true; }
    /// Adds wakes in any order. Cheap if they are not much older than those that are there.
    void addWakes(std::vector<Wake> wakes);
    void addWake(const Wake &wake) { addWakes({wake}); }
    /// The facts of a task, to be changed by `change`. An outcome, once set, stays.
    void changeTask(LaneId id, const std::function<void(TaskFacts &)> &change);
    void changeInfo(const std::function<void(RunInfo &)> &change);
    void changeImported(const std::function<void(ImportedEvents &)> &change);
    /// Moves the end of what is known forward.
    void advanceTo(Nanoseconds now);

private:
    struct SiteHash {
        std::size_t operator()(const Site &site) const;
    };

    void list(const Lane &lane);
    Lane &mutableLane(LaneId id);
    void closeOpenSpan(Lane &lane, Nanoseconds at);
    void keep(Lane &lane, const Span &span);
    void noteIfFull();
    void noteOnce(bool &isNoted, std::string note);
    [[nodiscard]] Span openSpan(const Lane &lane) const;

    std::vector<std::shared_ptr<const void>> heldRecords_; // before the lanes, which refer to it
    ChunkedVector<Lane, 128> lanes_;
    TextArena laneNames_;
    std::vector<LaneId> tasks_;
    std::vector<LaneId> workers_;
    std::vector<LaneId> processes_;
    std::vector<LaneId> rows_; // empty while they are the tasks
    std::vector<LaneId> endedTasks_;
    TaskTotals totals_;
    NameTable names_;
    std::vector<Site> sites_;
    std::unordered_map<Site, SiteId, SiteHash> siteIds_;
    WakeList wakes_;
    ImportedEvents imported_;
    std::unordered_map<LaneId, SpanStore> outside_; // of threads whose rows have slices where they have none
    RunInfo info_;
    Nanoseconds now_ = 0;
    std::size_t closedSpans_ = 0;
    std::size_t openSpans_ = 0;
    std::size_t spanBytes_ = 0; // of all stores
    std::size_t pathBytes_ = 0; // of facts on files
    std::size_t outsideBytes_ = 0;
    std::size_t memoryLimit_ = SIZE_MAX;
    TraceOrigin origin_;
    bool isFull_ = false;           // and said so
    bool isOutOfRangeTold_ = false; // likewise of spans that cannot be kept
    std::uint64_t revision_ = 0;
    std::uint64_t factsRevision_ = 0;
};

// Here, for what asks for all spans of a trace.

inline std::size_t Trace::spanCount(LaneId id) const
{
    const Lane &lane = lanes_[id];
    return lane.spans.size() + (lane.isOpen() ? 1 : 0);
}

inline Span Trace::span(LaneId id, std::size_t i) const
{
    const Lane &lane = lanes_[id];
    return i < lane.spans.size() ? lane.spans[i] : openSpan(lane);
}

} // namespace loopscope
