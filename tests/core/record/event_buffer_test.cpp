#include "core/record/event_buffer.h"

#include <QTest>

#include <thread>

using namespace loopscope;

namespace {

Event numbered(std::uint32_t number)
{
    return Event{static_cast<Nanoseconds>(number), 1, number, noLane, 0, EventKind::Enter, State::Ready, false};
}

/// Moves all events that are there to the end of `out`.
void drain(EventBuffer &buffer, std::vector<Event> &out)
{
    buffer.cut();
    for (auto events = buffer.next(); !events.empty(); events = buffer.next())
        out.insert(out.end(), events.begin(), events.end());
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
            drain(buffer, out);
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
        drain(buffer, out);
        QCOMPARE(out.size(), std::size_t(room));
        QVERIFY(std::ranges::none_of(out, [](const Event &event) { return event.afterLoss; }));

        buffer.append(numbered(room + 10));
        buffer.append(numbered(room + 11));
        out.clear();
        drain(buffer, out);
        QCOMPARE(out.size(), std::size_t(2));
        QVERIFY(out[0].afterLoss); // the loss is told once, where it was
        QVERIFY(!out[1].afterLoss);
    }

    void givesNothingBehindTheCut()
    {
        EventBuffer buffer(noLane, 4);
        buffer.append(numbered(0));
        buffer.cut();
        for (std::uint32_t i = 1; i < 2 * EventBuffer::chunkCapacity; ++i)
            buffer.append(numbered(i));
        QCOMPARE(buffer.next().size(), std::size_t(1));
        QVERIFY(buffer.next().empty());

        buffer.cut();
        QCOMPARE(buffer.next().size(), EventBuffer::chunkCapacity - 1);
        const auto last = buffer.next();
        QCOMPARE(last.size(), EventBuffer::chunkCapacity);
        QCOMPARE(last.front().sequence, static_cast<std::uint32_t>(EventBuffer::chunkCapacity));
        QVERIFY(buffer.next().empty());
    }

    // What was read is room for what comes, before all of the cut is.
    void givesChunksBackOneByOne()
    {
        constexpr auto chunk = static_cast<std::uint32_t>(EventBuffer::chunkCapacity);
        EventBuffer buffer(noLane, 3);
        for (std::uint32_t i = 0; i < 3 * chunk; ++i)
            buffer.append(numbered(i));
        buffer.cut();
        QCOMPARE(buffer.next().front().sequence, std::uint32_t(0));
        buffer.append(numbered(3 * chunk)); // no room yet
        QCOMPARE(buffer.dropped(), std::uint64_t(1));
        QCOMPARE(buffer.next().front().sequence, chunk);
        for (std::uint32_t i = 0; i < chunk; ++i)
            buffer.append(numbered(3 * chunk + 1 + i));
        QCOMPARE(buffer.dropped(), std::uint64_t(1));
        QCOMPARE(buffer.next().front().sequence, 2 * chunk);
        QVERIFY(buffer.next().empty());
        buffer.cut();
        const auto rest = buffer.next();
        QCOMPARE(rest.front().sequence, 3 * chunk + 1);
        QVERIFY(rest.front().afterLoss);
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
            drain(buffer, out);
        producer.join();
        QCOMPARE(out.size(), std::size_t(count));
        for (std::uint32_t i = 0; i < count; ++i)
            QCOMPARE(out[i].sequence, i);
    }
};

QTEST_GUILESS_MAIN(EventBufferTest)
#include "event_buffer_test.moc"
