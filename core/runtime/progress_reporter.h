#pragma once

#include "core/record/recorder.h"

#include <cstdint>

namespace loopscope {

/// Tells how far a task's file has been read. Cheap to copy; any thread, while the run lasts.
class ProgressReporter {
public:
    ProgressReporter(Recorder &recorder, LaneId task)
        : recorder_(&recorder)
        , task_(task)
    {
    }

    void bytesRead(std::uint64_t bytes) const { recorder_->progress(task_, bytes); }
    void fileSize(std::uint64_t bytes) const { recorder_->fileSize(task_, bytes); }

private:
    Recorder *recorder_;
    LaneId task_;
};

} // namespace loopscope
