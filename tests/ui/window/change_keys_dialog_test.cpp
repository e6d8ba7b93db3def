#include "ui/window/change_keys_dialog.h"

#include "ui/window/keys_dialog.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace loopscope;

class ChangeKeysDialogTest : public QObject {
    Q_OBJECT

private:
    static void choose(QDialog &dialog, Command command)
    {
        auto *list = dialog.findChild<QTreeWidget *>();
        for (QTreeWidgetItemIterator at(list); *at; ++at) {
            if ((*at)->text(0) == plainTitle(command))
                list->setCurrentItem(*at);
        }
    }

    static QPushButton *button(const QDialog &dialog, const char *text)
    {
        for (auto *found : dialog.findChildren<QPushButton *>()) {
            if (found->text().remove(QLatin1Char('&')) == QLatin1String(text))
                return found;
        }
        return nullptr;
    }

private Q_SLOTS:
    void aRecordedKeyIsAdded()
    {
        ChangeKeysDialog dialog((KeyMap()));
        QSignalSpy changes(&dialog, &ChangeKeysDialog::changed);
        choose(dialog, Command::FitAll);
        auto *recorder = dialog.findChild<QKeySequenceEdit *>();
        QTest::keyClick(recorder, Qt::Key_F9);
        QTRY_VERIFY(button(dialog, "Add this key")->isEnabled()); // a second later: another key could follow
        QCOMPARE(dialog.verdict(), QStringLiteral("“F9” is free."));
        button(dialog, "Add this key")->click();
        QCOMPARE(dialog.keys().ownerOf(Qt::Key_F9), Command::FitAll);
        QCOMPARE(changes.count(), 1);
        QVERIFY(recorder->keySequence().isEmpty());
    }

    void aConflictIsSaidBeforeItIsMade()
    {
        ChangeKeysDialog dialog((KeyMap()));
        choose(dialog, Command::FitAll);
        auto *recorder = dialog.findChild<QKeySequenceEdit *>();
        recorder->setKeySequence(QKeySequence(Qt::CTRL | Qt::Key_E));
        QCOMPARE(dialog.verdict(), QStringLiteral("“Ctrl+E” is a key of “Export picture”, which loses it if you add it here."));
        button(dialog, "Add this key")->click();
        QVERIFY(dialog.keys().keysOf(Command::ExportPicture).empty());
        recorder->setKeySequence(QKeySequence(Qt::CTRL | Qt::Key_1));
        QCOMPARE(dialog.verdict(), QStringLiteral("“Ctrl+1” is taken: it is “Built-in scenarios”, which cannot change."));
        QVERIFY(!button(dialog, "Add this key")->isEnabled());
    }

    void oneOrAllAreReset()
    {
        KeyMap keys;
        keys.clear(Command::FitAll);
        keys.clear(Command::Quit);
        ChangeKeysDialog dialog(keys);
        choose(dialog, Command::FitAll);
        button(dialog, "Reset")->click();
        QVERIFY(dialog.keys().isUsual(Command::FitAll));
        QVERIFY(!dialog.keys().isUsual(Command::Quit));
        button(dialog, "Reset all")->click();
        QCOMPARE(dialog.keys(), KeyMap());
        QVERIFY(!button(dialog, "Reset all")->isEnabled());
    }

    void aCommandCanBeWithoutKeys()
    {
        ChangeKeysDialog dialog((KeyMap()));
        choose(dialog, Command::FitAll);
        button(dialog, "Remove its keys")->click();
        QVERIFY(dialog.keys().keysOf(Command::FitAll).empty());
    }

    void theSearchFindsTitlesAndKeys()
    {
        ChangeKeysDialog dialog((KeyMap()));
        auto *list = dialog.findChild<QTreeWidget *>();
        const auto shown = [list] {
            QStringList titles;
            for (QTreeWidgetItemIterator at(list, QTreeWidgetItemIterator::NotHidden); *at; ++at) {
                if ((*at)->parent() && !(*at)->parent()->isHidden())
                    titles.append((*at)->text(0));
            }
            return titles;
        };
        dialog.findChild<QLineEdit *>()->setText(QStringLiteral("whole RUN"));
        QCOMPARE(shown(), QStringList{QStringLiteral("Fit the whole run")});
        QCOMPARE(list->currentItem()->text(0), QStringLiteral("Fit the whole run"));
        dialog.findChild<QLineEdit *>()->setText(QStringLiteral("ctrl+e"));
        QCOMPARE(shown(), QStringList{QStringLiteral("Export picture")});
        dialog.findChild<QLineEdit *>()->setText(QStringLiteral("no such thing"));
        QCOMPARE(shown(), QStringList());
        QVERIFY(!button(dialog, "Remove its keys")->isEnabled());
    }

    void everyKeyCanBeReadInWhole_data()
    {
        QTest::addColumn<int>("points");
        // The screen off screen is small.
        QTest::newRow("half of the usual") << QApplication::font().pointSize() / 2;
        QTest::newRow("two thirds of it") << QApplication::font().pointSize() * 2 / 3;
    }
    void everyKeyCanBeReadInWhole()
    {
        QFETCH(const int, points);
        const auto restore = qScopeGuard([usual = QApplication::font()] { QApplication::setFont(usual); });
        QFont font = QApplication::font();
        font.setPointSize(points);
        QApplication::setFont(font);
        ChangeKeysDialog dialog((KeyMap()));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        const auto *list = dialog.findChild<QTreeWidget *>();
        const auto fits = [list] {
            const QAbstractItemView &hints = *list;
            return list->header()->sectionSize(0) >= hints.sizeHintForColumn(0)
                   && list->header()->sectionSize(1) >= hints.sizeHintForColumn(1) && list->header()->length() <= list->viewport()->width();
        };
        QVERIFY(fits());
        dialog.findChild<QLineEdit *>()->setText(QStringLiteral("forward"));
        choose(dialog, Command::GoForward);
        for (const Qt::Key key : {Qt::Key_F9, Qt::Key_F10}) {
            dialog.findChild<QKeySequenceEdit *>()->setKeySequence(QKeySequence(Qt::CTRL | Qt::ALT | key));
            button(dialog, "Add this key")->click();
        }
        QTRY_VERIFY(fits());
        dialog.findChild<QLineEdit *>()->clear();
        QTRY_VERIFY(fits());
    }

    void staysOnTheScreen()
    {
        const auto restore = qScopeGuard([usual = QApplication::font()] { QApplication::setFont(usual); });
        QFont font = QApplication::font();
        font.setPointSize(4 * font.pointSize());
        QApplication::setFont(font);
        ChangeKeysDialog dialog((KeyMap()));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        const QSize screen = dialog.screen()->availableSize();
        const QSize least = dialog.minimumSizeHint().expandedTo(screen);
        QVERIFY(dialog.width() <= least.width() && dialog.height() <= least.height());
    }

    void aChangeThatNeedsNoRoomLeavesTheWidth()
    {
        ChangeKeysDialog dialog((KeyMap()));
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        dialog.resize(400, 300);
        choose(dialog, Command::GoForward);
        button(dialog, "Remove its keys")->click();
        QCOMPARE(dialog.width(), 400);
    }

    void theHelpShowsTheKeysThatCount()
    {
        KeysDialog help((KeyMap()));
        const auto says = [&help](const QString &text) {
            const auto labels = help.findChildren<QLabel *>();
            return std::ranges::any_of(labels, [&text](const QLabel *label) { return label->text() == text; });
        };
        for (const CommandInfo &info : allCommands())
            QVERIFY2(says(plainTitle(info.command)), info.id);
        QVERIFY(!says(QStringLiteral("F9")));
        KeyMap keys;
        keys.clear(Command::AddMark);
        keys.add(Command::AddMark, {Qt::Key_F9});
        help.setKeys(keys);
        QVERIFY(says(QStringLiteral("F9")));
    }
};

QTEST_MAIN(ChangeKeysDialogTest)
#include "change_keys_dialog_test.moc"
