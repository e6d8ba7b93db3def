#pragma once

#include <QPoint>
#include <QString>

namespace loopscope {

/// A text with the left end of its baseline.
struct PlacedText {
    QPoint at;
    QString text;
};

} // namespace loopscope
