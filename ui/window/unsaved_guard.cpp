#include "ui/window/unsaved_guard.h"

#include "ui/theme/shown_text.h"
#include "ui/window/run_controller.h"
#include "ui/window/saving_commands.h"

#include <QCheckBox>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace loopscope {

UnsavedGuard::UnsavedGuard(QWidget &window, RunController &controller, SavingCommands &saving)
    : QObject(&window)
    , window_(window)
    , controller_(controller)
    , saving_(saving)
{
}

bool UnsavedGuard::isToBeAskedFor(const TraceDocument &document) const
{
    const bool isRun = document.file().path.empty();
    return document.isUnsaved() && (!isRun || controller_.settings().asksBeforeLoss);
}

bool UnsavedGuard::hasToAsk(const std::vector<std::shared_ptr<TraceDocument>> &documents) const
{
    return std::ranges::any_of(documents, [this](const auto &document) { return isToBeAskedFor(*document); });
}

void UnsavedGuard::settle(std::vector<std::shared_ptr<TraceDocument>> documents, Loss loss, const std::function<void()> &then)
{
    then_.push_back(then);
    if (isAsking_)
        return;
    documents_ = std::move(documents);
    loss_ = loss;
    next();
}

void UnsavedGuard::next()
{
    isAsking_ = false;
    while (!documents_.empty() && !isToBeAskedFor(*documents_.back()))
        documents_.pop_back();
    if (!documents_.empty()) {
        ask(documents_.back());
        return;
    }
    for (const auto &then : std::exchange(then_, {}))
        then();
}

void UnsavedGuard::giveUp()
{
    isAsking_ = false;
    documents_.clear();
    then_.clear();
}

void UnsavedGuard::ask(const std::shared_ptr<TraceDocument> &document)
{
    isAsking_ = true;
    Q_EMIT asks(document.get());
    const bool isRun = document->file().path.empty();
    auto *box = new QMessageBox(&window_);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Not saved"));
    if (isRun) {
        box->setText(tr("Save the run “%1”?").arg(shownText(document->trace()->info().title)));
        box->setCheckBox(new QCheckBox(tr("Do not ask about runs again"), box));
    } else {
        box->setText(tr("Save the changes to “%1”?").arg(document->name()));
    }
    box->setInformativeText(consequence(*document));
    box->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box->button(QMessageBox::Discard)->setText(tr("&Do not save"));
    for (QAbstractButton *button : box->buttons())
        button->setIcon({}); // the words are enough
    box->setDefaultButton(QMessageBox::Save);
    connect(box, &QMessageBox::finished, this, [this, box, document] {
        window_.activateWindow(); // without a window manager nobody else gives the keyboard back
        answer(*box, document);
    });
    box->open();
}

QString UnsavedGuard::consequence(const TraceDocument &document) const
{
    if (!document.file().path.empty())
        return tr("Its marks have changed. Without saving, the changes are lost.");
    const QString state =
        document.trace()->info().finished ? tr("What was recorded is in no file yet.") : tr("It goes on, and is stopped.");
    return loss_ == Loss::OfWindow
               ? tr("%1 Without saving, it is lost.").arg(state)
               : tr("%1 Without saving, it can be found under Run > Recent runs until the window is closed.").arg(state);
}

void UnsavedGuard::answer(const QMessageBox &box, const std::shared_ptr<TraceDocument> &document)
{
    const auto button = box.standardButton(box.clickedButton());
    if (button != QMessageBox::Save && button != QMessageBox::Discard) {
        giveUp();
        return;
    }
    if (box.checkBox() && box.checkBox()->isChecked())
        Q_EMIT asksNoMore();
    documents_.pop_back();
    if (button == QMessageBox::Discard) {
        next();
        return;
    }
    isAsking_ = false; // the dialog that asks where to may be cancelled, and says nothing then
    saveWhenEnded(document);
}

void UnsavedGuard::saveWhenEnded(const std::shared_ptr<TraceDocument> &document)
{
    const auto save = [this, document, documents = std::exchange(documents_, {}), loss = loss_, then = std::exchange(then_, {})] {
        saving_.save(document, [this, documents, loss, then] {
            settle(documents, loss, [then] {
                for (const auto &each : then)
                    each();
            });
        });
    };
    if (document->trace()->info().finished) {
        save();
        return;
    }
    connect(&controller_, &RunController::ended, this, save, Qt::SingleShotConnection);
    controller_.stop();
}

} // namespace loopscope
