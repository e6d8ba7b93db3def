#pragma once

#include "ui/commands/command.h"

#include <QKeyCombination>

#include <array>
#include <optional>
#include <vector>

class QKeyEvent;
class QSettings;

namespace loopscope {

/// One key of a command, with its modifiers.
struct KeyBinding {
    QKeyCombination key;
    /// It counts where `key` lies on an American keyboard, whatever letter is there: for keys of which a hand knows the place.
    bool isByPlace = false;

    friend bool operator==(const KeyBinding &, const KeyBinding &) = default;
};

/// Which keys call which command. No key calls two. Without any change they are those of the table of commands.
class KeyMap {
public:
    KeyMap();

    [[nodiscard]] const std::vector<KeyBinding> &keysOf(Command command) const { return keys_[static_cast<std::size_t>(command)]; }
    /// Who has the key, by its letter or by its place.
    [[nodiscard]] std::optional<Command> ownerOf(QKeyCombination key) const;
    /// False for what the mouse alone does, and for keys that are fixed.
    [[nodiscard]] static bool canChange(Command command);
    /// Whether a key can be given to a command: not a modifier alone, and none that is fixed.
    [[nodiscard]] bool canUse(QKeyCombination key) const;

    /// Adds a key to those of a command, and takes it from whoever had it. Changes nothing that canChange() or canUse() rule out.
    void add(Command command, KeyBinding key);
    /// Takes all keys from a command that can change.
    void clear(Command command);
    /// Gives a command its usual keys, and takes them from whoever has them.
    void reset(Command command);
    [[nodiscard]] bool isUsual(Command command) const { return keysOf(command) == usualKeys(command); }
    [[nodiscard]] static std::vector<KeyBinding> usualKeys(Command command);

    /// What a key press asks the timeline for, if anything. Where the system tells the place of a key, bindings by place look at nothing
    /// else; brackets, plus and the like count with or without the Shift that a keyboard may need for them.
    [[nodiscard]] std::optional<Command> timelineCommand(const QKeyEvent &event) const;

    friend bool operator==(const KeyMap &, const KeyMap &) = default;

private:
    void take(QKeyCombination key);
    [[nodiscard]] std::optional<Command> timelineCommandOf(QKeyCombination key, quint32 scanCode) const;

    std::array<std::vector<KeyBinding>, static_cast<std::size_t>(Command::Quit) + 1> keys_;
};

/// The keys as the settings have them. What makes no sense there is as if it were not there.
[[nodiscard]] KeyMap loadKeys(const QSettings &settings);
/// Keeps what is not usual.
void saveKeys(QSettings &settings, const KeyMap &keys);

/// As the desktop writes it: "Ctrl+O", "←".
[[nodiscard]] QString keyText(const KeyBinding &key);
/// The keys and the gesture of a command: "W, +, Ctrl++", "Ctrl+1 … Ctrl+6", "F, double-click". Empty if it has neither.
[[nodiscard]] QString keysText(const KeyMap &keys, Command command);

} // namespace loopscope
