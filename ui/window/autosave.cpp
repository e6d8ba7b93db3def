#include "ui/window/autosave.h"

#include "core/formats/own/run_journal.h"
#include "core/workload/byte_text.h"
#include "ui/window/suggested_name.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr int writtenEveryMs = 1000;
constexpr auto lockName = "lock";
constexpr auto journalFilter = "*.part";

QString lockOf(const QString &folder)
{
    return folder + QLatin1Char('/') + QLatin1String(lockName);
}

/// Null while the process that made a folder is still there, or another one holds it.
std::unique_ptr<QLockFile> lockOrphan(const QString &folder)
{
    auto lock = std::make_unique<QLockFile>(lockOf(folder));
    lock->setStaleLockTime(0); // however old: the process counts
    return lock->tryLock(0) ? std::move(lock) : nullptr;
}

QFileInfoList journalsIn(const QString &folder)
{
    return QDir(folder).entryInfoList({QLatin1String(journalFilter)}, QDir::Files, QDir::Time);
}

void removeFolderIfEmpty(const QString &folder)
{
    QDir().rmdir(folder);
}

} // namespace

Autosave::Autosave(QString folder, QObject *parent)
    : QObject(parent)
    , folder_(std::move(folder))
    , ownFolder_(folder_ + QStringLiteral("/%1-%2").arg(QCoreApplication::applicationPid()).arg(QDateTime::currentMSecsSinceEpoch()))
{
}

Autosave::~Autosave()
{
    journal_.reset();
    lock_.reset();
    removeFolderIfEmpty(ownFolder_);
}

bool Autosave::makeFolder()
{
    if (lock_)
        return true;
    if (!QDir().mkpath(ownFolder_))
        return false;
    for (const QString &each : {folder_, ownFolder_})
        QFile::setPermissions(each, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    lock_ = std::make_unique<QLockFile>(lockOf(ownFolder_));
    lock_->setStaleLockTime(0);
    if (lock_->tryLock(0))
        return true;
    lock_.reset();
    return false;
}

void Autosave::tellFailure(const std::string &reason)
{
    Q_EMIT failed(tr("This run is not kept while it goes on: %1. Save it when it has ended.").arg(QString::fromStdString(reason)));
}

void Autosave::begin(const std::shared_ptr<TraceDocument> &run)
{
    forget(run_.get());
    if (!makeFolder()) {
        tellFailure(tr("%1 cannot be made").arg(ownFolder_).toStdString());
        return;
    }
    const QString name = suggestedName(QString::fromStdString(run->trace()->info().title)) + QStringLiteral(".loopscope");
    auto journal = RunJournal::create(pathToBytes(ownFolder_ + QLatin1Char('/') + name));
    if (!journal) {
        tellFailure(journal.error());
        return;
    }
    journal_ = std::move(*journal);
    run_ = run;
    isFailureTold_ = false;
    sinceWritten_.start();
    journal_->flush(*run->trace(), *run->marks());
    connect(run.get(), &TraceDocument::changed, this, [this] { run_->isUnsaved() ? keepUp() : forget(run_.get()); });
}

void Autosave::keepUp()
{
    const bool hasEnded = run_ && run_->trace()->info().finished;
    if (!journal_ || (!hasEnded && sinceWritten_.elapsed() < writtenEveryMs))
        return;
    sinceWritten_.start();
    if (!journal_->flush(*run_->trace(), *run_->marks()) && hasEnded) // nothing else would come back to it
        QTimer::singleShot(writtenEveryMs, this, &Autosave::keepUp);
    const auto reason = journal_->failure();
    if (reason && !std::exchange(isFailureTold_, true))
        tellFailure(*reason);
}

void Autosave::forget(const TraceDocument *document)
{
    if (!document)
        return;
    if (document == run_.get()) {
        run_->disconnect(this);
        if (journal_)
            journal_->remove();
        journal_.reset();
        run_.reset();
    }
    if (const auto journal = adopted_.extract(document))
        remove({journal.mapped()});
}

void Autosave::forgetAll()
{
    forget(run_.get());
    while (!adopted_.empty())
        forget(adopted_.begin()->first);
}

std::vector<std::string> Autosave::leftBehind()
{
    std::vector<std::string> journals;
    const QFileInfoList folders = QDir(folder_).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QFileInfo &info : folders) {
        const QString folder = info.absoluteFilePath();
        if (folder == QDir(ownFolder_).absolutePath() || !hold(folder))
            continue;
        const QFileInfoList files = journalsIn(folder);
        for (const QFileInfo &file : files)
            journals.push_back(pathToBytes(file.absoluteFilePath()));
        letGoIfEmpty(folder);
    }
    return journals;
}

bool Autosave::hold(const QString &folder)
{
    if (leftFolders_.contains(folder))
        return true;
    auto lock = lockOrphan(folder);
    return lock && leftFolders_.emplace(folder, std::move(lock)).second;
}

void Autosave::letGoIfEmpty(const QString &folder)
{
    if (!journalsIn(folder).isEmpty())
        return;
    leftFolders_.erase(folder);
    removeFolderIfEmpty(folder);
}

void Autosave::adopt(const std::shared_ptr<TraceDocument> &document, const std::string &journal)
{
    adopted_[document.get()] = journal;
    connect(document.get(), &TraceDocument::changed, this, [this, of = document.get()] {
        if (!of->isUnsaved())
            forget(of);
    });
}

void Autosave::remove(const std::vector<std::string> &journals)
{
    for (const std::string &journal : journals) {
        const QString path = QFile::decodeName(journal.c_str());
        QFile::remove(path);
        letGoIfEmpty(QFileInfo(path).absolutePath());
    }
}

} // namespace loopscope
