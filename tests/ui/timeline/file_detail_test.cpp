#include "ui/timeline/file_detail.h"

#include "ui/timeline/span_areas.h"

#include <QTest>

using namespace loopscope;

namespace {

/// Lanes that have so many spans of a width in a state each.
TimelineFrame frameOf(std::size_t lanes, std::size_t spans, int width, State state)
{
    LanePicture lane;
    lane.spans.assign(spans,
                      {.rect = QRect(0, 0, width, 18), .state = state, .first = 0, .count = 1, .hue = mixedSlices, .isMatch = false});
    TimelineFrame frame;
    frame.lanes.assign(lanes, lane);
    return frame;
}

} // namespace

class FileDetailTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFileHoldsWhatFits_data()
    {
        QTest::addColumn<int>("lanes");
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("width");
        QTest::addColumn<State>("state");
        QTest::addColumn<FileDetail>("expected");
        constexpr auto patterned = SpanShapes::Detail::Full;
        constexpr auto plain = SpanShapes::Detail::Plain;
        QTest::newRow("nothing") << 0 << 0 << 1 << State::Running << FileDetail{};
        QTest::newRow("an evening's work") << 40 << 200 << 10 << State::Ready << FileDetail{};
        QTest::newRow("many tasks, queued for long") << 1'500 << 6 << 150 << State::Queued << FileDetail{};
        QTest::newRow("a span in each column") << 1'500 << 1'000 << 1 << State::Running << FileDetail{patterned, 36, true};
        QTest::newRow("many tasks, ready for long") << 1'500 << 6 << 200 << State::Ready << FileDetail{plain, 36, true};
        QTest::newRow("an image a lane") << 2'000 << 40 << 8 << State::Running << FileDetail{patterned, 36, true};
        QTest::newRow("more lanes than there is room for") << 2'200 << 40 << 8 << State::Running << FileDetail{plain, 0, false};
        QTest::newRow("many tasks, awaiting again and again") << 1'500 << 36 << 30 << State::Awaiting << FileDetail{plain, 18, true};
    }
    void aFileHoldsWhatFits()
    {
        QFETCH(const int, lanes);
        QFETCH(const int, spans);
        QFETCH(const int, width);
        QFETCH(const State, state);
        const Theme theme = Theme::light();
        const SpanAreas patterned(theme, 1, SpanShapes::Detail::Full);
        const SpanAreas plain(theme, 1, SpanShapes::Detail::Plain);
        const TimelineFrame frame = frameOf(static_cast<std::size_t>(lanes), static_cast<std::size_t>(spans), width, state);
        QTEST(fileDetailOf(frame, patterned, plain), "expected");
    }
};

QTEST_APPLESS_MAIN(FileDetailTest)
#include "file_detail_test.moc"
