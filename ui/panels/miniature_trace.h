#pragma once

#include "core/trace/trace.h"

#include <QByteArray>
#include <QString>

#include <memory>

#include <tl/expected.hpp>

namespace loopscope {

/// A trace from the tasks of a recorded run, as resources/miniatures/record keeps them:
///
///     {"version": 1, "wall_ns": 6000000000, "tasks": [{"name": "a", "spans": [["ready", 0, 500], ["running", 500, 900]]}]}
///
/// Times are ns since the run's start. Names and spans only: no wakes, no workers. At most 64 tasks and 20,000 spans in all. The error is
/// for the maker of the document.
[[nodiscard]] tl::expected<std::shared_ptr<const Trace>, QString> parseMiniature(const QByteArray &json);

} // namespace loopscope
