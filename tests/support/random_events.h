#pragma once

#include <cstdint>
#include <string>

namespace loopscope::test {

/// Events in Chrome's JSON by chance, of a few processes: slices that nest, overlap, take no time and do not end, asynchronous operations,
/// instants, counters, flows and metadata. The same for the same seed.
[[nodiscard]] std::string randomEvents(std::uint32_t seed);

} // namespace loopscope::test
