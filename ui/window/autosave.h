#pragma once

#include "ui/window/trace_document.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

class QLockFile;

namespace loopscope {

class RunJournal;

/// Keeps a journal of the latest run while it goes on and until it is saved or thrown away, so that a program that is killed loses
/// nothing; and finds the journals that such programs left behind.
///
/// Each process has a folder of its own in `folder`, for its user alone, and holds a lock in it: one that can be locked is of a process
/// that is no more. Who finds journals in there holds the lock from then on, so that no other process offers them, too.
class Autosave : public QObject {
    Q_OBJECT

public:
    /// `folder` is made when it is needed.
    explicit Autosave(QString folder, QObject *parent = nullptr);
    /// The journal stays if it is still needed.
    ~Autosave() override;

    /// Begins the journal of a run; that of the one before goes.
    void begin(const std::shared_ptr<TraceDocument> &run);
    /// The run has grown, or ended: writes what is new, at most once a second, or all.
    void keepUp();
    /// A document was thrown away, knowingly: its journal goes.
    void forget(const TraceDocument *document);
    /// All of them were.
    void forgetAll();

    /// The journals that were left behind (raw bytes), and are this process's now.
    [[nodiscard]] std::vector<std::string> leftBehind();
    /// `document` was read from a journal that was left behind, which goes once it is saved or thrown away.
    void adopt(const std::shared_ptr<TraceDocument> &document, const std::string &journal);
    /// Removes journals that were left behind.
    void remove(const std::vector<std::string> &journals);

Q_SIGNALS:
    /// There is no journal, or it ends early, for this reason: a sentence.
    void failed(const QString &sentence);

private:
    [[nodiscard]] bool makeFolder();
    [[nodiscard]] bool hold(const QString &folder);
    void letGoIfEmpty(const QString &folder);
    void tellFailure(const std::string &reason);

    QString folder_;
    QString ownFolder_;
    std::unique_ptr<QLockFile> lock_; // of the own folder, once there is one
    std::unique_ptr<RunJournal> journal_;
    std::shared_ptr<TraceDocument> run_; // of the journal
    QElapsedTimer sinceWritten_;
    bool isFailureTold_ = false;
    std::map<const TraceDocument *, std::string> adopted_;      // and their journals
    std::map<QString, std::unique_ptr<QLockFile>> leftFolders_; // of processes that are no more, and their locks
};

} // namespace loopscope
