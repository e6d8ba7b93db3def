#pragma once

#include "ui/timeline/viewport.h"

#include <QTimer>

#include <functional>
#include <vector>

namespace loopscope {

/// The views that a person has had of a run, to go back and forth between them. What belongs together, such as a burst of the wheel or a
/// drag, is one view; a run that grows while it is followed makes none.
class ViewHistory : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t mostViews = 100;
    /// What follows sooner, in ms, belongs to the change before.
    static constexpr int settlingMs = 400;

    /// `viewport` must outlive it.
    explicit ViewHistory(Viewport &viewport, QObject *parent = nullptr);

    [[nodiscard]] bool canGoBack() const { return !past_.empty(); }
    [[nodiscard]] bool canGoForward() const { return !future_.empty(); }
    void goBack();
    void goForward();
    /// Does what changes the view though no person wanted another one, as a replay that goes on does: that is no view to come back to.
    void ignore(const std::function<void()> &change);
    /// Forgets all views but the present one: another run is shown.
    void clear();
    /// The mouse buttons Back and Forward count on `widget`.
    void watchButtonsOn(QObject &widget) { widget.installEventFilter(this); }

Q_SIGNALS:
    /// canGoBack() or canGoForward() may be another one now.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void record();
    void settle();
    void step(std::vector<View> &from, std::vector<View> &to);

    Viewport &viewport_;
    std::vector<View> past_;
    std::vector<View> future_;
    View present_;
    QTimer settling_; // runs while changes belong to the view that is being made
    bool ignores_ = false;
};

} // namespace loopscope
