#pragma once

#include "ui/compare/comparison_page.h"

#include <QAbstractScrollArea>

#include <memory>

namespace loopscope {

/// The curve and the stacked timelines of a comparison, as wide as the view, to be scrolled.
class ComparisonView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ComparisonView(QWidget *parent = nullptr);
    ~ComparisonView() override;

    /// Shows a comparison, or none. What is in sight stays there.
    void show(std::shared_ptr<const Comparison> comparison);
    using QWidget::show;

Q_SIGNALS:
    /// A candidate's timeline was double-clicked; or Enter was pressed, and it is the topmost one in sight.
    void candidateActivated(std::size_t candidate);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    [[nodiscard]] bool isLaidOut() const;

    std::shared_ptr<const Comparison> comparison_;
    std::unique_ptr<const ComparisonPage> page_; // for this width and scale
    int width_ = 0;
    double scale_ = 0;
};

} // namespace loopscope
