#pragma once

#include <QWidget>

#include <functional>
#include <string>
#include <vector>

class QDropEvent;

namespace loopscope {

/// Makes a whole window the target of dragged files: whatever widget is under the mouse, this covers the window while files are dragged
/// over it, and says what dropping them does.
class DropTarget : public QWidget {
    Q_OBJECT

public:
    /// `window` must be a top-level widget.
    explicit DropTarget(QWidget *window);
    ~DropTarget() override;

    /// Tells whether what is dropped now would join a run that goes on.
    void setJoins(std::function<bool()> joins) { joins_ = std::move(joins); }
    [[nodiscard]] QString text() const { return text_; }

Q_SIGNALS:
    /// Raw bytes.
    void dropped(const std::vector<std::string> &paths);
    /// Why something that was dropped is not read.
    void refused(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void enter(QDropEvent &event);
    void drop(QDropEvent &event);

    std::function<bool()> joins_;
    QString text_;
};

} // namespace loopscope
