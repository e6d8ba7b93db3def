#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QList>
#include <QStringList>

namespace loopscope::test {

/// The fields behind the name in /proc/PID/stat: the state, the parent, …; none if there is no such process.
[[nodiscard]] inline QList<QByteArray> statOf(const QString &pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    return text.isEmpty() ? QList<QByteArray>() : text.mid(text.lastIndexOf(')') + 2).split(' ');
}

/// What has ended is not, even if nobody has waited for it.
[[nodiscard]] inline bool isAlive(const QString &pid)
{
    const QList<QByteArray> stat = statOf(pid);
    return !stat.isEmpty() && stat[0] != "Z" && stat[0] != "X";
}

/// The processes that it has started, and that nobody has waited for.
[[nodiscard]] inline QStringList childrenOf(qint64 parent)
{
    QStringList children;
    for (const QString &pid : QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        if (const QList<QByteArray> stat = statOf(pid); stat.size() > 1 && stat[1].toLongLong() == parent)
            children.append(pid);
    }
    return children;
}

} // namespace loopscope::test
