#include "core/record/event_buffer.h"

#include <QTest>

#include <thread>

using namespace loopscope;

namespace {

Event numbered(std::uint32_t number)
{
    return Event{static_cast<Nanoseconds>(number), 1, number, 0, noLane, EventKind::Enter, State::Ready, false};
}

} // namespace

class EventBufferTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deliversInOrderAcrossChunks()
    {
        EventBuffer buffer(noLane, 100);
        std::vector<Event> out;
        std::uint32_t written = 0;
        for (int round = 0; round < 50; ++round) {
            for (int i = 0; i < 137 * (round % 9); ++i)
                buffer.append(numbered(written++));
            buffer.drain(out);
            QCOMPARE(out.size(), std::size_t(written));
        }
        for (std::uint32_t i = 0; i < written; ++i)
            QCOMPARE(out[i].sequence, i);
        QCOMPARE(buffer.dropped(), std::uint64_t(0));
    }

    void dropsAndCountsWhatDoesNotFit()
    {
        EventBuffer buffer(noLane, 2);
        constexpr auto room = static_cast<std::uint32_t>(2 * EventBuffer::chunkCapacity);
        for (std::uint32_t i = 0; i < room + 10; ++i)
            buffer.append(numbered(i));
        QCOMPARE(buffer.dropped(), std::uint64_t(10));

        std::vector<Event> out;
        buffer.drain(out);
        QCOMPARE(out.size(), std::size_t(room));
        QVERIFY(std::ranges::none_of(out, &Event::afterLoss));

        buffer.append(numbered(room + 10));
        buffer.append(numbered(room + 11));
        out.clear();
        buffer.drain(out);
        QCOMPARE(out.size(), std::size_t(2));
        QVERIFY(out[0].afterLoss); // the loss is told once, where it was
        QVERIFY(!out[1].afterLoss);
    }

    void oneThreadWritesWhileAnotherReads()
    {
        constexpr std::uint32_t count = 300'000;
        EventBuffer buffer(noLane, 1'000'000);
        std::thread producer([&buffer] {
            for (std::uint32_t i = 0; i < count; ++i)
                buffer.append(numbered(i));
        });
        std::vector<Event> out;
        while (out.size() < count)
            buffer.drain(out);
        producer.join();
        QCOMPARE(out.size(), std::size_t(count));
        for (std::uint32_t i = 0; i < count; ++i)
            QCOMPARE(out[i].sequence, i);
    }
};

QTEST_GUILESS_MAIN(EventBufferTest)
#include "event_buffer_test.moc"
