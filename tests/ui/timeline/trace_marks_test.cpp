#include "ui/timeline/trace_marks.h"

#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

class TraceMarksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRunKeepsItsOwn()
    {
        auto first = std::make_shared<Trace>();
        const auto second = std::make_shared<Trace>();
        TraceMarks marks;
        marks.setTrace(first);
        marks.add(5);
        marks.setTrace(second);
        QVERIFY(marks.all().empty());
        marks.add(6);
        marks.add(7);
        marks.setTrace(first);
        QCOMPARE(marks.all().size(), std::size_t(1));
        marks.setTrace(second);
        QCOMPARE(marks.all().size(), std::size_t(2));
        first.reset();
        marks.setTrace(nullptr);
        QVERIFY(marks.all().empty());
        marks.setTrace(second);
        QCOMPARE(marks.all().size(), std::size_t(2));
    }

    void saysWhenTheyChange()
    {
        TraceMarks marks;
        QSignalSpy changes(&marks, &TraceMarks::changed);
        const MarkId id = marks.add(5);
        QCOMPARE(changes.count(), 1);
        QVERIFY(marks.rename(id, QStringLiteral("here")));
        QVERIFY(!marks.rename(id, QStringLiteral("here")));
        QCOMPARE(changes.count(), 2);
        QVERIFY(marks.remove(id));
        QVERIFY(!marks.remove(id));
        QCOMPARE(changes.count(), 3);
    }
};

QTEST_GUILESS_MAIN(TraceMarksTest)
#include "trace_marks_test.moc"
