#include "core/trace/stoppable_sort.h"

#include <QTest>

#include <random>

using namespace loopscope;

namespace {

struct Item {
    int key = 0;
    int place = 0;
    friend bool operator==(const Item &, const Item &) = default;
};

std::vector<Item> randomItems(std::size_t count)
{
    std::mt19937 random(11);
    std::vector<Item> items;
    for (std::size_t i = 0; i < count; ++i)
        items.push_back({static_cast<int>(random() % 1000), static_cast<int>(i)});
    return items;
}

} // namespace

class StoppableSortTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsAStableSort()
    {
        for (const std::size_t count : {0U, 1U, 1000U, 131'072U, 131'073U, 700'001U}) {
            std::vector<Item> items = randomItems(count);
            std::vector<Item> expected = items;
            std::ranges::stable_sort(expected, {}, &Item::key);
            QVERIFY(sortStoppably(items, &Item::key, {}));
            QVERIFY(items == expected);
        }
    }

    void itStops()
    {
        std::stop_source source;
        source.request_stop();
        std::vector<Item> items = randomItems(1000);
        QVERIFY(!sortStoppably(items, &Item::key, source.get_token()));
    }

    void whatIsInOrderIsLeftAlone()
    {
        std::stop_source source;
        source.request_stop();
        std::vector<Item> items(1000);
        QVERIFY(sortStoppably(items, &Item::key, source.get_token()));
    }
};

QTEST_GUILESS_MAIN(StoppableSortTest)
#include "stoppable_sort_test.moc"
