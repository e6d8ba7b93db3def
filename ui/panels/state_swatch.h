#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <variant>

namespace loopscope {

/// A sample of how the timeline draws a state, a slice or the sign of an outcome; an empty frame for neither.
class StateSwatch : public QWidget {
    Q_OBJECT

public:
    using Sign = std::variant<std::monostate, SpanColour, Outcome>;

    explicit StateSwatch(Sign sign, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Sign sign_;
};

} // namespace loopscope
