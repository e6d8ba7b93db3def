#pragma once

#include "core/text/number_style.h"
#include "core/trace/time.h"

#include <QString>
#include <QStringList>

namespace loopscope {

// Numbers for people: at most three significant digits, a narrow no-break space (U+202F) before the unit, '.' as the decimal point in every
// locale, so that columns of them line up and read the same in pictures and reports.

/// "512 ns", "12.3 µs", "355 ms", "1.23 s", "2 min 05 s", "3 h 02 min"; "0 s". Negative ones carry a minus sign.
[[nodiscard]] QString formatDuration(Nanoseconds duration);

/// An instant of a run, to the millisecond at least: "3.500 s", "355.2 ms", "12.3 µs", "2 min 5.250 s".
[[nodiscard]] QString formatInstant(Nanoseconds at);

/// Where a stretch of time begins and ends, as formatInstant() tells it.
struct RangeEnds {
    QString begin;
    QString end;
};

/// Where that would not tell them apart, both in one unit, and cut off after as many digits as it takes: "1.302461 s" and "1.302466 s".
[[nodiscard]] RangeEnds formatEnds(TimeRange range);

/// In powers of 1000: "512 B", "4.10 kB", "64.0 MB".
[[nodiscard]] QString formatBytes(quint64 bytes);

/// "38.8 MB/s"; an en dash when `duration` is not positive, for then there is no rate.
[[nodiscard]] QString formatRate(quint64 bytes, Nanoseconds duration);

/// `fraction` of 1 in percent: "21 %", "0.4 %", "<0.1 %". "0 %" and "100 %" are exact: what is merely near them does not read so.
[[nodiscard]] QString formatPercent(double fraction);

/// All digits, in groups of three from 10 000 on: "2041", "20 000".
[[nodiscard]] QString formatCount(quint64 count);

/// "3.21 kB · valid UTF-8 · read in 2 ms": short facts in one line.
[[nodiscard]] QString joinedByDots(const QStringList &facts);

/// `one` for a single thing, else `many` with the number at its %1: "1 task", "2041 tasks".
[[nodiscard]] QString counted(quint64 count, const QString &one, const QString &many);

/// A value of a counter, in powers of 1000: "0.5", "2041", "12.3 k", "64.0 M"; very small and very large ones as "1.5e-07".
[[nodiscard]] QString formatNumber(double value);

/// The style of these functions, for sentences that the core writes.
extern const NumberStyle windowNumbers;

} // namespace loopscope
