#pragma once

#include "core/workload/scenario.h"

#include <QObject>

#include <map>
#include <string>
#include <vector>

class QWidget;

namespace loopscope {

class FlowLayout;
class ParameterControl;

/// A labelled control for each of a scenario's parameters, in a flow layout, which it shares with whatever else is there.
class ParameterList : public QObject {
    Q_OBJECT

public:
    /// The controls become children of `parent`, whose layout `flow` is; it owns this object too.
    ParameterList(FlowLayout &flow, QWidget &parent);

    /// Shows controls for the parameters of a scenario but for the one called `hidden`, set to `values`, and to their defaults.
    void open(const Scenario &scenario, const std::map<std::string, std::string> &values, std::string_view hidden = {});
    void clear();
    /// What the controls are set to, as the command line's --set takes it.
    [[nodiscard]] std::map<std::string, std::string> values() const;

Q_SIGNALS:
    void changed();

private:
    struct Entry {
        std::string name;
        QWidget *box = nullptr; // with label and editor
        ParameterControl *control = nullptr;
    };

    void add(const Scenario &scenario, const ScenarioParameter &parameter, const std::string &value);

    FlowLayout &flow_;
    QWidget &parent_;
    std::vector<Entry> entries_;
};

} // namespace loopscope
