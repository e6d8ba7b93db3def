#include "ui/window/trace_document.h"

#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

class TraceDocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRunIsUnsavedUntilItIsInAFile()
    {
        TraceDocument document(std::make_shared<Trace>(), RunRequest());
        QVERIFY(document.isUnsaved());
        document.noteSaved({"/tmp/run.loopscope", true}, document.edits());
        QVERIFY(!document.isUnsaved());
        document.noteEdit();
        QVERIFY(document.isUnsaved());
    }

    void whatWasMarkedWhileAFileWasOpenedStays()
    {
        const auto preview = std::make_shared<Trace>(TraceOrigin::Import);
        const auto whole = std::make_shared<Trace>(TraceOrigin::Import);
        TraceDocument document(preview, TraceFile{"/tmp/large.json", false});
        Marks saved;
        saved.add(5, "saved");
        QSignalSpy replaced(&document, &TraceDocument::traceReplaced);
        document.marks()->add(7, "seen early");
        document.noteEdit();
        document.completeTrace(whole, saved);
        QCOMPARE(replaced.count(), 1);
        QCOMPARE(document.trace(), whole);
        QCOMPARE(document.marks()->all().size(), std::size_t(2));
        QCOMPARE(document.marks()->all().back().name, std::string("seen early"));
        QVERIFY(document.isUnsaved());
    }

    void aFileThatNobodyMarkedIsSaved()
    {
        TraceDocument document(std::make_shared<Trace>(), TraceFile{"/tmp/run.loopscope", true});
        Marks saved;
        saved.add(5, "saved");
        document.completeTrace(std::make_shared<Trace>(), saved);
        QCOMPARE(document.marks()->all().size(), std::size_t(1));
        QVERIFY(!document.isUnsaved());
    }
};

QTEST_GUILESS_MAIN(TraceDocumentTest)
#include "trace_document_test.moc"
