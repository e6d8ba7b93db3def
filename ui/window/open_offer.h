#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QToolButton;

namespace loopscope {

/// Asks what to do with files that are traces or scenarios: open them, or read them as any other file. Takes no room while there is nothing
/// to ask. It has the keyboard when it comes, for a person has just brought the files; Esc does neither.
class OpenOffer : public QWidget {
    Q_OBJECT

public:
    explicit OpenOffer(QWidget *parent = nullptr);

    /// Asks for these (raw bytes) and for those that are asked for already.
    void offer(const std::vector<std::string> &paths);
    [[nodiscard]] const std::vector<std::string> &offered() const { return paths_; }
    /// Asks for nothing any more.
    void withdraw();

Q_SIGNALS:
    void openWanted(const std::vector<std::string> &paths);
    void readWanted(const std::vector<std::string> &paths);
    /// It is gone, and somebody else should have the keyboard.
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void drawIcons();
    [[nodiscard]] std::vector<std::string> take();

    std::vector<std::string> paths_;
    QLabel *label_;
    QPushButton *open_;
    QPushButton *read_;
    QToolButton *close_;
};

} // namespace loopscope
