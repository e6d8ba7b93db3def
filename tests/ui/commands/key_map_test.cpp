#include "ui/commands/key_map.h"

#include <QKeyEvent>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

QKeyEvent press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    return {QEvent::KeyPress, key, modifiers};
}

QString idOf(std::optional<Command> command)
{
    return command ? QString::fromLatin1(infoOf(*command).id) : QStringLiteral("nothing");
}

} // namespace

class KeyMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCommandHasItsNames()
    {
        QSet<QString> ids;
        for (const CommandInfo &info : allCommands()) {
            ids.insert(QString::fromLatin1(info.id));
            QVERIFY(!plainTitle(info.command).isEmpty());
            QVERIFY(!plainTitle(info.command).contains(QLatin1Char('&')));
        }
        QCOMPARE(static_cast<std::size_t>(ids.size()), allCommands().size());
    }

    void noKeyCallsTwoCommands()
    {
        QSet<QString> seen;
        for (const CommandInfo &info : allCommands()) {
            for (const KeyBinding &key : KeyMap::usualKeys(info.command)) {
                QVERIFY2(!seen.contains(keyText(key)), qPrintable(keyText(key)));
                seen.insert(keyText(key));
            }
        }
    }

    void whatTheMouseDoesHasNoKeys()
    {
        for (const CommandInfo &info : allCommands()) {
            if (info.scope == CommandScope::Mouse) {
                QVERIFY(KeyMap().keysOf(info.command).empty());
                QVERIFY(!keysText(KeyMap(), info.command).isEmpty());
            }
        }
    }

    void keyPressesReachTheTimeline_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<QString>("command");
        const auto row = [](const char *name, Qt::Key key, Qt::KeyboardModifiers modifiers, const char *command) {
            QTest::newRow(name) << key << modifiers << QString::fromLatin1(command);
        };
        row("a letter of a place, where places are unknown", Qt::Key_W, Qt::NoModifier, "zoomIn");
        row("an arrow", Qt::Key_Left, Qt::NoModifier, "panLeft");
        row("an arrow of the number pad", Qt::Key_Left, Qt::KeypadModifier, "panLeft");
        row("plus, which needs Shift", Qt::Key_Plus, Qt::ShiftModifier, "zoomIn");
        row("a bracket with AltGr", Qt::Key_BracketLeft, Qt::GroupSwitchModifier, "followCause");
        row("with Ctrl", Qt::Key_0, Qt::ControlModifier, "fitAll");
        row("a letter with Shift", Qt::Key_W, Qt::ShiftModifier, "nothing");
        row("a letter with Ctrl", Qt::Key_F, Qt::ControlModifier, "nothing");
        row("what the window does", Qt::Key_F5, Qt::NoModifier, "nothing");
        row("both Enters", Qt::Key_Enter, Qt::KeypadModifier, "toggleFold");
    }

    void keyPressesReachTheTimeline()
    {
        QFETCH(Qt::Key, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(QString, command);
        QCOMPARE(idOf(KeyMap().timelineCommand(press(key, modifiers))), command);
    }

    void aKeyGoesFromOneCommandToAnother()
    {
        KeyMap keys;
        QCOMPARE(keys.ownerOf(Qt::Key_F), Command::FitSelection);
        keys.add(Command::AddMark, {Qt::Key_F});
        QCOMPARE(keys.ownerOf(Qt::Key_F), Command::AddMark);
        QVERIFY(keys.keysOf(Command::FitSelection).empty());
        QCOMPARE(idOf(keys.timelineCommand(press(Qt::Key_F))), QStringLiteral("addMark"));
        keys.reset(Command::FitSelection);
        QCOMPARE(keys.ownerOf(Qt::Key_F), Command::FitSelection);
        QVERIFY(keys.isUsual(Command::FitSelection));
        QVERIFY(keys != KeyMap() || keys.isUsual(Command::AddMark));
    }

    void fixedKeysStay()
    {
        KeyMap keys;
        keys.add(Command::AddMark, {Qt::CTRL | Qt::Key_1});
        keys.add(Command::AddMark, {Qt::Key_Shift});
        keys.clear(Command::RunScenario);
        keys.add(Command::ZoomByMouse, {Qt::Key_F9});
        QCOMPARE(keys, KeyMap());
        QVERIFY(!keys.canUse(Qt::CTRL | Qt::Key_1));
        QVERIFY(keys.canUse(Qt::Key_F9));
    }

    void settingsKeepWhatIsChanged()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("keys.ini")), QSettings::IniFormat);
        KeyMap keys;
        keys.add(Command::AddMark, {Qt::Key_F});                // taken from another, which has none then
        keys.add(Command::PanLeft, {Qt::CTRL | Qt::Key_Comma}); // a comma separates texts of a list
        keys.clear(Command::Quit);
        saveKeys(settings, keys);
        settings.sync();
        const QSettings again(settings.fileName(), QSettings::IniFormat);
        QCOMPARE(loadKeys(again), keys);
        QVERIFY(!again.contains(QStringLiteral("keys/zoomIn")));
        saveKeys(settings, KeyMap());
        QVERIFY(settings.allKeys().isEmpty());
    }

    void foreignSettingsChangeNothing_data()
    {
        QTest::addColumn<QVariant>("value");
        QTest::newRow("bytes") << QVariant(QByteArray("\x01\xff rubbish"));
        QTest::newRow("no key") << QVariant(QStringList{QStringLiteral("Ctrl+Nonsense")});
        QTest::newRow("a modifier alone") << QVariant(QStringList{QStringLiteral("Ctrl+")});
        QTest::newRow("two keys after each other") << QVariant(QStringList{QStringLiteral("Ctrl+K, Ctrl+C")});
        QTest::newRow("a place that is unknown") << QVariant(QStringList{QStringLiteral("@Q")});
        QTest::newRow("nothing") << QVariant(QStringList());
    }

    void foreignSettingsChangeNothing()
    {
        QFETCH(QVariant, value);
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("keys.ini")), QSettings::IniFormat);
        for (const CommandInfo &info : allCommands())
            settings.setValue(QStringLiteral("keys/") + QString::fromLatin1(info.id), value);
        const KeyMap keys = loadKeys(settings);
        if (value.toStringList().isEmpty())
            QVERIFY(keys.keysOf(Command::Quit).empty());
        else
            QCOMPARE(keys, KeyMap());
        QVERIFY(!keys.keysOf(Command::RunScenario).empty());
    }

    void textsSayWhatToPress()
    {
        QCOMPARE(keysText(KeyMap(), Command::PanLeft), QStringLiteral("A, ←"));
        QCOMPARE(keysText(KeyMap(), Command::GoBack), QStringLiteral("Alt+←, Back, mouse button Back"));
        QCOMPARE(keysText(KeyMap(), Command::RunScenario), QStringLiteral("Ctrl+1 … Ctrl+7"));
        QCOMPARE(keysText(KeyMap(), Command::FitSelection), QStringLiteral("F, double-click"));
        QCOMPARE(keysText(KeyMap(), Command::ChangeKeys), QString());
    }
};

QTEST_MAIN(KeyMapTest)
#include "key_map_test.moc"
