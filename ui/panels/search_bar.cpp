#include "ui/panels/search_bar.h"

#include "ui/panels/elided_label.h"
#include "ui/theme/format.h"
#include "ui/theme/glyph.h"
#include "ui/timeline/selection.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace loopscope {

SearchBar::SearchBar(Selection &selection, QWidget *parent)
    : QWidget(parent)
    , selection_(selection)
    , needle_(new QLineEdit(this))
    , verdict_(new ElidedLabel(this))
    , arguments_(addButton(tr("Arguments"), tr("Search the arguments of slices and instants, too")))
    , previous_(addButton(tr("Previous"), tr("Previous match (Shift+Enter)")))
    , next_(addButton(tr("Next"), tr("Next match (Enter)")))
    , close_(addButton({}, tr("Close the search (Esc)")))
{
    arrange();
    connect(needle_, &QLineEdit::textChanged, this, [this](const QString &needle) {
        wantsFirst_ = false;
        search_.setNeedle(needle);
    });
    arguments_->setCheckable(true);
    connect(arguments_, &QToolButton::toggled, this, [this](bool isOn) { search_.setSearchesArguments(isOn); });
    connect(&search_, &LaneSearch::changed, this, &SearchBar::showVerdict);
    connect(&selection_, &Selection::changed, this, &SearchBar::showVerdict);
    connect(previous_, &QToolButton::clicked, this, [this] { go(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { go(1); });
    connect(close_, &QToolButton::clicked, this, &SearchBar::close);
    drawIcons();
    showVerdict();
    hide();
}

QToolButton *SearchBar::addButton(const QString &text, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setProperty("flat", true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setText(text);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

void SearchBar::arrange()
{
    needle_->setAccessibleName(tr("Search the lanes"));
    needle_->setClearButtonEnabled(true);
    needle_->setMaximumWidth(needle_->fontMetrics().averageCharWidth() * 48);
    verdict_->setObjectName(QStringLiteral("searchVerdict")); // for the style sheet
    verdict_->setElideMode(Qt::ElideRight);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->setSpacing(8);
    row->addWidget(needle_, 2);
    row->addWidget(arguments_);
    row->addWidget(verdict_, 1);
    row->addWidget(previous_);
    row->addWidget(next_);
    row->addWidget(close_);
}

void SearchBar::open()
{
    search_.setNeedle(needle_->text());
    show();
    needle_->setFocus(Qt::ShortcutFocusReason);
    needle_->selectAll();
}

void SearchBar::close()
{
    search_.setNeedle({});
    hide();
    Q_EMIT closed();
}

void SearchBar::go(int step)
{
    const auto match = search_.neighbour({selection_.lane(), selection_.span(), selection_.instant()}, step);
    wantsFirst_ = !match && search_.isSearching();
    if (match)
        Q_EMIT chosen(*match);
}

QString SearchBar::verdict() const
{
    if (search_.needle().isEmpty())
        return tr("What matches is counted here");
    const auto count = static_cast<quint64>(search_.count());
    if (search_.isSearching())
        return count == 0 ? tr("Searching…") : tr("Searching… %1 so far").arg(formatCount(count));
    if (count == 0)
        return tr("Nothing matches “%1”").arg(search_.needle());
    if (const auto place = search_.placeOf({selection_.lane(), selection_.span(), selection_.instant()}))
        return tr("%1 of %2").arg(formatCount(*place + 1), formatCount(count));
    return count == 1 ? tr("1 match") : tr("%1 matches").arg(formatCount(count));
}

void SearchBar::showVerdict()
{
    verdict_->setText(verdict());
    arguments_->setVisible(search_.isOfOthers());
    needle_->setPlaceholderText(search_.isOfOthers() ? tr("Search names of threads, slices and instants")
                                                     : tr("Search names, reasons and errors"));
    const bool hasMatches = search_.count() > 0;
    previous_->setEnabled(hasMatches);
    next_->setEnabled(hasMatches);
    if (hasMatches && wantsFirst_)
        go(1);
}

void SearchBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        go(event->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    else if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

void SearchBar::drawIcons()
{
    close_->setIcon(glyphIcon(Glyph::Close, palette().color(QPalette::WindowText)));
}

void SearchBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

} // namespace loopscope
