#pragma once

#include "core/formats/chrome_events.h"
#include "core/formats/export_progress.h"
#include "core/trace/marks.h"
#include "core/trace/trace.h"

namespace loopscope {

/// Writes a run of ours as writeChromeJson() says: the members of the document's object.
class ChromeRunExport {
public:
    ChromeRunExport(const Trace &trace, const Marks &marks, ChromeEvents &events, ExportProgress &progress);

    void write();

private:
    [[nodiscard]] bool goesOn(std::uint64_t written) { return progress_.advance(written) && events_.isGood(); }

    void writeOtherData();
    void writeNames();
    void writeSites();
    void writeMarks();
    void writeLane(const Lane &lane, std::uint64_t endedAs);
    void writeFacts(const TaskFacts &facts);
    void writeFile(const FileFacts &file);
    void writeSpans(const Lane &lane);
    void writeSpan(LaneId lane, const Span &span, bool isOpen);
    void writeArguments(const Span &span);
    void writeEnd(const Lane &lane);
    void writeWake(const Wake &wake, std::uint64_t number);
    void writeCounters();

    const Trace &trace_;
    const Marks &marks_;
    ChromeEvents &events_;
    ExportProgress &progress_;
};

} // namespace loopscope
