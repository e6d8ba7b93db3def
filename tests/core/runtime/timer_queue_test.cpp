#include "core/runtime/timer_queue.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

using namespace loopscope;
using namespace std::chrono_literals;

namespace {

class Calling final : public TimerTarget {
public:
    explicit Calling(std::function<void()> function)
        : function_(std::move(function))
    {
    }
    void expired() override { function_(); }

private:
    std::function<void()> function_;
};

} // namespace

class TimerQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void expiresInOrderOfTimeThenOfAdding()
    {
        TimerQueue timers;
        std::mutex mutex;
        std::vector<int> order;
        const auto note = [&](int number) {
            return makeRef<Calling>([&mutex, &order, number] {
                const std::scoped_lock lock(mutex);
                order.push_back(number);
            });
        };
        const auto start = std::chrono::steady_clock::now() + 20ms;
        timers.add(start + 10ms, note(3));
        timers.add(start, note(1));
        timers.add(start, note(2));
        timers.add(start - 1h, note(0));
        QVERIFY(timers.start());
        const auto size = [&] {
            const std::scoped_lock lock(mutex);
            return order.size();
        };
        QTRY_COMPARE_WITH_TIMEOUT(size(), std::size_t(4), 30'000);
        QCOMPARE(order, (std::vector<int>{0, 1, 2, 3}));
    }

    void manyExpireInOrder()
    {
        TimerQueue timers;
        const auto start = std::chrono::steady_clock::now() - 1h; // all are due
        std::vector<std::pair<int, int>> expired;                 // when, and which of those
        std::atomic<int> count{0};
        for (int i = 0; i < 5'000; ++i) {
            const int when = i * 7'919 % 500;
            timers.add(start + std::chrono::milliseconds(when), makeRef<Calling>([&, when, i] {
                           expired.emplace_back(when, i);
                           ++count;
                       }));
        }
        QVERIFY(timers.start());
        QTRY_COMPARE_WITH_TIMEOUT(count.load(), 5'000, 30'000);
        QVERIFY(std::ranges::is_sorted(expired));
    }

    void neverEarly()
    {
        TimerQueue timers;
        QVERIFY(timers.start());
        std::atomic<int> early{0};
        std::atomic<int> fired{0};
        for (int i = 0; i < 200; ++i) {
            const auto when = std::chrono::steady_clock::now() + i * 100us;
            timers.add(when, makeRef<Calling>([&, when] {
                           early += std::chrono::steady_clock::now() < when ? 1 : 0;
                           ++fired;
                       }));
        }
        QTRY_COMPARE_WITH_TIMEOUT(fired.load(), 200, 30'000);
        QCOMPARE(early.load(), 0);
    }

    void anEarlierOneIsNotKeptWaitingByALaterOne()
    {
        TimerQueue timers;
        QVERIFY(timers.start());
        std::atomic<bool> fired{false};
        timers.add(std::chrono::steady_clock::now() + 1h, makeRef<Calling>([] {}));
        timers.add(std::chrono::steady_clock::now() + 1ms, makeRef<Calling>([&fired] { fired = true; }));
        QTRY_VERIFY_WITH_TIMEOUT(fired.load(), 30'000);
    }

    void leavesWithoutAWord()
    {
        bool called = false;
        {
            TimerQueue timers;
            QVERIFY(timers.start());
            timers.add(std::chrono::steady_clock::now() + 1h, makeRef<Calling>([&called] { called = true; }));
        }
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TimerQueueTest)
#include "timer_queue_test.moc"
