#pragma once

#include <QWidget>

namespace loopscope {

/// What the timeline's colours, textures and signs mean: drawn as the timeline draws them, on as many lines as the width takes.
class Legend : public QWidget {
    Q_OBJECT

public:
    explicit Legend(QWidget *parent = nullptr);
};

} // namespace loopscope
