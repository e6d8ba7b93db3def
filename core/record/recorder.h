#pragma once

#include "core/record/clock.h"
#include "core/record/event_buffer.h"
#include "core/trace/task_result.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// A reason and a place in the source, by pointers that live as long as the program: literals.
struct RecordedSite {
    const char *reason = "";
    const char *file = "";
    const char *function = "";
    std::uint32_t line = 0;

    friend bool operator==(const RecordedSite &, const RecordedSite &) = default;
};

/// A task has come to be. Tasks are told of in the order of their lanes' numbers.
struct TaskCreated {
    LaneId lane = noLane;
    LaneId parent = noLane;
    Nanoseconds at = 0; ///< the clock's ticks, until it is harvested
    std::string name;
    const char *kind = "";               ///< lives as long as the program: a literal
    std::optional<std::string> filePath; ///< raw bytes; of a task that reads a file
};

/// A task has ended, with this result.
struct TaskConcluded {
    LaneId lane = noLane;
    TaskResult result;
};

/// Takes down what happens, on any thread, until the trace's owner fetches it.
///
/// Events go to a buffer of the calling thread's own: no lock and no allocation in the common case. What does not fit an event (names,
/// results) goes by locked lists, twice a task.
class Recorder {
public:
    /// The clock must outlive the recorder. Each thread's buffer holds `eventsPerThread` events at most, rounded up to whole chunks, of
    /// which there are two or more: see EventBuffer.
    explicit Recorder(Clock &clock, std::size_t eventsPerThread = std::size_t(1) << 21U);
    ~Recorder();
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    [[nodiscard]] const Clock &clock() const { return clock_; }
    /// Whether events are taken down; news of tasks always are. Off for measuring what recording costs. Before the first event.
    void setRecording(bool isRecording) { isRecording_ = isRecording; }

    /// Says that the calling thread is that of `lane`, before its first event. Threads that do not say so have none. Another thread may
    /// have been that of the lane before, if it has ended since.
    void bindThread(LaneId lane);
    /// The number of a site, the same for equal sites. Quick for a site that this thread has used before.
    [[nodiscard]] std::uint32_t site(const RecordedSite &site);

    // Any thread. Times are the clock's at the call unless given.

    void enter(LaneId task, std::uint32_t sequence, State state, std::uint32_t site, LaneId peer)
    {
        append(ticks(), task, sequence, site, peer, EventKind::Enter, state);
    }
    void enterAt(Ticks at, LaneId task, std::uint32_t sequence, State state, std::uint32_t site, LaneId peer)
    {
        append(at, task, sequence, site, peer, EventKind::Enter, state);
    }
    void abandon(LaneId task, std::uint32_t sequence, std::uint32_t site, LaneId worker)
    {
        append(ticks(), task, sequence, site, worker, EventKind::Abandon, State::Ready);
    }
    void end(LaneId task, std::uint32_t sequence) { append(ticks(), task, sequence, 0, noLane, EventKind::End, State::Running); }
    void loopBusy() { append(ticks(), loopLaneId, 0, 0, noLane, EventKind::LoopBusy, State::Running); }
    void loopIdle() { append(ticks(), loopLaneId, 0, 0, noLane, EventKind::LoopIdle, State::Running); }
    void progress(LaneId task, std::uint64_t bytes) { appendValue(task, bytes, EventKind::Progress); }
    void fileSize(LaneId task, std::uint64_t bytes) { appendValue(task, bytes, EventKind::FileSize); }
    void tell(TaskCreated created);
    void tell(TaskConcluded concluded);

    /// What one thread recorded, in its order, where it lies.
    struct Batch {
        LaneId lane = noLane;          ///< the thread's
        std::span<const Event> events; ///< as many as lie side by side
        EventBuffer *rest = nullptr;   ///< gives what follows them; null in a batch that was made by hand
    };
    /// Everything recorded up to some moment during the call.
    struct Harvest {
        std::vector<Batch> batches;
        std::deque<TaskCreated> created; ///< at least every task that the events speak of
        std::deque<TaskConcluded> concluded;
        std::vector<RecordedSite> newSites; ///< numbered since the last harvest, in the order of their numbers
        std::uint64_t dropped = 0;          ///< in all
    };
    /// Replaces what `harvest` holds by what was recorded since the last call; of events that were not read then the rest comes first. One
    /// thread at a time.
    void harvest(Harvest &harvest);
    /// Replaces a batch's events by those that follow them; by none at the end. The memory of the former goes back to their thread. On the
    /// thread that harvests.
    void advance(Batch &batch) const;

private:
    struct SiteHash {
        std::size_t operator()(const RecordedSite &site) const;
    };

    /// The buffer that a thread used last, and the identity of its recorder.
    struct LastBuffer {
        std::uint64_t recorder = 0;
        EventBuffer *buffer = nullptr;
    };

    [[nodiscard]] Ticks ticks() const { return isRecording_ ? clock_.ticks() : 0; }
    EventBuffer &threadBuffer() { return lastBuffer_.recorder == identity_ ? *lastBuffer_.buffer : addBuffer(noLane); }
    EventBuffer &addBuffer(LaneId lane);
    // Here, as all that calls it: what is observed pays for it. By way of a call and the stack it costs half as much again.
    void append(Ticks at, LaneId lane, std::uint32_t sequence, std::uint32_t site, LaneId peer, EventKind kind, State state)
    {
        if (isRecording_)
            threadBuffer().append(Event{at, lane, sequence, peer, site & largestSiteId, kind, state, false});
    }
    void appendValue(LaneId task, std::uint64_t value, EventKind kind)
    {
        append(ticks(), task, 0, static_cast<std::uint32_t>(value), static_cast<LaneId>(value >> 24U), kind, State::Running);
    }

    // Found without a call in the program itself; in a module that is loaded later, with one.
    static constinit thread_local LastBuffer lastBuffer_;

    Clock &clock_;
    const std::size_t chunksPerThread_;
    bool isRecording_ = true;
    const std::uint64_t identity_; // tells recorders apart in threads' caches, also one that got the address of another

    std::mutex mutex_;                // guards what follows
    std::deque<EventBuffer> buffers_; // a deque never moves its elements
    std::deque<TaskCreated> created_; // 100,000 can come at once: a vector would copy them as it grows
    std::deque<TaskConcluded> concluded_;
    std::unordered_map<RecordedSite, std::uint32_t, SiteHash> sites_;
    std::vector<RecordedSite> newSites_;
};

} // namespace loopscope
