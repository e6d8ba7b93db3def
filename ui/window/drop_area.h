#pragma once

#include <QWidget>

namespace loopscope {

/// The calm place of an empty window that says what to do: drop files here, or choose them.
class DropArea : public QWidget {
    Q_OBJECT

public:
    explicit DropArea(QWidget *parent = nullptr);

Q_SIGNALS:
    void filesWanted();
    void folderWanted();
    void tracesWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace loopscope
