#include "app/run_picture.h"

#include "core/workload/byte_text.h"
#include "ui/export/picture.h"

#include <QGuiApplication>
#include <QLoggingCategory>

namespace loopscope {

std::unique_ptr<QCoreApplication> makePictureApplication(int &argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qunsetenv("QT_QPA_PLATFORMTHEME"); // a desktop's theme would look for its display
    // The standard error tells of the run; that Qt misses XDG_RUNTIME_DIR and the like is none of its caller's business.
    QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false"));
    return std::make_unique<QGuiApplication>(argc, argv);
}

tl::expected<void, std::string> writeRunPicture(const Trace &trace, const RunOptions &options)
{
    PictureOptions picture;
    if (options.pictureSize) {
        picture.size = QSize(options.pictureSize->width, options.pictureSize->height);
        picture.lanes = PictureOptions::Lanes::ThoseThatFit;
    }
    picture.scale = options.pictureScale;
    picture.isDark = options.pictureIsDark;
    return writePicture(trace, picture, pathToQString(*options.screenshot)).map_error([](const QString &error) {
        return error.toStdString();
    });
}

} // namespace loopscope
