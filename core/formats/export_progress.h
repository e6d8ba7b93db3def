#pragma once

#include "core/formats/trace_opening.h"

#include <chrono>
#include <cstdint>

namespace loopscope {

/// How far an export is, for the observer that waits for it. Of the exporting thread.
class ExportProgress {
public:
    /// `all` is how many spans, instants and the like there are to write.
    ExportProgress(const OpeningObserver &observer, std::uint64_t all)
        : observer_(observer)
        , all_(all)
    {
    }

    /// Says that so many more are written. False once the export shall stop.
    bool advance(std::uint64_t written)
    {
        written_ += written;
        if (++asked_ % askedAtOnce != 0)
            return !isStopped_;
        isStopped_ = observer_.stop.stop_requested();
        tell();
        return !isStopped_;
    }
    [[nodiscard]] bool isStopped() const { return isStopped_; }

private:
    static constexpr std::uint64_t askedAtOnce = 1024;
    static constexpr std::chrono::milliseconds interval{50};

    void tell()
    {
        const auto now = std::chrono::steady_clock::now();
        if (!observer_.progressed || now - told_ < interval)
            return;
        told_ = now;
        observer_.progressed(written_ < all_ ? written_ : all_, all_);
    }

    const OpeningObserver &observer_;
    std::uint64_t all_;
    std::uint64_t written_ = 0;
    std::uint64_t asked_ = 0;
    bool isStopped_ = false;
    std::chrono::steady_clock::time_point told_;
};

} // namespace loopscope
