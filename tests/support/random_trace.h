#pragma once

#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <memory>

namespace loopscope::test {

/// A trace with everything in it that there can be, by chance: no run was like it. The same for the same seed. `Run` ones have tasks with
/// files and previews, lost events and late wakes; `Import` ones have processes, threads, rows, counters, instants, flows and arguments.
[[nodiscard]] std::shared_ptr<Trace> randomTrace(std::uint32_t seed, TraceOrigin origin);
[[nodiscard]] Marks randomMarks(std::uint32_t seed);

/// Lets a random run go on for a while: more tasks, spans, wakes, outcomes.
class GrowingTrace {
public:
    explicit GrowingTrace(std::uint32_t seed);
    ~GrowingTrace();
    GrowingTrace(const GrowingTrace &) = delete;
    GrowingTrace &operator=(const GrowingTrace &) = delete;

    [[nodiscard]] const std::shared_ptr<Trace> &trace() const;
    void grow();

private:
    class Generator;

    std::unique_ptr<Generator> generator_;
};

} // namespace loopscope::test
