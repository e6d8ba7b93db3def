#pragma once

#include "ui/panels/lane_story.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace loopscope {

class LinkButton;
class WrappedText;

/// Facts below each other: a label, and beside it a text or a link.
class FactList : public QWidget {
    Q_OBJECT

public:
    explicit FactList(QWidget *parent = nullptr);

    void setFacts(const std::vector<Fact> &facts);

Q_SIGNALS:
    void followed(const loopscope::Target &target);
    /// The mouse is over a link to that lane; noLane if it has left it.
    void hovered(loopscope::LaneId lane);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row {
        QLabel *label;
        WrappedText *text;
        LinkButton *link;
        std::optional<Target> target;
    };

    void addRow();
    void showFact(Row &row, const Fact &fact);
    void tellHover();

    std::vector<Row> rows_; // as many as were ever needed; those left over are hidden
    const QObject *linkUnderMouse_ = nullptr;
    LaneId hoveredLane_ = noLane; // as told
};

} // namespace loopscope
