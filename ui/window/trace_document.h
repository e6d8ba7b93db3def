#pragma once

#include "core/trace/marks.h"
#include "core/trace/trace.h"
#include "ui/window/run_request.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>

namespace loopscope {

/// The file that a trace is kept in.
struct TraceFile {
    std::string path;         ///< absolute, in raw bytes; empty for none
    bool isOurFormat = false; ///< holds all that a trace is, so that saving can go there
    std::string realPath{};   ///< where `path` led when it was read or written, without symbolic links: by this, a file is known again
};

/// A path (raw bytes) without symbolic links, double slashes and dots; as it is if it leads to nothing. Asks the file system. Any thread.
[[nodiscard]] std::string realPathOf(const std::string &path);

/// A trace as a person has it: what was recorded or read, what they marked in it, the file that it is kept in, and whether anything of it
/// would be lost without being saved.
class TraceDocument : public QObject {
    Q_OBJECT

public:
    /// A run of ours, which goes on or has ended.
    TraceDocument(std::shared_ptr<const Trace> trace, RunRequest request);
    /// What is in a file, or what is known of it so far.
    TraceDocument(std::shared_ptr<const Trace> trace, TraceFile file);

    [[nodiscard]] const std::shared_ptr<const Trace> &trace() const { return trace_; }
    /// What the run does, to be done again; empty for what was read from a file.
    [[nodiscard]] const RunRequest &request() const { return request_; }
    [[nodiscard]] RunRequest &request() { return request_; }
    [[nodiscard]] const TraceFile &file() const { return file_; }
    /// Of the file, for people; empty while there is none.
    [[nodiscard]] QString name() const;
    [[nodiscard]] const std::shared_ptr<Marks> &marks() const { return marks_; }

    /// More of the file is known, with what was saved beside it.
    void replaceTrace(std::shared_ptr<const Trace> trace, const Marks &marks);
    /// The whole file is known. What a person has marked meanwhile stays, beside what was saved, and is in no file yet.
    void completeTrace(std::shared_ptr<const Trace> trace, Marks marks);
    /// A person has changed the marks.
    void noteEdit();
    /// How often that was.
    [[nodiscard]] std::uint64_t edits() const { return edits_; }
    /// It is in `file` now, as it was after so many edits().
    void noteSaved(TraceFile file, std::uint64_t edits);
    /// Whether something would be lost: a run that is in no file, or edits that are in none.
    [[nodiscard]] bool isUnsaved() const { return file_.path.empty() || edits_ != savedEdits_; }

Q_SIGNALS:
    /// trace() is another one.
    void traceReplaced();
    /// name() or isUnsaved() may be other ones.
    void changed();

private:
    std::shared_ptr<const Trace> trace_;
    RunRequest request_;
    TraceFile file_;
    std::shared_ptr<Marks> marks_ = std::make_shared<Marks>();
    std::uint64_t edits_ = 0;
    std::uint64_t savedEdits_ = 0;
};

} // namespace loopscope
