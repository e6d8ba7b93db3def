#include "ui/panels/miniature_trace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace loopscope {

namespace {

constexpr qsizetype mostTasks = 64;
constexpr qsizetype mostSpans = 20'000;
constexpr double longestRun = 1e15; // ns; doubles, which JSON's numbers are, are exact beyond it

using Result = tl::expected<void, QString>;

tl::unexpected<QString> mistake(const QString &text)
{
    return tl::unexpected(text);
}

std::optional<Nanoseconds> instantOf(const QJsonValue &value)
{
    const double number = value.toDouble(-1);
    return number >= 0 && number <= longestRun ? std::optional(static_cast<Nanoseconds>(number)) : std::nullopt;
}

Result addSpan(Trace &trace, LaneId task, const QJsonArray &span)
{
    const auto state = stateOfKey(span.at(0).toString().toStdString());
    const auto begin = instantOf(span.at(1));
    const auto end = instantOf(span.at(2));
    if (span.size() != 3 || !state || !begin || !end || *end < *begin)
        return mistake(QStringLiteral("a span is no [state, begin, end]"));
    if (const SpanStore &spans = trace.lane(task).spans; !spans.isEmpty() && *begin < spans.extent().end)
        return mistake(QStringLiteral("spans of a task overlap"));
    trace.enter(task, *begin, *state, 0, noLane);
    trace.leave(task, *end);
    return {};
}

Result addTask(Trace &trace, const QJsonObject &task)
{
    const QJsonArray spans = task.value(QLatin1String("spans")).toArray();
    if (spans.isEmpty())
        return mistake(QStringLiteral("a task without spans"));
    if (trace.spanCount() + static_cast<std::size_t>(spans.size()) > static_cast<std::size_t>(mostSpans))
        return mistake(QStringLiteral("more than %1 spans").arg(mostSpans));
    const Nanoseconds begin = instantOf(spans.first().toArray().at(1)).value_or(0);
    const LaneId lane = trace.addLane(LaneKind::Task, task.value(QLatin1String("name")).toString().toStdString(), begin);
    for (const auto &span : spans) {
        if (Result added = addSpan(trace, lane, span.toArray()); !added)
            return added;
    }
    trace.end(lane, trace.lane(lane).spans.isEmpty() ? begin : trace.lane(lane).spans.extent().end);
    return {};
}

} // namespace

tl::expected<std::shared_ptr<const Trace>, QString> parseMiniature(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonObject document = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError)
        return mistake(error.errorString());
    if (document.value(QLatin1String("version")).toInt() != 1)
        return mistake(QStringLiteral("no miniature of version 1"));
    const QJsonArray tasks = document.value(QLatin1String("tasks")).toArray();
    const auto wall = instantOf(document.value(QLatin1String("wall_ns")));
    if (tasks.isEmpty() || tasks.size() > mostTasks || !wall || *wall == 0)
        return mistake(QStringLiteral("no tasks, more than %1, or no time").arg(mostTasks));

    auto trace = std::make_shared<Trace>();
    for (const auto &task : tasks) {
        if (const Result added = addTask(*trace, task.toObject()); !added)
            return tl::unexpected(added.error());
    }
    trace->advanceTo(*wall);
    trace->changeInfo([&wall](RunInfo &info) {
        info.wall = *wall;
        info.finished = true;
    });
    return trace;
}

} // namespace loopscope
