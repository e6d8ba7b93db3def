#pragma once

#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace loopscope {

class ReplayPlayer;

/// Says that a replay is shown, and steers it: play and pause, a scrubber, the speed. Hidden while there is none.
class ReplayBar : public QWidget {
    Q_OBJECT

public:
    /// `player` must outlive it.
    explicit ReplayBar(ReplayPlayer &player, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void addSpeeds();
    void showState();
    void showInstant();
    void drawIcons();
    void moveToScrubber();

    ReplayPlayer &player_;
    QLabel *title_;
    QToolButton *play_;
    QSlider *scrubber_;
    QLabel *instant_;
    QComboBox *speed_;
    QToolButton *close_;
    QTimer moving_;        // to where the scrubber is
    bool playsOn_ = false; // once the scrubber is let go
};

} // namespace loopscope
