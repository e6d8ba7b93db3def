#pragma once

#include "core/trace/trace.h"

#include <QWidget>

#include <memory>

namespace loopscope {

struct Scenario;

/// The timeline of a recorded run of a built-in scenario, small: a lane a task, without names. Drawn by the timeline's own geometry and
/// painter from what was measured; nothing is drawn for a scenario of which no recording is kept.
class ScenarioMiniature : public QWidget {
    Q_OBJECT

public:
    explicit ScenarioMiniature(const Scenario &scenario, QWidget *parent = nullptr);

    [[nodiscard]] bool hasRecording() const { return trace_ != nullptr; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::shared_ptr<const Trace> trace_;
};

} // namespace loopscope
