#pragma once

#include <QString>

#include <string>
#include <vector>

class QSettings;

namespace loopscope {

/// What was read or opened last, the latest first: each entry is what one drop or dialog brought. Kept in the settings as raw bytes.
class RecentPaths {
public:
    using Entry = std::vector<std::string>;
    static constexpr std::size_t maxEntries = 10;
    static constexpr std::size_t maxPaths = 200; ///< of an entry; larger ones are not remembered

    /// Reads what is there under `key`, which must outlive it; anything that is no list of paths counts as nothing.
    RecentPaths(QSettings &settings, const char *key);

    void add(const Entry &paths);
    void clear();
    [[nodiscard]] const std::vector<Entry> &entries() const { return entries_; }

    /// "access.log", "access.log and 2 more".
    [[nodiscard]] static QString title(const Entry &entry);
    /// All of its paths, a line each, as far as a person would read them.
    [[nodiscard]] static QString lines(const Entry &entry);

private:
    void save();

    QSettings &settings_;
    const char *key_;
    std::vector<Entry> entries_;
};

} // namespace loopscope
