#pragma once

#include "core/workload/file_tree.h"
#include "core/workload/scenario.h"
#include "ui/window/background_jobs.h"

#include <QObject>

#include <deque>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace loopscope {

/// What to do with a file that is a trace or a scenario; all else is read.
enum class PathIntent {
    Ask,  ///< whoever brought it says so
    Open, ///< opens it
    Read  ///< reads it as any other file
};

/// What paths turned out to be, each in one of the lists.
struct OpenedPaths {
    std::vector<std::string> paths;                         ///< what is read, as it was given
    FileList files;                                         ///< the files in there
    std::vector<std::shared_ptr<const Scenario>> scenarios; ///< what is opened as a scenario
    std::vector<std::string> scenarioPaths;                 ///< where each of these is
    std::vector<std::string> refusals;                      ///< scenarios with a mistake: a sentence each, UTF-8
    std::vector<std::string> traces;                        ///< what is to be opened as a trace, or as a comparison of several
    std::vector<std::string> toAskFor;                      ///< traces and scenarios that could be opened or read
    bool isCancelled = false;                               ///< the search was ended, and `files` holds nothing
    std::string failure;                                    ///< why it ended early, without a full stop; nothing is known then
};

/// Finds out what paths are, on a thread of its own: a folder may hold a million files, and a file system may not answer.
///
/// Searches are done one after the other, in the order asked for. Deleting the opener ends the search, and gives up waiting for a file
/// system that does not answer.
class PathOpener : public QObject {
    Q_OBJECT

public:
    explicit PathOpener(QObject *parent = nullptr);
    ~PathOpener() override;

    /// Looks at `paths` (raw bytes); opened() follows.
    void open(std::vector<std::string> paths, PathIntent intent);
    /// Ends all searches; opened() follows for each, cancelled. Those asked for later are not concerned.
    void cancel();
    [[nodiscard]] bool isBusy() const { return !searches_.empty(); }

Q_SIGNALS:
    /// So many files were found so far. Now and then.
    void progressed(quint64 found);
    void opened(std::shared_ptr<const loopscope::OpenedPaths> result);

private:
    struct Search {
        std::vector<std::string> paths;
        PathIntent intent = PathIntent::Ask;
        std::stop_source stop;
    };

    void startNext();
    /// Done by a thread, which may outlive `opener`: what it tells is called while that is there.
    static void look(PathOpener *opener, const Search &search, const BackgroundJobs::Tell &tell);
    void finish(const std::shared_ptr<OpenedPaths> &result);

    std::deque<Search> searches_; // the first one goes on
    BackgroundJobs jobs_{*this};
};

} // namespace loopscope
