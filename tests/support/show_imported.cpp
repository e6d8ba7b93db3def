// Shows a trace as others record them, in a window, or all panels of it as a picture.
// It prints what a frame of the timeline takes then.
//   show_imported SLICES|FILE THREADS SAMPLES [light|dark [WIDTH HEIGHT PICTURE [ZOOM [LANE [SPAN [NEEDLE]]]]]]
// Without slices it is the small sample.

#include "core/formats/chrome/chrome_import.h"
#include "tests/support/imported_sample.h"
#include "ui/panels/search_bar.h"
#include "ui/theme/style.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/lane_actions.h"
#include "ui/window/run_page.h"

#include <QApplication>
#include <QLineEdit>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace loopscope;

namespace {

// The median of some that differ a little.
Nanoseconds frameCost(TimelineView &timeline, Viewport &viewport)
{
    const TimeRange shown = viewport.range();
    std::vector<Nanoseconds> costs;
    for (int i = 1; i <= 21; ++i) {
        viewport.setRange({shown.begin, shown.end + i * shown.length() / 1000});
        timeline.repaint();
        costs.push_back(timeline.lastFrameCost());
    }
    viewport.setRange(shown);
    std::ranges::nth_element(costs, costs.begin() + 10);
    return costs[10];
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 4) {
        std::fputs("usage: show_imported SLICES THREADS SAMPLES [light|dark [WIDTH HEIGHT PICTURE [ZOOM [LANE [SPAN [NEEDLE]]]]]]\n",
                   stderr);
        return 2;
    }
    const Theme theme = arguments.value(4) == QLatin1String("dark") ? Theme::dark() : Theme::light();
    QApplication::setPalette(paletteOf(theme));
    const test::ImportedSize size{arguments[1].toInt(), arguments[2].toInt(), arguments[3].toInt()};
    const auto opened = openChromeJson(arguments[1].toStdString(), {}); // no number is the name of a file
    const auto trace = opened ? opened->trace : size.slices > 0 ? test::syntheticImport(size) : test::importedTrace();
    Selection selection;
    Viewport viewport;
    RunPage page(selection, viewport);
    page.setStyleSheet(styleSheetOf(theme));
    page.resize(arguments.value(5, QStringLiteral("1500")).toInt(), arguments.value(6, QStringLiteral("950")).toInt());
    applyKeys(page.laneActions().byCommand(), KeyMap());
    page.setTrace(trace);
    page.show();
    if (arguments.size() < 8)
        return QApplication::exec();
    if (arguments.size() > 8)
        viewport.zoomAt(viewport.range().begin + viewport.range().length() / 3, arguments[8].toDouble());
    if (arguments.size() > 10)
        page.timeline().goTo(arguments[9].toUInt(), arguments[10].toUInt());
    else if (arguments.size() > 9)
        page.timeline().goTo(arguments[9].toUInt(), {});
    if (arguments.size() > 11) {
        page.search().open();
        page.search().findChild<QLineEdit *>()->setText(arguments[11]);
    }
    for (int i = 0; i < 200; ++i)
        QApplication::processEvents(QEventLoop::AllEvents, 5); // what is counted in slices
    std::printf("a frame takes %.2f ms\n", static_cast<double>(frameCost(page.timeline(), viewport)) / 1e6);
    return page.grab().save(arguments[7]) ? 0 : 1;
}
