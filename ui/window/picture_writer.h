#pragma once

#include "ui/export/picture.h"

#include <QObject>

#include <memory>
#include <thread>

namespace loopscope {

/// Renders and writes pictures on a thread of its own, for a picture of ten thousand lanes takes seconds. One at a time.
class PictureWriter : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Gives up what goes on, and waits until it has.
    ~PictureWriter() override;

    /// finished() follows. Not while one is being written.
    void start(Picture picture, const QString &path);
    /// Lets finished() follow soon, without a file.
    void cancel();
    [[nodiscard]] bool isBusy() const { return progress_ != nullptr; }
    /// The part that is done, 0…1, or nothing while that is not known.
    [[nodiscard]] std::optional<double> share() const { return progress_ ? progress_->share() : std::nullopt; }

Q_SIGNALS:
    /// `error` is a sentence; empty if the picture was written. `isCancelled` where cancel() is the reason.
    void finished(const QString &error, bool isCancelled);

private:
    void finish(const QString &error);

    std::shared_ptr<PictureProgress> progress_; // null while nothing is written
    std::thread thread_;
};

} // namespace loopscope
