#include "core/formats/chrome/chrome_import.h"

#include "tests/support/described_trace.h"

#include <QFile>
#include <QTest>

using namespace loopscope;

// The samples in tests/data/traces, each beside what it has to become.
class ChromeSamplesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void samplesAreOpened_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"chrome", "node", "viztracer", "time_trace", "ninja", "recorded/chrome", "recorded/clang_time_trace",
                                 "recorded/cmake", "recorded/go", "recorded/node", "recorded/tsc", "recorded/uftrace", "recorded/webpack"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void samplesAreOpened()
    {
        QFETCH(QString, name);
        const QString base = QStringLiteral(LOOPSCOPE_TEST_DATA "/traces/") + name;
        QFile sample(base + QStringLiteral(".json"));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        QVERIFY(looksLikeChromeJson(sample.readAll().toStdString()));
        const auto opened = openChromeJson(sample.fileName().toStdString(), {});
        QVERIFY(opened.has_value());
        QFile expected(base + QStringLiteral(".txt"));
        QVERIFY(expected.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromStdString(test::describe(*opened->trace) + test::describeProblems(*opened->trace)),
                 QString::fromUtf8(expected.readAll()));
    }

    void theirArgumentsAreThere()
    {
        const auto opened = openChromeJson(LOOPSCOPE_TEST_DATA "/traces/chrome.json", {});
        QVERIFY(opened.has_value());
        // ParseHTML, of which the end has arguments too.
        QCOMPARE(opened->trace->imported().arguments(13),
                 std::string("{\"beginData\":{\"frame\":\"F1\",\"startLine\":0},\"endData\":{\"endLine\":42}}"));
    }
};

QTEST_GUILESS_MAIN(ChromeSamplesTest)
#include "chrome_samples_test.moc"
