#include "ui/panels/arguments_view.h"

#include "ui/panels/arguments_model.h"

#include <QAction>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr int fewestArgumentLines = 8;
// A tree of more is folded at first.
constexpr std::size_t fewNodes = 200;

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

ArgumentsView::ArgumentsView(QWidget *parent)
    : QWidget(parent)
    , model_(new ArgumentsModel(this))
    , heading_(new QLabel(tr("Arguments"), this))
    , tree_(new QTreeView(this))
    , note_(new QLabel(tr("Not all of it is shown here; copying takes all."), this))
{
    arrange();
    addCopying();
    adaptToFont();
    hide();
}

void ArgumentsView::arrange()
{
    heading_->setBuddy(tree_);
    tree_->setModel(model_);
    tree_->setHeaderHidden(true);
    tree_->setAccessibleName(tr("Arguments"));
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setUniformRowHeights(true); // so that 20,000 rows need not be measured
    tree_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree_->setTextElideMode(Qt::ElideRight);
    tree_->setTabKeyNavigation(false);
    tree_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree_->header()->setStretchLastSection(true);
    tree_->viewport()->setAutoFillBackground(false);
    note_->setWordWrap(true);
    note_->setProperty("muted", true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(4);
    column->addWidget(heading_);
    column->addWidget(tree_, 1);
    column->addWidget(note_);
}

void ArgumentsView::addCopying()
{
    const auto add = [this](const QString &text, auto function) {
        auto *action = new QAction(text, tree_);
        connect(action, &QAction::triggered, this, function);
        tree_->addAction(action);
        return action;
    };
    QAction *value = add(tr("Copy &value"), [this] { copy(model_->valueOf(tree_->currentIndex())); });
    value->setShortcut(QKeySequence::Copy);
    value->setShortcutContext(Qt::WidgetShortcut);
    add(tr("Copy as &JSON"), [this] { copy(model_->jsonOf(tree_->currentIndex())); });
    add(tr("Copy &all as JSON"), [this] { copy(model_->jsonOf({})); });
    tree_->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void ArgumentsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        adaptToFont();
}

void ArgumentsView::adaptToFont()
{
    QFont strong = font();
    strong.setBold(true);
    heading_->setFont(strong);
    tree_->setMinimumHeight(fontMetrics().lineSpacing() * fewestArgumentLines);
}

void ArgumentsView::setArguments(std::string json)
{
    const bool isNew = json != model_->tree().text();
    model_->show(std::move(json));
    note_->setVisible(!model_->tree().isWhole());
    setVisible(!model_->tree().text().empty());
    if (isNew)
        unfold();
}

void ArgumentsView::unfold()
{
    if (model_->tree().nodes().size() <= fewNodes)
        tree_->expandAll();
    tree_->resizeColumnToContents(ArgumentsModel::Name);
    tree_->setColumnWidth(ArgumentsModel::Name, std::min(tree_->columnWidth(ArgumentsModel::Name), fontMetrics().averageCharWidth() * 24));
}

} // namespace loopscope
