#include "ui/window/save_question.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace loopscope {

namespace {

struct SaveWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::SaveQuestion)
};

} // namespace

QMessageBox *makeSaveQuestion(QWidget &window, const QString &question, const QString &consequence)
{
    auto *box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(SaveWords::tr("Not saved"));
    box->setText(question);
    box->setInformativeText(consequence);
    box->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box->button(QMessageBox::Discard)->setText(SaveWords::tr("&Do not save"));
    for (QAbstractButton *button : box->buttons())
        button->setIcon({}); // the words are enough
    box->setDefaultButton(QMessageBox::Save);
    // Without a window manager nobody else gives the keyboard back.
    QObject::connect(box, &QMessageBox::finished, &window, &QWidget::activateWindow);
    return box;
}

} // namespace loopscope
