#include "ui/window/command_actions.h"

#include <QAction>

namespace loopscope {

void applyKeys(const CommandActions &actions, const KeyMap &map)
{
    for (const auto &[command, action] : actions) {
        const bool isTimelines = infoOf(command).scope == CommandScope::Timeline;
        QList<QKeySequence> all;
        QList<QKeySequence> modified;
        for (const KeyBinding &binding : map.keysOf(command)) {
            if (binding.isByPlace)
                continue; // an action knows letters only
            all.append(QKeySequence(binding.key));
            if ((binding.key.keyboardModifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) != Qt::NoModifier)
                modified.append(all.back());
        }
        // An action has one context for all its keys. Those that it leaves to the timeline, the timeline finds in the same map.
        const bool isLocal = isTimelines && modified.isEmpty();
        action->setShortcutContext(isLocal ? Qt::WidgetWithChildrenShortcut : Qt::WindowShortcut);
        action->setShortcuts(isTimelines && !isLocal ? modified : all);
    }
}

} // namespace loopscope
