#include "ui/window/field_restorer.h"

#include <QAbstractSpinBox>
#include <QApplication>

namespace loopscope {

FieldRestorer::FieldRestorer(QWidget &window)
    : QObject(&window)
{
    connect(qApp, &QApplication::focusChanged, this, [this, &window](QWidget * /*old*/, QWidget *now) {
        editor_ = nullptr;
        if (now != nullptr && window.isAncestorOf(now))
            enter(*now);
    });
}

void FieldRestorer::enter(QWidget &field)
{
    if (auto *box = qobject_cast<QAbstractSpinBox *>(&field)) {
        editor_ = box->findChild<QLineEdit *>();
        connect(box, &QAbstractSpinBox::editingFinished, this, &FieldRestorer::accept, Qt::UniqueConnection);
    } else if (auto *line = qobject_cast<QLineEdit *>(&field)) {
        editor_ = line;
        connect(line, &QLineEdit::editingFinished, this, &FieldRestorer::accept, Qt::UniqueConnection);
    }
    accept();
}

void FieldRestorer::accept()
{
    if (editor_)
        accepted_ = editor_->text();
}

bool FieldRestorer::restore()
{
    if (!editor_ || editor_->text() == accepted_)
        return false;
    editor_->setText(accepted_);
    editor_->selectAll();
    return true;
}

} // namespace loopscope
