// Random traces at random zooms, against a painter that looks at every span for every column.

#include "ui/timeline/span_boxes.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <vector>

using namespace loopscope;

namespace {

// What a column shows: a state, or nothing.
using Columns = std::vector<std::optional<State>>;

class Random {
public:
    explicit Random(unsigned seed)
        : engine_(seed)
    {
    }
    // 0 ≤ number < bound.
    Nanoseconds below(Nanoseconds bound) { return static_cast<Nanoseconds>(engine_() % static_cast<std::uint64_t>(bound)); }
    // Of any magnitude up to 2^bits.
    Nanoseconds anyLength(int bits) { return 1 + below(Nanoseconds(1) << below(bits + 1)); }

private:
    std::mt19937_64 engine_;
};

LaneId addRandomTask(Trace &trace, Random &random, int spans)
{
    const LaneId lane = trace.addLane(LaneKind::Task, "random", 0);
    const int longest = 1 + static_cast<int>(random.below(30));
    Nanoseconds at = random.below(1'000);
    for (int i = 0; i < spans; ++i) {
        const bool isBlocking = random.below(200) == 0;
        trace.enter(lane, at, isBlocking ? State::Blocking : taskStates[static_cast<std::size_t>(random.below(5))], 0, noLane);
        at += random.anyLength(longest);
        if (random.below(4) == 0) {
            trace.leave(lane, at);
            at += random.anyLength(longest);
        }
    }
    if (random.below(2) == 0)
        trace.end(lane, at);
    trace.advanceTo(at + random.anyLength(longest));
    return lane;
}

TimeScale randomScale(Random &random, const Trace &trace)
{
    const Nanoseconds length = random.below(3) == 0 ? trace.now() : std::min(trace.now(), random.anyLength(40));
    const Nanoseconds begin = random.below(trace.now() + 1) - random.below(length / 4 + 1);
    return {atLeastOneNanosecond({begin, begin + length}), 1 + static_cast<int>(random.below(700))};
}

std::vector<Span> spansOf(const Trace &trace, LaneId lane)
{
    std::vector<Span> spans;
    for (std::size_t i = 0; i < trace.spanCount(lane); ++i)
        spans.push_back(trace.span(lane, i));
    return spans;
}

Columns columnsOf(const LaneBoxes &lane, const TimeScale &scale)
{
    Columns columns(static_cast<std::size_t>(scale.columns));
    for (const SpanBox &box : lane.boxes)
        std::fill(columns.begin() + box.left, columns.begin() + box.right, box.state);
    return columns;
}

TimeRange lifeOf(const Trace &trace, LaneId lane)
{
    return {trace.lane(lane).begin, trace.lane(lane).end().value_or(trace.now())};
}

// What the columns of a scale hold of a lane.
class NaiveColumn {
public:
    NaiveColumn(const std::vector<Span> &spans, TimeRange column)
    {
        for (const Span &span : spans) {
            const Nanoseconds inside = span.range().intersected(column).length();
            covered_ += inside;
            if (inside == 0)
                continue;
            isMixed_ = isMixed_ || (state_ && *state_ != span.state);
            state_ = span.state;
        }
        isFull_ = covered_ == column.length() && covered_ > 0;
    }

    // The state that fills all of the column, if one does.
    [[nodiscard]] std::optional<State> onlyState() const { return isFull_ && !isMixed_ ? state_ : std::nullopt; }
    [[nodiscard]] bool isEmpty() const { return covered_ == 0; }

private:
    std::optional<State> state_;
    Nanoseconds covered_ = 0;
    bool isMixed_ = false;
    bool isFull_ = false;
};

} // namespace

class SpanBoxesPropertyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void randomTraces_data()
    {
        QTest::addColumn<int>("spans");
        QTest::newRow("a handful") << 5;
        QTest::newRow("an array") << 200;
        QTest::newRow("some blocks") << 1'500;
        QTest::newRow("many blocks") << 20'000;
    }

    void randomTraces()
    {
        QFETCH(const int, spans);
        for (unsigned seed = 0; seed < 20; ++seed) {
            Random random(seed);
            Trace trace;
            const LaneId lane = addRandomTask(trace, random, spans);
            const std::vector<Span> all = spansOf(trace, lane);
            for (int zoom = 0; zoom < 10; ++zoom) {
                const TimeScale scale = randomScale(random, trace);
                const LaneBoxes boxes = spanBoxes(trace, lane, scale);
                const Columns columns = columnsOf(boxes, scale);
                verifyPureColumns(all, scale, columns);
                verifyBlocking(all, scale, columns);
                verifySparse(all, lifeOf(trace, lane), scale, boxes);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

private:
    static QString told(int column, TimeRange range, State only, std::optional<State> shown, const std::vector<Span> &spans)
    {
        QString text = QStringLiteral("column %1, %2 to %3 ns, is %4 and shows %5:")
                           .arg(column)
                           .arg(range.begin)
                           .arg(range.end)
                           .arg(QLatin1String(stateKey(only).data()), shown ? QLatin1String(stateKey(*shown).data()) : QLatin1String("-"));
        for (const Span &span : spans)
            text += QStringLiteral(" %1 to %2").arg(span.begin).arg(span.end);
        return text;
    }

    // A column that one state fills shows it, unless a short neighbour that reaches into the column next to it is at home there.
    static void verifyPureColumns(const std::vector<Span> &spans, const TimeScale &scale, const Columns &columns)
    {
        for (int c = 0; c < scale.columns; ++c) {
            // In parts of a nanosecond, for the edges of columns seldom are whole ones.
            const Nanoseconds length = scale.range.length();
            const TimeRange range{c * length, (c + 1) * length};
            const auto inParts = [&](const Span &span) {
                return Span{(span.begin - scale.range.begin) * scale.columns, (span.end - scale.range.begin) * scale.columns, span.state};
            };
            // Only the spans near it, or the test would take minutes.
            const auto first = std::ranges::upper_bound(spans, timeOfColumn(scale, c) - 1, {}, &Span::end);
            const auto last = std::ranges::lower_bound(first, spans.end(), timeOfColumn(scale, c + 1), {}, &Span::begin);
            std::vector<Span> near;
            std::transform(first, last, std::back_inserter(near), inParts);
            const NaiveColumn naive(near, range);
            const auto shown = columns[static_cast<std::size_t>(c)];
            if (const auto only = naive.onlyState()) {
                QVERIFY2(shown == only, qPrintable(told(c, range, *only, shown, near)));
            }
        }
    }

    // Sparse columns are idle for half of their time at least. Others are not, with the parts of their spans that reach into neighbours.
    static void verifySparse(const std::vector<Span> &spans, TimeRange life, const TimeScale &scale, const LaneBoxes &lane)
    {
        for (const SpanBox &box : lane.boxes) {
            QVERIFY(!box.isSparse || box.state != State::Blocking);
            for (int c = box.left; box.state != State::Blocking && c < box.right; ++c) {
                const TimeRange column = TimeRange{timeOfColumn(scale, c), timeOfColumn(scale, c + 1)}.intersected(life);
                Nanoseconds covered = 0;
                Nanoseconds counted = 0; // with the parts outside of those that are at home in the column
                const auto first = std::ranges::upper_bound(spans, column.begin, {}, &Span::end);
                for (auto span = first; span != spans.end() && span->begin < column.end; ++span) {
                    const Nanoseconds inside = span->range().intersected(column).length();
                    const bool isAtHome = column.contains(span->begin + span->length() / 2);
                    covered += inside;
                    counted += isAtHome ? span->length() : inside;
                }
                const bool isRight = box.isSparse ? covered <= column.length() / 2 : counted + 1 >= column.length() / 2;
                QVERIFY2(isRight, qPrintable(QStringLiteral("column %1, %2 of %3 ns").arg(c).arg(covered).arg(column.length())));
            }
        }
    }

    // Each visible blocking span has a column that shows it, where it lies or next to that.
    static void verifyBlocking(const std::vector<Span> &spans, const TimeScale &scale, const Columns &columns)
    {
        for (const Span &span : spans) {
            if (span.state != State::Blocking || span.range().intersected(scale.range).isEmpty())
                continue;
            const int from = std::clamp(columnOfTime(scale, span.begin), 0, scale.columns - 1);
            const int to = std::clamp(columnOfTime(scale, span.end - 1), 0, scale.columns - 1);
            const bool isShown = std::any_of(columns.begin() + from, columns.begin() + to + 1,
                                             [](const std::optional<State> &state) { return state == State::Blocking; });
            QVERIFY2(isShown, qPrintable(QStringLiteral("blocking from %1 to %2 ns").arg(span.begin).arg(span.end)));
        }
    }
};

QTEST_GUILESS_MAIN(SpanBoxesPropertyTest)
#include "span_boxes_property_test.moc"
