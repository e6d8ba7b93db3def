#pragma once

#include "core/text/json_tree.h"

#include <QAbstractItemModel>

namespace loopscope {

/// The arguments of an event as a tree: names, and values as they are written. The members of the outermost object are the top level; a
/// text that is no object is one row. Texts come from strangers: they are escaped and cut, and to be shown as plain text.
class ArgumentsModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { Name, Value, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    /// Shows a JSON text; nothing if it is empty.
    void show(std::string json);
    [[nodiscard]] const JsonTree &tree() const { return tree_; }
    /// A value to be copied: a text without quotes and in its whole length, all else as JSON. Of an invalid index all.
    [[nodiscard]] QString valueOf(const QModelIndex &index) const;
    [[nodiscard]] QString jsonOf(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] bool hidesRoot() const { return !tree_.nodes().empty() && tree_.nodes().front().isContainer(); }
    [[nodiscard]] std::uint32_t nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QString cellText(const JsonNode &node, int column) const;

    JsonTree tree_;
};

} // namespace loopscope
