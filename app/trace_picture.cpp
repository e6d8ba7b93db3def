#include "app/trace_picture.h"

#include "app/failure.h"
#include "app/lane_pattern.h"
#include "core/text/display_text.h"
#include "core/text/number_text.h"
#include "core/workload/byte_text.h"
#include "ui/compare/comparison_page.h"
#include "ui/export/picture.h"
#include "ui/timeline/lane_arrangement.h"

#include <QGuiApplication>
#include <QLoggingCategory>

namespace loopscope {

namespace {

constexpr std::size_t longestSentence = 400;

std::string shown(const QString &sentence)
{
    return elidedMiddle(displayText(sentence.toStdString()), longestSentence);
}

/// Those lanes of `order` whose name, or that of their process, matches.
std::shared_ptr<const LaneOrder> matchingLanes(const Trace &trace, const LaneOrder &order, const LanePattern &pattern)
{
    const auto matches = [&](LaneId lane) {
        const LaneId process = trace.processOf(lane);
        return pattern.matches(trace.nameOf(trace.headOf(lane))) || (process != noLane && pattern.matches(trace.nameOf(process)));
    };
    auto matching = std::make_shared<LaneOrder>();
    for (LaneSection section : order.sections()) {
        std::erase_if(section.lanes, [&](LaneId lane) { return !matches(lane); });
        matching->add(trace, std::move(section));
    }
    return matching;
}

/// The lanes to draw, in the order of the window; null if there is none.
std::shared_ptr<const LaneOrder> lanesOf(const std::shared_ptr<const Trace> &trace, const PictureLook &look)
{
    LaneArrangement arrangement;
    arrangement.setTrace(trace);
    if (!look.lanes)
        return arrangement.order();
    auto matching = matchingLanes(*trace, *arrangement.order(), LanePattern(*look.lanes));
    return matching->sections().empty() ? nullptr : matching;
}

PictureOptions pictureOptions(const Trace &trace, const Marks &marks, const std::string &path, const PictureLook &look)
{
    PictureOptions picture;
    picture.format = pictureFormatOf(pathToQString(path)).value_or(picture.format);
    if (look.size) {
        picture.size = QSize(look.size->width, look.size->height);
        picture.lanes = PictureOptions::Lanes::ThoseThatFit;
    }
    picture.scale = look.scale.value_or(1);
    picture.isDark = look.isDark.value_or(false);
    if (look.range)
        picture.range = look.range->intersected(trace.extent());
    picture.marks = marks.all();
    return picture;
}

tl::expected<void, std::string> write(const Picture &picture, const std::string &path, const std::function<bool()> &isGivenUp)
{
    PictureProgress progress(isGivenUp);
    const auto written = picture.write(pathToQString(path), progress);
    if (!written)
        return tl::unexpected(shown(written.error()));
    if (!picture.note().isEmpty())
        complain(displayName(path) + ": " + shown(picture.note()));
    return {};
}

} // namespace

std::unique_ptr<QCoreApplication> makePictureApplication(int &argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qunsetenv("QT_QPA_PLATFORMTHEME"); // a desktop's theme would look for its display
    // The standard error tells of the run; that Qt misses XDG_RUNTIME_DIR and the like is none of its caller's business.
    QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
    return std::make_unique<QGuiApplication>(argc, argv);
}

std::optional<std::string> pictureObjection(const std::string &path)
{
    const auto checked = checkPictureTarget(pathToQString(path));
    return checked ? std::nullopt : std::optional(shown(checked.error()));
}

tl::expected<void, std::string> writeTracePicture(const std::shared_ptr<const Trace> &trace, const Marks &marks, const std::string &path,
                                                  const PictureLook &look, const std::function<bool()> &isGivenUp)
{
    PictureOptions options = pictureOptions(*trace, marks, path, look);
    if (options.range && options.range->isEmpty())
        return tl::unexpected(shown(QStringLiteral("The picture was not written: the trace ends before its range begins, after %1.")
                                        .arg(QString::fromStdString(durationText(trace->now())))));
    options.order = lanesOf(trace, look);
    if (!options.order)
        return tl::unexpected("The picture was not written: no lane has a name with " + displayName(look.lanes.value_or("")) + " in it.");
    return write(Picture(*trace, options), path, isGivenUp);
}

tl::expected<void, std::string> writeComparisonPicture(const Comparison &comparison, const CompareOptions &options,
                                                       const std::function<bool()> &isGivenUp)
{
    const std::string &path = *options.screenshot;
    ComparisonLook look;
    look.format = pictureFormatOf(pathToQString(path)).value_or(look.format);
    look.width = options.width.value_or(look.width);
    look.scale = options.look.scale.value_or(1);
    look.theme = options.look.isDark.value_or(false) ? Theme::dark() : Theme::light();
    return write(comparisonPicture(comparison, look), path, isGivenUp);
}

} // namespace loopscope
