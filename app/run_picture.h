#pragma once

#include "app/command_line.h"
#include "core/trace/trace.h"

#include <QCoreApplication>

#include <memory>
#include <string>

namespace loopscope {

/// The application object for a run whose picture is drawn: it can draw, yet asks no display, whatever the environment says.
[[nodiscard]] std::unique_ptr<QCoreApplication> makePictureApplication(int &argc, char **argv);

/// Draws the whole run into the file of `--screenshot`. Complete, or an error and no file.
[[nodiscard]] tl::expected<void, std::string> writeRunPicture(const Trace &trace, const RunOptions &options);

} // namespace loopscope
