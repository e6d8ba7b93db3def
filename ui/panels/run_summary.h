#pragma once

#include "core/analysis/longest_stall.h"
#include "core/analysis/stalls.h"

#include <QElapsedTimer>
#include <QString>

#include <memory>
#include <vector>

namespace loopscope {

/// What was not read in folders, by kind: "2 × fifo, 5 × folder link"; empty if nothing was skipped.
[[nodiscard]] QString skippedText(const RunInfo &info);

/// How numbers are written: in groups for people, or plain for those scripts too that look for a window by its title.
enum class Digits { Grouped, Plain };

/// How far a run is, for the title of a window: "Reading 3 of 7 files", "7 files read", "5 files read, 2 failed"; of a scenario "executor:
/// 3 of 6 tasks done"; of a trace of others what is in it, "trace.json: 5 threads of 2 processes". In plain digits. Empty for a trace
/// without tasks. Costs nothing to speak of.
[[nodiscard]] QString progressTitle(const Trace &trace);

/// A problem of a file that was read, with how often and where first: "events without a phase were left out: 12, the first at byte 3041".
[[nodiscard]] QString problemText(const ImportProblem &problem);

/// The same without the scenario's title: "3 of 6 tasks done".
[[nodiscard]] QString progressText(const Trace &trace, Digits digits = Digits::Grouped);

/// A run in one line; of a trace of others "5 threads of 2 processes · 14 slices in 100 ms · 32.4 kB · 3 left out, 1 mended". Of a run: "7
/// files read, 1 failed · 160 MB in 5.80 s · loop busy 21 %, longest stall 600 ms · 2041 spans, 49.0 kB, none dropped".
[[nodiscard]] QString statusLine(const Trace &trace);
/// The same with the stalls of the run, which have been found elsewhere.
[[nodiscard]] QString statusLine(const Trace &trace, const std::vector<Stall> &stalls);

/// statusLine() of a trace that grows. It may be asked at every frame: the line is made ten times a second, and looks only at what is new.
/// After the end it is exact, of a large run once its stalls are at hand, and tells how many findings there are: "1 finding".
class RunStatus {
public:
    /// The line for `trace`, empty for none; another trace than the last time begins anew.
    [[nodiscard]] const QString &lineFor(const std::shared_ptr<const Trace> &trace);

private:
    [[nodiscard]] bool isFresh(const Trace &trace) const;

    std::weak_ptr<const Trace> trace_;
    LongestStall longestStall_;
    QElapsedTimer sinceMade_;
    QElapsedTimer sinceStalls_;
    bool isFinal_ = false;
    QString line_;
};

} // namespace loopscope
