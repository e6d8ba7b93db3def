#pragma once

#include "core/trace/trace.h"

#include <QScrollArea>
#include <QTimer>

#include <memory>
#include <optional>

class QLabel;

namespace loopscope {

class ArgumentsView;
class ElidedLabel;
class FactList;
class PreviewView;
class RemedyView;
class Selection;
class TimeBreakdown;
class WrappedText;
struct LaneStory;
struct Target;

/// What is selected, in words and numbers: a task, a worker, the loop, a slice or a thread of others, or, if nothing is, the run. It
/// scrolls, and never asks for other room than it has.
class DetailsPanel : public QScrollArea {
    Q_OBJECT

public:
    /// The selection must outlive the panel.
    explicit DetailsPanel(Selection &selection, QWidget *parent = nullptr);
    ~DetailsPanel() override;

    void setTrace(std::shared_ptr<const Trace> trace);
    /// The trace has grown. May be called at every frame: what is shown is brought up to date a few times a second.
    void refresh();
    /// More is known of the same trace, such as its stalls.
    void refreshFacts();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The mouse is over a link to that lane; noLane if it has left it.
    void hovered(loopscope::LaneId lane);
    /// A link has been followed to a lane, or to one of its spans. It is selected by now.
    void followed(loopscope::LaneId lane, std::optional<std::size_t> span);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void arrange();
    void showSelected();
    void showNow();
    void showStory(const LaneStory &story);
    void adaptToFont();
    [[nodiscard]] bool isFinal() const;

    Selection &selection_;
    std::shared_ptr<const Trace> trace_;
    ElidedLabel *title_;
    WrappedText *summary_;
    TimeBreakdown *breakdown_;
    QLabel *passageHeading_;
    WrappedText *passage_;
    RemedyView *remedy_;
    RemedyView *pythonRemedy_;
    FactList *facts_;
    ArgumentsView *arguments_;
    QLabel *previewHeading_;
    PreviewView *preview_;
    QTimer refreshTimer_;
    bool isUpToDate_ = false; // shows all there will ever be to tell of what is selected
};

} // namespace loopscope
