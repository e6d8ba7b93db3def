#pragma once

#include <QDialog>

namespace loopscope {

/// All keys and mouse gestures of the window. Does not block it: keys can be tried while it is open.
class KeysDialog : public QDialog {
    Q_OBJECT

public:
    explicit KeysDialog(QWidget *parent = nullptr);
};

} // namespace loopscope
