#pragma once

#include <string>
#include <string_view>

namespace loopscope {

/// A pattern for the names of lanes: it occurs in a name, whatever the case of Latin letters. `*` stands for any text, and `?` for any one
/// character.
class LanePattern {
public:
    /// Bytes of UTF-8, as the command line has them.
    explicit LanePattern(std::string_view pattern);

    [[nodiscard]] bool matches(std::string_view name) const;

private:
    std::string pattern_;
};

} // namespace loopscope
