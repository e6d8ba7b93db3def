#include "app/run_picture.h"

#include "core/text/display_text.h"
#include "core/workload/byte_text.h"
#include "ui/export/picture.h"

#include <QGuiApplication>
#include <QLoggingCategory>

#include <iostream>

namespace loopscope {

namespace {

constexpr std::size_t longestSentence = 400;

std::string shown(const QString &sentence)
{
    return elidedMiddle(displayText(sentence.toStdString()), longestSentence);
}

PictureOptions pictureOptions(const RunOptions &options)
{
    PictureOptions picture;
    picture.format = pictureFormatOf(pathToQString(*options.screenshot)).value_or(picture.format);
    if (options.pictureSize) {
        picture.size = QSize(options.pictureSize->width, options.pictureSize->height);
        picture.lanes = PictureOptions::Lanes::ThoseThatFit;
    }
    picture.scale = options.pictureScale.value_or(1);
    picture.isDark = options.pictureIsDark.value_or(false);
    return picture;
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

std::optional<std::string> pictureObjection(const RunOptions &options)
{
    if (!options.screenshot)
        return std::nullopt;
    const auto checked = checkPictureTarget(pathToQString(*options.screenshot));
    return checked ? std::nullopt : std::optional(shown(checked.error()));
}

tl::expected<void, std::string> writeRunPicture(const Trace &trace, const RunOptions &options, const std::function<bool()> &isGivenUp)
{
    const Picture picture(trace, pictureOptions(options));
    PictureProgress progress(isGivenUp);
    const auto written = picture.write(pathToQString(*options.screenshot), progress);
    if (!written)
        return tl::unexpected(shown(written.error()));
    if (!picture.note().isEmpty())
        std::cerr << "loopscope: " + displayName(*options.screenshot) + ": " + shown(picture.note()) + '\n';
    return {};
}

} // namespace loopscope
