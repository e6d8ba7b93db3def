#include "core/runtime/scheduler.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace loopscope;

class SchedulerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatBecomesReadyInATurnWaitsForTheNext()
    {
        Scheduler scheduler([] {});
        scheduler.bindThread();
        std::vector<int> called;
        scheduler.postFunction([&] {
            called.push_back(1);
            scheduler.postFunction([&] { called.push_back(3); });
        });
        scheduler.postFunction([&] { called.push_back(2); });
        scheduler.runTurn();
        QCOMPARE(called, (std::vector<int>{1, 2}));
        QVERIFY(scheduler.hasReady());
        scheduler.runTurn();
        QCOMPARE(called, (std::vector<int>{1, 2, 3}));
        QVERIFY(!scheduler.hasReady());
    }

    // Others post while the loop's thread starts, and each thread's callbacks are called once and in its order. The loop sleeps when it has
    // nothing to do, so a wake that is missing shows as a hang.
    void nothingPostedIsLostOrAsleep()
    {
        constexpr int posters = 3;
        constexpr int each = 20'000;
        std::atomic<int> wakes{0};
        Scheduler scheduler([&wakes] {
            ++wakes;
            wakes.notify_one();
        });
        std::vector<int> next(posters, 0);
        int inOrder = 0;
        std::vector<std::thread> threads;
        for (int poster = 0; poster < posters; ++poster) {
            threads.emplace_back([&, poster] {
                for (int i = 0; i < each; ++i)
                    scheduler.postFunction([&, poster, i] { inOrder += next[static_cast<std::size_t>(poster)]++ == i ? 1 : 0; });
            });
        }
        std::thread loop([&] {
            scheduler.bindThread();
            int seen = 0;
            while (inOrder < posters * each) {
                if (!scheduler.hasReady())
                    wakes.wait(seen);
                seen = wakes;
                scheduler.runTurn();
            }
        });
        for (std::thread &thread : threads)
            thread.join();
        loop.join();
        QCOMPARE(inOrder, posters * each);
    }
};

QTEST_GUILESS_MAIN(SchedulerTest)
#include "scheduler_test.moc"
