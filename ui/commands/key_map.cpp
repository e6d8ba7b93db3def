#include "ui/commands/key_map.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QKeySequence>
#include <QSettings>
#include <QStringList>

#include <algorithm>

namespace loopscope {

namespace {

constexpr QChar placeSign(u'@');
constexpr auto settingsGroup = "keys/";

struct KeyPlace {
    Qt::Key key;
    quint32 scanCode;
};
// Key codes of X11 and Wayland, evdev's plus 8, of keys that count by their place.
constexpr std::array keyPlaces{KeyPlace{Qt::Key_W, 25}, KeyPlace{Qt::Key_A, 38}, KeyPlace{Qt::Key_S, 39}, KeyPlace{Qt::Key_D, 40}};

bool hasPlaces()
{
    const QString platform = QGuiApplication::platformName();
    return platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
}

quint32 placeOf(Qt::Key key)
{
    const auto *const found = std::ranges::find(keyPlaces, key, &KeyPlace::key);
    return found == keyPlaces.end() ? 0 : found->scanCode;
}

bool isModifier(Qt::Key key)
{
    return key == Qt::Key_unknown || key == Qt::Key(0) || (key >= Qt::Key_Shift && key <= Qt::Key_ScrollLock) || key == Qt::Key_AltGr
           || key == Qt::Key_Super_L || key == Qt::Key_Super_R;
}

std::optional<KeyBinding> bindingOf(QString text)
{
    KeyBinding binding;
    if (text.size() > 1 && text.startsWith(placeSign)) {
        binding.isByPlace = true;
        text.remove(0, 1);
    }
    const QKeySequence keys = QKeySequence::fromString(text, QKeySequence::PortableText);
    if (keys.count() != 1 || isModifier(keys[0].key()))
        return std::nullopt;
    binding.key = keys[0];
    if (binding.isByPlace && (binding.key.keyboardModifiers() != Qt::NoModifier || placeOf(binding.key.key()) == 0))
        return std::nullopt;
    return binding;
}

// Nothing if one of them is no key. A single empty text is no key at all: a setting without texts would not be kept.
std::optional<std::vector<KeyBinding>> bindingsOf(const QStringList &texts)
{
    std::vector<KeyBinding> bindings;
    if (texts == QStringList{QString()})
        return bindings;
    for (const QString &text : texts) {
        const auto binding = bindingOf(text);
        if (!binding)
            return std::nullopt;
        bindings.push_back(*binding);
    }
    return bindings;
}

QString portableText(const KeyBinding &binding)
{
    const QString text = QKeySequence(binding.key).toString(QKeySequence::PortableText);
    return binding.isByPlace ? placeSign + text : text;
}

QString settingsKey(const CommandInfo &info)
{
    return QLatin1String(settingsGroup) + QLatin1String(info.id);
}

} // namespace

std::vector<KeyBinding> KeyMap::usualKeys(Command command)
{
    return bindingsOf(QString::fromLatin1(infoOf(command).keys).split(QLatin1Char(' '), Qt::SkipEmptyParts)).value();
}

KeyMap::KeyMap()
{
    for (const CommandInfo &info : allCommands())
        keys_[static_cast<std::size_t>(info.command)] = usualKeys(info.command);
}

std::optional<Command> KeyMap::ownerOf(QKeyCombination key) const
{
    for (const CommandInfo &info : allCommands()) {
        if (std::ranges::find(keysOf(info.command), key, &KeyBinding::key) != keysOf(info.command).end())
            return info.command;
    }
    return std::nullopt;
}

bool KeyMap::canChange(Command command)
{
    const CommandScope scope = infoOf(command).scope;
    return scope == CommandScope::Window || scope == CommandScope::Timeline;
}

bool KeyMap::canUse(QKeyCombination key) const
{
    const auto owner = ownerOf(key);
    return !isModifier(key.key()) && (!owner || canChange(*owner));
}

void KeyMap::take(QKeyCombination key)
{
    for (std::vector<KeyBinding> &bindings : keys_)
        std::erase_if(bindings, [key](const KeyBinding &binding) { return binding.key == key; });
}

void KeyMap::add(Command command, KeyBinding key)
{
    if (!canChange(command) || !canUse(key.key))
        return;
    take(key.key);
    keys_[static_cast<std::size_t>(command)].push_back(key);
}

void KeyMap::clear(Command command)
{
    if (canChange(command))
        keys_[static_cast<std::size_t>(command)].clear();
}

void KeyMap::reset(Command command)
{
    clear(command);
    for (const KeyBinding &key : usualKeys(command))
        add(command, key);
}

std::optional<Command> KeyMap::timelineCommandOf(QKeyCombination key, quint32 scanCode) const
{
    const bool isPlaceKnown = hasPlaces() && scanCode != 0;
    const auto asks = [&](const KeyBinding &binding) {
        if (binding.isByPlace && isPlaceKnown)
            return key.keyboardModifiers() == Qt::NoModifier && placeOf(binding.key.key()) == scanCode;
        return binding.key == key;
    };
    for (const CommandInfo &info : allCommands()) {
        if (info.scope == CommandScope::Timeline && std::ranges::any_of(keysOf(info.command), asks))
            return info.command;
    }
    return std::nullopt;
}

std::optional<Command> KeyMap::timelineCommand(const QKeyEvent &event) const
{
    const Qt::KeyboardModifiers modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const auto key = static_cast<Qt::Key>(event.key());
    if (const auto command = timelineCommandOf(modifiers | key, event.nativeScanCode()))
        return command;
    const bool isSign = key > Qt::Key_Space && key < Qt::Key_Escape && !QChar(event.key()).isLetter();
    return isSign && modifiers == Qt::ShiftModifier ? timelineCommandOf(key, 0) : std::nullopt;
}

KeyMap loadKeys(const QSettings &settings)
{
    std::vector<std::pair<Command, std::vector<KeyBinding>>> changes;
    for (const CommandInfo &info : allCommands()) {
        if (!settings.contains(settingsKey(info)))
            continue;
        if (const auto bindings = bindingsOf(settings.value(settingsKey(info)).toStringList()))
            changes.emplace_back(info.command, *bindings);
    }
    KeyMap keys;
    // First all are taken away: what one command got from another is nobody's by then.
    for (const auto &change : changes)
        keys.clear(change.first);
    for (const auto &[command, bindings] : changes) {
        for (const KeyBinding &binding : bindings)
            keys.add(command, binding);
    }
    return keys;
}

void saveKeys(QSettings &settings, const KeyMap &keys)
{
    for (const CommandInfo &info : allCommands()) {
        if (keys.isUsual(info.command)) {
            settings.remove(settingsKey(info));
            continue;
        }
        QStringList texts;
        for (const KeyBinding &binding : keys.keysOf(info.command))
            texts.append(portableText(binding));
        settings.setValue(settingsKey(info), texts.isEmpty() ? QStringList{QString()} : texts);
    }
}

QString keyText(const KeyBinding &key)
{
    QString text = QKeySequence(key.key).toString(QKeySequence::NativeText);
    const std::array<std::pair<QLatin1String, QChar>, 4> arrows{{{QLatin1String("Left"), QChar(0x2190)},
                                                                 {QLatin1String("Up"), QChar(0x2191)},
                                                                 {QLatin1String("Right"), QChar(0x2192)},
                                                                 {QLatin1String("Down"), QChar(0x2193)}}};
    for (const auto &[name, arrow] : arrows) {
        if (text == name || text.endsWith(QLatin1Char('+') + name))
            text.replace(text.size() - name.size(), name.size(), arrow);
    }
    return text;
}

QString keysText(const KeyMap &keys, Command command)
{
    const CommandInfo &info = infoOf(command);
    const std::vector<KeyBinding> &bindings = keys.keysOf(command);
    if (info.scope == CommandScope::Fixed && bindings.size() > 2)
        return keyText(bindings.front()) + QStringLiteral(" … ") + keyText(bindings.back());
    QStringList texts;
    for (const KeyBinding &binding : bindings)
        texts.append(keyText(binding));
    if (info.gesture)
        texts.append(QCoreApplication::translate("Commands", info.gesture));
    return texts.join(QStringLiteral(", "));
}

} // namespace loopscope
