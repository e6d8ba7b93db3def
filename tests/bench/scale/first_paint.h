#pragma once

/// The argument that makes this program one that shows the window, tells on the standard output when it was painted (of the monotonic
/// clock, in ns), and ends.
inline constexpr auto firstPaintArgument = "--first-paint";

/// What main() does then.
int showFirstPaint(int argc, char **argv);
