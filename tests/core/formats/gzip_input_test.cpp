#include "core/formats/gzip_input.h"

#include "tests/support/scratch_folder.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <string>

#include <zlib.h>

using namespace loopscope;
using loopscope::test::ScratchFolder;

namespace {

std::string packed(const std::string &text)
{
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string text(std::size_t size)
{
    std::string all;
    for (std::uint64_t i = 0; all.size() < size; ++i)
        all += std::to_string(i * 2654435761U);
    all.resize(size);
    return all;
}

std::shared_ptr<const InputFile> fileOf(const ScratchFolder &folder, const std::string &bytes)
{
    return std::make_shared<const InputFile>(InputFile::open(folder.write("packed", bytes)).value());
}

std::string readAll(ByteStream &stream, std::size_t piece)
{
    std::string all;
    std::string buffer(piece, '\0');
    while (const std::size_t got = stream.read(buffer.data(), piece).value())
        all.append(buffer, 0, got);
    return all;
}

} // namespace

class GzipInputTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itUnpacksInAnyPieces()
    {
        const ScratchFolder folder;
        const std::string original = text(3'000'000);
        const auto file = fileOf(folder, packed(original));
        for (const std::size_t piece : {100U, 4096U, 5'000'000U}) {
            GzipStream stream(file);
            QVERIFY(readAll(stream, piece) == original);
            QCOMPARE(stream.end(), UnpackingEnd::Whole);
            QCOMPARE(stream.usedBytes(), file->size());
            QCOMPARE(stream.unpackedBytes(), std::uint64_t(original.size()));
        }
    }

    void whatWasUnpackedCanBeReadAgain()
    {
        const ScratchFolder folder;
        const std::string original = text(100'000);
        const auto file = fileOf(folder, packed(original));
        std::shared_ptr<const InputFile> again;
        {
            GzipStream stream(file);
            QVERIFY(!stream.again());
            readAll(stream, 1000);
            again = stream.again();
        }
        QVERIFY(again && again->size() == original.size() && again->isUnchanged());
        std::string part(10, '\0');
        QCOMPARE(again->readAt(54'321, part.data(), part.size()).value(), part.size());
        QCOMPARE(part, original.substr(54'321, 10));
    }

    void whatWasReadUpToAStopCanBeReadAgain()
    {
        const ScratchFolder folder;
        const std::string original = text(1'000'000);
        GzipStream stream(fileOf(folder, packed(original)));
        std::string part(1000, '\0');
        QCOMPARE(stream.read(part.data(), part.size()).value(), part.size());
        stream.stop();
        QCOMPARE(stream.end(), UnpackingEnd::Whole);
        const auto again = stream.again();
        QVERIFY(again && again->isUnchanged());
        QCOMPARE(again->readAt(0, part.data(), part.size()).value(), part.size());
        QVERIFY(original.starts_with(part));
    }

    void membersFollowEachOther()
    {
        const ScratchFolder folder;
        GzipStream stream(fileOf(folder, packed("one ") + packed("") + packed("two")));
        QCOMPARE(readAll(stream, 100), std::string("one two"));
        QCOMPARE(stream.end(), UnpackingEnd::Whole);
    }

    void whatIsWrongIsTold()
    {
        const ScratchFolder folder;
        const std::string original = text(100'000);
        const std::string good = packed(original);
        {
            GzipStream stream(fileOf(folder, good + "rest"));
            QVERIFY(readAll(stream, 1000) == original);
            QCOMPARE(stream.end(), UnpackingEnd::GarbageBehind);
        }
        for (const std::size_t cut : {1U, 8U, 20'000U}) {
            GzipStream stream(fileOf(folder, good.substr(0, good.size() - cut)));
            const std::string got = readAll(stream, 1000);
            QVERIFY(original.starts_with(got));
            QVERIFY(cut > 8 || got == original);
            QCOMPARE(stream.end(), UnpackingEnd::CutOff);
        }
        {
            std::string damaged = good;
            damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1); // of the check sum
            GzipStream stream(fileOf(folder, damaged));
            readAll(stream, 1000);
            QCOMPARE(stream.end(), UnpackingEnd::Damaged);
        }
    }

    void aBombIsNotUnpacked()
    {
        const ScratchFolder folder;
        const auto bomb = fileOf(folder, packed(std::string(20'000'000, 'x')));
        {
            GzipStream stream(bomb, {UnpackingLimits().bytes, 200, 1'000'000});
            QVERIFY(readAll(stream, 100'000).size() < 15'000'000);
            QCOMPARE(stream.end(), UnpackingEnd::TooBig);
        }
        {
            GzipStream stream(bomb, {5'000'000, 2000, 0});
            QVERIFY(readAll(stream, 100'000).size() <= 5'100'000);
            QCOMPARE(stream.end(), UnpackingEnd::TooBig);
        }
        GzipStream stream(bomb); // small enough to be let go
        QCOMPARE(readAll(stream, 100'000).size(), std::size_t(20'000'000));
    }

    void headsAreUnpacked()
    {
        const std::string original = text(100'000);
        const std::string good = packed(original);
        QVERIFY(looksLikeGzip(good));
        QVERIFY(!looksLikeGzip("[{}]"));
        QCOMPARE(gunzippedHead(good, 1000).value(), original.substr(0, 1000));
        QVERIFY(original.starts_with(gunzippedHead(good.substr(0, 5000), 64 * 1024).value()));
        QVERIFY(gunzippedHead(good.substr(0, 5000), 64 * 1024)->size() > 1000);
        QCOMPARE(gunzippedHead(packed("ab"), 1000).value(), std::string("ab"));
        QVERIFY(!gunzippedHead("\x1f\x8b\x08 no gzip at all", 1000));
        QVERIFY(gunzippedHead("", 1000).value().empty());
    }
};

QTEST_GUILESS_MAIN(GzipInputTest)
#include "gzip_input_test.moc"
