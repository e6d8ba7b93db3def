#pragma once

#include "core/workload/scenario.h"

#include <QAbstractButton>

namespace loopscope {

class ScenarioMiniature;

/// A scenario to click: its title, one line, and a miniature of the timeline it makes.
class ScenarioCard : public QAbstractButton {
    Q_OBJECT

public:
    explicit ScenarioCard(const Scenario &scenario, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    [[nodiscard]] QRect textRect() const;

    ScenarioMiniature *miniature_;
    QString summary_;
};

} // namespace loopscope
