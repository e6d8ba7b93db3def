#include "core/experiment/process_measurement.h"

#include <QTest>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace loopscope;

namespace {

constexpr std::uint64_t mebibyte = 1 << 20;

tl::expected<MeasuredCommand, std::string> measured(std::vector<std::string> arguments, const std::stop_token &stop = {})
{
    arguments.insert(arguments.begin(), LOOPSCOPE_MEASURED_PROGRAM);
    return measureCommand(LOOPSCOPE_MEASURED_PROGRAM, arguments, stop);
}

MeasuredProcess processOf(std::vector<std::string> arguments)
{
    const auto command = measured(std::move(arguments));
    if (command)
        return command->process;
    QTest::qFail(command.error().c_str(), __FILE__, __LINE__);
    return {};
}

/// Whether any process has this text among its arguments.
bool isInSomeCommandLine(const std::string &text)
{
    for (const auto &entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "cmdline");
        const std::string line((std::istreambuf_iterator<char>(file)), {});
        if (line.find(text) != std::string::npos)
            return true;
    }
    return false;
}

} // namespace

class ProcessMeasurementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // LeakSanitizer looks from another process, which would be counted.
    void initTestCase() { qputenv("ASAN_OPTIONS", "detect_leaks=0"); }

    void cpuTimeIsThatOfTheProcessAndItsChildren()
    {
        const MeasuredProcess own = processOf({"burn", "0.2"});
        QVERIFY(own.resources.cpuNs() >= 190'000'000);
        const MeasuredProcess child = processOf({"child", "0.2"});
        QVERIFY(child.resources.cpuNs() >= 190'000'000);
        QVERIFY(child.resources.peakProcesses >= 2);
    }

    // However much memory the one who asks has.
    void memoryIsThatOfTheProcessAlone()
    {
        const std::vector<char> own(300 * mebibyte, 'x');
        const std::uint64_t little = processOf({}).resources.peakRssBytes;
        QVERIFY2(little < 150 * mebibyte, std::to_string(little).c_str());
        const std::uint64_t much = processOf({"touch", std::to_string(200 * mebibyte)}).resources.peakRssBytes;
        QVERIFY(much >= 200 * mebibyte);
        QVERIFY(own.back() == 'x');
    }

    void threadsAndDescriptorsAreSeenWhileTheyAreThere()
    {
        const ProcessResources alone = processOf({"sleep", "0.1"}).resources;
        const ProcessResources many = processOf({"threads", "20"}).resources;
        QVERIFY(many.peakThreads >= alone.peakThreads + 20);
        QVERIFY(alone.peakDescriptors >= 3);
        QCOMPARE(alone.peakProcesses, 1U);
        QVERIFY(many.voluntarySwitches >= 20);
    }

    void itsEndIsTold()
    {
        QCOMPARE(processOf({"exit", "7"}).exitCode().value_or(-1), 7);
        QCOMPARE(processOf({"exit", "7"}).endText(), std::string("exit code 7"));
        const MeasuredProcess killed = processOf({"signal", std::to_string(SIGKILL)});
        QVERIFY(!killed.exitCode());
        QCOMPARE(killed.endText(), std::string("ended by the signal KILL"));
    }

    void whatItSaysIsKept()
    {
        const auto command = measured({"say", "one", "say", "two"});
        QVERIFY(command.has_value());
        QCOMPARE(command->errors, std::string("one\ntwo\n"));
        const auto talkative = measured({"say", std::string(100'000, 'x')});
        QVERIFY(talkative.has_value());
        QVERIFY(talkative->errors.size() < 100'000 && talkative->errors.starts_with("xxx"));
    }

    void aStopEndsAllOfIt()
    {
        std::stop_source stop;
        const std::string mark = "3599.0" + std::to_string(::getpid()); // an hour, and nobody else's
        tl::expected<MeasuredCommand, std::string> result;
        std::thread thread([&] { result = measured({"sleep", mark}, stop.get_token()); });
        QTRY_VERIFY_WITH_TIMEOUT(isInSomeCommandLine(mark), 20'000);
        QTest::qWait(50);
        stop.request_stop();
        thread.join();
        QVERIFY(!result);
        QTRY_VERIFY_WITH_TIMEOUT(!isInSomeCommandLine(mark), 20'000);
    }

    void whoIsStoppedAlreadyMeasuresNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!measured({"sleep", "3600"}, stop.get_token()));
    }

    void whatCannotBeStartedIsSaid()
    {
        const auto noMeasuring = measureCommand("/nowhere/program", {"/bin/true"}, {});
        QVERIFY(!noMeasuring);
        QCOMPARE(noMeasuring.error(), std::string("No such file or directory"));
        const auto noProgram = measureCommand(LOOPSCOPE_MEASURED_PROGRAM, {"/nowhere/program"}, {});
        QVERIFY(noProgram.has_value());
        QCOMPARE(noProgram->process.exitCode().value_or(-1), 127);
        const auto nothing = measureCommand(LOOPSCOPE_MEASURED_PROGRAM, {}, {});
        QCOMPARE(nothing.error(), std::string("the process that measures ended early (exit code 1)"));
    }
};

QTEST_GUILESS_MAIN(ProcessMeasurementTest)
#include "process_measurement_test.moc"
