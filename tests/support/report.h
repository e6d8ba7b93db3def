#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope::test {

// A JSON report as a script reads it: nothing here knows the program's own types.

struct ReportSpan {
    QString state;
    qint64 begin = 0;
    qint64 end = 0;
    std::optional<int> worker;

    friend bool operator==(const ReportSpan &, const ReportSpan &) = default;
};

struct ReportTask {
    int id = -1;
    QString name;
    QString outcome;
    QString result;
    QString error;
    qint64 begin = 0;
    qint64 end = 0;
    QJsonObject json; ///< all of it
    std::vector<ReportSpan> spans;

    /// Nanoseconds in a state, as "states" has it.
    [[nodiscard]] qint64 in(const char *state) const;
};

struct Report {
    QJsonObject json;
    std::vector<ReportTask> tasks;
    qint64 wall = 0;
    qint64 startedUnix = 0; ///< ns

    /// The task of that name; null if there is none.
    [[nodiscard]] const ReportTask *task(const QString &name) const;
    /// How many tasks ended so.
    [[nodiscard]] std::size_t count(const char *outcome) const;
};

/// Nothing if `bytes` are no JSON object.
[[nodiscard]] std::optional<Report> readReport(const QByteArray &bytes);

/// What is wrong with a report, empty if nothing is: the spans of a task tile its life and add up to its states; spans that hold the loop
/// do not overlap; the workers' spans are the tasks' in_worker spans one to one, and those of one worker do not overlap; wakes name known
/// lanes; times lie within the run.
[[nodiscard]] QByteArray brokenInvariant(const Report &report);

} // namespace loopscope::test
