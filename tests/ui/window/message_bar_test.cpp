#include "ui/window/message_bar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace loopscope;

class MessageBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysNothingAtFirst();
    void staysAtTheLowerEdge();
    void keepsAFailureUntilItIsClosed();
    void showsForeignTextAsItIs();
    void offersToCancelWhatGoesOn();
    void growsWithItsText();

private:
    std::unique_ptr<QWidget> window_;
    MessageBar *bar_ = nullptr;
};

void MessageBarTest::init()
{
    window_ = std::make_unique<QWidget>();
    window_->resize(600, 400);
    bar_ = new MessageBar(window_.get());
    window_->show();
}

void MessageBarTest::saysNothingAtFirst()
{
    QVERIFY(!bar_->isVisible());
    QVERIFY(bar_->text().isEmpty());
}

void MessageBarTest::staysAtTheLowerEdge()
{
    bar_->inform(QStringLiteral("Exported"));
    QCOMPARE(bar_->geometry().bottomRight(), window_->rect().bottomRight());
    QVERIFY(bar_->height() < 60);
    window_->resize(500, 300);
    QCOMPARE(bar_->geometry().bottomRight(), window_->rect().bottomRight());
    QCOMPARE(bar_->width(), 500);
}

void MessageBarTest::keepsAFailureUntilItIsClosed()
{
    bar_->warn(QStringLiteral("Disk full"));
    bar_->dismissProgress();
    QCOMPARE(bar_->text(), QStringLiteral("Disk full"));
    bar_->findChild<QToolButton *>()->click();
    QVERIFY(bar_->text().isEmpty());
}

void MessageBarTest::showsForeignTextAsItIs()
{
    bar_->warn(QStringLiteral("<b>bold</b>"));
    QCOMPARE(bar_->findChild<QLabel *>()->textFormat(), Qt::PlainText);
}

void MessageBarTest::offersToCancelWhatGoesOn()
{
    const QSignalSpy cancelled(bar_, &MessageBar::cancelled);
    bar_->showProgress(QStringLiteral("Looking for files: 100 so far"));
    bar_->findChild<QPushButton *>()->click();
    QCOMPARE(cancelled.count(), 1);
    bar_->dismissProgress();
    QVERIFY(!bar_->isVisible());
}

void MessageBarTest::growsWithItsText()
{
    bar_->inform(QStringLiteral("short"));
    const int low = bar_->height();
    bar_->inform(QString(500, QLatin1Char('x')).replace(QLatin1String("xxxxx"), QLatin1String("xxxx ")));
    QVERIFY(bar_->height() > low);
}

QTEST_MAIN(MessageBarTest)
#include "message_bar_test.moc"
