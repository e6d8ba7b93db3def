#include "ui/window/open_offer.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

using Paths = std::vector<std::string>;

} // namespace

class OpenOfferTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesNoRoomAtFirst();
    void opensByReturn();
    void readsByTheKeyboardToo();
    void doesNeitherByEsc();
    void asksForAllThatCame();
    void leavesTheKeyboardToOthers();

private:
    std::unique_ptr<OpenOffer> offer_;
    std::unique_ptr<QSignalSpy> opens_;
    std::unique_ptr<QSignalSpy> reads_;
    std::unique_ptr<QSignalSpy> closed_;
};

void OpenOfferTest::init()
{
    offer_ = std::make_unique<OpenOffer>();
    opens_ = std::make_unique<QSignalSpy>(offer_.get(), &OpenOffer::openWanted);
    reads_ = std::make_unique<QSignalSpy>(offer_.get(), &OpenOffer::readWanted);
    closed_ = std::make_unique<QSignalSpy>(offer_.get(), &OpenOffer::closed);
}

void OpenOfferTest::takesNoRoomAtFirst()
{
    QVERIFY(!offer_->isVisible());
    QVERIFY(offer_->offered().empty());
}

void OpenOfferTest::opensByReturn()
{
    offer_->offer({"/tmp/a.json"});
    QVERIFY(QTest::qWaitForWindowActive(offer_.get()));
    QVERIFY(offer_->findChild<QLabel *>()->text().contains(QStringLiteral("a.json")));
    QTest::keyClick(offer_->focusWidget(), Qt::Key_Return);
    QCOMPARE(opens_->count(), 1);
    QCOMPARE(opens_->at(0).at(0).value<Paths>(), Paths{"/tmp/a.json"});
    QCOMPARE(closed_->count(), 1);
    QVERIFY(!offer_->isVisible());
}

void OpenOfferTest::readsByTheKeyboardToo()
{
    offer_->offer({"/tmp/a.json"});
    QVERIFY(QTest::qWaitForWindowActive(offer_.get()));
    QTest::keyClick(offer_->focusWidget(), Qt::Key_Right);
    QTest::keyClick(offer_->focusWidget(), Qt::Key_Return);
    QCOMPARE(reads_->count(), 1);
    QCOMPARE(opens_->count(), 0);
}

void OpenOfferTest::doesNeitherByEsc()
{
    offer_->offer({"/tmp/a.json"});
    QVERIFY(QTest::qWaitForWindowActive(offer_.get()));
    QTest::keyClick(offer_->focusWidget(), Qt::Key_Escape);
    QVERIFY(!offer_->isVisible());
    QCOMPARE(opens_->count() + reads_->count(), 0);
    offer_->offer({"/tmp/b.json"});
    QCOMPARE(offer_->offered(), Paths{"/tmp/b.json"});
}

void OpenOfferTest::asksForAllThatCame()
{
    offer_->offer({"/tmp/a.json"});
    offer_->offer({"/tmp/b.json", "/tmp/c.json"});
    QVERIFY(offer_->findChild<QLabel *>()->text().startsWith(QStringLiteral("3 files")));
    offer_->findChild<QPushButton *>()->click();
    QCOMPARE(opens_->at(0).at(0).value<Paths>(), (Paths{"/tmp/a.json", "/tmp/b.json", "/tmp/c.json"}));
}

void OpenOfferTest::leavesTheKeyboardToOthers()
{
    QWidget window;
    auto *offer = new OpenOffer(&window);
    auto *other = new QPushButton(&window);
    const QSignalSpy closed(offer, &OpenOffer::closed);
    window.show();
    offer->offer({"/tmp/a.json"});
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QVERIFY(offer->isAncestorOf(QApplication::focusWidget()));
    other->setFocus();
    offer->withdraw();
    QCOMPARE(closed.count(), 0);
    QVERIFY(other->hasFocus());
}

QTEST_MAIN(OpenOfferTest)
#include "open_offer_test.moc"
