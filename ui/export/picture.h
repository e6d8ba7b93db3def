#pragma once

#include "core/analysis/critical_path.h"
#include "core/analysis/state_density.h"
#include "core/trace/marks.h"
#include "core/trace/trace.h"
#include "ui/timeline/metrics.h"

#include <QByteArray>
#include <QSize>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

class QImage;

namespace loopscope {

class DrawnPage;

/// What is selected, as far as a picture shall show it.
struct PictureSelection {
    LaneId lane = noLane;            ///< told apart in the table of the range
    std::optional<std::size_t> span; ///< of that lane: marked, with arrows for its wakes
    std::optional<TimeRange> range;  ///< marked, and under the lanes the table of what was measured in it
};

/// How a picture of the timeline looks.
struct PictureOptions {
    enum class Format { Png, Svg, Pdf };
    enum class Lanes {
        All,          ///< the picture is as tall as its lanes need, up to the limit; size.height() does not count
        ThoseThatFit, ///< it is as tall as size.height() says
        InView        ///< it is as tall as `rows` need, which are shown whole; size.height() does not count
    };

    Format format = Format::Png;
    QSize size{1440, 900}; ///< in logical pixels
    double scale = 1;      ///< 1…4, of a PNG: device pixels a logical one
    bool isDark = false;
    std::optional<TimeRange> range; ///< of time; the whole run if there is none
    Lanes lanes = Lanes::All;
    std::optional<RowRange> rows; ///< with InView: those below the loop's, of a layout of the same trace; none if there are none
    FoldedGroups folded{};
    std::shared_ptr<const LaneOrder> order; ///< of the lanes; that of creation if null
    std::optional<int> nameWidth;           ///< of the column of names, in logical pixels; what names and facts need if there is none
    QString title;                          ///< plain text; the run's if empty
    Density density = Density::Comfortable;
    bool hasOverview = false;                       ///< the whole run at a glance, above the lanes
    std::shared_ptr<const StateDensity> overview{}; ///< what that shows, if it is counted already; else it is counted at once
    std::optional<Nanoseconds> replayInstant{};     ///< of a replay: a line in the overview, what comes after is pale
    PictureSelection selection{};                   ///< what is selected in the lanes
    std::vector<Mark> marks;                        ///< in order of time
    std::vector<PathPiece> criticalPath;            ///< of the run, marked in the lanes; empty if it shall not be seen
};

/// No picture is wider or taller than this, in device pixels. What is left out, and a size that is not the one asked for, is said in the
/// picture.
inline constexpr int largestPicture = 40'000;

/// How far the making of a picture is: for the thread that makes it and those that watch it.
class PictureProgress {
public:
    PictureProgress() = default;
    /// `isUnwanted` is asked often, by the thread that makes the picture; its first yes, which is final, cancels it.
    explicit PictureProgress(std::function<bool()> isUnwanted)
        : isUnwanted_(std::move(isUnwanted))
    {
    }

    /// Lets it end soon, without a picture.
    void cancel() { isCancelled_ = true; }
    [[nodiscard]] bool isCancelled() const { return isCancelled_ || (isUnwanted_ && isUnwanted_()); }
    /// The part that is done, 0…1, or nothing while that is not known.
    [[nodiscard]] std::optional<double> share() const;
    void setShare(std::optional<double> share) { share_ = share.value_or(-1); }

private:
    std::function<bool()> isUnwanted_;
    std::atomic<bool> isCancelled_ = false;
    std::atomic<double> share_ = 0;
};

/// A picture in which every line has its place already: it needs the trace no more, and any thread may render it.
class Picture {
public:
    Picture(const Trace &trace, const PictureOptions &options);
    /// Of a page that is laid out already.
    Picture(std::unique_ptr<const DrawnPage> page, PictureOptions::Format format);
    ~Picture();
    Picture(Picture &&) noexcept;
    Picture &operator=(Picture &&) noexcept;

    /// What is left out of it, and why its size is not that asked for, in sentences; empty if there is nothing to say.
    [[nodiscard]] const QString &note() const;
    /// In the format of the options. An error is a sentence; a cancelled picture is one too.
    [[nodiscard]] tl::expected<QByteArray, QString> render(PictureProgress &progress) const;
    /// As pixels; null if there is not enough memory.
    [[nodiscard]] QImage image(PictureProgress &progress) const;
    /// As writePicture().
    [[nodiscard]] tl::expected<void, QString> write(const QString &path, PictureProgress &progress) const;

private:
    PictureOptions::Format format_;
    std::unique_ptr<const DrawnPage> page_;
};

/// How wide or tall a page of that format may be, in device pixels.
[[nodiscard]] int largestPage(PictureOptions::Format format);

/// The format that a name's ending (.png, .svg, .pdf) stands for; nothing if it is none of them.
[[nodiscard]] std::optional<PictureOptions::Format> pictureFormatOf(const QString &path);

/// Why no picture can be written to `path`, known without writing: its folder is missing or closed, or it is no file. A sentence.
[[nodiscard]] tl::expected<void, QString> checkPictureTarget(const QString &path);

/// A picture of the timeline with title, ruler, lanes, their names and facts, and a legend: drawn by what draws the window. Bytes of files
/// are written to the last digit. Needs a QGuiApplication, but neither a display nor fonts. An error is a sentence.
[[nodiscard]] tl::expected<QByteArray, QString> renderPicture(const Trace &trace, const PictureOptions &options);

/// Writes renderPicture() to `path`, whose ending (.png, .svg, .pdf) is the format, whatever the options say. The file is there completely
/// or, after an error, as it was before. An error is a sentence that names the file and says what to do.
[[nodiscard]] tl::expected<void, QString> writePicture(const Trace &trace, PictureOptions options, const QString &path);

} // namespace loopscope
