#pragma once

namespace loopscope {

/// What the header of a column says, and its tool tip. Literals, to be translated where they are shown.
struct ColumnText {
    const char *title;
    const char *explanation;
};

} // namespace loopscope
