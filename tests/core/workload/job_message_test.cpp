#include "core/workload/job_message.h"

#include <QTest>

#include <random>

#include <sys/socket.h>
#include <unistd.h>

using namespace loopscope;

namespace {

std::span<const std::byte> bytesOf(const std::string &text)
{
    return std::as_bytes(std::span(text));
}

std::string text(const RareText &rare)
{
    return std::string(std::string_view(rare));
}

} // namespace

class JobMessageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestsComeBack()
    {
        for (const JobRequest &request : {JobRequest{JobRequest::Kind::Cpu, 5, {}}, JobRequest{JobRequest::Kind::File, 0, "a\xFF\n"}})
            QCOMPARE(decodeRequest(bytesOf(encodeRequest(request))), std::optional(request));
        QVERIFY(!decodeRequest(bytesOf(encodeRequest({JobRequest::Kind::Sleep, -1, {}}))));
    }

    void resultsComeBack()
    {
        TaskResult result = TaskResult::failed("why");
        result.note = std::string("changed while read");
        result.file = std::make_unique<FileFacts>();
        result.file->bytes = 7;
        result.file->lines = 3;
        result.file->size = 9;
        const auto back = decodeResult(bytesOf(encodeResult(result)));
        QVERIFY(back && back->file);
        QVERIFY(back->outcome == Outcome::Failed);
        QCOMPARE(text(back->text), std::string("why"));
        QCOMPARE(text(back->note), std::string("changed while read"));
        QCOMPARE(back->file->bytes, 7U);
        QCOMPARE(back->file->lines, 3U);
        QCOMPARE(back->file->size, std::optional<std::uint64_t>(9));
        QVERIFY(!back->file->firstInvalidUtf8);
        QVERIFY(!decodeResult(bytesOf(encodeResult(TaskResult::done("x"))))->file);
    }

    void whatIsNoMessageIsRefused()
    {
        const std::string request = encodeRequest({JobRequest::Kind::File, 0, "path"});
        const std::string result = encodeResult(TaskResult::done("text"));
        for (std::size_t size = 0; size < request.size(); ++size)
            QVERIFY(!decodeRequest(bytesOf(request.substr(0, size))));
        for (std::size_t size = 0; size < result.size(); ++size)
            QVERIFY(!decodeResult(bytesOf(result.substr(0, size))));
        QVERIFY(!decodeRequest(bytesOf(request + "x")));
        QVERIFY(!decodeResult(bytesOf(result + "x")));
        QVERIFY(!decodeRequest(bytesOf("\x09" + request.substr(1))));
    }

    void socketsCarryThem()
    {
        int ends[2];
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
        QVERIFY(sendMessage(ends[0], "hello"));
        QVERIFY(sendMessage(ends[0], ""));
        QCOMPARE(receiveMessage(ends[1])->size(), std::size_t(5));
        QVERIFY(receiveMessage(ends[1])->empty());
        const std::uint32_t huge = largestMessage + 1;
        QCOMPARE(::send(ends[0], &huge, sizeof(huge), 0), ssize_t(sizeof(huge)));
        QVERIFY(!receiveMessage(ends[1]));
        ::close(ends[1]);
        QVERIFY(!sendMessage(ends[0], "nobody"));
        QVERIFY(!receiveMessage(ends[0]));
        ::close(ends[0]);
    }
};

QTEST_GUILESS_MAIN(JobMessageTest)
#include "job_message_test.moc"
