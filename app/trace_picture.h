#pragma once

#include "app/command_line.h"
#include "core/experiment/comparison.h"
#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <QCoreApplication>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace loopscope {

/// The application object for a trace whose picture is drawn: it can draw, yet asks no display, whatever the environment says.
[[nodiscard]] std::unique_ptr<QCoreApplication> makePictureApplication(int &argc, char **argv);

/// Why no picture can be written there, known before anything has been drawn; nothing if there is no reason.
[[nodiscard]] std::optional<std::string> pictureObjection(const std::string &path);

/// Draws a trace into the file `path`, and tells on stderr what is left out of it. Complete, or an error and no file. Asks `isGivenUp` now
/// and then, on whichever thread.
[[nodiscard]] tl::expected<void, std::string> writeTracePicture(const std::shared_ptr<const Trace> &trace, const Marks &marks,
                                                                const std::string &path, const PictureLook &look,
                                                                const std::function<bool()> &isGivenUp);

/// The same of a comparison, in the width, scale and theme of `options`.
[[nodiscard]] tl::expected<void, std::string> writeComparisonPicture(const Comparison &comparison, const CompareOptions &options,
                                                                     const std::function<bool()> &isGivenUp);

} // namespace loopscope
