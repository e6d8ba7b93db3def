#pragma once

#include "ui/window/trace_document.h"

#include <QObject>
#include <QPointer>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

class QMessageBox;
class QWidget;

namespace loopscope {

class RunController;
class SavingCommands;

/// How what is not saved would be lost.
enum class Loss : std::uint8_t {
    OfTab,   ///< a run can still be found among the recent ones
    OfWindow ///< for good
};

/// Asks before what is not saved is thrown away: runs, if the settings say so, and marks that were made in opened files.
class UnsavedGuard : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    UnsavedGuard(QWidget &window, RunController &controller, SavingCommands &saving);

    /// Whether settle() would ask.
    [[nodiscard]] bool hasToAsk(const std::vector<std::shared_ptr<TraceDocument>> &documents) const;
    /// Calls `then` when nothing is lost by it that a person wants to keep: at once, or when all is answered and saved. Not at all if they
    /// cancel, or saving fails. The last document is asked for first. Whoever comes while others are being settled is settled after them;
    /// an answer counts for all who wait for it.
    void settle(std::vector<std::shared_ptr<TraceDocument>> documents, Loss loss, const std::function<void()> &then);
    /// A document is gone: it is neither asked nor waited for any more. A question on it is closed. If it was to be saved,
    /// that has failed.
    void letGo(const TraceDocument &document);
    /// The window is closed: nobody is asked any more, and nothing follows.
    void forgetAll() { requests_.clear(); }

Q_SIGNALS:
    /// A question on this document comes now.
    void asks(const loopscope::TraceDocument *document);
    /// A person wants no questions on runs any more.
    void asksNoMore();

private:
    struct Request {
        std::vector<std::shared_ptr<TraceDocument>> documents; // the last one first
        Loss loss = Loss::OfTab;
        std::function<void()> then;
    };

    [[nodiscard]] bool isToBeAskedFor(const TraceDocument &document) const;
    void next();
    void ask(const std::shared_ptr<TraceDocument> &document, Loss loss);
    [[nodiscard]] static QString consequence(const TraceDocument &document, Loss loss);
    void answer(const QMessageBox &box, const std::shared_ptr<TraceDocument> &document);
    void saveWhenEnded(const std::shared_ptr<TraceDocument> &document);
    void save(const std::shared_ptr<TraceDocument> &document);
    void giveUp(const std::shared_ptr<TraceDocument> &document);

    QWidget &window_;
    RunController &controller_;
    SavingCommands &saving_;
    std::deque<Request> requests_; // the first one is being settled
    bool isSettling_ = false;
    QPointer<QMessageBox> question_;         // that is open
    std::shared_ptr<TraceDocument> asked_;   // what it is on
    std::shared_ptr<TraceDocument> awaited_; // its trace has to end before it is saved
};

} // namespace loopscope
