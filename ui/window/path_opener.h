#pragma once

#include "core/workload/file_tree.h"
#include "core/workload/scenario.h"

#include <QObject>

#include <deque>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace loopscope {

/// What paths turned out to be.
struct OpenedPaths {
    std::vector<std::string> paths;                         ///< those that are not scenarios, as they were given
    FileList files;                                         ///< what is to be read of them
    std::vector<std::shared_ptr<const Scenario>> scenarios; ///< those that are scenarios
    std::vector<std::string> refusals;                      ///< scenarios with a mistake: a sentence each, UTF-8
    bool isCancelled = false;                               ///< the search was ended, and `files` holds nothing
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
    void open(std::vector<std::string> paths);
    /// Ends all searches; opened() follows for each, cancelled. Those asked for later are not concerned.
    void cancel();
    [[nodiscard]] bool isBusy() const { return !searches_.empty(); }

Q_SIGNALS:
    /// So many files were found so far. Now and then.
    void progressed(quint64 found);
    void opened(std::shared_ptr<const loopscope::OpenedPaths> result);

private:
    struct Link;
    struct Search {
        std::vector<std::string> paths;
        std::stop_source stop;
    };

    void startNext();
    void finish(const std::shared_ptr<OpenedPaths> &result);

    std::deque<Search> searches_; // the first one goes on
    std::shared_ptr<Link> link_;
};

} // namespace loopscope
