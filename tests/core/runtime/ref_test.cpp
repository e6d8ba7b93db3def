#include "core/runtime/ref.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace loopscope;

namespace {

class Base : public RefCounted {
public:
    virtual ~Base() = default;
};

class Counted final : public Base {
public:
    explicit Counted(std::atomic<int> &living)
        : living_(living)
    {
        ++living_;
    }
    ~Counted() override { --living_; }

private:
    std::atomic<int> &living_;
};

} // namespace

class RefTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QCOMPARE(living_.load(), 0); }

    void theLastDeletes()
    {
        Ref<Counted> first = makeRef<Counted>(living_);
        {
            const Ref<Counted> second = first; // NOLINT(performance-unnecessary-copy-initialization)
            first.reset();
            QVERIFY(!first);
            QCOMPARE(living_.load(), 1);
            QVERIFY(second);
        }
        QCOMPARE(living_.load(), 0);
    }

    void whatIsMovedIsNull()
    {
        Ref<Counted> first = makeRef<Counted>(living_);
        const Counted *const object = first.get();
        Ref<Counted> second = std::move(first);
        QVERIFY(first.get() == nullptr);
        QCOMPARE(static_cast<const Counted *>(second.get()), object);
        first = makeRef<Counted>(living_);
        QCOMPARE(living_.load(), 2);
        first = std::move(second); // what it had goes
        QCOMPARE(living_.load(), 1);
    }

    void itMayBeAssignedToItself()
    {
        Ref<Counted> ref = makeRef<Counted>(living_);
        const Ref<Counted> &same = ref;
        ref = same;
        QCOMPARE(living_.load(), 1);
        QVERIFY(ref);
    }

    void aFurtherShareComesFromThePointer()
    {
        Counted *object = nullptr;
        Ref<Counted> second;
        {
            const Ref<Counted> first = makeRef<Counted>(living_);
            object = first.get();
            second = Ref(object);
        }
        QCOMPARE(living_.load(), 1);
        QCOMPARE(second.get(), object);
    }

    void itIsDeletedAsWhatItIs()
    {
        Ref<Base> base = makeRef<Counted>(living_);
        QCOMPARE(living_.load(), 1);
        base.reset();
        QCOMPARE(living_.load(), 0);
        static_assert(!std::is_constructible_v<Ref<Counted>, Ref<Base>>);
    }

    void severalThreadsShareIt()
    {
        const Ref<Counted> shared = makeRef<Counted>(living_);
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([own = shared]() mutable {
                for (int round = 0; round < 10'000; ++round) {
                    Ref<Counted> further = own;
                    own = std::move(further);
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        threads.clear();
        QCOMPARE(living_.load(), 1);
    }

private:
    std::atomic<int> living_{0};
};

QTEST_GUILESS_MAIN(RefTest)
#include "ref_test.moc"
