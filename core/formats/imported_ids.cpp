#include "core/formats/imported_ids.h"

#include <algorithm>
#include <set>
#include <utility>

namespace loopscope {

namespace {

bool isAllDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "process 12" and "thread 12" stand for what has no name but its number.
bool isBareNumber(std::string_view title, std::string_view word)
{
    return title.starts_with(word) && isAllDigits(title.substr(word.size()));
}

ImportedId processId(std::string_view title)
{
    constexpr std::string_view word = "process ";
    if (isBareNumber(title, word))
        return {std::string(title.substr(word.size())), {}};
    const std::size_t bracket = title.rfind(" (");
    if (bracket == std::string_view::npos || bracket == 0 || !title.ends_with(')'))
        return {std::string(title), {}};
    return {std::string(title.substr(bracket + 2, title.size() - bracket - 3)), std::string(title.substr(0, bracket))};
}

/// Makes an id one that is in use in no other place.
void makeUnique(std::string &id, std::set<std::string> &used)
{
    const std::string wanted = id;
    for (int number = 2; !used.insert(id).second; ++number)
        id = wanted + '#' + std::to_string(number);
}

} // namespace

bool ImportedId::isNumber() const
{
    // What 32 bits do not hold is none to Perfetto.
    constexpr std::size_t mostDigits = 9;
    return isAllDigits(id) && id.size() <= mostDigits && (id.size() == 1 || id.front() != '0');
}

ImportedIds::ImportedIds(const Trace &trace)
    : trace_(trace)
{
    std::set<std::string> processes;
    for (const LaneId lane : trace.processes()) {
        ImportedId &id = ids_[lane] = processId(trace.nameOf(lane));
        makeUnique(id.id, processes);
    }
    constexpr std::string_view word = "thread ";
    std::map<LaneId, std::set<std::string>> threads; // ids in use, by process
    for (const LaneId lane : trace.rows()) {
        const std::string_view title = trace.nameOf(lane);
        if (trace.lane(lane).kind != LaneKind::Thread)
            continue;
        std::string number(trace.name(trace.lane(lane).task.result));
        const bool isBare = !isAllDigits(number) && isBareNumber(title, word);
        if (isBare)
            number = title.substr(word.size());
        if (isAllDigits(number) && threads[trace.processOf(lane)].insert(number).second)
            ids_[lane] = {std::move(number), std::string(isBare ? std::string_view() : title)};
    }
    for (const LaneId lane : trace.rows()) {
        if (trace.lane(lane).kind != LaneKind::Thread || ids_.contains(lane))
            continue;
        ImportedId &id = ids_[lane] = {std::to_string(lane), std::string(trace.nameOf(lane))};
        makeUnique(id.id, threads[trace.processOf(lane)]);
    }
}

const ImportedId &ImportedIds::process(LaneId lane) const
{
    static const ImportedId none;
    const auto known = ids_.find(lane);
    return known == ids_.end() ? none : known->second;
}

const ImportedId &ImportedIds::thread(LaneId lane) const
{
    return process(trace_.headOf(lane));
}

} // namespace loopscope
