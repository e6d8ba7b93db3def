#include "ui/timeline/trace_marks.h"

#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

class TraceMarksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTraceKeepsItsOwn()
    {
        const auto first = std::make_shared<Marks>();
        const auto second = std::make_shared<Marks>();
        TraceMarks marks;
        marks.show(first);
        marks.add(5);
        marks.show(second);
        QVERIFY(marks.all().empty());
        marks.add(6);
        marks.add(7);
        marks.show(first);
        QCOMPARE(marks.all().size(), std::size_t(1));
        QCOMPARE(second->all().size(), std::size_t(2));
    }

    void saysWhenTheyChange()
    {
        TraceMarks marks;
        QSignalSpy changes(&marks, &TraceMarks::changed);
        QSignalSpy edits(&marks, &TraceMarks::edited);
        const MarkId id = marks.add(5);
        QCOMPARE(changes.count(), 1);
        QVERIFY(marks.rename(id, QStringLiteral("here")));
        QVERIFY(!marks.rename(id, QStringLiteral("here")));
        QCOMPARE(changes.count(), 2);
        QVERIFY(marks.remove(id));
        QVERIFY(!marks.remove(id));
        QCOMPARE(changes.count(), 3);
        QCOMPARE(edits.count(), 3);
        marks.show(std::make_shared<Marks>());
        QCOMPARE(changes.count(), 4);
        QCOMPARE(edits.count(), 3);
    }
};

QTEST_GUILESS_MAIN(TraceMarksTest)
#include "trace_marks_test.moc"
