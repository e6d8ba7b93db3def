#include "ui/window/keys_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <optional>

namespace loopscope {

KeysDialog::KeysDialog(const KeyMap &keys, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys and mouse"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(24, 16, 24, 16);
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(6);
    std::optional<CommandGroup> group;
    for (const CommandInfo &info : allCommands()) {
        if (group != info.group)
            addHeading(*grid, info.group);
        group = info.group;
        addCommand(*grid, info.command);
    }
    setKeys(keys);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(page);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setContentsMargins(24, 8, 24, 16);
    auto *change = buttons->addButton(tr("Change keys…"), QDialogButtonBox::ActionRole);
    connect(change, &QPushButton::clicked, this, &KeysDialog::changeWanted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll);
    column->addWidget(buttons);
    resize(page->sizeHint().width() + 24, page->fontMetrics().lineSpacing() * 36);
}

void KeysDialog::addHeading(QGridLayout &grid, CommandGroup group)
{
    auto *heading = new QLabel(groupTitle(group));
    QFont font = heading->font();
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    heading->setContentsMargins(0, labels_.empty() ? 0 : 12, 0, 0);
    grid.addWidget(heading, grid.rowCount(), 0);
}

void KeysDialog::addCommand(QGridLayout &grid, Command command)
{
    const int row = grid.rowCount();
    grid.addWidget(new QLabel(plainTitle(command)), row, 0);
    auto *keys = new QLabel;
    keys->setTextFormat(Qt::PlainText);
    keys->setProperty("muted", true);
    grid.addWidget(keys, row, 1);
    labels_.emplace_back(command, keys);
}

void KeysDialog::setKeys(const KeyMap &keys)
{
    for (const auto &[command, label] : labels_) {
        const QString text = keysText(keys, command);
        label->setText(text.isEmpty() ? tr("no key") : text);
    }
}

} // namespace loopscope
