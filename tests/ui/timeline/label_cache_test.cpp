#include "tests/support/sample_trace.h"
#include "ui/timeline/label_cache.h"

#include <QTest>

#include <initializer_list>
#include <memory>
#include <tuple>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

} // namespace

class LabelCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        trace_ = std::make_unique<Trace>();
        lane_ = test::addTask(*trace_, "task", "running 0 20, awaiting 20 60, running 60 80, ready 80 90");
        cache_ = LabelCache();
        made_ = 0;
    }

    void theNextFrameKnowsWhatThisOneAskedFor()
    {
        QCOMPARE(frame({0, 2}), QStringLiteral("0 2"));
        QCOMPARE(made_, 2);
        QCOMPARE(frame({0, 1, 2, 3}), QStringLiteral("0 1 2 3"));
        QCOMPARE(made_, 4);
        QCOMPARE(frame({2, 3}), QStringLiteral("2 3"));
        QCOMPARE(made_, 4);
        QCOMPARE(frame({0, 3}), QStringLiteral("0 3")); // 0 has been out of sight
        QCOMPARE(made_, 5);
    }

    void lanesAreToldApart()
    {
        const LaneId other = test::addTask(*trace_, "other", "running 0 80");
        std::ignore = frame({0});
        cache_.beginFrame(*trace_);
        LabelCache::Lane lane = cache_.lane(other);
        std::ignore = lane.labelOf(0, [this] { return made(0); });
        QCOMPARE(made_, 2);
    }

    void aTraceThatGrowsIsLookedAtAnew()
    {
        std::ignore = frame({0, 1});
        trace_->enter(lane_, 90 * ms, State::Blocking, 0, noLane);
        std::ignore = frame({0, 1});
        QCOMPARE(made_, 4);
    }

    void nothingIsKnownAfterClear()
    {
        std::ignore = frame({0, 1});
        cache_.clear();
        std::ignore = frame({0, 1});
        QCOMPARE(made_, 4);
    }

private:
    QString frame(std::initializer_list<std::size_t> spans)
    {
        cache_.beginFrame(*trace_);
        LabelCache::Lane lane = cache_.lane(lane_);
        QStringList texts;
        for (const std::size_t span : spans)
            texts += lane.labelOf(span, [this, span] { return made(span); }).labels.texts;
        return texts.join(QLatin1Char(' '));
    }

    LabelCache::Label made(std::size_t span)
    {
        ++made_;
        return {span, {{QString::number(span)}, false}, {7}};
    }

    std::unique_ptr<Trace> trace_;
    LaneId lane_ = noLane;
    LabelCache cache_;
    int made_ = 0;
};

QTEST_GUILESS_MAIN(LabelCacheTest)
#include "label_cache_test.moc"
