#include "ui/window/change_keys_dialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr int commandRole = Qt::UserRole;

} // namespace

ChangeKeysDialog::ChangeKeysDialog(const KeyMap &keys, QWidget *parent)
    : QDialog(parent)
    , keys_(keys)
    , search_(new QLineEdit(this))
    , list_(new QTreeWidget(this))
    , recorder_(new QKeySequenceEdit(this))
    , add_(new QPushButton(tr("&Add this key"), this))
    , clear_(new QPushButton(tr("Re&move its keys"), this))
    , reset_(new QPushButton(tr("&Reset"), this))
    , resetAll_(new QPushButton(tr("Reset a&ll"), this))
    , verdict_(new QLabel(this))
{
    setWindowTitle(tr("Change keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    arrange();
    fillList();
    connect(search_, &QLineEdit::textChanged, this, &ChangeKeysDialog::applySearch);
    connect(list_, &QTreeWidget::currentItemChanged, this, [this] {
        recorder_->clear();
        showVerdict();
    });
    connect(recorder_, &QKeySequenceEdit::keySequenceChanged, this, &ChangeKeysDialog::takeFirstChord);
    connect(add_, &QPushButton::clicked, this, &ChangeKeysDialog::addRecorded);
    connect(clear_, &QPushButton::clicked, this, [this] { change(&KeyMap::clear); });
    connect(reset_, &QPushButton::clicked, this, [this] { change(&KeyMap::reset); });
    connect(resetAll_, &QPushButton::clicked, this, [this] { apply(KeyMap()); });
    showKeys();
    resize(fittingSize());
}

// Of those too that a search hides at present.
QSize ChangeKeysDialog::fittingSize() const
{
    std::array<int, 2> columns{};
    for (QTreeWidgetItemIterator at(list_); *at; ++at) {
        for (int column = 0; column < 2; ++column) {
            const int indent = column == 0 && (*at)->parent() ? list_->indentation() : 0;
            int &widest = columns[static_cast<std::size_t>(column)];
            widest = std::max(widest, indent + list_->sizeHintForIndex(list_->indexFromItem(*at, column)).width());
        }
    }
    const QMargins margins = layout()->contentsMargins();
    const int frames = 2 * list_->frameWidth() + margins.left() + margins.right();
    const int width = columns[0] + columns[1] + list_->verticalScrollBar()->sizeHint().width() + frames;
    return QSize(width, fontMetrics().lineSpacing() * 40).boundedTo(screen()->availableSize() * 0.9);
}

void ChangeKeysDialog::arrange()
{
    search_->setPlaceholderText(tr("Search commands and keys"));
    search_->setAccessibleName(tr("Search commands and keys"));
    search_->setClearButtonEnabled(true);
    list_->setAccessibleName(tr("Commands"));
    list_->setColumnCount(2);
    list_->setHeaderHidden(true); // names and keys tell themselves apart
    list_->setRootIsDecorated(false);
    list_->setItemsExpandable(false);
    list_->setIndentation(16);
    list_->setUniformRowHeights(true);
    list_->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    list_->header()->setStretchLastSection(true);
    recorder_->setAccessibleName(tr("New key"));
    verdict_->setTextFormat(Qt::PlainText);
    verdict_->setWordWrap(true);
    verdict_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    verdict_->setMinimumHeight(2 * fontMetrics().lineSpacing()); // so that nothing moves when it says more
    for (QPushButton *button : {add_, clear_, reset_, resetAll_})
        button->setAutoDefault(false); // Return is a key to be recorded

    auto *record = new QHBoxLayout;
    record->setSpacing(8);
    record->addWidget(recorder_, 1);
    record->addWidget(add_);
    record->addWidget(clear_);
    record->addWidget(reset_);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->addButton(resetAll_, QDialogButtonBox::ResetRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(search_);
    column->addWidget(list_, 1);
    column->addLayout(record);
    column->addWidget(verdict_);
    column->addWidget(buttons);
}

void ChangeKeysDialog::fillList()
{
    QFont heading = list_->font();
    heading.setWeight(QFont::DemiBold);
    const QSize rowSize(0, fontMetrics().lineSpacing() + 8);
    QTreeWidgetItem *group = nullptr;
    for (const CommandInfo &info : allCommands()) {
        if (!group || group->text(0) != groupTitle(info.group)) {
            group = new QTreeWidgetItem(list_, {groupTitle(info.group)});
            group->setFlags(Qt::ItemIsEnabled);
            group->setFont(0, heading);
            group->setSizeHint(0, rowSize);
            group->setFirstColumnSpanned(true);
        }
        if (!KeyMap::canChange(info.command))
            continue;
        auto *item = new QTreeWidgetItem(group, {plainTitle(info.command)});
        item->setData(0, commandRole, static_cast<int>(info.command));
    }
    list_->expandAll();
    list_->setCurrentItem(list_->topLevelItem(0)->child(0));
}

std::optional<Command> ChangeKeysDialog::current() const
{
    const QTreeWidgetItem *item = list_->currentItem();
    if (!item || !item->data(0, commandRole).isValid() || item->isHidden())
        return std::nullopt;
    return static_cast<Command>(item->data(0, commandRole).toInt());
}

std::optional<QKeyCombination> ChangeKeysDialog::recorded() const
{
    const QKeySequence keys = recorder_->keySequence();
    return keys.isEmpty() ? std::nullopt : std::optional(keys[0]);
}

void ChangeKeysDialog::showKeys()
{
    for (QTreeWidgetItemIterator at(list_); *at; ++at) {
        const QVariant number = (*at)->data(0, commandRole);
        if (!number.isValid())
            continue;
        const auto command = static_cast<Command>(number.toInt());
        QFont font = list_->font();
        font.setBold(!keys_.isUsual(command)); // what is changed is seen at a glance
        (*at)->setText(1, keysText(keys_, command));
        (*at)->setFont(1, font);
    }
    resetAll_->setEnabled(keys_ != KeyMap());
    showVerdict();
}

QString ChangeKeysDialog::verdict() const
{
    const auto key = recorded();
    const auto command = current();
    if (!key || !command)
        return {};
    const QString name = keyText({*key, false});
    const auto owner = keys_.ownerOf(*key);
    if (owner == command)
        return tr("“%1” is a key of this command already.").arg(name);
    if (!keys_.canUse(*key))
        return owner ? tr("“%1” is taken: it is “%2”, which cannot change.").arg(name, plainTitle(*owner))
                     : tr("“%1” alone is no key.").arg(name);
    if (owner)
        return tr("“%1” is a key of “%2”, which loses it if you add it here.").arg(name, plainTitle(*owner));
    return tr("“%1” is free.").arg(name);
}

void ChangeKeysDialog::showVerdict()
{
    const auto command = current();
    const auto key = recorded();
    const QString hint = command ? tr("Press a key in the field to give it to “%1”.").arg(plainTitle(*command)) : tr("Choose a command.");
    verdict_->setText(verdict().isEmpty() ? hint : verdict());
    recorder_->setEnabled(command.has_value());
    add_->setEnabled(command && key && keys_.canUse(*key) && keys_.ownerOf(*key) != command);
    clear_->setEnabled(command && !keys_.keysOf(*command).empty());
    reset_->setEnabled(command && !keys_.isUsual(*command));
}

void ChangeKeysDialog::applySearch(const QString &needle)
{
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = list_->topLevelItem(i);
        int shown = 0;
        for (int k = 0; k < group->childCount(); ++k) {
            QTreeWidgetItem *item = group->child(k);
            const bool matches = item->text(0).contains(needle, Qt::CaseInsensitive) || item->text(1).contains(needle, Qt::CaseInsensitive);
            item->setHidden(!matches);
            shown += matches ? 1 : 0;
            if (matches && !current())
                list_->setCurrentItem(item);
        }
        group->setHidden(shown == 0);
    }
    showVerdict();
}

void ChangeKeysDialog::takeFirstChord(const QKeySequence &recorded)
{
    if (recorded.count() > 1)
        recorder_->setKeySequence(QKeySequence(recorded[0]));
    showVerdict();
}

void ChangeKeysDialog::change(void (KeyMap::*how)(Command))
{
    KeyMap keys = keys_;
    if (const auto command = current())
        (keys.*how)(*command);
    apply(keys);
}

void ChangeKeysDialog::addRecorded()
{
    KeyMap keys = keys_;
    if (const auto command = current(); command && recorded())
        keys.add(*command, {*recorded(), false});
    apply(keys);
}

void ChangeKeysDialog::apply(const KeyMap &keys)
{
    recorder_->clear();
    if (keys == keys_)
        return;
    keys_ = keys;
    const int before = fittingSize().width();
    showKeys();
    if (const int after = fittingSize().width(); after > before)
        resize(std::max(width(), after), height());
    Q_EMIT changed();
}

} // namespace loopscope
