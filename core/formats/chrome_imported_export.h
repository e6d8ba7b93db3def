#pragma once

#include "core/formats/async_ids.h"
#include "core/formats/chrome_events.h"
#include "core/formats/export_progress.h"
#include "core/formats/imported_ids.h"
#include "core/formats/merged_rows.h"
#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <map>
#include <queue>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

namespace loopscope {

/// Writes a trace of others as writeChromeJson() says: the members of the document's object.
class ChromeImportedExport {
public:
    ChromeImportedExport(const Trace &trace, const Marks &marks, ChromeEvents &events, ExportProgress &progress);

    void write();

private:
    /// The end of a slice that is written as two events.
    struct PendingEnd {
        Nanoseconds at = 0;
        std::uint32_t row = 0;
        SiteId site = 0;
        std::uint64_t id = 0; ///< of an asynchronous one
    };
    /// The inner ones first of those that are at the same time.
    struct IsLater {
        bool operator()(const PendingEnd &a, const PendingEnd &b) const { return a.at != b.at ? a.at > b.at : a.row < b.row; }
    };

    [[nodiscard]] bool goesOn(std::uint64_t written) { return progress_.advance(written) && events_.isGood(); }

    void writeOwnFacts();
    void writeProcess(LaneId process);
    void writeLane(LaneId lane);
    void writeThreadMetadata(LaneId thread);
    void writeThread(LaneId thread);
    void writeSlice(LaneId thread, const MergedRows::Slice &slice, bool isPair);
    void writeAsync(LaneId lane);
    void writeAsyncInstants(LaneId lane, std::span<const Instant> &instants, AsyncIds &ids, Nanoseconds before);
    void writeInstants(LaneId thread);
    void writeCounter(LaneId counter);
    void writeFlows();
    void writeFlowEnd(char phase, LaneId lane, Nanoseconds at, SiteId site, std::uint64_t id, bool isEnclosing);
    /// Whether of a thread's rows the lane is that of the innermost slice at an instant.
    [[nodiscard]] bool isInnermost(LaneId lane, Nanoseconds at) const;
    [[nodiscard]] bool beginsSlice(LaneId lane, Nanoseconds at) const;
    void writeEnds(LaneId head, Nanoseconds until, bool areAsync);

    void beginEvent(char phase, LaneId head, Nanoseconds at, SiteId site);
    void writeIds(LaneId head);
    void writeId(std::string_view key, const ImportedId &id);
    void writeState(State state);
    void writeArguments(EventId event);

    const Trace &trace_;
    const Marks &marks_;
    ChromeEvents &events_;
    ExportProgress &progress_;
    ImportedIds ids_;
    std::map<std::pair<LaneId, std::string_view>, std::size_t> namesakes_; // counters of a process that have a name in common
    std::priority_queue<PendingEnd, std::vector<PendingEnd>, IsLater> ends_;
    std::uint64_t nextId_ = 1;
    simdjson::dom::parser parser_;
};

} // namespace loopscope
