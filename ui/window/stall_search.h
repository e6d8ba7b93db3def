#pragma once

#include "core/trace/trace.h"

#include <QObject>

#include <memory>
#include <thread>

namespace loopscope {

/// Looks for the stalls of large runs on a thread of its own: that visits every span, and the window has to move on. Small runs need none.
class StallSearch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~StallSearch() override;

    /// Of a run that has ended; found() follows where stallsAtHand() does not know them already. One that goes on, or null, is left alone.
    void start(const std::shared_ptr<const Trace> &trace);

Q_SIGNALS:
    /// stallsAtHand() knows more now.
    void found();

private:
    void startNext();

    std::shared_ptr<const Trace> next_; // asked for while another one is searched
    std::thread thread_;
};

} // namespace loopscope
