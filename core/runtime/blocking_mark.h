#pragma once

#include "core/runtime/reason.h"

#include <cstdint>

namespace loopscope {

/// The current task blocks the loop for as long as this lives: it is *blocking*, and *running* again afterwards. On the loop's thread.
class BlockingMark {
public:
    explicit BlockingMark(const Reason &reason);
    ~BlockingMark();
    BlockingMark(const BlockingMark &) = delete;
    BlockingMark &operator=(const BlockingMark &) = delete;

private:
    std::uint32_t site_;
};

} // namespace loopscope
