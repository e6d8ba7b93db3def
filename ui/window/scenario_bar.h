#pragma once

#include "core/workload/scenario.h"

#include <QWidget>

#include <map>
#include <memory>
#include <string>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace loopscope {

class ElidedLabel;
class FlowLayout;
class ParameterList;

/// The scenario that is open: what it shows, what it will do, a control for each of its parameters, and the button that runs it.
///
/// It is as low as can be, for the timeline is below it: its explanation is one line, and all of it for who asks for more.
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
    /// Whether a person wants to read all of the explanation of the scenarios that are opened.
    [[nodiscard]] bool wantsMore() const { return wantsMore_; }
    void setWantsMore(bool wantsMore);
    /// Shows one line of the explanation, whatever is wanted, until more is asked for or another scenario is opened.
    void collapse();

Q_SIGNALS:
    void runRequested();
    void wantsMoreChanged(bool wantsMore);
    /// Another scenario is open, or none.
    void scenarioChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    [[nodiscard]] QHBoxLayout *makeHead();
    void showMore(bool more);
    void showPlan();

    std::shared_ptr<const Scenario> scenario_;
    QLabel *title_;
    ElidedLabel *line_; // the explanation in one line, if the rest is hidden
    QToolButton *more_;
    QToolButton *close_;
    QLabel *description_;
    QLabel *plan_;
    QWidget *parameters_;
    FlowLayout *flow_;
    ParameterList *controls_;
    QPushButton *run_;
    bool wantsMore_ = false;
};

} // namespace loopscope
