#pragma once

#include "ui/panels/lane_story.h"

#include <QCoreApplication>

#include <optional>

namespace loopscope {

/// In whose name stories are translated.
struct StoryWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::LaneStory)
};

/// Adds a fact to a story, unless there is nothing to tell.
inline void addFact(LaneStory &story, const QString &label, const QString &text, const std::optional<Target> &target = {})
{
    if (!text.isEmpty())
        story.facts.push_back({label, text, target, false});
}

} // namespace loopscope
