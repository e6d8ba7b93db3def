#include "ui/panels/length_bars.h"

#include "ui/panels/range_table_model.h"
#include "ui/theme/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace loopscope {

namespace {

struct LengthWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::LengthBars)
};

QString lengthsText(std::size_t octave)
{
    if (octave == 0)
        return LengthWords::tr("less than %1").arg(formatDuration(2));
    const Nanoseconds least = Nanoseconds(1) << octave;
    const Nanoseconds most = least + (least - 1);
    return LengthWords::tr("%1 to %2").arg(formatDuration(least), formatDuration(most));
}

QString howMany(std::size_t count, MeasuredKind what)
{
    const bool areSpans = what == MeasuredKind::Spans;
    if (count == 0)
        return areSpans ? LengthWords::tr("no spans") : LengthWords::tr("no slices");
    if (count == 1)
        return areSpans ? LengthWords::tr("1 span") : LengthWords::tr("1 slice");
    return (areSpans ? LengthWords::tr("%1 spans") : LengthWords::tr("%1 slices")).arg(formatCount(count));
}

QString barText(std::size_t count, std::size_t octave, MeasuredKind what)
{
    return LengthWords::tr("%1 of %2").arg(howMany(count, what), lengthsText(octave));
}

} // namespace

void LengthBars::include(const LengthHistogram &lengths)
{
    for (std::size_t octave = 0; octave < LengthHistogram::octaveCount; ++octave) {
        if (lengths.inOctave(octave) == 0)
            continue;
        first_ = std::min(first_, octave);
        end_ = std::max(end_, octave + 1);
    }
}

QList<double> LengthBars::heights(const LengthHistogram &lengths) const
{
    std::size_t most = 1;
    for (std::size_t octave = first_; octave < end_; ++octave)
        most = std::max(most, lengths.inOctave(octave));
    QList<double> heights;
    for (std::size_t octave = first_; octave < end_; ++octave)
        heights.append(static_cast<double>(lengths.inOctave(octave)) / static_cast<double>(most));
    return heights;
}

QStringList LengthBars::texts(const LengthHistogram &lengths, MeasuredKind what) const
{
    QStringList texts;
    for (std::size_t octave = first_; octave < end_; ++octave)
        texts.append(barText(lengths.inOctave(octave), octave, what));
    return texts;
}

QString LengthBars::summary(const LengthHistogram &lengths, MeasuredKind what) const
{
    QStringList texts;
    for (std::size_t octave = first_; octave < end_; ++octave) {
        if (lengths.inOctave(octave) > 0)
            texts.append(barText(lengths.inOctave(octave), octave, what));
    }
    return texts.isEmpty() ? howMany(0, what) : texts.join(QStringLiteral(", "));
}

QVariant LengthBars::data(const LengthHistogram &lengths, MeasuredKind what, int role) const
{
    switch (role) {
    case RangeTableModel::BarsRole:
        return QVariant::fromValue(heights(lengths));
    case RangeTableModel::BarTextsRole:
        return texts(lengths, what);
    case Qt::AccessibleTextRole:
        return summary(lengths, what);
    default:
        return {};
    }
}

} // namespace loopscope
