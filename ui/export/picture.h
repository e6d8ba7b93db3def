#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/metrics.h"

#include <QByteArray>
#include <QSize>
#include <QString>

#include <optional>

#include <tl/expected.hpp>

namespace loopscope {

/// How a picture of the timeline looks.
struct PictureOptions {
    enum class Format { Png, Svg, Pdf };
    enum class Lanes {
        All,         ///< the picture is as tall as its lanes need, up to the limit; size.height() does not count
        ThoseThatFit ///< it is as tall as size.height() says
    };

    Format format = Format::Png;
    QSize size{1440, 900}; ///< in logical pixels
    double scale = 1;      ///< 1…4, of a PNG: device pixels a logical one
    bool isDark = false;
    std::optional<TimeRange> range; ///< of time; the whole run if there is none
    Lanes lanes = Lanes::All;
    LaneId firstLane = noLane; ///< with ThoseThatFit: the first below the loop's; from the top if noLane
    QString title;             ///< plain text; the run's if empty
    Density density = Density::Comfortable;
};

/// No picture is wider or taller than this, in device pixels. What is left out is said in the picture.
inline constexpr int largestPicture = 40'000;

/// A picture of the timeline with title, ruler, lanes, their names and facts, and a legend: drawn by what draws the window. Bytes of files
/// are written to the last digit. Needs a QGuiApplication, but neither a display nor fonts. An error is a sentence.
[[nodiscard]] tl::expected<QByteArray, QString> renderPicture(const Trace &trace, const PictureOptions &options);

/// Writes renderPicture() to `path`, whose ending (.png, .svg, .pdf) is the format, whatever the options say. The file is there completely
/// or, after an error, as it was before. An error is a sentence that names the file and says what to do.
[[nodiscard]] tl::expected<void, QString> writePicture(const Trace &trace, PictureOptions options, const QString &path);

} // namespace loopscope
