#pragma once

#include "core/files/file_descriptor.h"
#include "core/trace/imported_events.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// The arguments of events in a .loopscope file, which stays open. They are read and checked when somebody looks, for they may be most of
/// the file: of a block that is damaged there are none, and isIntact() tells.
class SavedArguments : public EventSource {
public:
    /// Where a block of arguments is in the file, and the first event in it.
    struct Place {
        EventId first = 0;
        std::uint64_t at = 0;
    };

    /// `places` are in order of their first events.
    SavedArguments(FileDescriptor file, std::vector<Place> places);

    [[nodiscard]] std::string arguments(EventId event) const override;
    [[nodiscard]] bool isIntact() const override;

private:
    void read(std::uint64_t at) const;

    FileDescriptor file_;
    std::vector<Place> places_;
    // The block that was looked into last, for the next event is often in it too.
    mutable std::mutex mutex_;
    mutable std::optional<std::uint64_t> readAt_;
    mutable std::vector<std::byte> read_;
    mutable bool isDamaged_ = false; // some block that was looked into
};

} // namespace loopscope
