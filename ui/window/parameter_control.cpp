#include "ui/window/parameter_control.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QSpinBox>

#include <algorithm>

namespace loopscope {

namespace {

QString suffixOf(const QString &unit)
{
    return unit.isEmpty() ? QString() : QChar(0x202F) + unit;
}

QString unitIn(const ScenarioTask &task, const std::string &name)
{
    if (task.sampleBytes.parameter == name)
        return QStringLiteral("B");
    for (const Setting<double> *duration : {&task.duration, &task.pause, &task.startDelay, &task.timeout}) {
        if (duration->parameter == name)
            return QStringLiteral("s");
    }
    for (const ScenarioTask &child : task.children) {
        if (QString unit = unitIn(child, name); !unit.isEmpty())
            return unit;
    }
    return {};
}

/// How many decimals it takes to tell a number to the last of its digits.
int decimalsOf(double number)
{
    const QString text = QString::number(number, 'f', QLocale::FloatingPointShortest);
    const auto point = text.indexOf(QLatin1Char('.'));
    return point < 0 ? 0 : static_cast<int>(text.size() - point - 1);
}

class IntegerControl : public ParameterControl {
public:
    IntegerControl(const ScenarioParameter &parameter, const std::string &value, const QString &unit, QWidget *parent)
        : ParameterControl(new QSpinBox(parent))
    {
        box().setRange(static_cast<int>(parameter.min), static_cast<int>(parameter.max));
        box().setValue(QString::fromStdString(value).toInt());
        box().setSuffix(suffixOf(unit));
        connect(&box(), &QSpinBox::valueChanged, this, &ParameterControl::changed);
    }
    [[nodiscard]] std::string value() const override { return numberText(box().value()); }

private:
    [[nodiscard]] QSpinBox &box() const { return *static_cast<QSpinBox *>(editor()); }
};

class NumberControl : public ParameterControl {
public:
    NumberControl(const ScenarioParameter &parameter, const std::string &value, const QString &unit, QWidget *parent)
        : ParameterControl(new QDoubleSpinBox(parent))
        , given_(value)
    {
        bool isNumber = false;
        const double number = QString::fromStdString(value).toDouble(&isNumber);
        const double byDefault = QString::fromStdString(parameter.defaultValue).toDouble();
        const int decimals = std::max({decimalsOf(parameter.min), decimalsOf(parameter.max), decimalsOf(byDefault), decimalsOf(number)});
        box().setDecimals(std::clamp(decimals, leastDecimals, mostDecimals));
        box().setLocale(QLocale::c());
        box().setRange(parameter.min, parameter.max);
        box().setSingleStep(parameter.max <= 1 ? 0.1 : 0.5);
        box().setValue(number);
        box().setSuffix(suffixOf(unit));
        isWithin_ = isNumber && number >= parameter.min && number <= parameter.max;
        shown_ = box().value();
        connect(&box(), &QDoubleSpinBox::valueChanged, this, &ParameterControl::changed);
    }
    // What nobody has changed stays as it was given, even if that is too fine to be shown.
    [[nodiscard]] std::string value() const override { return isWithin_ && box().value() == shown_ ? given_ : numberText(box().value()); }

private:
    static constexpr int leastDecimals = 3;
    static constexpr int mostDecimals = 9; // nanoseconds, of a duration

    [[nodiscard]] QDoubleSpinBox &box() const { return *static_cast<QDoubleSpinBox *>(editor()); }

    std::string given_;
    bool isWithin_ = false; // the limits
    double shown_ = 0;      // of what was given
};

class ChoiceControl : public ParameterControl {
public:
    ChoiceControl(const ScenarioParameter &parameter, const std::string &value, QWidget *parent)
        : ParameterControl(new QComboBox(parent))
        , choices_(parameter.choices)
    {
        for (const std::string &choice : choices_)
            box().addItem(QString::fromStdString(choice));
        box().setCurrentText(QString::fromStdString(value));
        connect(&box(), &QComboBox::currentIndexChanged, this, &ParameterControl::changed);
    }
    [[nodiscard]] std::string value() const override { return choices_.at(static_cast<std::size_t>(box().currentIndex())); }

private:
    [[nodiscard]] QComboBox &box() const { return *static_cast<QComboBox *>(editor()); }
    std::vector<std::string> choices_;
};

class BooleanControl : public ParameterControl {
public:
    BooleanControl(const std::string &value, QWidget *parent)
        : ParameterControl(new QCheckBox(parent))
    {
        box().setChecked(value == "true");
        connect(&box(), &QCheckBox::toggled, this, &ParameterControl::changed);
    }
    [[nodiscard]] std::string value() const override { return box().isChecked() ? "true" : "false"; }

private:
    [[nodiscard]] QCheckBox &box() const { return *static_cast<QCheckBox *>(editor()); }
};

} // namespace

ParameterControl::ParameterControl(QWidget *editor)
    : QObject(editor->parent())
    , editor_(editor)
{
}

ParameterControl::~ParameterControl()
{
    delete editor_;
}

QString unitOf(const Scenario &scenario, const std::string &name)
{
    for (const ScenarioTask &task : scenario.tasks) {
        if (QString unit = unitIn(task, name); !unit.isEmpty())
            return unit;
    }
    return {};
}

ParameterControl *makeParameterControl(const ScenarioParameter &parameter, const std::string &value, const QString &unit, QWidget *parent)
{
    switch (parameter.type) {
    case ScenarioParameter::Type::Integer:
        return new IntegerControl(parameter, value, unit, parent);
    case ScenarioParameter::Type::Number:
        return new NumberControl(parameter, value, unit, parent);
    case ScenarioParameter::Type::Choice:
        return new ChoiceControl(parameter, value, parent);
    case ScenarioParameter::Type::Boolean:
        break;
    }
    return new BooleanControl(value, parent);
}

} // namespace loopscope
