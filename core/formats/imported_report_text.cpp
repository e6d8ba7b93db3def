#include "core/analysis/slice_totals.h"
#include "core/formats/imported_report.h"
#include "core/formats/lane_names.h"
#include "core/formats/report_columns.h"
#include "core/text/display_text.h"
#include "core/text/number_text.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t mostRows = 20;
constexpr std::size_t labelWidth = 11;
constexpr std::size_t timeWidth = 9;
constexpr std::size_t countWidth = 9;

std::string labelled(const char *label, const std::string &text)
{
    return leftAligned(label, labelWidth) + text + '\n';
}

/// Moves those with the largest values to the front, in order, and returns how many are to be listed.
template <typename Item, typename Value>
std::size_t largestFirst(std::vector<Item> &items, Value value)
{
    const std::size_t listed = std::min(items.size(), mostRows);
    std::ranges::partial_sort(items, items.begin() + static_cast<std::ptrdiff_t>(listed), std::greater<>(), value);
    return listed;
}

std::string more(std::size_t all, std::size_t listed)
{
    return all > listed ? "  ... and " + std::to_string(all - listed) + " more\n" : std::string();
}

std::string headText(const Trace &trace, const SliceTotals &totals)
{
    std::uint64_t slices = 0;
    for (const LaneTotals &lane : totals.lanes)
        slices += lane.slices;
    const auto counters = std::ranges::count(trace.rows(), LaneKind::Counter, [&trace](LaneId lane) { return trace.lane(lane).kind; });
    std::string text = displayName(trace.info().title);
    text += (text.empty() ? "" : ": ") + displayText(trace.info().importedFrom) + "\n\n";
    text += labelled("extent", durationText(trace.now()));
    text += labelled("processes", std::to_string(trace.processes().size()));
    text += labelled("lanes", std::to_string(totals.lanes.size()));
    text += labelled("slices", std::to_string(slices));
    text += labelled("instants", std::to_string(trace.imported().instants().size()));
    text += labelled("flows", std::to_string(trace.imported().flows().size()));
    text += labelled("counters", std::to_string(counters));
    return text;
}

std::string lanesText(const Trace &trace, std::vector<LaneTotals> lanes)
{
    const std::size_t listed = largestFirst(lanes, &LaneTotals::covered);
    const LaneNames names(trace);
    std::string text = "\n  covered   slices instants  lane\n";
    for (std::size_t i = 0; i < listed; ++i) {
        text += rightAligned(durationText(lanes[i].covered), timeWidth) + rightAligned(std::to_string(lanes[i].slices), countWidth)
                + rightAligned(std::to_string(lanes[i].instants), countWidth) + "  " + displayName(names[lanes[i].lane]) + '\n';
    }
    return text + more(lanes.size(), listed);
}

std::string namesText(const Trace &trace, std::vector<NameTotals> names)
{
    const std::size_t listed = largestFirst(names, &NameTotals::time);
    std::string text = "\n    total   slices  longest  name\n";
    for (std::size_t i = 0; i < listed; ++i) {
        text += rightAligned(durationText(names[i].time), timeWidth) + rightAligned(std::to_string(names[i].slices), countWidth)
                + rightAligned(durationText(names[i].longest), timeWidth) + "  " + displayName(trace.reason(names[i].site)) + '\n';
    }
    return text + more(names.size(), listed);
}

} // namespace

std::string importedTextReport(const Trace &trace)
{
    const SliceTotals totals = sliceTotals(trace);
    std::string text = headText(trace, totals);
    for (const std::string &note : trace.info().notes)
        text += labelled("note", displayText(note));
    text += lanesText(trace, totals.lanes) + namesText(trace, totals.names);
    text += trace.info().problems.empty() ? "\nno problems found\n" : "\nproblems found\n";
    for (const ImportProblem &problem : trace.info().problems)
        text += "  " + problemText(problem) + '\n';
    return text;
}

std::string problemText(const ImportProblem &problem)
{
    return displayText(problem.what) + ": " + std::to_string(problem.count) + (problem.count == 1 ? ", at byte " : ", the first at byte ")
           + std::to_string(problem.firstByte);
}

} // namespace loopscope
