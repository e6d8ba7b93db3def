#pragma once

#include "core/trace/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// The number of a mark among those of its trace; none is used twice, but where a file says that all have been used.
using MarkId = std::uint32_t;

/// An instant of a run that a person wants to find again.
struct Mark {
    MarkId id = 0;
    Nanoseconds at = 0;
    std::string name; ///< UTF-8, never blank

    friend bool operator==(const Mark &, const Mark &) = default;
};

/// The marks of a trace. Not thread-safe.
class Marks {
public:
    /// In order of time; those of one instant in that of their creation.
    [[nodiscard]] const std::vector<Mark> &all() const { return marks_; }
    /// The mark of this number, or null.
    [[nodiscard]] const Mark *find(MarkId id) const;
    /// The highest number that was ever used; 0 if none was.
    [[nodiscard]] MarkId last() const { return last_; }
    /// Marks as they were saved, in any order, with the last() of then. Nothing if a number is 0, used twice or above `last`, or a name is
    /// blank.
    [[nodiscard]] static std::optional<Marks> restored(std::vector<Mark> marks, MarkId last);

    /// Marks an instant. Without a name it is called "Mark N", N being its number.
    MarkId add(Nanoseconds at, std::string_view name = {});
    /// Gives a mark another name. False, and nothing changes, if there is no such mark, the name is blank, or it has that name.
    bool rename(MarkId id, std::string_view name);
    /// False if there is no such mark.
    bool remove(MarkId id);

private:
    std::vector<Mark> marks_;
    MarkId last_ = 0;
};

} // namespace loopscope
