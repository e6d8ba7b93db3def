#include "ui/timeline/lane_criteria.h"

#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/task_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

struct LanePartsWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::LaneParts)
};

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max(); // below all others

Nanoseconds firstRun(const Trace &trace, LaneId task)
{
    const std::size_t spans = trace.spanCount(task);
    for (std::size_t i = 0; i < spans; ++i) {
        const Span span = trace.span(task, i);
        if (span.state != State::Ready)
            return span.begin;
    }
    return std::numeric_limits<Nanoseconds>::max();
}

std::string folderOfPath(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return {};
    return path.substr(0, std::max<std::size_t>(slash, 1));
}

} // namespace

std::int64_t sortKey(const Trace &trace, LaneId task, LaneSort sort)
{
    switch (sort) {
    case LaneSort::Creation:
    case LaneSort::ByHand:
        return task;
    case LaneSort::Start:
        return firstRun(trace, task);
    case LaneSort::Duration:
        return -lifetime(trace, trace.lane(task)).length();
    case LaneSort::Blocking:
        return -trace.times(task)[State::Blocking];
    case LaneSort::Waiting: {
        const StateTimes times = trace.times(task);
        return -(times[State::Ready] + times[State::Queued]);
    }
    }
    return task;
}

LaneParts::LaneParts(const Trace &trace, LaneGrouping grouping)
    : trace_(trace)
    , grouping_(grouping)
{
}

std::uint32_t LaneParts::partOf(LaneId task)
{
    const Lane &lane = trace_.lane(task);
    switch (grouping_) {
    case LaneGrouping::State:
        if (lane.task.outcome == Outcome::Unfinished && lane.isOpen())
            return static_cast<std::uint32_t>(lane.open()->state);
        return stateCount + static_cast<std::uint32_t>(lane.task.outcome);
    case LaneGrouping::Kind:
        return lane.task.kind == 0 ? none : lane.task.kind;
    case LaneGrouping::Parent:
        return lane.task.parent == noLane ? none : lane.task.parent;
    case LaneGrouping::Folder:
        return folderOf(task);
    case LaneGrouping::Process:
        return trace_.processOf(task); // noLane is none
    case LaneGrouping::None:
        break;
    }
    return none;
}

std::uint32_t LaneParts::folderOf(LaneId task)
{
    const auto &file = trace_.lane(task).task.file;
    if (!file)
        return none;
    const auto [place, isNew] = folderNumbers_.try_emplace(folderOfPath(file->path), static_cast<std::uint32_t>(folders_.size()));
    if (isNew)
        folders_.push_back(place->first);
    return place->second;
}

QString LaneParts::titleOf(std::uint32_t part) const
{
    switch (grouping_) {
    case LaneGrouping::State:
        return part < stateCount ? stateName(static_cast<State>(part)) : outcomeName(static_cast<Outcome>(part - stateCount));
    case LaneGrouping::Kind:
        return part == none ? LanePartsWords::tr("of no kind") : shownText(trace_.name(part));
    case LaneGrouping::Parent:
        return part == none ? LanePartsWords::tr("without a parent") : LanePartsWords::tr("children of %1").arg(laneTitle(trace_, part));
    case LaneGrouping::Folder:
        if (part == none)
            return LanePartsWords::tr("without a file");
        return folders_[part].empty() ? LanePartsWords::tr("in no folder") : shownText(folders_[part]);
    case LaneGrouping::Process:
        return part == none ? LanePartsWords::tr("without a process") : laneTitle(trace_, part);
    case LaneGrouping::None:
        break;
    }
    return {};
}

bool LaneParts::isAbove(std::uint32_t a, std::uint32_t b) const
{
    if (grouping_ != LaneGrouping::Folder || a == none || b == none)
        return a < b;
    return folders_[a] < folders_[b];
}

std::vector<LaneSection> partSections(const Trace &trace, LaneParts &parts, const std::vector<LaneId> &heads)
{
    std::unordered_map<std::uint32_t, std::vector<LaneId>> divided;
    for (const LaneId head : heads)
        divided[parts.partOf(head)].push_back(head);
    std::vector<std::uint32_t> numbers;
    numbers.reserve(divided.size());
    for (const auto &[part, lanes] : divided)
        numbers.push_back(part);
    std::ranges::sort(numbers, [&parts](std::uint32_t a, std::uint32_t b) { return parts.isAbove(a, b); });
    std::vector<LaneSection> sections;
    sections.reserve(numbers.size());
    for (const std::uint32_t part : numbers) {
        std::vector<LaneId> lanes = withRows(trace, divided[part]);
        QStringList summary;
        if (parts.grouping() == LaneGrouping::Process && trace.hasLane(part))
            summary += shownText(trace.name(trace.lane(part).task.note));
        if (parts.grouping() != LaneGrouping::State)
            summary += lanesSummary(trace, lanes);
        summary.removeAll(QString());
        sections.push_back({{LaneGroup::Tasks, part}, parts.titleOf(part), joinedByDots(summary), false, std::move(lanes)});
    }
    return sections;
}

} // namespace loopscope
