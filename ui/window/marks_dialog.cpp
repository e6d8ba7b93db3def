#include "ui/window/marks_dialog.h"

#include "ui/panels/mark_table_model.h"
#include "ui/timeline/viewport.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTableView>
#include <QVBoxLayout>

namespace loopscope {

MarksDialog::MarksDialog(TraceMarks &marks, Viewport &viewport, QWidget *parent)
    : QDialog(parent)
    , marks_(marks)
    , viewport_(viewport)
    , model_(new MarkTableModel(marks, this))
    , table_(new QTableView(this))
    , hint_(new QLabel(this))
    , goTo_(new QPushButton(tr("&Go to"), this))
    , remove_(new QPushButton(tr("&Remove"), this))
{
    setWindowTitle(tr("Marks"));
    setAttribute(Qt::WA_DeleteOnClose);
    arrange();
    connect(goTo_, &QPushButton::clicked, this, &MarksDialog::goTo);
    connect(remove_, &QPushButton::clicked, this, &MarksDialog::remove);
    connect(new QShortcut(QKeySequence::Delete, table_, nullptr, nullptr, Qt::WidgetShortcut), &QShortcut::activated, this,
            &MarksDialog::remove);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MarksDialog::showState);
    connect(table_, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (index.column() == MarkTableModel::Instant)
            goTo();
    });
    connect(model_, &QAbstractItemModel::rowsInserted, this, &MarksDialog::showState);
    connect(model_, &QAbstractItemModel::rowsRemoved, this, &MarksDialog::showState);
    connect(model_, &QAbstractItemModel::modelReset, this, &MarksDialog::showState);
    if (model_->rowCount() > 0)
        table_->selectRow(0);
    showState();
    resize(fontMetrics().averageCharWidth() * 56, fontMetrics().lineSpacing() * 20);
}

void MarksDialog::arrange()
{
    table_->setModel(model_);
    table_->setAccessibleName(tr("Marks"));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setShowGrid(false);
    table_->verticalHeader()->hide();
    table_->horizontalHeader()->hide(); // names and times tell themselves apart
    table_->horizontalHeader()->setSectionResizeMode(MarkTableModel::Name, QHeaderView::Stretch);
    table_->horizontalHeader()->setSectionResizeMode(MarkTableModel::Instant, QHeaderView::ResizeToContents);
    hint_->setTextFormat(Qt::PlainText);
    hint_->setWordWrap(true);
    hint_->setProperty("muted", true);
    for (QPushButton *button : {goTo_, remove_})
        button->setAutoDefault(false); // Return ends the edit of a name
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->addButton(goTo_, QDialogButtonBox::ActionRole);
    buttons->addButton(remove_, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(table_, 1);
    column->addWidget(hint_);
    column->addWidget(buttons);
}

std::optional<int> MarksDialog::currentRow() const
{
    const QModelIndex current = table_->currentIndex();
    return current.isValid() ? std::optional(current.row()) : std::nullopt;
}

void MarksDialog::showState()
{
    hint_->setText(model_->rowCount() == 0 ? tr("Nothing is marked. Point at an instant in the timeline and press the key for marking.")
                                           : tr("Double-click a name to change it, a time to go there."));
    goTo_->setEnabled(currentRow().has_value());
    remove_->setEnabled(currentRow().has_value());
}

void MarksDialog::goTo()
{
    const auto row = currentRow();
    if (!row)
        return;
    const TimeRange range = viewport_.range();
    viewport_.pan(model_->mark(*row).at - (range.begin + range.length() / 2));
}

void MarksDialog::remove()
{
    if (const auto row = currentRow())
        marks_.remove(model_->mark(*row).id);
}

void MarksDialog::editName(MarkId mark)
{
    const auto row = model_->rowOf(mark);
    if (!row)
        return;
    const QModelIndex name = model_->index(*row, MarkTableModel::Name);
    table_->setCurrentIndex(name);
    table_->setFocus();
    table_->edit(name);
}

} // namespace loopscope
