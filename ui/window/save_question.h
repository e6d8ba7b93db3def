#pragma once

#include <QString>

class QMessageBox;
class QWidget;

namespace loopscope {

/// The question whether to save what is in no file yet: its buttons are Save, Discard and Cancel. Both texts are plain. It belongs to
/// `window`, which has the keyboard again when it is answered, and deletes itself when it is closed. It is not open yet.
[[nodiscard]] QMessageBox *makeSaveQuestion(QWidget &window, const QString &question, const QString &consequence);

} // namespace loopscope
