#pragma once

#include "ui/commands/key_map.h"

#include <utility>
#include <vector>

class QAction;

namespace loopscope {

/// Actions, each with the command that it is.
using CommandActions = std::vector<std::pair<Command, QAction *>>;

/// Gives each action its command's keys, at once in the menus too.
void applyKeys(const CommandActions &actions, const KeyMap &map);

} // namespace loopscope
