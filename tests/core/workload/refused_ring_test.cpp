#include "core/workload/file_reading.h"

#include "core/workload/small_file_ring.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/session_run.h"

#include <QTest>

#include <algorithm>
#include <array>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

using namespace loopscope;
using namespace loopscope::test;

namespace {

// As containers do.
bool refuseRings()
{
    std::array filter = {
        sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_io_uring_setup, 0, 1),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        sock_filter BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program = {static_cast<unsigned short>(filter.size()), filter.data()};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

} // namespace

class RefusedRingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!SmallFileRing::isBuiltIn())
            QSKIP("built without liburing");
        QVERIFY(refuseRings());
    }

    void thePoolTakesOverWithANote()
    {
        const ScratchFolder scratch;
        std::vector<FoundFile> files(500, {scratch.write("small", "line\n"), true});
        SessionSettings settings;
        settings.workers = 2;
        for (const FileReader reader : {FileReader::Automatic, FileReader::IoUring}) {
            const auto trace = runToEnd(settings, readFiles(files, reader));
            QVERIFY(trace);
            VERIFY_PROMISES(*trace);
            QCOMPARE(trace->totals()[Outcome::Done], files.size());
            for (int again = 0; again < 20; ++again) // both workers are refused at about the same time, in all orders
                QVERIFY(runToEnd(settings, readFiles(files, reader)));
            QCOMPARE(trace->info().notes,
                     std::vector<std::string>{"io_uring is not to be had (Operation not permitted): the pool read the files"});
        }
    }
};

QTEST_GUILESS_MAIN(RefusedRingTest)
#include "refused_ring_test.moc"
