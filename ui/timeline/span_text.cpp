#include "ui/timeline/span_text.h"

#include "core/analysis/culprits.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/counter_curve.h"
#include "ui/timeline/culprit_links.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/span_navigation.h"
#include "ui/timeline/task_text.h"
#include "ui/timeline/timeline_words.h"

#include <algorithm>

namespace loopscope {

namespace {

QString titleOf(State state)
{
    return QString::fromUtf8(stateTitle(state).data());
}

bool isOpen(const Trace &trace, LaneId lane, std::size_t span)
{
    return trace.lane(lane).isOpen() && span + 1 == trace.spanCount(lane);
}

SpanLabels inWorkerLabels(const QString &reason, LaneId worker)
{
    const QString number = worker == noLane ? QString() : QStringLiteral("#%1").arg(worker);
    SpanLabels labels;
    if (!reason.isEmpty() && !number.isEmpty())
        labels.texts.append(number + QLatin1Char(' ') + reason);
    if (!number.isEmpty())
        labels.texts.append(number);
    return labels;
}

SpanLabels stateLabels(State state, const QString &length)
{
    const QString title = titleOf(state);
    if (length.isEmpty())
        return {{title}, false};
    return {{title + QLatin1Char(' ') + length, length}, false};
}

SpanLabels taskLabels(const Trace &trace, LaneId lane, std::size_t index)
{
    const Span span = trace.span(lane, index);
    const auto reason = [&] { return shownText(trace.reason(span.site)); };
    // The length of what goes on would change in every frame: only lengths that are final are told.
    const auto length = [&] { return isOpen(trace, lane, index) ? QString() : formatDuration(span.length()); };
    switch (span.state) {
    case State::InWorker:
        return inWorkerLabels(reason(), span.peer);
    case State::Blocking:
        return {{reason(), length()}, false};
    case State::Queued:
    case State::Ready:
        return stateLabels(span.state, length());
    case State::Running:
        return {{length()}, false};
    case State::Slice: // importedLabels()
    case State::Awaiting:
        break; // a thin line has no room for text
    }
    return {};
}

// Known states of the threads of others bear names, too.
SpanLabels importedLabels(const Trace &trace, const Span &span)
{
    if (span.state == State::Awaiting)
        return {};
    const QString name = shownText(trace.reason(span.site));
    return {{name.isEmpty() ? titleOf(span.state) : name}, true};
}

QString paragraph(const QString &plain)
{
    return QStringLiteral("<div>%1</div>").arg(toolTipText(plain));
}

QString heading(const QString &plain)
{
    return QStringLiteral("<div style='white-space:pre'><b>%1</b></div>").arg(plain.toHtmlEscaped());
}

QString fromTo(const Span &span)
{
    const RangeEnds ends = formatEnds(span.range());
    return TimelineWords::tr("from %1 to %2").arg(ends.begin, ends.end);
}

QString placeOf(const Trace &trace, SiteId id)
{
    const Site &site = trace.site(id);
    if (site.file == 0)
        return {};
    return QStringLiteral("%1:%2").arg(shownText(trace.name(site.file)), QString::number(site.line));
}

// In the middle of a sentence.
QString peerPhrase(const Trace &trace, const Lane &lane, const Span &span)
{
    if (!trace.hasLane(span.peer))
        return {};
    if (lane.kind != LaneKind::Task)
        return TimelineWords::tr("task: %1").arg(laneName(trace, span.peer));
    return span.state == State::InWorker ? TimelineWords::tr("on %1").arg(laneTitle(trace, span.peer)) : QString();
}

// In the middle of a sentence: of a wait and of the time ready after it, who woke the task.
QString wakerPhrase(const Trace &trace, LaneId lane, std::size_t index)
{
    if (holdsLoop(trace.span(lane, index).state))
        return {};
    const std::optional<Wake> wake = wakeOf(trace, {lane, index});
    return wake && trace.hasLane(wake->from) ? TimelineWords::tr("woken by %1").arg(laneTitle(trace, wake->from)) : QString();
}

QString atStart(const QString &phrase)
{
    return phrase.left(1).toUpper() + phrase.mid(1);
}

QString categoryOf(const Trace &trace, SiteId site)
{
    const NameId category = trace.site(site).file;
    return category == 0 ? QString() : TimelineWords::tr("category: %1").arg(shownText(trace.name(category)));
}

// "paint, 12.4 ms, in main of renderer (12)"; of a known state its name, too.
QString sliceSentence(const Trace &trace, LaneId lane, std::size_t index)
{
    const Span span = trace.span(lane, index);
    QStringList parts{siteName(trace, span.site), formatDuration(span.length()), TimelineWords::tr("in %1").arg(whereabouts(trace, lane))};
    if (span.state != State::Slice)
        parts.prepend(titleOf(span.state));
    return parts.join(QStringLiteral(", "));
}

QString sliceToolTip(const Trace &trace, LaneId lane, std::size_t index)
{
    const Span span = trace.span(lane, index);
    const QString what = span.state == State::Slice ? QString() : titleOf(span.state) + QStringLiteral(", ");
    QString tip = heading(TimelineWords::tr("%1: %2%3").arg(siteName(trace, span.site), what, formatDuration(span.length())));
    tip += paragraph(fromTo(span));
    for (const QString &line : {TimelineWords::tr("in %1").arg(whereabouts(trace, lane)), categoryOf(trace, span.site)}) {
        if (!line.isEmpty())
            tip += paragraph(line);
    }
    return tip;
}

QString culpritText(const Trace &trace, LaneId lane, const Span &span)
{
    if (trace.lane(lane).kind != LaneKind::Task || span.state != State::Ready || !areHoldersSoonFound(trace, span.range()))
        return {};
    const std::vector<Culprit> culprits = culpritsOf(trace, span);
    if (culprits.empty())
        return {};
    const QString first = TimelineWords::tr("%1 (%2)").arg(laneName(trace, culprits.front().task), formatDuration(culprits.front().held));
    if (culprits.size() == 1)
        return TimelineWords::tr("The loop was held by %1.").arg(first);
    if (culprits.size() == 2)
        return TimelineWords::tr("The loop was held by %1 and 1 other.").arg(first);
    return TimelineWords::tr("The loop was held by %1 and %2 others.").arg(first, formatCount(culprits.size() - 1));
}

} // namespace

SpanLabels spanLabels(const Trace &trace, LaneId lane, std::size_t span)
{
    if (!trace.hasLoop())
        return importedLabels(trace, trace.span(lane, span));
    if (trace.lane(lane).kind == LaneKind::Task)
        return taskLabels(trace, lane, span);
    const LaneId task = trace.span(lane, span).peer;
    return trace.hasLane(task) ? SpanLabels{{laneName(trace, task)}, true} : SpanLabels{};
}

QString spanToolTip(const Trace &trace, LaneId lane, std::size_t index)
{
    if (!trace.hasLoop())
        return sliceToolTip(trace, lane, index);
    const Lane &facts = trace.lane(lane);
    const Span span = trace.span(lane, index);
    const bool goesOn = isOpen(trace, lane, index);
    const QString length = formatDuration(span.length());
    const QString state = titleOf(span.state);
    QString tip = heading((goesOn ? TimelineWords::tr("%1: %2 for %3 so far") : TimelineWords::tr("%1: %2 for %3"))
                              .arg(laneName(trace, lane), state, length));
    tip += paragraph(goesOn ? TimelineWords::tr("since %1").arg(formatInstant(span.begin)) : fromTo(span));
    const QString reason = shownText(trace.reason(span.site));
    const QString place = placeOf(trace, span.site);
    if (!reason.isEmpty())
        tip += paragraph(place.isEmpty() ? reason : TimelineWords::tr("%1, at %2").arg(reason, place));
    for (const QString &line :
         {atStart(peerPhrase(trace, facts, span)), atStart(wakerPhrase(trace, lane, index)), culpritText(trace, lane, span)}) {
        if (!line.isEmpty())
            tip += paragraph(line);
    }
    return tip;
}

QString spanSentence(const Trace &trace, LaneId lane, std::size_t index)
{
    if (!trace.hasLoop())
        return sliceSentence(trace, lane, index);
    const Lane &facts = trace.lane(lane);
    const Span span = trace.span(lane, index);
    const QString length = formatDuration(span.length());
    QStringList parts{(isOpen(trace, lane, index) ? TimelineWords::tr("%1: %2 for %3 so far") : TimelineWords::tr("%1: %2 for %3"))
                          .arg(laneName(trace, lane), titleOf(span.state), length)};
    for (const QString &part : {shownText(trace.reason(span.site)), peerPhrase(trace, facts, span), wakerPhrase(trace, lane, index)}) {
        if (!part.isEmpty())
            parts.append(part);
    }
    return parts.join(QStringLiteral(", "));
}

QString runToolTip(const Trace &trace, LaneId lane, std::size_t first, std::size_t count)
{
    const TimeRange range{trace.span(lane, first).begin, trace.span(lane, first + count - 1).end};
    const QString what = trace.hasLoop() ? TimelineWords::tr("%1: %2 spans in %3") : TimelineWords::tr("%1: %2 slices in %3");
    QString tip = heading(what.arg(laneName(trace, lane), formatCount(count), formatDuration(range.length())));
    const StateTimes times = trace.timesIn(lane, range);
    if (times[State::Slice] > 0)
        tip += paragraph(TimelineWords::tr("busy %1").arg(formatDuration(times[State::Slice])));
    for (const State state : taskStates) {
        if (times[state] > 0)
            tip += paragraph(titleOf(state) + QLatin1Char(' ') + formatDuration(times[state]));
    }
    if (const Nanoseconds idle = range.length() - times.total(); idle > 0)
        tip += paragraph(TimelineWords::tr("idle %1").arg(formatDuration(idle)));
    return tip + paragraph(TimelineWords::tr("Zoom in to tell them apart."));
}

QString instantToolTip(const Trace &trace, LaneId lane, std::size_t first, std::size_t count)
{
    const auto instants = trace.imported().instants(lane).subspan(first, count);
    if (count == 1) {
        const Instant &instant = instants.front();
        QString tip = heading(TimelineWords::tr("%1 at %2").arg(siteName(trace, instant.site), formatInstant(instant.at)));
        for (const QString &line : {TimelineWords::tr("in %1").arg(whereabouts(trace, lane)), categoryOf(trace, instant.site)}) {
            if (!line.isEmpty())
                tip += paragraph(line);
        }
        return tip;
    }
    QString tip = heading(TimelineWords::tr("%1 instants from %2 on").arg(formatCount(count), formatInstant(instants.front().at)));
    constexpr std::size_t mostTold = 5;
    for (const Instant &instant : instants.first(std::min(count, mostTold)))
        tip += paragraph(TimelineWords::tr("%1 at %2").arg(siteName(trace, instant.site), formatInstant(instant.at)));
    return tip + paragraph(TimelineWords::tr("Zoom in to tell them apart."));
}

QString counterToolTip(const Trace &trace, LaneId lane, Nanoseconds at)
{
    const std::optional<double> value = counterValue(trace, lane, at);
    if (!value)
        return {};
    QString tip = heading(TimelineWords::tr("%1: %2").arg(laneName(trace, lane), formatNumber(*value)));
    tip += paragraph(TimelineWords::tr("at %1, of %2").arg(formatInstant(at), laneFact(trace, lane).text));
    const LaneId process = trace.processOf(lane);
    return process == noLane ? tip : tip + paragraph(TimelineWords::tr("in %1").arg(laneName(trace, process)));
}

QString whereabouts(const Trace &trace, LaneId lane)
{
    const LaneId process = trace.processOf(lane);
    const QString name = laneName(trace, trace.headOf(lane));
    return process == noLane || process == lane ? name : TimelineWords::tr("%1 of %2").arg(name, laneName(trace, process));
}

QString siteName(const Trace &trace, SiteId site)
{
    const QString name = shownText(trace.reason(site));
    return name.isEmpty() ? TimelineWords::tr("(no name)") : name;
}

} // namespace loopscope
