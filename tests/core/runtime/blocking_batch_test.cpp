#include "core/runtime/runtime.h"
#include "core/runtime/session.h"
#include "tests/support/session_run.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <future>
#include <new>

using namespace loopscope;
using namespace loopscope::test;
using namespace std::chrono_literals;

namespace {

class Batch;

struct Number {
    int number = 0;
    std::shared_ptr<Batch> together;

    int operator()(const std::stop_token &) const { return number; }
    [[nodiscard]] JobBatch<Number> *batch() const;
};

using Prepare = std::function<void(std::span<Number *const>, const DoPrepared &)>;

class Batch final : public JobBatch<Number> {
public:
    explicit Batch(Prepare prepare)
        : prepare_(std::move(prepare))
    {
    }
    [[nodiscard]] std::size_t takenOf(std::size_t share) const override { return std::min<std::size_t>(share, 8); }
    [[nodiscard]] Reason reason() const override { return "together"; }
    void prepare(std::span<Number *const> jobs, const DoPrepared &doPrepared) override { prepare_(jobs, doPrepared); }

private:
    const Prepare prepare_;
};

JobBatch<Number> *Number::batch() const
{
    return together.get();
}

QCoro::Task<TaskResult> tellNumber(Runtime &runtime, int number, std::shared_ptr<Batch> together)
{
    const Number job{number, std::move(together)};
    const Awaited<int> told = co_await runtime.runBlocking(job, "number");
    if (!told)
        co_return TaskResult::cancelled(told.error().abandoned ? "abandoned" : "");
    co_return TaskResult::done(std::to_string(*told));
}

constexpr int tasks = 40;

SessionSettings settings()
{
    SessionSettings settings;
    settings.workers = 2;
    return settings;
}

Session::Work tellNumbers(Prepare prepare)
{
    return [together = std::make_shared<Batch>(std::move(prepare))](Runtime &runtime) {
        for (int i = 0; i < tasks; ++i)
            static_cast<void>(runtime.spawn(TaskOptions{std::to_string(i), "cpu"}, tellNumber, i, together));
    };
}

std::vector<State> statesOf(const Trace &trace, LaneId task)
{
    std::vector<State> states;
    for (const Span &span : spansOf(trace, task))
        states.push_back(span.state);
    return states;
}

} // namespace

class BlockingBatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsPreparedIsDoneAndTheRestGoesBackToTheQueue()
    {
        const auto trace = runToEnd(settings(), tellNumbers([](std::span<Number *const> jobs, const DoPrepared &doPrepared) {
                                        std::vector<std::size_t> even; // done with, a job may be gone
                                        for (std::size_t place = 0; place < jobs.size(); ++place) {
                                            if (jobs[place]->number % 2 == 0)
                                                even.push_back(place);
                                        }
                                        std::ranges::reverse(even); // as they come
                                        std::ranges::for_each(even, doPrepared);
                                    }));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        int together = 0;
        for (const LaneId task : trace->tasks()) {
            QCOMPARE(trace->name(trace->lane(task).task.result), trace->nameOf(task));
            if (!hasSpan(*trace, task, State::Awaiting, "together"))
                continue;
            ++together;
            const bool isEven = std::stoi(std::string(trace->nameOf(task))) % 2 == 0;
            const auto states = statesOf(*trace, task);
            const auto begin = std::ranges::find(states, State::Awaiting) - states.begin();
            QCOMPARE(states.at(static_cast<std::size_t>(begin) + 1), isEven ? State::InWorker : State::Queued);
        }
        QVERIFY(together > 0);
    }

    void withoutMemoryEachIsDoneAlone()
    {
        const auto trace = runToEnd(settings(), tellNumbers([](auto, const DoPrepared &) { throw std::bad_alloc(); }));
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->totals()[Outcome::Done], std::size_t(tasks));
    }

    void aStopDoesNotWaitForWhatIsPrepared()
    {
        std::promise<void> release;
        const std::shared_future<void> released = release.get_future().share();
        {
            Session session(settings());
            session.start(tellNumbers([released](auto, const DoPrepared &) { released.wait_for(30s); }));
            const Trace &trace = *session.trace();
            const auto arePreparing = [&] {
                return std::ranges::count_if(trace.tasks(), [&](LaneId task) { return hasSpan(trace, task, State::Awaiting, "together"); })
                       > 1;
            };
            QTRY_VERIFY_WITH_TIMEOUT(arePreparing(), 30'000);
            QElapsedTimer sinceStop;
            sinceStop.start();
            session.stop();
            QVERIFY(waitForEnd(session));
            QVERIFY(sinceStop.elapsed() < 15'000); // not the 30 s of a job
            VERIFY_PROMISES(trace);
            QCOMPARE(trace.totals()[Outcome::Cancelled], std::size_t(tasks));
            for (const LaneId task : trace.tasks())
                QCOMPARE(trace.name(trace.lane(task).task.note), std::string());
        }
        release.set_value();
    }
};

QTEST_GUILESS_MAIN(BlockingBatchTest)
#include "blocking_batch_test.moc"
