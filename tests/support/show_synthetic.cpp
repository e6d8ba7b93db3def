// Shows a synthetic trace with all panels, in a window, or its timeline as pictures of zooms from the whole run to a few spans.
//   show_synthetic SPANS [light|dark [PREFIX]]     PREFIX-1.png, PREFIX-2.png, …: each ten times as near as the one before

#include "tests/support/synthetic_trace.h"
#include "ui/theme/style.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/lane_actions.h"
#include "ui/window/run_page.h"

#include <QApplication>

#include <cstdio>

using namespace loopscope;

namespace {

int savePictures(TimelineView &view, Viewport &viewport, const QString &prefix)
{
    for (int number = 1; number <= 5; ++number) {
        const QString name = QStringLiteral("%1-%2.png").arg(prefix).arg(number);
        if (!view.grab().save(name)) {
            std::fprintf(stderr, "%s was not written\n", qPrintable(name));
            return 1;
        }
        viewport.zoomAt(viewport.range().begin + viewport.range().length() / 3, 10);
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const int spans = arguments.value(1).toInt();
    if (spans < 100) {
        std::fputs("usage: show_synthetic SPANS [light|dark [PREFIX]]\n", stderr);
        return 2;
    }
    const Theme theme = arguments.value(2) == QLatin1String("dark") ? Theme::dark() : Theme::light();
    QApplication::setPalette(paletteOf(theme));
    const auto trace = test::syntheticTrace(test::screenFilling(spans));
    Selection selection;
    Viewport viewport;
    RunPage page(selection, viewport);
    page.setStyleSheet(styleSheetOf(theme));
    page.resize(1920, 1080);
    applyKeys(page.laneActions().byCommand(), KeyMap());
    page.setTrace(trace);
    page.show();
    return arguments.size() > 3 ? savePictures(page.timeline(), viewport, arguments[3]) : QApplication::exec();
}
