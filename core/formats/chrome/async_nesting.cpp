#include "core/formats/chrome/async_nesting.h"

#include "core/trace/stoppable_sort.h"

namespace loopscope::chrome {

bool AsyncNesting::run()
{
    CollectedEvents &events = context_.events;
    if (!sortStoppably(events.async, &AsyncMark::at, context_.stop))
        return false;
    stacks_.resize(events.processOfId.size());
    std::size_t done = 0;
    for (const AsyncMark &mark : events.async) {
        if (++done % stopCheckEvery == 0 && context_.stop.stop_requested())
            return false;
        if (context_.isInReach(mark.at, mark.at, mark.event))
            nest(mark);
    }
    std::vector<SliceStack>().swap(stacks_);
    for (std::uint32_t slice = 0; slice < slices_.size(); ++slice)
        heads_[slices_[slice].head].slices.push_back(slice);
    headsOfProcess_.resize(events.processes.size());
    for (std::uint32_t head = 0; head < heads_.size(); ++head)
        headsOfProcess_[heads_[head].process].push_back(head);
    return true;
}

void AsyncNesting::nest(const AsyncMark &mark)
{
    SliceStack &stack = stacks_[mark.id];
    const Nanoseconds at = mark.at - context_.base;
    switch (mark.kind) {
    case MarkKind::Begin: {
        NestedSlice slice{at, openEnd, mark.label, mark.event};
        slice.head = headOf(mark, stack.outermost(slices_, at)) & 0x7FFFFFFFU;
        slice.hasArguments = mark.hasArguments ? 1 : 0;
        stack.begin(slices_, slice);
        return;
    }
    case MarkKind::End:
        if (const auto ended = stack.end(slices_, context_.events.labels, at, mark.label))
            context_.noteEnd(slices_[*ended], mark.event, mark.hasArguments);
        else
            context_.problems.add(Problem::EndWithoutBegin, mark.event);
        return;
    default:
        heads_[headOf(mark, stack.outermost(slices_, at))].instants.push_back({at, 0, mark.event, mark.label});
    }
}

std::uint32_t AsyncNesting::headOf(const AsyncMark &mark, std::optional<std::uint32_t> outermost)
{
    if (outermost)
        return slices_[*outermost].head;
    const std::uint32_t process = context_.events.processOfId[mark.id];
    const std::uint64_t key = std::uint64_t{process} << 32U | mark.label;
    const auto [known, isNew] = headNumbers_.try_emplace(key, static_cast<std::uint32_t>(heads_.size()));
    if (isNew)
        heads_.push_back({process, mark.label, {}, {}});
    return known->second;
}

} // namespace loopscope::chrome
