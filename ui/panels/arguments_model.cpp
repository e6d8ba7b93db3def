#include "ui/panels/arguments_model.h"

#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

namespace loopscope {

namespace {

// More of a value is not seen, and costs time in every frame.
constexpr std::size_t longestShown = 1'000;

QString shownValue(std::string_view text)
{
    return text.size() <= longestShown ? shownText(text) : shownText(text.substr(0, longestShown)) + QStringLiteral("…");
}

} // namespace

void ArgumentsModel::show(std::string json)
{
    if (json == tree_.text())
        return;
    beginResetModel();
    tree_ = JsonTree(std::move(json));
    endResetModel();
}

std::uint32_t ArgumentsModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<std::uint32_t>(index.internalId()) : 0;
}

QString ArgumentsModel::valueOf(const QModelIndex &index) const
{
    if (tree_.nodes().empty())
        return QString::fromStdString(tree_.text());
    const JsonNode &node = tree_.nodes()[nodeOf(index)];
    return node.isContainer() ? jsonOf(index) : QString::fromStdString(node.value);
}

QString ArgumentsModel::jsonOf(const QModelIndex &index) const
{
    return QString::fromStdString(index.isValid() ? tree_.jsonOf(nodeOf(index)) : tree_.text());
}

QModelIndex ArgumentsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const bool isRoot = !parent.isValid() && !hidesRoot();
    return createIndex(row, column, isRoot ? 0U : tree_.nodes()[nodeOf(parent)].children[static_cast<std::size_t>(row)]);
}

QModelIndex ArgumentsModel::parent(const QModelIndex &index) const
{
    const std::uint32_t node = nodeOf(index);
    const std::uint32_t above = tree_.nodes().empty() ? 0 : tree_.nodes()[node].parent;
    if (!index.isValid() || above == 0) // the root, which is not shown, or its own
        return {};
    return createIndex(static_cast<int>(tree_.nodes()[above].row), Name, above);
}

int ArgumentsModel::rowCount(const QModelIndex &parent) const
{
    if (tree_.nodes().empty() || parent.column() > Name)
        return 0;
    if (!parent.isValid() && !hidesRoot())
        return 1;
    return static_cast<int>(tree_.nodes()[nodeOf(parent)].children.size());
}

int ArgumentsModel::columnCount(const QModelIndex & /*parent*/) const
{
    return ColumnCount;
}

QVariant ArgumentsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JsonNode &node = tree_.nodes()[nodeOf(index)];
    if (role == Qt::DisplayRole)
        return cellText(node, index.column());
    return role == Qt::ToolTipRole ? toolTipText(cellText(node, index.column())) : QVariant();
}

QString ArgumentsModel::cellText(const JsonNode &node, int column) const
{
    if (column == Name) {
        const bool hasKey = !node.key.empty() || tree_.nodes()[node.parent].kind != JsonNode::Kind::Array;
        return hasKey ? shownValue(node.key) : QString::number(node.row);
    }
    if (!node.isContainer())
        return shownValue(node.value);
    const auto count = formatCount(node.children.size());
    if (node.kind == JsonNode::Kind::Array)
        return node.children.size() == 1 ? tr("1 element") : tr("%1 elements").arg(count);
    return node.children.size() == 1 ? tr("1 member") : tr("%1 members").arg(count);
}

QVariant ArgumentsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Argument") : tr("Value");
}

} // namespace loopscope
