#include "tests/support/report.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <tuple>

namespace loopscope::test {

namespace {

qint64 integer(const QJsonValue &object, const char *key)
{
    return object[QLatin1String(key)].toInteger(-1);
}

ReportSpan readSpan(const QJsonValue &json)
{
    ReportSpan span{json[QLatin1String("state")].toString(), integer(json, "begin_ns"), integer(json, "end_ns"), {}};
    if (!json[QLatin1String("worker")].isNull())
        span.worker = json[QLatin1String("worker")].toInt(-1);
    return span;
}

ReportTask readTask(const QJsonValue &json)
{
    ReportTask task;
    task.json = json.toObject();
    task.id = json[QLatin1String("id")].toInt(-1);
    task.name = json[QLatin1String("name")].toString();
    task.outcome = json[QLatin1String("outcome")].toString();
    task.result = json[QLatin1String("result")].toString();
    task.error = json[QLatin1String("error")].toString();
    task.begin = integer(json, "begin_ns");
    task.end = integer(json, "end_ns");
    for (const QJsonValue span : json[QLatin1String("spans")].toArray())
        task.spans.push_back(readSpan(span));
    return task;
}

QByteArray at(const ReportTask &task, const char *what)
{
    return "task " + QByteArray::number(task.id) + ": " + what;
}

/// The spans of a task tile its life, and its states are their sums.
QByteArray brokenLife(const ReportTask &task, qint64 wall)
{
    QHash<QString, qint64> sums;
    qint64 until = task.begin;
    for (const ReportSpan &span : task.spans) {
        if (span.begin != until)
            return at(task, "a gap or an overlap at ") + QByteArray::number(until);
        if (span.end <= span.begin)
            return at(task, "a span of no length");
        if ((span.state == QLatin1String("in_worker")) != span.worker.has_value())
            return at(task, "a worker where there is none, or none where there is one");
        until = span.end;
        sums[span.state] += span.end - span.begin;
    }
    if (until != task.end || task.begin < 0 || task.end > wall)
        return at(task, "its spans do not reach its end, or leave the run");
    for (const char *state : {"running", "ready", "awaiting", "queued", "in_worker", "blocking"}) {
        if (task.in(state) != sums.take(QString::fromLatin1(state)))
            return at(task, "a state is not the sum of its spans");
    }
    return sums.isEmpty() ? QByteArray() : at(task, "an unknown state");
}

QByteArray overlapOnLoop(const Report &report)
{
    std::vector<ReportSpan> holds;
    for (const ReportTask &task : report.tasks) {
        std::ranges::copy_if(task.spans, std::back_inserter(holds), [](const ReportSpan &span) {
            return span.state == QLatin1String("running") || span.state == QLatin1String("blocking");
        });
    }
    std::ranges::sort(holds, {}, &ReportSpan::begin);
    const auto overlap = std::ranges::adjacent_find(holds, [](const ReportSpan &a, const ReportSpan &b) { return b.begin < a.end; });
    return overlap == holds.end() ? QByteArray() : "two tasks hold the loop at " + QByteArray::number(overlap->end);
}

using WorkerSpan = std::tuple<int, qint64, qint64, int>; // worker, begin, end, task

QByteArray brokenWorkers(const Report &report)
{
    std::vector<WorkerSpan> ofTasks;
    for (const ReportTask &task : report.tasks) {
        for (const ReportSpan &span : task.spans) {
            if (span.worker)
                ofTasks.emplace_back(*span.worker, span.begin, span.end, task.id);
        }
    }
    std::vector<WorkerSpan> ofWorkers;
    for (const QJsonValue lane : report.json[QLatin1String("workers_lanes")].toArray()) {
        for (const QJsonValue span : lane[QLatin1String("spans")].toArray())
            ofWorkers.emplace_back(lane[QLatin1String("id")].toInt(-1), integer(span, "begin_ns"), integer(span, "end_ns"),
                                   span[QLatin1String("task")].toInt(-1));
    }
    std::ranges::sort(ofTasks);
    std::ranges::sort(ofWorkers);
    if (ofTasks != ofWorkers)
        return "the workers' spans are not the tasks' in_worker spans";
    const auto overlap = std::ranges::adjacent_find(ofWorkers, [](const WorkerSpan &a, const WorkerSpan &b) {
        return std::get<0>(a) == std::get<0>(b) && std::get<1>(b) < std::get<2>(a);
    });
    return overlap == ofWorkers.end() ? QByteArray() : "a worker does two things at once";
}

QByteArray unknownLane(const Report &report)
{
    QSet<int> lanes{0}; // the loop
    const QJsonArray workers = report.json[QLatin1String("workers_lanes")].toArray();
    for (const QJsonValue worker : workers)
        lanes.insert(worker[QLatin1String("id")].toInt(-1));
    for (const ReportTask &task : report.tasks)
        lanes.insert(task.id);
    if (lanes.size() != 1 + workers.size() + static_cast<qsizetype>(report.tasks.size()))
        return "two lanes have one id";
    for (const QJsonValue wake : report.json[QLatin1String("wakes")].toArray()) {
        if (!lanes.contains(wake[QLatin1String("from")].toInt(-1)) || !lanes.contains(wake[QLatin1String("to")].toInt(-1)))
            return "a wake of a lane that is not there";
    }
    for (const QJsonValue stall : report.json[QLatin1String("loop")][QLatin1String("stalls")].toArray()) {
        const QJsonValue task = stall[QLatin1String("task")];
        if (!task.isNull() && !lanes.contains(task.toInt(-1)))
            return "a stall of a task that is not there";
    }
    return {};
}

} // namespace

qint64 ReportTask::in(const char *state) const
{
    return json[QLatin1String("states")][QString::fromLatin1(state) + QStringLiteral("_ns")].toInteger(-1);
}

const ReportTask *Report::task(const QString &name) const
{
    const auto found = std::ranges::find(tasks, name, &ReportTask::name);
    return found == tasks.end() ? nullptr : &*found;
}

std::size_t Report::count(const char *outcome) const
{
    return static_cast<std::size_t>(std::ranges::count(tasks, QString::fromLatin1(outcome), &ReportTask::outcome));
}

std::optional<Report> readReport(const QByteArray &bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return std::nullopt;
    Report report;
    report.json = document.object();
    report.wall = integer(report.json, "wall_ns");
    report.startedUnix = integer(report.json, "started_unix_ns");
    for (const QJsonValue task : report.json[QLatin1String("tasks")].toArray())
        report.tasks.push_back(readTask(task));
    return report;
}

QByteArray brokenInvariant(const Report &report)
{
    for (const ReportTask &task : report.tasks) {
        if (const QByteArray broken = brokenLife(task, report.wall); !broken.isEmpty())
            return broken;
    }
    for (const auto check : {overlapOnLoop, brokenWorkers, unknownLane}) {
        if (const QByteArray broken = check(report); !broken.isEmpty())
            return broken;
    }
    const QJsonValue loop = report.json[QLatin1String("loop")];
    if (integer(loop, "busy_ns") + integer(loop, "idle_ns") != report.wall)
        return "the loop is neither busy nor idle for a while";
    return {};
}

} // namespace loopscope::test
