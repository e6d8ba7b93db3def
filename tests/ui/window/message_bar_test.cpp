#include "ui/window/message_bar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace loopscope;

class MessageBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void saysNothingAtFirst();
    void coversNothing();
    void keepsAFailureUntilItIsClosed();
    void tellsFailuresBeforeNews();
    void tellsNothingTwice();
    void countsWhatItCannotShow();
    void showsForeignTextAsItIs();
    void keepsWhatItTellsWhileSomethingGoesOn();
    void redrawsItsIconsWithThePalette();
    void announcesWhatAppears();

private:
    [[nodiscard]] QStringList shown() const;
    void closeFirst() const;

    std::unique_ptr<QWidget> window_;
    QWidget *above_ = nullptr;
    MessageBar *bar_ = nullptr;
};

void MessageBarTest::init()
{
    window_ = std::make_unique<QWidget>();
    window_->resize(600, 400);
    auto *column = new QVBoxLayout(window_.get());
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    above_ = new QWidget;
    bar_ = new MessageBar;
    column->addWidget(above_, 1);
    column->addWidget(bar_);
    window_->show();
}

QStringList MessageBarTest::shown() const
{
    QStringList texts;
    for (const QLabel *label : bar_->findChildren<QLabel *>()) {
        if (label->isVisible())
            texts.append(label->text());
    }
    return texts;
}

void MessageBarTest::closeFirst() const
{
    for (QToolButton *button : bar_->findChildren<QToolButton *>()) {
        if (button->isVisible()) {
            button->click();
            return;
        }
    }
}

void MessageBarTest::saysNothingAtFirst()
{
    QVERIFY(!bar_->isVisible());
    QVERIFY(bar_->text().isEmpty());
}

void MessageBarTest::coversNothing()
{
    bar_->inform(QStringLiteral("Exported"));
    QTRY_VERIFY(bar_->isVisible() && bar_->height() > 10);
    QTRY_COMPARE(above_->geometry().bottom() + 1, bar_->geometry().top());
    QVERIFY(bar_->height() < 60);
    const int low = bar_->height();
    bar_->inform(QString(500, QLatin1Char('x')).replace(QLatin1String("xxxxx"), QLatin1String("xxxx ")));
    QTRY_VERIFY(bar_->height() > 2 * low);
}

void MessageBarTest::keepsAFailureUntilItIsClosed()
{
    bar_->warn(QStringLiteral("Disk full"));
    bar_->dismissProgress(Activity::Searching);
    QCOMPARE(bar_->text(), QStringLiteral("Disk full"));
    closeFirst();
    QVERIFY(bar_->text().isEmpty());
    QVERIFY(!bar_->isVisible());
}

void MessageBarTest::tellsFailuresBeforeNews()
{
    bar_->inform(QStringLiteral("news"));
    bar_->warn(QStringLiteral("first"));
    bar_->warn(QStringLiteral("second"));
    QCOMPARE(shown(), (QStringList{QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("news")}));
    closeFirst();
    QCOMPARE(bar_->text(), QStringLiteral("second\nnews"));
}

void MessageBarTest::tellsNothingTwice()
{
    bar_->warn(QStringLiteral("once"));
    bar_->warn(QStringLiteral("once"));
    QCOMPARE(bar_->text(), QStringLiteral("once"));
}

void MessageBarTest::countsWhatItCannotShow()
{
    for (const char *text : {"a", "b", "c", "d", "e"})
        bar_->warn(QLatin1String(text));
    QCOMPARE(shown(), (QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c (and 2 more messages)")}));
    closeFirst();
    QCOMPARE(shown(), (QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d (and 1 more message)")}));
    QCOMPARE(bar_->text(), QStringLiteral("b\nc\nd\ne"));
}

void MessageBarTest::showsForeignTextAsItIs()
{
    bar_->warn(QStringLiteral("<b>bold</b>"));
    for (const QLabel *label : bar_->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void MessageBarTest::keepsWhatItTellsWhileSomethingGoesOn()
{
    const QSignalSpy cancelled(bar_, &MessageBar::cancelled);
    bar_->warn(QStringLiteral("Disk full"));
    bar_->showProgress(Activity::Searching, QStringLiteral("Looking for files: 100 so far"));
    QCOMPARE(shown(), (QStringList{QStringLiteral("Looking for files: 100 so far"), QStringLiteral("Disk full")}));
    bar_->findChild<QPushButton *>()->click();
    QCOMPARE(cancelled.count(), 1);
    bar_->dismissProgress(Activity::Searching);
    QCOMPARE(bar_->text(), QStringLiteral("Disk full"));
    closeFirst();
    bar_->showProgress(Activity::Searching, QStringLiteral("on"));
    bar_->dismissProgress(Activity::Searching);
    QVERIFY(!bar_->isVisible());
}

void MessageBarTest::redrawsItsIconsWithThePalette()
{
    bar_->warn(QStringLiteral("dark?"));
    const auto icon = [this] { return bar_->findChild<QToolButton *>()->icon().pixmap(16, 16).toImage(); };
    const QImage light = icon();
    QPalette dark;
    dark.setColor(QPalette::WindowText, Qt::red);
    bar_->setPalette(dark);
    QVERIFY(icon() != light);
}

void MessageBarTest::announcesWhatAppears()
{
    QStringList announced;
    connect(bar_, &MessageBar::announced, bar_, [&announced](const QString &text) { announced.append(text); });
    bar_->warn(QStringLiteral("a"));
    bar_->inform(QStringLiteral("b"));
    QCOMPARE(announced, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    bar_->warn(QStringLiteral("c")); // above b, which is old
    bar_->warn(QStringLiteral("d")); // b has no room any more
    QCOMPARE(announced.mid(2), (QStringList{QStringLiteral("c"), QStringLiteral("d (and 1 more message)")}));
    closeFirst(); // there is room again
    QCOMPARE(announced.size(), 4);
    bar_->showProgress(Activity::Searching, QStringLiteral("1 file so far"));
    bar_->showProgress(Activity::Searching, QStringLiteral("2 files so far"));
    QCOMPARE(announced.mid(4), QStringList{QStringLiteral("1 file so far")});
}

QTEST_MAIN(MessageBarTest)
#include "message_bar_test.moc"
