#pragma once

#include "ui/theme/theme.h"

#include <QToolBar>

class QMenu;
class QSpinBox;
class QToolButton;

namespace loopscope {

struct WindowActions;

/// The controls of a run: run, stop, the number of workers, freeze, fit, export.
class RunToolBar : public QToolBar {
    Q_OBJECT

public:
    RunToolBar(const WindowActions &actions, QWidget *parent = nullptr);

    /// Opens under the Run button; filled by whoever owns the scenarios.
    [[nodiscard]] QMenu &runMenu() { return *runMenu_; }
    /// 0 is "automatic".
    void setWorkers(int workers);
    /// Whether the Run button stands out.
    void setPrimary(bool isPrimary);
    /// What the view does, and whether a run goes on at all.
    void showFollow(bool follows, bool isRunning);
    void applyTheme(const Theme &theme);

Q_SIGNALS:
    void workersChanged(int workers);

private:
    QToolButton *addButton(QAction *action, const QString &text);
    void addWorkers();
    void drawRunIcon();

    const WindowActions &actions_;
    QMenu *runMenu_;
    QToolButton *run_ = nullptr;
    QToolButton *follow_ = nullptr;
    QSpinBox *workers_ = nullptr;
    Theme theme_;
    bool follows_ = true;
};

} // namespace loopscope
