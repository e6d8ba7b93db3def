#include "ui/window/parameter_list.h"

#include "ui/panels/flow_layout.h"
#include "ui/theme/shown_text.h"
#include "ui/window/parameter_control.h"

#include <QHBoxLayout>
#include <QLabel>

namespace loopscope {

namespace {

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

ParameterList::ParameterList(FlowLayout &flow, QWidget &parent)
    : QObject(&parent)
    , flow_(flow)
    , parent_(parent)
{
}

void ParameterList::open(const Scenario &scenario, const std::map<std::string, std::string> &values, std::string_view hidden)
{
    clear();
    for (const ScenarioParameter &parameter : scenario.parameters) {
        if (parameter.name == hidden)
            continue;
        const auto given = values.find(parameter.name);
        add(scenario, parameter, given == values.end() ? parameter.defaultValue : given->second);
    }
}

void ParameterList::clear()
{
    for (const Entry &entry : entries_) {
        delete entry.control;
        delete entry.box;
    }
    entries_.clear();
}

std::map<std::string, std::string> ParameterList::values() const
{
    std::map<std::string, std::string> result;
    for (const Entry &entry : entries_)
        result[entry.name] = entry.control->value();
    return result;
}

void ParameterList::add(const Scenario &scenario, const ScenarioParameter &parameter, const std::string &value)
{
    auto *box = new QWidget(&parent_);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    ParameterControl *control = makeParameterControl(parameter, value, unitOf(scenario, parameter.name), box);
    connect(control, &ParameterControl::changed, this, &ParameterList::changed);
    auto *label = new QLabel(labelOf(parameter), box);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(control->editor());
    label->setToolTip(toolTipOf(parameter));
    control->editor()->setToolTip(toolTipOf(parameter));
    control->editor()->setAccessibleName(labelOf(parameter));
    control->editor()->setAccessibleDescription(shownText(parameter.explanation));
    row->addWidget(label);
    row->addWidget(control->editor());
    flow_.addWidget(box);
    box->show();
    entries_.push_back({parameter.name, box, control});
}

} // namespace loopscope
