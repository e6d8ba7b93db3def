#pragma once

#include "core/analysis/length_histogram.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace loopscope {

/// What has a length.
enum class MeasuredKind { Spans, Slices };

/// The powers of two, in nanoseconds, that lengths of several histograms lie in: the bars of all of them stand for the same lengths.
class LengthBars {
public:
    /// Makes room for bars of these lengths.
    void include(const LengthHistogram &lengths);

    /// A bar for each power of two, from the shortest to the longest of all: how many lengths there are, as a part of the most.
    [[nodiscard]] QList<double> heights(const LengthHistogram &lengths) const;
    /// What each bar says: "12 spans of 1.05 ms to 2.10 ms".
    [[nodiscard]] QStringList texts(const LengthHistogram &lengths, MeasuredKind what) const;
    /// The texts of those bars that are not empty, in one line.
    [[nodiscard]] QString summary(const LengthHistogram &lengths, MeasuredKind what) const;
    /// What a model answers of a cell with these bars: heights() as RangeTableModel::BarsRole, texts() as BarTextsRole, summary() as
    /// Qt::AccessibleTextRole; nothing else.
    [[nodiscard]] QVariant data(const LengthHistogram &lengths, MeasuredKind what, int role) const;

private:
    std::size_t first_ = LengthHistogram::octaveCount;
    std::size_t end_ = 0;
};

} // namespace loopscope
