#pragma once

#include "ui/window/path_opener.h"
#include "ui/window/recent_paths.h"
#include "ui/window/trace_opener.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

class QMenu;
class QWidget;

namespace loopscope {

class MessageBar;
class OpenOffer;
class RunController;

/// How files come into the window, to be read or to be opened: from dialogs, the clipboard, what was used before, and the command line.
/// Tells in the message bar what goes on and what cannot be used.
class OpeningCommands : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    OpeningCommands(QWidget &window, RunController &controller, MessageBar &messages, OpenOffer &offer, QSettings &settings);

    /// Raw bytes; relative ones are of the present folder.
    void openPaths(const std::vector<std::string> &rawPaths, PathIntent intent);
    /// Opens a trace: documentOpened() follows, at first perhaps with a part of it.
    void openTrace(const std::string &rawPath);
    /// Gives up opening a document, which nobody wants to see any more; none that is open.
    void giveUp(const TraceDocument &document);
    /// Whoever shows documents brings the one of a file (its real path, in raw bytes) to the front, and says whether there is one.
    void setShow(std::function<bool(const std::string &realPath)> show) { show_ = std::move(show); }
    /// Opens the journal of a run that was cut off: it comes as a run that is not saved.
    void openLeftBehind(const std::string &journal);
    void chooseTraces();
    void chooseFiles();
    void chooseFolder();
    void paste();
    /// A document was saved here.
    void rememberTrace(const std::string &path);

    [[nodiscard]] const RecentPaths &recentPaths() const { return recentPaths_; }
    [[nodiscard]] const RecentPaths &recentTraces() const { return recentTraces_; }
    void openRecent(const RecentPaths::Entry &entry, bool isTrace);
    void fillRecentMenu(QMenu &menu);

Q_SIGNALS:
    /// A trace has been opened, or the first of it is known.
    void documentOpened(std::shared_ptr<loopscope::TraceDocument> document);
    /// It was read from this journal, and has been opened.
    void leftBehindOpened(std::shared_ptr<loopscope::TraceDocument> document, const std::string &journal);
    /// It will not come to its end.
    void documentGivenUp(std::shared_ptr<loopscope::TraceDocument> document);
    /// A file is to be opened that is a comparison; raw bytes.
    void comparisonChosen(const std::string &path);
    /// The lists of what was used before are other ones.
    void recentChanged();

private:
    void connectAll(OpenOffer &offer);
    void showInstead(const TraceFile &file);
    void giveUp(const std::string &path);
    void showPreview(const TraceFile &file, const std::shared_ptr<const Trace> &trace);
    void take(const OpenedFile &file);
    void tellProblems(const TraceDocument &document);
    void tellFailure(const std::string &path, const OpeningFailure &failure);

    QWidget &window_;
    RunController &controller_;
    MessageBar &messages_;
    RecentPaths recentPaths_;
    RecentPaths recentTraces_;
    TraceOpener opener_;
    std::map<std::string, std::shared_ptr<TraceDocument>> previews_; // of files that are being opened
    std::set<std::string> leftBehind_;                               // of these, the journals
    std::function<bool(const std::string &realPath)> show_;
};

} // namespace loopscope
