#pragma once

namespace loopscope {

/// The argument by which the program knows that it is to serveMeasurement() of what follows.
inline constexpr auto measuringArgument = "--measure";

/// Runs a program, whose path is the first of the arguments up to a null, and tells on the standard output what it used, as a
/// MeasuredProcess. What the program prints there is nobody's; its standard error is the caller's. Returns the exit code: 0 if it was
/// measured.
///
/// It is a process of its own because the kernel counts the memory that a process had before exec() as its peak: that of a window with a
/// large trace would be the peak of everything that it starts. What this one has before is less than any run takes.
[[nodiscard]] int serveMeasurement(char **arguments);

} // namespace loopscope
