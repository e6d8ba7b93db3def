#include "ui/window/unsaved_guard.h"

#include "ui/theme/shown_text.h"
#include "ui/window/run_controller.h"
#include "ui/window/save_question.h"
#include "ui/window/saving_commands.h"

#include <QCheckBox>
#include <QMessageBox>

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
    requests_.push_back({std::move(documents), loss, then});
    if (!isSettling_)
        next();
}

void UnsavedGuard::next()
{
    isSettling_ = true;
    while (!requests_.empty()) {
        auto &documents = requests_.front().documents;
        std::erase_if(documents, [this](const auto &document) { return !isToBeAskedFor(*document); });
        if (!documents.empty()) {
            ask(documents.back(), requests_.front().loss);
            return;
        }
        const auto then = std::move(requests_.front().then);
        requests_.pop_front(); // first, for what follows may ask for more
        then();
    }
    isSettling_ = false;
}

void UnsavedGuard::letGo(const TraceDocument &document)
{
    if (awaited_.get() == &document) {
        awaited_->disconnect(this);
        giveUp(std::exchange(awaited_, nullptr));
        return;
    }
    for (Request &request : requests_)
        std::erase_if(request.documents, [&document](const auto &each) { return each.get() == &document; });
    if (asked_.get() == &document) {
        asked_.reset();
        question_->disconnect(this); // closed without an answer
        question_->reject();
        next();
    }
}

void UnsavedGuard::giveUp(const std::shared_ptr<TraceDocument> &document)
{
    std::erase_if(requests_, [&document](const Request &request) { return std::ranges::count(request.documents, document) > 0; });
    next();
}

void UnsavedGuard::ask(const std::shared_ptr<TraceDocument> &document, Loss loss)
{
    Q_EMIT asks(document.get());
    const bool isRun = document->file().path.empty();
    const QString question = isRun ? tr("Save the run “%1”?").arg(shownText(document->trace()->info().title))
                                   : tr("Save the changes to “%1”?").arg(document->name());
    QMessageBox *box = makeSaveQuestion(window_, question, consequence(*document, loss));
    if (isRun)
        box->setCheckBox(new QCheckBox(tr("Do not ask about runs again"), box));
    connect(box, &QMessageBox::finished, this, [this, box, document] {
        asked_.reset();
        answer(*box, document);
    });
    if (document == controller_.document()) // it may end by itself before there is an answer
        connect(&controller_, &RunController::ended, box, [box, document, loss] { box->setInformativeText(consequence(*document, loss)); });
    question_ = box;
    asked_ = document;
    box->open();
}

QString UnsavedGuard::consequence(const TraceDocument &document, Loss loss)
{
    if (!document.file().path.empty())
        return tr("Its marks have changed. Without saving, the changes are lost.");
    const QString state =
        document.trace()->info().finished ? tr("What was recorded is in no file yet.") : tr("It still goes on, and will be stopped.");
    return loss == Loss::OfWindow ? tr("%1 Without saving, it is lost.").arg(state)
                                  : tr("%1 Without saving, it can be found under Run > Recent runs until the window is closed.").arg(state);
}

void UnsavedGuard::answer(const QMessageBox &box, const std::shared_ptr<TraceDocument> &document)
{
    const auto button = box.standardButton(box.clickedButton());
    if (button != QMessageBox::Save && button != QMessageBox::Discard) {
        giveUp(document);
        return;
    }
    if (box.checkBox() && box.checkBox()->isChecked())
        Q_EMIT asksNoMore();
    if (button == QMessageBox::Save) {
        saveWhenEnded(document);
        return;
    }
    letGo(*document);
    next();
}

void UnsavedGuard::saveWhenEnded(const std::shared_ptr<TraceDocument> &document)
{
    if (document->trace()->info().finished) {
        save(document);
        return;
    }
    if (document == controller_.document()) {
        connect(
            &controller_, &RunController::ended, this, [this, document] { save(document); }, Qt::SingleShotConnection);
        controller_.stop();
        return;
    }
    awaited_ = document; // its file is being opened
    connect(document.get(), &TraceDocument::traceReplaced, this, [this, document] {
        if (!document->trace()->info().finished)
            return;
        document->disconnect(this);
        save(std::exchange(awaited_, nullptr));
    });
}

void UnsavedGuard::save(const std::shared_ptr<TraceDocument> &document)
{
    saving_.save(document, [this, document](bool isSaved) { isSaved ? next() : giveUp(document); });
}

} // namespace loopscope
