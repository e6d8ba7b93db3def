#pragma once

#include "core/trace/trace.h"
#include "ui/window/background_jobs.h"

#include <QObject>

#include <memory>

namespace loopscope {

/// Looks for the stalls of large runs, and for what explains them, on threads of their own: that visits every span, and the window has to
/// move on. Small runs need none.
class RunStudy : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Of a run that has ended; found() follows where stallsAtHand() or explanationAtHand() do not know it already. One that goes on, or
    /// null, is left alone.
    void start(const std::shared_ptr<const Trace> &trace);

Q_SIGNALS:
    /// stallsAtHand() or explanationAtHand() know more now.
    void found();

private:
    std::weak_ptr<const Trace> studied_; // the last one
    BackgroundJobs jobs_{*this};
};

} // namespace loopscope
