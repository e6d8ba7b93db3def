// The main window with a symbolic link that leads elsewhere after it was opened.

#include "tests/support/document_window.h"
#include "ui/window/document_tabs.h"
#include "ui/window/trace_page.h"

#include <QFile>
#include <QTest>

using namespace loopscope;
using namespace loopscope::test;

namespace {

QByteArray contentOf(const std::string &path)
{
    QFile file(text(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class DocumentLinksTest : public QObject, private test::DocumentWindow {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { deleteWindow(); }
    void opensWhereALinkLeadsNow();
    void doesNotSaveThroughALinkOverWhatAnotherTabShows();

private:
    void turnLink();
    [[nodiscard]] std::size_t tabCount() const { return window_->findChild<DocumentTabs *>()->pages().size(); }

    std::string link_; // led to the first file when it was opened
    std::string second_;
};

// One tab shows the first file, by a link.
void DocumentLinksTest::init()
{
    openWindow();
    readOneFile("alpha");
    second_ = scratch_->path("second.loopscope");
    beginToSave(second_);
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("second.loopscope")), watchdogMs);
    trigger(Qt::Key_W);
    QCOMPARE(tabCount(), 0U);
    const QString first = text(scratch_->path("first.loopscope"));
    QVERIFY(QFile::copy(text(second_), first));
    link_ = scratch_->path("link.loopscope");
    QVERIFY(QFile::link(first, text(link_)));
    window_->openTraceFile(link_);
    QTRY_VERIFY_WITH_TIMEOUT(currentPage() && currentPage()->document()->trace()->info().finished, watchdogMs);
}

void DocumentLinksTest::turnLink()
{
    QVERIFY(QFile::remove(text(link_)));
    QVERIFY(QFile::link(text(second_), text(link_)));
}

void DocumentLinksTest::opensWhereALinkLeadsNow()
{
    window_->openTraceFile(link_);
    QCOMPARE(tabCount(), 1U);
    turnLink();
    window_->openTraceFile(link_);
    QTRY_COMPARE_WITH_TIMEOUT(tabCount(), 2U, watchdogMs);
}

void DocumentLinksTest::doesNotSaveThroughALinkOverWhatAnotherTabShows()
{
    const auto byLink = currentPage()->document();
    window_->openTraceFile(second_);
    QTRY_COMPARE_WITH_TIMEOUT(tabCount(), 2U, watchdogMs);
    turnLink();
    trigger(Qt::Key_Tab);
    QCOMPARE(currentPage()->document(), byLink);
    const QByteArray before = contentOf(second_);
    byLink->noteEdit();
    trigger(Qt::Key_S);
    QTRY_VERIFY_WITH_TIMEOUT(told().contains(QStringLiteral("is open in another tab")), watchdogMs);
    QVERIFY(byLink->isUnsaved());
    QCOMPARE(contentOf(second_), before);
}

QTEST_MAIN(DocumentLinksTest)
#include "document_links_test.moc"
