#include "core/formats/chrome/decimal_time.h"

#include <QTest>

#include <random>
#include <string>

using namespace loopscope;
using namespace loopscope::chrome;

class DecimalTimeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void microsecondsBecomeNanoseconds_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<qint64>("whole");
        QTest::addColumn<uint>("fraction");
        const auto row = [](const char *token, qint64 whole, uint fraction = 0) {
            QTest::newRow(token) << QByteArray(token) << whole << fraction;
        };
        row("0", 0);
        row("5", 5000);
        row("5.25", 5250);
        row("1.001", 1001);
        row("1.0014", 1001, 400'000'000);
        row("-5", -5000);
        row("-0.0005", -1, 500'000'000);
        row("-0", 0);
        row("1e3", 1'000'000);
        row("1E+3", 1'000'000);
        row("12345e-4", 1234, 500'000'000);
        row("0.000000000001", 0, 1);
        row("0.0000000000019", 0, 1);
        row("1700000000000000.123", 1'700'000'000'000'000'123);
        row("4000000000000000", 4'000'000'000'000'000'000);
        row("0e999999999999", 0);
        row("1e-999", 0);
        row("0.00000000000000000000000000000000000001e41", 1'000'000);
        row("100000000000000000000000000000000000000000e-40", 10'000);
    }

    void microsecondsBecomeNanoseconds()
    {
        QFETCH(QByteArray, token);
        QFETCH(qint64, whole);
        QFETCH(uint, fraction);
        ExactTime time;
        QCOMPARE(readMicroseconds(token.toStdString(), time), TimeReading::Good);
        QCOMPARE(time.whole, Nanoseconds(whole));
        QCOMPARE(time.fraction, fraction);
    }

    void whatIsNoNumberIsNone_data()
    {
        QTest::addColumn<QByteArray>("token");
        for (const char *token : {"",    "-",        "100a",      "a",  ".5", "5.",    "1e",    "1e+",  "+1",   "01", "-01", "0x10",
                                  "NaN", "Infinity", "-Infinity", "1 ", " 1", "1.2.3", "1_000", "null", "true", "{}", "--1"})
            QTest::newRow(token) << QByteArray(token);
    }

    void whatIsNoNumberIsNone()
    {
        QFETCH(QByteArray, token);
        ExactTime time;
        QCOMPARE(readMicroseconds(token.toStdString(), time), TimeReading::NoNumber);
    }

    void farTimesAreOutOfRange()
    {
        ExactTime time;
        for (const char *token : {"1e999", "-1e999", "4000000000000000.001", "99999999999999999999999999", "9223372036854775807", "1e16"})
            QCOMPARE(readMicroseconds(token, time), TimeReading::OutOfRange);
        QCOMPARE(readMicroseconds("0." + std::string(50, '0') + "1e70", time), TimeReading::OutOfRange);
    }

    void sumsAreRoundedOnce()
    {
        QCOMPARE(roundedSum({0, 600'000'000}, {0, 600'000'000}), Nanoseconds(1));
        QCOMPARE(roundedSum({5, 100'000'000}, {7, 800'000'000}), Nanoseconds(12));
        QCOMPARE(roundedSum({-1, 500'000'000}, {0, 500'000'000}), Nanoseconds(0));
    }

    void bothWaysOfReadingAgree()
    {
        constexpr unsigned seed = 7;
        std::mt19937_64 random(seed);
        for (int round = 0; round < 10'000; ++round) {
            const std::uint64_t nanoseconds = random() % 3'000'000'000'000'000'000ULL >> random() % 60;
            std::string decimals = std::to_string(1000 + nanoseconds % 1000).substr(1);
            const std::string plain = std::to_string(nanoseconds / 1000) + '.' + decimals;
            for (const std::string &token : {plain, plain + "000", plain + "e0"}) {
                ExactTime time;
                if (readMicroseconds(token, time) != TimeReading::Good || time != ExactTime{static_cast<Nanoseconds>(nanoseconds), 0})
                    QFAIL(qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromStdString(token))));
            }
        }
    }
};

QTEST_GUILESS_MAIN(DecimalTimeTest)
#include "decimal_time_test.moc"
