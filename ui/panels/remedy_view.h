#pragma once

#include "ui/panels/wrapped_text.h"

namespace loopscope {

/// Two lines of source as a diff: what is there, and what had better be. They can be selected and copied.
class RemedyView : public WrappedText {
    Q_OBJECT

public:
    explicit RemedyView(QWidget *parent = nullptr);

    /// Hides itself if both are empty.
    void setLines(const QString &before, const QString &after);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void write();
    [[nodiscard]] bool fits() const;

    QString before_;
    QString after_;
    bool isBroken_ = false; // after the opening parenthesis
};

} // namespace loopscope
