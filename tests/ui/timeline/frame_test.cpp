#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/label_cache.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

int sevenACharacter(const QString &text)
{
    return static_cast<int>(text.size()) * 7;
}

TimelineMetrics plainMetrics()
{
    TimelineMetrics metrics;
    metrics.bodyWidth = metrics.strongWidth = metrics.smallWidth = sevenACharacter;
    metrics.nameWidth = 200;
    return metrics;
}

// A trace with its layout and sizes, and the frame of them.
struct Made {
    explicit Made(std::shared_ptr<Trace> madeTrace, QSize size = {1000, 400})
        : trace(std::move(madeTrace))
        , layout(*trace, metrics.rows, {})
        , request{*trace, layout, metrics, size, {-50 * ms, 5900 * ms}}
    {
    }

    TimelineFrame build() const { return buildFrame(request); }

    std::shared_ptr<Trace> trace;
    TimelineMetrics metrics = plainMetrics();
    LaneLayout layout;
    FrameRequest request;
};

QStringList shownLabels(const LanePicture &lane)
{
    QStringList shown;
    for (const LabelPicture &label : lane.labels)
        shown.append(QStringLiteral("%1 at %2, %3 wide").arg(label.text.text).arg(label.text.at.x()).arg(label.width));
    return shown;
}

const LanePicture &laneOf(const TimelineFrame &frame, LaneId id)
{
    return *std::ranges::find(frame.lanes, id, &LanePicture::lane);
}

} // namespace

class FrameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAndFactsNeverOverlap()
    {
        Made made(test::articleTrace(), {1000, 600});
        for (const int nameWidth : {60, 120, 200, 400}) {
            made.metrics.nameWidth = nameWidth;
            for (const LanePicture &lane : made.build().lanes) {
                const int nameEnd = lane.name.at.x() + sevenACharacter(lane.name.text);
                QVERIFY(lane.fact.text.isEmpty() || nameEnd < lane.fact.at.x());
                QVERIFY(nameEnd <= nameWidth);
                QVERIFY(lane.fact.at.x() + sevenACharacter(lane.fact.text) <= nameWidth);
            }
        }
    }

    void theBaseOfTheRulerStandsLeftOfIt()
    {
        Made made(test::articleTrace());
        QCOMPARE(made.build().rulerBase.text, QString());
        made.request.range = {3123 * ms, 3123 * ms + 20'000};
        for (const int nameWidth : {60, 120, 200, 400}) {
            made.metrics.nameWidth = nameWidth;
            const TimelineFrame frame = made.build();
            const int left = frame.rulerBase.at.x();
            const int right = left + sevenACharacter(frame.rulerBase.text);
            QVERIFY(frame.rulerBase.text.isEmpty() == (nameWidth == 60));
            QVERIFY(frame.rulerBase.text.isEmpty() || (left >= made.metrics.padding && right <= frame.ruler.left() - made.metrics.padding));
        }
    }

    void ticksWithoutRoomForTheirLabelsKeepTheirLines()
    {
        Made made(test::articleTrace(), {640, 400});
        made.request.range = {0, 1010 * ms};
        const TimelineFrame frame = made.build();
        const TickPicture &last = *std::ranges::find_if(frame.ticks.rbegin(), frame.ticks.rend(), &TickPicture::isLarge);
        QCOMPARE(last.x, 200 + columnOfTime({made.request.range, 440}, 1000 * ms));
        QCOMPARE(last.label.text, QString());
    }

    void spansLabelsAndCapsStayInside()
    {
        Made made(test::articleTrace(), {1000, 600});
        for (const TimeRange range : {TimeRange{-50 * ms, 5900 * ms}, TimeRange{1100 * ms, 1250 * ms}, TimeRange{0, 1}}) {
            made.request.range = range;
            for (const LanePicture &lane : made.build().lanes) {
                const QRect canvas(200, lane.rect.top(), 800, lane.rect.height());
                for (const SpanPicture &span : lane.spans)
                    QVERIFY(canvas.contains(span.rect));
                for (const LabelPicture &label : lane.labels) {
                    QVERIFY(!label.text.text.isEmpty());
                    QVERIFY(canvas.contains(label.span));
                    QVERIFY(label.width <= label.span.width());
                }
                QVERIFY(!lane.cap || canvas.contains(lane.cap->rect));
            }
        }
    }

    void everyEndHasItsCap()
    {
        const Made made(test::articleTrace(), {1000, 600});
        const TimelineFrame frame = made.build();
        for (const LaneId task : made.trace->tasks()) {
            QVERIFY(laneOf(frame, task).cap.has_value());
            QCOMPARE(laneOf(frame, task).cap->outcome, made.trace->lane(task).task.outcome);
        }
        QVERIFY(!laneOf(frame, loopLaneId).cap);
    }

    // As far out as a person can zoom, and with the end at the edge of the picture.
    void noFailureVanishesByZoomingOut()
    {
        Made made(test::articleTrace(), {1000, 600});
        for (const Nanoseconds end : {5600 * ms, 6000 * ms, 60'000 * ms, 6'000'000 * ms}) {
            made.request.range = {0, end};
            for (const LanePicture &lane : made.build().lanes) {
                if (made.trace->lane(lane.lane).task.outcome != Outcome::Failed)
                    continue;
                QVERIFY(lane.cap.has_value());
                QVERIFY(QRect(200, lane.rect.top(), 800, lane.rect.height()).contains(lane.cap->rect));
            }
        }
    }

    void noStallVanishesByZoomingOut()
    {
        Made made(test::articleTrace());
        const std::vector<Stall> stalls = {{{100, 200}, noLane}, {{300, 400}, noLane}, {{3000 * ms, 3500 * ms}, noLane}};
        made.request.stalls = stalls;
        for (const Nanoseconds end : {Nanoseconds(500), ms, 5900 * ms, 100'000'000 * ms}) {
            made.request.range = {0, end};
            for (const LanePicture &lane : made.build().lanes) {
                if (lane.lane != loopLaneId) {
                    QVERIFY(lane.stalls.empty());
                    continue;
                }
                for (const Stall &stall : stalls) {
                    const int x = 200 + columnOfTime({made.request.range, 800}, stall.range.begin);
                    QVERIFY(stall.range.begin >= end || std::ranges::any_of(lane.stalls, [x](const QRect &mark) {
                                return mark.left() <= x && x <= mark.right() && mark.width() >= 3;
                            }));
                }
            }
        }
    }

    void stallsCostPixels()
    {
        Made made(test::articleTrace());
        std::vector<Stall> stalls;
        for (Nanoseconds at = 0; at < 5'900'000; ++at)
            stalls.push_back({{at * 1000, at * 1000 + 500}, noLane});
        made.request.stalls = stalls;
        QVERIFY(laneOf(made.build(), loopLaneId).stalls.size() <= 800);
    }

    // Busy for a third of the first half, and for all of the second.
    void whatIsSparseIsHalfAsHighAsOthers()
    {
        auto trace = std::make_shared<Trace>();
        trace->addLane(LaneKind::Loop, "loop", 0);
        for (Nanoseconds at = 0; at < 3000 * ms; at += 3 * ms) {
            trace->enter(loopLaneId, at, State::Running, 0, noLane);
            trace->leave(loopLaneId, at + ms);
        }
        trace->enter(loopLaneId, 3000 * ms, State::Running, 0, noLane);
        trace->leave(loopLaneId, 6000 * ms);
        Made made(trace);
        for (const int laneHeight : {14, 18, 20, 26, 33}) {
            made.metrics.rows.lane = laneHeight;
            made.layout = LaneLayout(*trace, made.metrics.rows, {});
            const std::vector<SpanPicture> spans = laneOf(made.build(), loopLaneId).spans;
            QCOMPARE(spans.size(), std::size_t(2));
            const QRect sparse = spans.front().rect;
            const QRect full = spans.back().rect;
            QVERIFY(sparse.height() >= full.height() / 2 && sparse.height() <= full.height() / 2 + 2);
            QCOMPARE(sparse.top() - full.top(), full.bottom() - sparse.bottom());
        }
    }

    void theLoopStaysInSightWhenOthersScroll()
    {
        Made made(test::largeTrace(1000, 2));
        made.request.scroll = 26 * 500 + 24; // the header of tasks and 500 lanes
        const TimelineFrame frame = made.build();
        QCOMPARE(frame.pinnedLanes, std::size_t(1));
        QCOMPARE(frame.lanes.back().lane, loopLaneId);
        QCOMPARE(frame.lanes.front().lane, made.trace->tasks()[500]);
        QCOMPARE(laneAt(frame, {5, made.metrics.rulerHeight + made.metrics.rows.group + 3})->lane, loopLaneId);
        QVERIFY(frame.lanes.size() < 20);
    }

    // A header that has half gone under the loop's row is not what is clicked there.
    void whatLiesUnderPinnedRowsIsNotThere()
    {
        Made made(test::largeTrace(1000, 2));
        made.request.scroll = made.metrics.rows.group / 2;
        const TimelineFrame frame = made.build();
        const auto header = std::ranges::find_if(frame.groups, [&frame](const GroupPicture &group) {
            return group.rect.intersects(frame.pinned) && group.rect.bottom() > frame.pinned.bottom();
        });
        QVERIFY(header != frame.groups.end());
        const QPoint above(5, frame.pinned.bottom());
        const QPoint below(5, frame.pinned.bottom() + 1);
        QVERIFY(header->rect.contains(above));
        QVERIFY(groupAt(frame, above) == nullptr);
        QCOMPARE(laneAt(frame, above)->lane, loopLaneId);
        QCOMPARE(groupAt(frame, below), &*header);
        QVERIFY(laneAt(frame, below) == nullptr);
    }

    void lanesOutOfSightAreNotBuilt()
    {
        const Made made(test::largeTrace(10'000, 2));
        QVERIFY(made.build().lanes.size() <= 400 / 26 + 2);
    }

    void aPictureHoldsWholeRowsOnly()
    {
        Made made(test::largeTrace(100, 2));
        made.request.whole = true;
        for (int height = 40; height < 200; ++height) {
            made.request.size.setHeight(height);
            for (const LanePicture &lane : made.build().lanes)
                QVERIFY(lane.rect.bottom() < height);
        }
    }

    void theSelectedSpanIsMarked()
    {
        Made made(test::articleTrace(), {1000, 600});
        made.request.selectedLane = made.trace->tasks()[1];
        made.request.selectedSpan = 4;
        const TimelineFrame frame = made.build();
        const LanePicture &lane = laneOf(frame, made.request.selectedLane);
        QVERIFY(lane.isSelected);
        QVERIFY(lane.selectedSpan.has_value());
        QCOMPARE(spanAt(lane, lane.selectedSpan->center().x(), 0)->first, std::size_t(4));
    }

    // The summary is of all of them.
    void aGroupOfWhichLessIsShownSaysHowMuch()
    {
        Made made(test::articleTrace());
        const auto order = std::make_shared<LaneOrder>();
        order->add(*made.trace, {LaneGroup::Loop, {}, {}, false, {loopLaneId}});
        order->add(*made.trace, {LaneGroup::Tasks, {}, {}, false, {made.trace->tasks()[3]}});
        order->add(*made.trace, {LaneGroup::Workers, {}, {}, false, made.trace->workers()});
        made.layout = LaneLayout(order, made.metrics.rows, {});
        for (const LaneGroup group : allLaneGroups)
            made.request.groupSizes[static_cast<std::size_t>(group)] = groupSize(*made.trace, group);
        const TimelineFrame frame = made.build();
        QCOMPARE(frame.groups[0].count.text, QStringLiteral("1 of 8"));
        QCOMPARE(frame.groups[1].count.text, QStringLiteral("3"));
    }

    void theNearestSpanIsFound()
    {
        LanePicture lane;
        lane.spans = {{QRect(10, 0, 5, 18), State::Running, 0, 1}, {QRect(20, 0, 1, 18), State::Ready, 1, 1}};
        QCOMPARE(spanAt(lane, 12, 0)->first, std::size_t(0));
        QCOMPARE(spanAt(lane, 16, 3)->first, std::size_t(0));
        QCOMPARE(spanAt(lane, 18, 3)->first, std::size_t(1));
        QCOMPARE(spanAt(lane, 22, 3)->first, std::size_t(1));
        QCOMPARE(spanAt(lane, 30, 3), nullptr);
        QCOMPARE(spanAt(lane, 5, 3), nullptr);
        QCOMPARE(spanAt(LanePicture(), 5, 3), nullptr);
    }

    void nowIsMarkedWhileTheRunGoesOn()
    {
        Made made(test::liveTrace());
        made.request.range = {0, 800 * ms};
        QCOMPARE(made.build().nowX, std::optional<int>(200 + 400));
        made.trace->changeInfo([](RunInfo &info) { info.finished = true; });
        QVERIFY(!made.build().nowX);
    }

    void slicesHaveTheColourAndTheTextOfTheirName()
    {
        Made made(test::importedTrace());
        made.request.range = {0, 100 * ms};
        const TimelineFrame frame = made.build();
        QCOMPARE(frame.groups.size(), std::size_t(2));
        QCOMPARE(frame.groups[1].title.text, QStringLiteral("renderer (12)"));
        QCOMPARE(frame.groups[1].count.text, QStringLiteral("3")); // without rows
        const LanePicture &main = laneOf(frame, 2);
        const SpanPicture &navigate = main.spans.front();
        QCOMPARE(main.labels.front().text.text, QStringLiteral("navigate"));
        QCOMPARE(main.labels.front().span, navigate.rect);
        QCOMPARE(navigate.hue, sliceHueOf("navigate"));
        const LanePicture &row = laneOf(frame, 3);
        QVERIFY(row.name.text.isEmpty());
        QCOMPARE(row.isStriped, main.isStriped);
        QCOMPARE(row.spans.front().rect.top(), navigate.rect.bottom() + 1 + made.metrics.gap); // they look like one lane
        QCOMPARE(row.spans.front().rect.height(), navigate.rect.height());
        for (const LanePicture &lane : frame.lanes) {
            for (const LabelPicture &label : lane.labels)
                QVERIFY(label.width <= label.span.width());
        }
    }

    void labelsThatAreKeptAreThoseMadeAnew()
    {
        for (const auto &trace : {test::articleTrace(), test::importedTrace(), test::largeTrace(30, 300)}) {
            Made made(trace);
            LabelCache cache;
            const TimeRange whole = trace->extent();
            std::size_t labels = 0;
            for (int step = 0; step < 60; ++step) {
                const Nanoseconds length = std::max<Nanoseconds>(1, whole.length() >> (step % 7)); // in, and out again
                const Nanoseconds begin = whole.begin + (whole.length() - length) / 11 * (step % 11);
                made.request.range = {begin, begin + length};
                made.request.labels = nullptr;
                const TimelineFrame anew = made.build();
                made.request.labels = &cache;
                const TimelineFrame kept = made.build();
                QCOMPARE(kept.lanes.size(), anew.lanes.size());
                for (std::size_t i = 0; i < anew.lanes.size(); ++i) {
                    QCOMPARE(shownLabels(kept.lanes[i]), shownLabels(anew.lanes[i]));
                    labels += anew.lanes[i].labels.size();
                }
            }
            QVERIFY(labels > 60);
        }
    }

    void instantsAndCountersArePictures()
    {
        Made made(test::importedTrace());
        made.request.range = {0, 100 * ms};
        made.request.selectedLane = 2;
        made.request.selectedInstant = 1;
        const TimelineFrame frame = made.build();
        const LanePicture &main = laneOf(frame, 2);
        QCOMPARE(main.instants.size(), std::size_t(2));
        QVERIFY(!main.instants[0].isSelected && main.instants[1].isSelected);
        QCOMPARE(instantAt(main, main.instants[1].rect.center(), 3), &main.instants[1]);
        QCOMPARE(instantAt(main, QPoint(main.instants[1].rect.center().x(), main.rect.bottom()), 3), nullptr);
        const LanePicture &heap = laneOf(frame, made.trace->rows().back());
        QVERIFY(heap.counter && !heap.counter->least.isEmpty());
        QVERIFY(heap.rect.contains(heap.counter->least.boundingRect().adjusted(0, 0, -1, -1)));
    }

    void whatASearchFoundIsMarked()
    {
        Made made(test::importedTrace());
        made.request.range = {0, 100 * ms};
        made.request.hasMatch = [](LaneId lane, std::size_t first, std::size_t last) { return lane == 3 && first <= 1 && 1 < last; };
        const LanePicture row = laneOf(made.build(), 3);
        QVERIFY(!row.spans[0].isMatch && row.spans[1].isMatch);
    }
};

QTEST_GUILESS_MAIN(FrameTest)
#include "frame_test.moc"
