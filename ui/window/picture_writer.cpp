#include "ui/window/picture_writer.h"

#include <new>
#include <system_error>

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
    const auto tell = [this](const QString &error) {
        QMetaObject::invokeMethod(
            this, [this, error] { finish(error); }, Qt::QueuedConnection);
    };
    const auto write = [tell, path, progress = progress_](const Picture &drawn) {
        try {
            const auto written = drawn.write(path, *progress);
            tell(written ? QString() : written.error());
        } catch (const std::bad_alloc &) { // by now there is room again for some words
            tell(tr("The picture was not written: there is not enough memory. Choose a smaller size or scale."));
        }
    };
    try {
        thread_ = std::thread(write, std::move(picture));
    } catch (const std::system_error &) {
        tell(tr("The picture was not written: the system grants no thread for it."));
    }
}

void PictureWriter::cancel()
{
    if (progress_)
        progress_->cancel();
}

void PictureWriter::finish(const QString &error)
{
    if (thread_.joinable())
        thread_.join();
    const auto progress = std::exchange(progress_, nullptr);
    Q_EMIT finished(error, !error.isEmpty() && progress->isCancelled());
}

} // namespace loopscope
