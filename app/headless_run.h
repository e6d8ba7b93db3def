#pragma once

#include "app/progress_line.h"
#include "core/runtime/session.h"
#include "core/workload/file_reader.h"
#include "core/workload/scenario_plan.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

class FileSearch;

/// What a run without a window does: a scenario, or files, or a scenario with files.
struct HeadlessWork {
    std::optional<ScenarioPlan> plan;
    std::vector<std::string> paths; ///< files and folders, in raw bytes
    FileReader reader = FileReader::Automatic;
};

/// One run without a window, from the search for its files to the end of its session. Shows its progress on stderr.
///
/// Time begins to count when the files are known.
class HeadlessRun : public QObject {
    Q_OBJECT

public:
    HeadlessRun(const SessionSettings &settings, HeadlessWork work);
    ~HeadlessRun() override;

    void start();
    /// Ends the search or the run early; ended() follows. What a search had found by then is told as tasks that were cancelled.
    void stop();
    [[nodiscard]] std::shared_ptr<const Trace> trace() const { return session_.trace(); }
    /// Adds to the notes of the run, unless it has ended.
    void addNote(const std::string &note);

Q_SIGNALS:
    void ended();

private:
    void startWithFiles();
    void startWithNothing(const std::string &note);
    /// Blocking jobs at once, at most.
    [[nodiscard]] std::size_t mostJobs(std::size_t files) const;

    Session session_;
    HeadlessWork work_;
    std::unique_ptr<FileSearch> search_;
    QTimer searchTimer_;
    bool isSearchStopped_ = false;
    ProgressLine progress_;
};

} // namespace loopscope
