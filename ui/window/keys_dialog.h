#pragma once

#include "ui/commands/key_map.h"

#include <QDialog>

#include <utility>
#include <vector>

class QGridLayout;
class QLabel;

namespace loopscope {

/// All keys and mouse gestures of the window, from the table of commands. Does not block the window: keys can be tried while it is open.
class KeysDialog : public QDialog {
    Q_OBJECT

public:
    explicit KeysDialog(const KeyMap &keys, QWidget *parent = nullptr);

    /// Other keys count from now on.
    void setKeys(const KeyMap &keys);

Q_SIGNALS:
    /// A person wants other keys.
    void changeWanted();

private:
    void addHeading(QGridLayout &grid, CommandGroup group);
    void addCommand(QGridLayout &grid, Command command);

    std::vector<std::pair<Command, QLabel *>> labels_;
};

} // namespace loopscope
