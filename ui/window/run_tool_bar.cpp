#include "ui/window/run_tool_bar.h"

#include "ui/theme/glyph.h"
#include "ui/theme/style.h"
#include "ui/window/run_settings.h"
#include "ui/window/window_actions.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>

namespace loopscope {

namespace {

// A tool tip with the key that does the same, if one does.
QString withKey(const QString &text, const QAction &action)
{
    const QString key = action.shortcut().toString(QKeySequence::NativeText);
    return key.isEmpty() ? text : RunToolBar::tr("%1 (%2)").arg(text, key);
}

} // namespace

RunToolBar::RunToolBar(const WindowActions &actions, QWidget *parent)
    : QToolBar(parent)
    , actions_(actions)
    , runMenu_(new QMenu(this))
{
    setObjectName(QStringLiteral("runToolBar"));
    setWindowTitle(tr("Run controls"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setIconSize({16, 16});
    run_ = addButton(nullptr, tr("Run ▾"));
    run_->setProperty("primary", true);
    run_->setMenu(runMenu_);
    run_->setPopupMode(QToolButton::InstantPopup);
    run_->setAccessibleName(tr("Run"));
    run_->setToolTip(tr("Run a scenario, or the same again"));
    addButton(actions.stop, tr("Stop"));
    addWorkers();
    follow_ = addButton(nullptr, {});
    connect(follow_, &QToolButton::clicked, actions.follow, &QAction::trigger);
    connect(actions.follow, &QAction::changed, follow_, [this] { showFollow(follows_, follow_->isEnabled()); });
    addButton(actions.fitAll, tr("Fit"));
    addButton(actions.exportPicture, tr("Export…"));
    showFollow(true, false);
}

QToolButton *RunToolBar::addButton(QAction *action, const QString &text)
{
    auto *button = new QToolButton(this);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    if (action)
        button->setDefaultAction(action);
    if (action) {
        // The button is shorter than the menu: its text must not follow the action's.
        connect(action, &QAction::changed, button, [button, action, text] {
            button->setText(text);
            button->setToolTip(withKey(action->toolTip(), *action));
        });
    }
    button->setText(text);
    addWidget(button);
    return button;
}

void RunToolBar::addWorkers()
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(6);
    auto *label = new QLabel(tr("&Workers"), box);
    label->setProperty("muted", true);
    workers_ = new QSpinBox(box);
    workers_->setRange(0, RunSettings::maxWorkers);
    workers_->setSpecialValueText(tr("auto"));
    workers_->setKeyboardTracking(false);
    workers_->setMinimumHeight(run_->sizeHint().height());
    workers_->setToolTip(tr("Threads of the pool in the next run; “auto” is the scenario's number, or one a core"));
    label->setBuddy(workers_);
    row->addWidget(label);
    row->addWidget(workers_);
    addWidget(box);
    connect(workers_, &QSpinBox::valueChanged, this, &RunToolBar::workersChanged);
}

void RunToolBar::setWorkers(int workers)
{
    const QSignalBlocker quiet(workers_);
    workers_->setValue(workers);
}

void RunToolBar::showFollow(bool follows, bool isRunning)
{
    follows_ = follows;
    follow_->setText(follows ? tr("Freeze") : tr("Follow"));
    follow_->setToolTip(withKey(follows ? tr("Keep this view while the run goes on") : tr("Follow the run as it grows"), *actions_.follow));
    follow_->setIcon(glyphIcon(follows ? Glyph::Pause : Glyph::Play, theme_.text));
    follow_->setEnabled(isRunning);
}

void RunToolBar::setPrimary(bool isPrimary)
{
    run_->setProperty("primary", isPrimary);
    run_->style()->unpolish(run_); // a style sheet looks at properties when it polishes
    run_->style()->polish(run_);
    drawRunIcon();
}

void RunToolBar::drawRunIcon()
{
    run_->setIcon(glyphIcon(Glyph::Play, run_->property("primary").toBool() ? textOnAccent(theme_) : theme_.text));
}

void RunToolBar::applyTheme(const Theme &theme)
{
    theme_ = theme;
    drawRunIcon();
    showFollow(follows_, follow_->isEnabled());
}

} // namespace loopscope
