#pragma once

#include "app/command_line.h"
#include "app/window_command.h"
#include "core/experiment/comparison.h"
#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <QCoreApplication>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// What the program needs of the part of it that draws.
///
/// That part is a module of its own, loaded when there is something to draw: a program that is linked to Qt's widgets takes three times as
/// long to start, and most runs of the command line draw nothing.
struct WindowModule {
    /// See app/window_command.h.
    int (*runWindow)(int argc, char **argv, const WindowContent &content);

    // See app/trace_picture.h.

    std::unique_ptr<QCoreApplication> (*makePictureApplication)(int &argc, char **argv);
    std::optional<std::string> (*pictureObjection)(const std::string &path);
    tl::expected<void, std::string> (*writeTracePicture)(const std::shared_ptr<const Trace> &trace, const Marks &marks,
                                                         const std::string &path, const PictureLook &look,
                                                         const std::function<bool()> &isGivenUp);
    tl::expected<void, std::string> (*writeComparisonPicture)(const Comparison &comparison, const CompareOptions &options,
                                                              const std::function<bool()> &isGivenUp);
};

/// See core/files/module.h. An error is a sentence for people.
[[nodiscard]] tl::expected<const WindowModule *, std::string> loadWindowModule();

} // namespace loopscope
