#include "ui/panels/scenario_miniature.h"

#include "core/workload/scenario.h"
#include "ui/panels/device_pixels.h"
#include "ui/panels/miniature_trace.h"
#include "ui/timeline/span_boxes.h"
#include "ui/timeline/span_painter.h"

#include <QFile>
#include <QPainter>

#include <algorithm>

// Outside of any namespace, as Q_INIT_RESOURCE demands: the linker would drop a static library's resources that nobody asks for.
static void initMiniatureResources()
{
    Q_INIT_RESOURCE(miniatures);
}

namespace loopscope {

namespace {

std::shared_ptr<const Trace> loadRecording(const std::string &scenario)
{
    initMiniatureResources();
    QFile file(QStringLiteral(":/miniatures/%1.json").arg(QString::fromStdString(scenario)));
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    auto trace = parseMiniature(file.readAll());
    if (!trace) {
        qWarning("the miniature of %s: %s", scenario.c_str(), qPrintable(trace.error()));
        return nullptr;
    }
    return *std::move(trace);
}

/// When the first task came to be: what a run prepares before says nothing on a card.
Nanoseconds firstBegin(const Trace &trace)
{
    Nanoseconds first = trace.now() - 1;
    for (const LaneId task : trace.tasks())
        first = std::min(first, trace.lane(task).begin);
    return first;
}

} // namespace

ScenarioMiniature::ScenarioMiniature(const Scenario &scenario, QWidget *parent)
    : QWidget(parent)
    , trace_(loadRecording(scenario.name))
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ScenarioMiniature::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, fontMetrics().height() * 4};
}

QSize ScenarioMiniature::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, fontMetrics().height() * 2};
}

void ScenarioMiniature::paintEvent(QPaintEvent * /*event*/)
{
    if (!trace_)
        return;
    QPainter painter(this);
    const DevicePixels pixels(painter);
    const QRect place = pixels.rect(rect());
    const SpanPainter spans(Theme::of(palette()), pixels.ratio(), Medium::Raster);
    const int gap = std::max(1, static_cast<int>(2 * pixels.ratio()));
    const int most = static_cast<int>(12 * pixels.ratio());
    const int tasks = static_cast<int>(trace_->tasks().size());
    const int height = std::clamp(place.height() / tasks, gap + 1, most);
    const TimeScale scale{{firstBegin(*trace_), trace_->now()}, place.width()};
    int top = place.top();
    for (const LaneId task : trace_->tasks()) {
        if (top + height > place.bottom() + 1)
            break;
        for (const SpanBox &box : spanBoxes(*trace_, task, scale).boxes)
            spans.paintSpan(painter, QRect(place.left() + box.left, top, box.right - box.left, height - gap), box.state);
        top += height;
    }
}

} // namespace loopscope
