#pragma once

#include "core/workload/scenario.h"

#include <QWidget>

#include <map>
#include <memory>
#include <string>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace loopscope {

class ParameterControl;

/// The scenario that is open: what it shows, what it will do, a control for each of its parameters, and the button that runs it.
class ScenarioBar : public QWidget {
    Q_OBJECT

public:
    explicit ScenarioBar(QWidget *parent = nullptr);

    /// Opens a scenario with `values`, and the defaults for the others.
    void open(std::shared_ptr<const Scenario> scenario, const std::map<std::string, std::string> &values);
    void close();
    [[nodiscard]] std::shared_ptr<const Scenario> scenario() const { return scenario_; }
    /// What the controls are set to, as the command line's --set takes it.
    [[nodiscard]] std::map<std::string, std::string> values() const;

Q_SIGNALS:
    void runRequested();
    /// Another scenario is open, or none.
    void scenarioChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Control {
        std::string name;
        QWidget *label = nullptr;
        ParameterControl *control = nullptr;
    };

    void arrange();
    void removeControls();
    void addControl(const ScenarioParameter &parameter, const std::string &value);
    void showPlan();

    std::shared_ptr<const Scenario> scenario_;
    QLabel *title_;
    QLabel *description_;
    QLabel *plan_;
    QWidget *parameters_;
    QGridLayout *grid_;
    QPushButton *run_;
    QToolButton *close_;
    std::vector<Control> controls_;
};

} // namespace loopscope
