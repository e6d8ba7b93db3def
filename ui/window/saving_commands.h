#pragma once

#include "ui/window/trace_document.h"
#include "ui/window/trace_saver.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <memory>

class QWidget;

namespace loopscope {

class MessageBar;

/// What a trace can be written as, beside pictures.
enum class TraceOutput : std::uint8_t { OwnFile, ChromeJson, Csv, ReportJson, ReportText };

/// Saves documents and writes them in other formats: asks where to, shows progress that can be cancelled, and tells what came of it.
class SavingCommands : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it.
    SavingCommands(QWidget &window, MessageBar &messages);

    /// Is told whether it is written, once that is known.
    using Then = std::function<void(bool isWritten)>;

    /// Saves to the file that the document is kept in, or asks for one; its trace has ended. Not if its path leads by now to what another
    /// document is kept in.
    void save(const std::shared_ptr<TraceDocument> &document, const Then &then = {});
    void saveAs(const std::shared_ptr<TraceDocument> &document, const Then &then = {});
    /// Asks where to, and writes the document's trace there.
    void write(const std::shared_ptr<TraceDocument> &document, TraceOutput output);
    /// Whoever shows documents says whether another one than `document` is kept in a file (its real path), which is not written over then.
    void setIsTaken(std::function<bool(const std::string &realPath, const TraceDocument &document)> isTaken)
    {
        isTaken_ = std::move(isTaken);
    }
    void cancel() { saver_.cancel(); }
    /// Whether something is being written.
    [[nodiscard]] bool isBusy() const { return saver_.isBusy(); }
    /// Tells that the window closes once what is being written is there, and calls `close` then; not if it is cancelled, or fails.
    void closeWhenWritten(const std::function<void()> &close);

Q_SIGNALS:
    /// A document is kept in this file now (raw bytes).
    void saved(const std::string &path);

private:
    /// `then` gets a path, or an empty one if there is to be none.
    void askWhere(const std::shared_ptr<TraceDocument> &document, TraceOutput output, const std::function<void(std::string)> &then);
    /// The chosen path with its ending; empty if that has to be left as it is, which is told.
    [[nodiscard]] std::string pathToWrite(const TraceDocument &document, TraceOutput output, const QString &chosen);
    /// Whether a path leads to what another document is kept in, which is told.
    [[nodiscard]] bool isKeptFrom(const std::string &path, const TraceDocument &document);
    void saveTo(const std::string &path, const std::shared_ptr<TraceDocument> &document, const Then &then);
    void start(const std::string &path, TraceSaver::Write write, const Then &then);
    void showProgress(const QString &howFar);
    void tellFailure(const OpeningFailure &failure);

    QWidget &window_;
    MessageBar &messages_;
    TraceSaver saver_;
    std::string path_;            // that is being written
    std::function<void()> close_; // what waits for that
    std::function<bool(const std::string &realPath, const TraceDocument &document)> isTaken_;
};

} // namespace loopscope
