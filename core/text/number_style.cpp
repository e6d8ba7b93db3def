#include "core/text/number_style.h"

#include "core/text/number_text.h"

namespace loopscope {

constinit const NumberStyle terminalNumbers{&durationText, &durationText, &shareText,
                                            [](std::uint64_t count) { return std::to_string(count); }};

} // namespace loopscope
