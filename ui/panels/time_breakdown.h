#pragma once

#include "ui/panels/lane_story.h"

#include <QWidget>

#include <array>
#include <vector>

class QLabel;

namespace loopscope {

class StateSwatch;

/// How a lane's time divides into states: a bar, and a row of numbers for each state.
class TimeBreakdown : public QWidget {
    Q_OBJECT

public:
    explicit TimeBreakdown(QWidget *parent = nullptr);
    ~TimeBreakdown() override;

    void setShares(std::vector<Share> shares);

private:
    class Bar;
    struct Row {
        StateSwatch *swatch;
        QLabel *name;
        QLabel *time;
        QLabel *percent;
    };

    void addRow(std::size_t index);

    std::vector<Share> shares_;
    Bar *bar_;
    std::array<Row, taskStates.size() + 1> rows_{}; // the states, then idle
};

} // namespace loopscope
