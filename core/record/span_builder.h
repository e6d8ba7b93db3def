#pragma once

#include "core/record/recorder.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Turns recorded events into the spans, wakes and facts of a trace.
///
/// The rules, for what threads deliver is not in order:
/// - Within a task the order is its sequence, not the clock: a thread can be preempted between reading the clock and publishing. An event
///   that comes before its predecessor waits for it. A time before the predecessor's is raised to it.
/// - A worker's lane follows the order of that worker's own buffer, and the loop's lane that of the loop's: each has one writer, so neither
///   needs a watermark across buffers. Only wakes are ordered across lanes, by Trace::addWake.
/// - A state that lasted no time leaves no span.
/// - Events that were dropped leave a gap: what a lane did there is unknown, it is marked incomplete, and nothing is patched up. An event
///   that comes after its place was given up counts as dropped, too.
/// - What has begun and not ended stays open until finish().
/// Confined to the thread of the trace's owner.
class SpanBuilder {
public:
    /// `trace` must outlive the builder, and have the lanes of the workers already.
    explicit SpanBuilder(Trace &trace)
        : trace_(trace)
    {
    }

    /// Fetches what was recorded and builds it, `mostEvents` events at most, or what costs as much: what is left is built by the next
    /// calls, which fetch nothing until it is, and lies in the recorder's memory until then. Requires mostEvents >= 4, for a new task
    /// costs as much as so many.
    void take(Recorder &recorder, std::size_t mostEvents);
    /// Builds everything that was recorded.
    void takeAll(Recorder &recorder);
    /// Builds a harvest that no recorder has more of. Requires that nothing is left of another.
    void take(Recorder::Harvest harvest);
    /// The run is over at `at`: applies what still waits for lost predecessors, ends tasks that have not ended as cancelled with `note`,
    /// and closes the lanes of loop and workers.
    void finish(Nanoseconds at, const std::string &note);

private:
    /// A task with events that came before their predecessors.
    struct Stalled {
        std::map<std::uint32_t, Event> waiting; // by sequence
        int patience = 0;                       // harvests that `waiting` has lasted
    };

    void begin();
    std::size_t createTasks(std::size_t mostTasks);
    void build(const Recorder *recorder, std::size_t mostEvents);
    std::size_t buildRun(const Recorder *recorder, std::size_t mostEvents);
    void concludeHarvest();
    void takeCreation(TaskCreated &created);
    bool concludeIfEnded(TaskConcluded &concluded);
    void conclude(TaskConcluded &concluded);
    void takeEvent(const Event &event, LaneId thread);
    void takeProgress(const Event &event);
    void followLoop(const Event &event);
    void followWorker(const Event &event);
    void takeInOrder(const Event &event);
    void applyWaiting(LaneId task, Stalled &stalled);
    void applyAfterGap(LaneId task, Stalled &stalled);
    void apply(const Event &event);
    void giveUpOnLost();
    void endUnfinished(LaneId task, Nanoseconds at, const std::string &note);
    [[nodiscard]] SiteId siteOf(std::uint32_t recorded) const;

    Trace &trace_;
    Recorder::Harvest harvest_;       // what is left to be built; a batch that is used up is taken out
    bool isBuilding_ = false;         // something is left of it
    std::vector<Wake> wakes_;         // not in the trace yet
    std::vector<SiteId> sites_;       // by the recorder's numbers
    std::vector<std::uint32_t> next_; // by lane: the sequence of the task's next event
    std::unordered_map<LaneId, Stalled> stalled_;
    std::vector<TaskConcluded> conclusions_; // of tasks whose last event has not come yet
    std::uint64_t dropped_ = 0;              // by the recorder's threads
    std::uint64_t late_ = 0;                 // events that came when they had been given up
};

} // namespace loopscope
