#pragma once

#include <QLineEdit>
#include <QObject>
#include <QPointer>
#include <QString>

namespace loopscope {

/// Takes back what is being typed into a field of a window: fields of text and of numbers leave Esc to their window, which would close.
class FieldRestorer : public QObject {
public:
    /// For the fields of `window`, which owns it.
    explicit FieldRestorer(QWidget &window);

    /// Gives the field that has the keyboard what it held when it got it, or when Enter was pressed since; false if it holds that, or if
    /// there is no such field.
    bool restore();

private:
    void enter(QWidget &field);
    void accept();

    QPointer<QLineEdit> editor_; // of the field that has the keyboard
    QString accepted_;
};

} // namespace loopscope
