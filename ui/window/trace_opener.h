#pragma once

#include "core/formats/trace_registry.h"
#include "ui/window/background_jobs.h"
#include "ui/window/trace_document.h"

#include <QObject>

#include <deque>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace loopscope {

/// What came of opening a file.
struct OpenedFile {
    TraceFile file;
    OpeningResult result = tl::unexpected(OpeningFailure());
    TraceFileKind kind = TraceFileKind::Other; ///< of a scenario and a comparison, `result` is no trace
};

/// Opens traces from files, one after the other, on a thread of its own. Deleting it gives up what goes on.
class TraceOpener : public QObject {
    Q_OBJECT

public:
    using Open = std::function<OpeningResult(const std::string &path, const OpeningObserver &observer)>;

    /// `open` reads a file; it is called by another thread.
    explicit TraceOpener(Open open, QObject *parent = nullptr);
    ~TraceOpener() override;

    /// opened() follows. Raw bytes.
    void open(std::string path);
    /// Gives up all that goes on and waits: opened() tells of each at once that it was cancelled.
    void cancel();
    /// Gives up one of them: nothing is told of it any more.
    void giveUp(const std::string &path);
    [[nodiscard]] bool isBusy() const { return !files_.empty(); }
    [[nodiscard]] bool isOpening(const std::string &path) const;

Q_SIGNALS:
    /// So many bytes of `path` are read, of all.
    void progressed(const std::string &path, quint64 read, quint64 all);
    /// A file is about to be read.
    void begins(const loopscope::TraceFile &file);
    /// What is known of a file so far; no one changes it any more.
    void previewed(const loopscope::TraceFile &file, std::shared_ptr<const loopscope::Trace> trace);
    void opened(std::shared_ptr<const loopscope::OpenedFile> file);

private:
    struct Waiting {
        std::string path;
        std::stop_source stop;
    };

    void startNext();
    /// Used by the thread that opens, which may outlive `opener`: what it tells is called while that is there.
    [[nodiscard]] static OpeningObserver observer(TraceOpener *opener, const TraceFile &file, const std::stop_source &stop,
                                                  const BackgroundJobs::Tell &tell);
    void finish(const std::shared_ptr<OpenedFile> &file);

    Open open_;
    std::deque<Waiting> files_; // the first one goes on
    BackgroundJobs jobs_{*this};
};

} // namespace loopscope
