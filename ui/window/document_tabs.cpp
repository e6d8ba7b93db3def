#include "ui/window/document_tabs.h"

#include "ui/theme/glyph.h"
#include "ui/theme/shown_text.h"
#include "ui/theme/theme.h"
#include "ui/window/trace_page.h"

#include <QEvent>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

DocumentTabs::DocumentTabs(QWidget *parent)
    : QWidget(parent)
    , bar_(new QTabBar(this))
    , stack_(new QStackedWidget(this))
{
    bar_->setMovable(true);
    bar_->setExpanding(false);
    bar_->setDocumentMode(true);
    bar_->setDrawBase(false);
    bar_->setElideMode(Qt::ElideMiddle);
    bar_->setUsesScrollButtons(true);
    bar_->setAutoHide(true);
    bar_->setAccessibleName(tr("Open traces"));
    bar_->installEventFilter(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(bar_);
    column->addWidget(stack_, 1);
    connect(bar_, &QTabBar::currentChanged, this, [this](int tab) {
        if (TracePage *page = pageAt(tab))
            stack_->setCurrentWidget(page);
        Q_EMIT currentChanged();
    });
}

TracePage *DocumentTabs::pageAt(int tab) const
{
    return tab < 0 ? nullptr : bar_->tabData(tab).value<TracePage *>();
}

int DocumentTabs::tabOf(const TracePage &page) const
{
    for (int tab = 0; tab < bar_->count(); ++tab) {
        if (pageAt(tab) == &page)
            return tab;
    }
    return -1;
}

TracePage *DocumentTabs::current() const
{
    return pageAt(bar_->currentIndex());
}

std::vector<TracePage *> DocumentTabs::pages() const
{
    std::vector<TracePage *> result;
    for (int tab = 0; tab < bar_->count(); ++tab) {
        if (TracePage *page = pageAt(tab)) // a tab that is being added has none yet
            result.push_back(page);
    }
    return result;
}

TracePage *DocumentTabs::pageOf(const TraceDocument *document) const
{
    const auto all = pages();
    const auto found = std::ranges::find_if(all, [document](const TracePage *page) { return page->document().get() == document; });
    return document && found != all.end() ? *found : nullptr;
}

void DocumentTabs::add(TracePage *page)
{
    stack_->addWidget(page);
    {
        const QSignalBlocker quiet(bar_); // the first tab is the current one before it has its page
        bar_->setTabData(bar_->addTab(QString()), QVariant::fromValue(page));
    }
    addCloseButton(*page);
    connect(page, &TracePage::textsChanged, this, [this, page] { showTexts(*page); });
    showTexts(*page);
    if (bar_->count() > 1)
        bar_->setCurrentIndex(tabOf(*page));
    else
        Q_EMIT bar_->currentChanged(0);
}

void DocumentTabs::show(TracePage &page)
{
    bar_->setCurrentIndex(tabOf(page));
}

void DocumentTabs::remove(TracePage &page)
{
    page.disconnect(this);
    stack_->removeWidget(&page);
    page.deleteLater();
    bar_->removeTab(tabOf(page));
}

void DocumentTabs::step(int by)
{
    if (const int count = bar_->count(); count > 1)
        bar_->setCurrentIndex((bar_->currentIndex() + by + count) % count);
}

void DocumentTabs::showTexts(TracePage &page)
{
    const int tab = tabOf(page);
    const QString text = page.tabText().replace(QLatin1Char('&'), QLatin1String("&&"));
    if (text != bar_->tabText(tab))
        bar_->setTabText(tab, text);
    const std::string &path = page.document()->file().path;
    bar_->setTabToolTip(tab, toolTipText(path.empty() ? tr("A run that is in no file yet") : shownText(path)));
}

void DocumentTabs::addCloseButton(TracePage &page)
{
    auto *button = new QToolButton(bar_);
    button->setProperty("flat", true);
    button->setFocusPolicy(Qt::NoFocus);
    button->setIconSize({12, 12});
    button->setToolTip(tr("Close this tab"));
    button->setAccessibleName(tr("Close this tab"));
    button->setIcon(glyphIcon(Glyph::Close, Theme::of(palette()).mutedText));
    connect(button, &QToolButton::clicked, &page, [this, to = &page] { Q_EMIT closeWanted(to); });
    bar_->setTabButton(tabOf(page), QTabBar::RightSide, button);
}

void DocumentTabs::drawIcons()
{
    for (int tab = 0; tab < bar_->count(); ++tab) {
        if (auto *button = qobject_cast<QToolButton *>(bar_->tabButton(tab, QTabBar::RightSide)))
            button->setIcon(glyphIcon(Glyph::Close, Theme::of(palette()).mutedText));
    }
}

void DocumentTabs::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

bool DocumentTabs::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == bar_ && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        TracePage *page = pageAt(bar_->tabAt(mouse->position().toPoint()));
        if (mouse->button() == Qt::MiddleButton && page) {
            Q_EMIT closeWanted(page);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace loopscope
