#pragma once

#include "ui/panels/run_summary.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/trace_marks.h"
#include "ui/timeline/view_history.h"
#include "ui/timeline/viewport.h"
#include "ui/window/picture_export.h"
#include "ui/window/replay_player.h"
#include "ui/window/run_study.h"
#include "ui/window/trace_document.h"

#include <QPointer>
#include <QWidget>

#include <memory>

namespace loopscope {

class MarksDialog;
class RunPage;
class TimelineView;

/// A document in the window, with all that belongs to looking at it: what is selected and visible, the views before, the marks, a replay.
class TracePage : public QWidget {
    Q_OBJECT

public:
    explicit TracePage(QWidget *parent = nullptr);
    ~TracePage() override;

    /// Shows a document from its beginning; never null.
    void setDocument(std::shared_ptr<TraceDocument> document);
    [[nodiscard]] const std::shared_ptr<TraceDocument> &document() const { return document_; }
    /// What is shown: the document's trace, or a replay of it.
    [[nodiscard]] std::shared_ptr<const Trace> shownTrace() const;
    /// The trace has grown. What is not visible waits until it is.
    void refresh();
    /// The trace has ended.
    void finish();

    [[nodiscard]] RunPage &runPage() { return *runPage_; }
    [[nodiscard]] const RunPage &runPage() const { return *runPage_; }
    [[nodiscard]] TimelineView &timeline();
    [[nodiscard]] Viewport &viewport() { return viewport_; }
    [[nodiscard]] const Viewport &viewport() const { return viewport_; }
    [[nodiscard]] ViewHistory &history() { return history_; }
    [[nodiscard]] const ViewHistory &history() const { return history_; }
    [[nodiscard]] bool isReplaying() const { return replay_.isActive(); }
    void setReplaying(bool replays);
    /// Marks the instant at hand.
    void addMark();
    void showMarks();
    [[nodiscard]] PictureScope pictureScope() const;

    /// What the title of a window says, with Qt's mark where an asterisk says that it is unsaved: "name[*] – 3 files read". A run that is
    /// in no file is untitled.
    [[nodiscard]] QString windowTitleText() const;
    /// "name", "7 files*", with ampersands as they are.
    [[nodiscard]] QString tabText() const;
    [[nodiscard]] const QString &statusLine() { return status_.lineFor(shownTrace()); }

Q_SIGNALS:
    /// windowTitleText(), tabText() or statusLine() may be other ones.
    void textsChanged();
    /// What can be done may be something else.
    void stateChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void connectAll();
    void showMoreOfTheFile();
    void showReplay();
    void followPlayhead();
    void editMark(MarkId mark);
    void showMarkMenu(MarkId mark, QPoint at);
    [[nodiscard]] QString whatIsShown() const;

    std::shared_ptr<TraceDocument> document_;
    Selection selection_;
    Viewport viewport_;
    ViewHistory history_{viewport_};
    TraceMarks marks_;
    ReplayPlayer replay_;
    RunStudy study_;
    RunStatus status_;
    RunPage *runPage_;
    QPointer<MarksDialog> marksDialog_;
    Nanoseconds playhead_ = 0; // of the replay, when it had moved last
    bool isBehind_ = false;    // what is painted is older than the trace
};

} // namespace loopscope
