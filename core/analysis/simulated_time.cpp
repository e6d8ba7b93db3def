#include "core/analysis/simulated_time.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {

void SimulatedTime::at(Nanoseconds time, std::function<void()> happen)
{
    events_.push({static_cast<double>(time), ++order_, std::move(happen)});
}

void SimulatedTime::afterCpu(Nanoseconds length, std::function<void()> happen)
{
    ++computing_;
    cpuEvents_.push({cpu_ + static_cast<double>(length), ++order_, std::move(happen)});
}

bool SimulatedTime::advance()
{
    if (events_.empty() && cpuEvents_.empty())
        return false;
    const auto time = static_cast<double>(now_);
    const double nextTime = events_.empty() ? HUGE_VAL : events_.top().at;
    const double nextCpu = cpuEvents_.empty() ? HUGE_VAL : time + (cpuEvents_.top().at - cpu_) / rate();
    Events &events = nextCpu <= nextTime ? cpuEvents_ : events_;
    const double to = std::clamp(std::min(nextTime, nextCpu), time, static_cast<double>(latestTime));
    cpu_ = &events == &cpuEvents_ ? cpuEvents_.top().at : cpu_ + (to - time) * rate();
    now_ = std::max(now_, static_cast<Nanoseconds>(std::llround(to)));
    const auto happen = events.top().happen;
    events.pop();
    if (&events == &cpuEvents_)
        --computing_;
    happen();
    return true;
}

} // namespace loopscope
