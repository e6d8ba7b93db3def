#pragma once

#include "core/formats/own/run_journal.h"

#include <QObject>
#include <QTimer>

#include <tl/expected.hpp>

#include <memory>
#include <string>

namespace loopscope {

class HeadlessRun;

/// What `--save` asks for: a journal beside the file while the run goes on, and at its end the file. Errors are sentences without their
/// full stop.
class RunSaving : public QObject {
    Q_OBJECT

public:
    /// Finds out whether `path` (raw bytes) can be written, and begins the journal. Needs a QCoreApplication.
    [[nodiscard]] static tl::expected<std::unique_ptr<RunSaving>, std::string> prepare(const std::string &path);

    /// Keeps the journal of a run that is about to start, for as long as both live. The run's trace gets a note if the journal ends early.
    void follow(HeadlessRun &run);
    /// Saves the trace of a run that has ended; the journal goes if that succeeds, or nothing is in it. Given up if a signal came, and it
    /// has got no further for a second since then; what the journal has in hand is written even so.
    [[nodiscard]] tl::expected<void, std::string> save(const Trace &trace);

private:
    RunSaving(std::string path, std::unique_ptr<RunJournal> journal);

    const std::string path_;
    std::unique_ptr<RunJournal> journal_;
    QTimer timer_;
};

} // namespace loopscope
