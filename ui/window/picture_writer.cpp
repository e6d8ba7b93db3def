#include "ui/window/picture_writer.h"

namespace loopscope {

PictureWriter::~PictureWriter()
{
    cancel();
    if (thread_.joinable())
        thread_.join();
}

void PictureWriter::start(Picture picture, const QString &path)
{
    progress_ = std::make_shared<PictureProgress>();
    thread_ = std::thread([this, picture = std::move(picture), path, progress = progress_] {
        const auto written = picture.write(path, *progress);
        const QString error = written ? QString() : written.error();
        QMetaObject::invokeMethod(
            this, [this, error] { finish(error); }, Qt::QueuedConnection);
    });
}

void PictureWriter::cancel()
{
    if (progress_)
        progress_->cancel();
}

void PictureWriter::finish(const QString &error)
{
    thread_.join();
    const auto progress = std::exchange(progress_, nullptr);
    Q_EMIT finished(error, !error.isEmpty() && progress->isCancelled());
}

} // namespace loopscope
