#include "core/formats/chrome/parsing_crew.h"

#include <QTest>

#include <new>

using namespace loopscope::chrome;

namespace {

void parseWithoutMemory(const EventWindow &window, ParsedWindow & /*parsed*/)
{
    if (window.firstByte == 1)
        throw std::bad_alloc();
}

} // namespace

class ParsingCrewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatHasNoMemoryIsTheOwnersToHandle_data()
    {
        QTest::addColumn<bool>("isAlone");
        QTest::newRow("by the thread") << false;
        QTest::newRow("by the owner") << true;
    }

    void whatHasNoMemoryIsTheOwnersToHandle()
    {
        QFETCH(const bool, isAlone);
        ParsingCrew crew(isAlone, parseWithoutMemory);
        for (const std::uint64_t place : {0, 1}) {
            ParsingCrew::Job *job = crew.vacant();
            QVERIFY(job);
            job->window.firstByte = place;
            crew.submit();
        }
        while (isAlone && crew.help()) { }
        crew.wait();
        QVERIFY(crew.finished());
        crew.release();
        crew.wait();
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, static_cast<void>(crew.finished()));
    }
};

QTEST_GUILESS_MAIN(ParsingCrewTest)
#include "parsing_crew_test.moc"
