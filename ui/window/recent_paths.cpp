#include "ui/window/recent_paths.h"

#include "ui/theme/shown_text.h"

#include <QByteArrayList>
#include <QCoreApplication>
#include <QSettings>
#include <QVariant>

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t mostLines = 20;

// A path cannot hold a zero byte, so it separates them.
QByteArray packed(const RecentPaths::Entry &entry)
{
    QByteArrayList paths;
    for (const std::string &path : entry)
        paths.append(QByteArray::fromStdString(path));
    return paths.join('\0').toBase64();
}

RecentPaths::Entry unpacked(const QByteArray &text)
{
    RecentPaths::Entry entry;
    const auto bytes = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    if (!bytes)
        return entry;
    const QByteArrayList paths = (*bytes).split('\0');
    for (const QByteArray &path : paths) {
        if (path.startsWith('/') && entry.size() < RecentPaths::maxPaths)
            entry.push_back(path.toStdString());
    }
    return entry;
}

std::string baseName(const std::string &path)
{
    const std::size_t end = path.find_last_not_of('/');
    if (end == std::string::npos)
        return path;
    const std::size_t slash = path.find_last_of('/', end);
    const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
    return path.substr(begin, end + 1 - begin);
}

} // namespace

RecentPaths::RecentPaths(QSettings &settings, const char *key)
    : settings_(settings)
    , key_(key)
{
    const QStringList stored = settings_.value(QLatin1String(key_)).toStringList();
    for (const QString &text : stored) {
        Entry entry = unpacked(text.toLatin1());
        if (!entry.empty() && entries_.size() < maxEntries)
            entries_.push_back(std::move(entry));
    }
}

void RecentPaths::add(const Entry &paths)
{
    if (paths.empty() || paths.size() > maxPaths)
        return;
    std::erase(entries_, paths);
    entries_.insert(entries_.begin(), paths);
    if (entries_.size() > maxEntries)
        entries_.resize(maxEntries);
    save();
}

void RecentPaths::clear()
{
    entries_.clear();
    save();
}

QString RecentPaths::title(const Entry &entry)
{
    QString first = shownText(baseName(entry.front()));
    if (entry.size() == 1)
        return first;
    return QCoreApplication::translate("RecentPaths", "%1 and %2 more").arg(first, QString::number(entry.size() - 1));
}

QString RecentPaths::lines(const Entry &entry)
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(entry.size(), mostLines); ++i)
        lines.append(shownText(entry[i]));
    return lines.join(QLatin1Char('\n'));
}

void RecentPaths::save()
{
    QStringList texts;
    for (const Entry &entry : entries_)
        texts.append(QString::fromLatin1(packed(entry)));
    settings_.setValue(QLatin1String(key_), texts);
}

} // namespace loopscope
