#include "ui/window/keys_dialog.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <array>

namespace loopscope {

namespace {

struct Entry {
    const char *action;
    const char *keys; ///< null for a heading
};

constexpr std::array entries{
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Timeline"), nullptr},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Zoom at the mouse"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+wheel, W / S, + / −, pinch")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Move in time"),
          QT_TRANSLATE_NOOP("KeysDialog", "A / D, ← / →, Shift+wheel, Shift+drag, middle-button drag")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Scroll lanes"), QT_TRANSLATE_NOOP("KeysDialog", "wheel, PgUp / PgDn")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Select another lane"), QT_TRANSLATE_NOOP("KeysDialog", "↑ / ↓")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Select a span"), QT_TRANSLATE_NOOP("KeysDialog", "click")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Next or previous span of the lane"), QT_TRANSLATE_NOOP("KeysDialog", ". / ,")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "To the cause or the effect of a wake"), QT_TRANSLATE_NOOP("KeysDialog", "[ / ]")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "What can be done with a lane"), QT_TRANSLATE_NOOP("KeysDialog", "right click, Menu key")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Pin a lane"), QT_TRANSLATE_NOOP("KeysDialog", "P")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Hide a lane, show all"), QT_TRANSLATE_NOOP("KeysDialog", "H, Shift+H")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Move a lane in its group"), QT_TRANSLATE_NOOP("KeysDialog", "drag its name, Alt+Shift+↑ / ↓")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Fold or unfold a group"), QT_TRANSLATE_NOOP("KeysDialog", "click, or ↑ / ↓ to it and Enter")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Fit the selection"), QT_TRANSLATE_NOOP("KeysDialog", "F, double-click")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Fit the whole run"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+0, Home")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Freeze or follow the run"), QT_TRANSLATE_NOOP("KeysDialog", "Space; End follows")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Clear the selection"), QT_TRANSLATE_NOOP("KeysDialog", "Esc")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Files and runs"), nullptr},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Read files or folders"),
          QT_TRANSLATE_NOOP("KeysDialog", "drop them anywhere, Ctrl+O, Ctrl+Shift+O, Ctrl+V")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Run the open scenario, or the same again"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+R, F5")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Run again what is shown"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+Shift+R")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Stop"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+., Shift+F5")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Clear"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+L")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Built-in scenarios"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+1 … Ctrl+6")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Window"), nullptr},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Export a picture, copy it"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+E, Ctrl+Shift+C")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Filter tasks"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+F or /")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Details, tasks"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+D, Ctrl+T")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "About this run"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+I")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Settings"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+,")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "Close the window, quit"), QT_TRANSLATE_NOOP("KeysDialog", "Ctrl+W, Ctrl+Q")},
    Entry{QT_TRANSLATE_NOOP("KeysDialog", "These keys"), QT_TRANSLATE_NOOP("KeysDialog", "F1 or ?")},
};

} // namespace

KeysDialog::KeysDialog(QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys and mouse"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *page = new QWidget;
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(24, 16, 24, 16);
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(6);
    int row = 0;
    for (const Entry &entry : entries) {
        auto *action = new QLabel(tr(entry.action), page);
        if (entry.keys) {
            auto *keys = new QLabel(tr(entry.keys), page);
            keys->setTextFormat(Qt::PlainText);
            keys->setProperty("muted", true);
            grid->addWidget(keys, row, 1);
        } else {
            QFont font = action->font();
            font.setWeight(QFont::DemiBold);
            action->setFont(font);
            action->setContentsMargins(0, row == 0 ? 0 : 12, 0, 0);
        }
        grid->addWidget(action, row++, 0);
    }
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(page);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);
    resize(page->sizeHint() + QSize(24, 8));
}

} // namespace loopscope
