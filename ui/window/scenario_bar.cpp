#include "ui/window/scenario_bar.h"

#include "core/workload/scenario_plan.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/flow_layout.h"
#include "ui/theme/glyph.h"
#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/window/parameter_list.h"
#include "ui/window/plan_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int sideMargin = 16;

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ScenarioBar::ScenarioBar(QWidget *parent)
    : QWidget(parent)
    , title_(plainLabel(this))
    , line_(new ElidedLabel(this))
    , more_(new QToolButton(this))
    , close_(new QToolButton(this))
    , description_(plainLabel(this))
    , plan_(plainLabel(this))
    , parameters_(new QWidget(this))
    , flow_(new FlowLayout(16, 8, parameters_))
    , controls_(new ParameterList(*flow_, *parameters_))
    , run_(new QPushButton(tr("Ru&n"), parameters_))
{
    QFont bold = title_->font();
    bold.setWeight(QFont::DemiBold);
    title_->setFont(bold);
    title_->setWordWrap(false);
    plan_->setProperty("muted", true);
    line_->setElideMode(Qt::ElideRight);
    more_->setProperty("flat", true);
    more_->setCheckable(true);
    run_->setProperty("primary", true);
    run_->setToolTip(tr("Run this scenario"));
    close_->setProperty("flat", true);
    close_->setToolTip(tr("Close this scenario"));
    close_->setAccessibleName(tr("Close this scenario"));
    connect(controls_, &ParameterList::changed, this, &ScenarioBar::showPlan);
    connect(run_, &QPushButton::clicked, this, &ScenarioBar::runRequested);
    connect(close_, &QToolButton::clicked, this, &ScenarioBar::close);
    connect(more_, &QToolButton::clicked, this, [this](bool more) {
        wantsMore_ = more;
        showMore(more);
        Q_EMIT wantsMoreChanged(more);
    });
    arrange();
    showMore(false);
    hide();
}

QHBoxLayout *ScenarioBar::makeHead()
{
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(title_);
    head->addWidget(line_, 1);
    head->addStretch();
    head->addWidget(more_);
    head->addWidget(close_);
    return head;
}

void ScenarioBar::arrange()
{
    flow_->setContentsMargins(0, 0, 0, 0);
    flow_->addWidget(run_);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(sideMargin, 6, 8, 8);
    column->setSpacing(6);
    column->addLayout(makeHead());
    column->addWidget(description_);
    column->addWidget(plan_);
    column->addWidget(parameters_);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ScenarioBar::setWantsMore(bool wantsMore)
{
    wantsMore_ = wantsMore;
    showMore(wantsMore);
}

void ScenarioBar::collapse()
{
    showMore(false);
}

void ScenarioBar::showMore(bool more)
{
    more_->setChecked(more);
    more_->setText(more ? tr("&Less") : tr("&More"));
    more_->setToolTip(more ? tr("Show one line of the explanation") : tr("Show all of the explanation"));
    line_->setVisible(!more);
    description_->setVisible(more && !description_->text().isEmpty());
    plan_->setVisible(more);
}

void ScenarioBar::open(std::shared_ptr<const Scenario> scenario, const std::map<std::string, std::string> &values)
{
    scenario_ = std::move(scenario);
    title_->setText(shownText(scenario_->title));
    description_->setText(shownText(scenario_->description));
    controls_->open(*scenario_, values);
    flow_->removeWidget(run_); // it comes last
    flow_->addWidget(run_);
    showPlan();
    showMore(wantsMore_);
    show();
    Q_EMIT scenarioChanged();
}

void ScenarioBar::close()
{
    hide();
    scenario_.reset();
    controls_->clear();
    Q_EMIT scenarioChanged();
}

std::map<std::string, std::string> ScenarioBar::values() const
{
    return controls_->values();
}

void ScenarioBar::showPlan()
{
    if (!scenario_)
        return;
    const auto plan = planScenario(*scenario_, values());
    const QString text = plan ? planText(*plan) : QString::fromStdString(plan.error().text());
    plan_->setText(text);
    // The line tells what will happen before it tells why that is worth a look.
    line_->setText(plan ? (text + QLatin1Char(' ') + shownText(scenario_->description)).trimmed() : text);
    run_->setEnabled(plan.has_value());
}

void ScenarioBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        close_->setIcon(glyphIcon(Glyph::Close, Theme::of(palette()).mutedText));
}

void ScenarioBar::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(0, height() - 1, width(), 1, theme.hairline);
}

} // namespace loopscope
