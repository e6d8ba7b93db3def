#pragma once

#include <QWidget>

#include <vector>

class QStackedWidget;
class QTabBar;

namespace loopscope {

class TraceDocument;
class TracePage;

/// The documents of a window, a tab each: they can be moved, closed with the middle button too, and gone through with the keyboard. One
/// document alone has no bar of tabs.
class DocumentTabs : public QWidget {
    Q_OBJECT

public:
    explicit DocumentTabs(QWidget *parent = nullptr);

    /// The page that is shown; null if there is none.
    [[nodiscard]] TracePage *current() const;
    /// In the order of their tabs.
    [[nodiscard]] std::vector<TracePage *> pages() const;
    /// The page that shows a document; null if none does.
    [[nodiscard]] TracePage *pageOf(const TraceDocument *document) const;

    /// Takes a page with a document, and shows it.
    void add(TracePage *page);
    void show(TracePage &page);
    /// Removes a page and deletes it, later.
    void remove(TracePage &page);
    /// Shows the next one, or the one before; the first comes after the last.
    void step(int by);

Q_SIGNALS:
    /// current() is another one now, or null.
    void currentChanged();
    /// A person asks for a page to be closed.
    void closeWanted(loopscope::TracePage *page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] TracePage *pageAt(int tab) const;
    [[nodiscard]] int tabOf(const TracePage &page) const;
    void showTexts(TracePage &page);
    void addCloseButton(TracePage &page);
    void drawIcons();

    QTabBar *bar_;
    QStackedWidget *stack_;
};

} // namespace loopscope
