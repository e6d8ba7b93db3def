#include "ui/timeline/row_watch.h"

#include "ui/timeline/rests_a_cost.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr qint64 tellingRestMs = 200;
// A bridge to screen readers may go through all rows when they stand otherwise: of few new ones it is told one by one.
constexpr std::size_t fewRows = 16;

} // namespace

RowWatch::RowWatch(std::function<std::vector<WatchedRow>()> rows)
    : rows_(std::move(rows))
{
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &RowWatch::look);
}

void RowWatch::noteAsked()
{
    if (!seen_)
        seen_ = rows_();
}

void RowWatch::forgetRows()
{
    if (seen_)
        seen_->clear();
}

void RowWatch::touch()
{
    if (seen_ && !soon_.isActive())
        soon_.start(static_cast<int>(std::max(tellingRestMs, restsACost * cost_)));
}

void RowWatch::look()
{
    QElapsedTimer timer;
    timer.start();
    const std::vector<WatchedRow> before = std::exchange(*seen_, rows_());
    std::vector<WatchedRow> added;
    auto kept = before.begin();
    for (const WatchedRow &row : *seen_) {
        if (kept != before.end() && *kept == row)
            ++kept;
        else
            added.push_back(row);
    }
    const bool isAnew = before.empty() && !added.empty();
    if (isAnew || kept != before.end() || added.size() > fewRows)
        Q_EMIT reordered();
    else if (!added.empty())
        Q_EMIT came(added);
    cost_ = timer.elapsed();
}

} // namespace loopscope
