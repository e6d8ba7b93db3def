#include "ui/window/scenario_bar.h"

#include "core/workload/scenario_plan.h"
#include "ui/theme/glyph.h"
#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/window/parameter_control.h"
#include "ui/window/plan_text.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int controlsInRow = 4;
/// Lines of text are hard to follow beyond so many characters.
constexpr int readableCharacters = 130;

QLabel *plainLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QString labelOf(const ScenarioParameter &parameter)
{
    return QString::fromStdString(parameter.name).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString toolTipOf(const ScenarioParameter &parameter)
{
    const QString allowed = QString::fromStdString(allowedValues(parameter));
    const QString text = shownText(parameter.explanation) + QLatin1String("\n") + allowed;
    return toolTipText(text.trimmed());
}

} // namespace

ScenarioBar::ScenarioBar(QWidget *parent)
    : QWidget(parent)
    , title_(plainLabel(this))
    , description_(plainLabel(this))
    , plan_(plainLabel(this))
    , parameters_(new QWidget(this))
    , grid_(new QGridLayout(parameters_))
    , run_(new QPushButton(tr("&Run"), this))
    , close_(new QToolButton(this))
{
    QFont bold = title_->font();
    bold.setWeight(QFont::DemiBold);
    title_->setFont(bold);
    plan_->setProperty("muted", true);
    run_->setProperty("primary", true);
    run_->setToolTip(tr("Run this scenario (Ctrl+R)"));
    close_->setProperty("flat", true);
    close_->setToolTip(tr("Close this scenario"));
    close_->setAccessibleName(tr("Close this scenario"));
    connect(run_, &QPushButton::clicked, this, &ScenarioBar::runRequested);
    connect(close_, &QToolButton::clicked, this, &ScenarioBar::close);
    arrange();
    hide();
}

void ScenarioBar::arrange()
{
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(8);
    auto *controls = new QHBoxLayout;
    controls->setSpacing(16);
    controls->addWidget(parameters_);
    controls->addWidget(run_, 0, Qt::AlignTop);
    controls->addStretch(1);

    auto *text = new QWidget(this);
    text->setMaximumWidth(fontMetrics().averageCharWidth() * readableCharacters);
    auto *column = new QVBoxLayout(text);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(title_);
    column->addWidget(description_);
    column->addWidget(plan_);
    column->addSpacing(2);
    column->addLayout(controls);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 10, 8, 12);
    row->addWidget(text, 1000);
    row->addStretch(1);
    row->addWidget(close_, 0, Qt::AlignTop);
}

void ScenarioBar::open(std::shared_ptr<const Scenario> scenario, const std::map<std::string, std::string> &values)
{
    scenario_ = std::move(scenario);
    title_->setText(shownText(scenario_->title));
    description_->setText(shownText(scenario_->description));
    description_->setVisible(!scenario_->description.empty());
    removeControls();
    for (const ScenarioParameter &parameter : scenario_->parameters) {
        const auto given = values.find(parameter.name);
        addControl(parameter, given == values.end() ? parameter.defaultValue : given->second);
    }
    parameters_->setVisible(!controls_.empty());
    showPlan();
    show();
    Q_EMIT scenarioChanged();
}

void ScenarioBar::close()
{
    hide();
    scenario_.reset();
    removeControls();
    Q_EMIT scenarioChanged();
}

std::map<std::string, std::string> ScenarioBar::values() const
{
    std::map<std::string, std::string> result;
    for (const Control &control : controls_)
        result[control.name] = control.control->value();
    return result;
}

void ScenarioBar::removeControls()
{
    for (const Control &control : controls_) {
        delete control.label;
        delete control.control;
    }
    controls_.clear();
}

void ScenarioBar::addControl(const ScenarioParameter &parameter, const std::string &value)
{
    ParameterControl *control = makeParameterControl(parameter, value, parameters_);
    connect(control, &ParameterControl::changed, this, &ScenarioBar::showPlan);
    auto *label = new QLabel(labelOf(parameter), parameters_);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(control->editor());
    label->setToolTip(toolTipOf(parameter));
    control->editor()->setToolTip(toolTipOf(parameter));
    control->editor()->setAccessibleName(labelOf(parameter));
    control->editor()->setAccessibleDescription(shownText(parameter.explanation));
    const int index = static_cast<int>(controls_.size());
    const int column = 2 * (index % controlsInRow);
    grid_->addWidget(label, index / controlsInRow, column, Qt::AlignRight | Qt::AlignVCenter);
    grid_->addWidget(control->editor(), index / controlsInRow, column + 1);
    controls_.push_back({parameter.name, label, control});
}

void ScenarioBar::showPlan()
{
    if (!scenario_)
        return;
    const auto plan = planScenario(*scenario_, values());
    plan_->setText(plan ? planText(*plan) : QString::fromStdString(plan.error().text()));
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
