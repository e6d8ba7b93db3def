#pragma once

#include "core/workload/scenario.h"

#include <QObject>
#include <QPointer>
#include <QWidget>

#include <string>

namespace loopscope {

/// What a person sets one parameter of a scenario with.
class ParameterControl : public QObject {
    Q_OBJECT

public:
    /// Deletes the editor when it is deleted itself, unless that is gone already with its parent.
    ~ParameterControl() override;

    [[nodiscard]] QWidget *editor() const { return editor_; }
    /// As the command line's --set takes it.
    [[nodiscard]] virtual std::string value() const = 0;

Q_SIGNALS:
    void changed();

protected:
    explicit ParameterControl(QWidget *editor);

private:
    QPointer<QWidget> editor_;
};

/// A spin box, a combo box or a check box within `parent`, which owns it, set to `value`. Numbers are shown with `unit`, if there is one.
[[nodiscard]] ParameterControl *makeParameterControl(const ScenarioParameter &parameter, const std::string &value, const QString &unit,
                                                     QWidget *parent);

/// "s" or "B" if `scenario` takes the parameter `name` for a duration or for a number of bytes; else nothing.
[[nodiscard]] QString unitOf(const Scenario &scenario, const std::string &name);

} // namespace loopscope
