#include "core/formats/own/checksum.h"

#include <QTest>

#include <random>
#include <string_view>
#include <vector>

using namespace loopscope;

namespace {

std::uint32_t crcOf(std::string_view text)
{
    return crc32c(std::as_bytes(std::span(text)));
}

} // namespace

class ChecksumTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isThatOfTheStandard()
    {
        QCOMPARE(crcOf(""), 0U);
        QCOMPARE(crcOf("123456789"), 0xE3069283U);
        // RFC 3720, B.4
        QCOMPARE(crcOf(std::string(32, '\0')), 0x8A9136AAU);
        QCOMPARE(crcOf(std::string(32, '\xFF')), 0x62A8AB43U);
    }

    void isTheSameByInstructionByTablesAndInParts()
    {
        std::mt19937 random(1);
        std::vector<std::byte> bytes(100'000);
        for (std::byte &byte : bytes)
            byte = static_cast<std::byte>(random());
        for (const std::size_t size : {0, 1, 7, 8, 9, 12'287, 12'288, 12'289, 99'000}) {
            const std::span all = std::span(bytes).subspan(3, size);
            const std::uint32_t crc = crc32c(all);
            QCOMPARE(crc, crc32cByTables(all));
            for (const std::size_t cut : {size / 3, size / 2, size}) {
                QCOMPARE(crc32c(all.subspan(cut), crc32c(all.first(cut))), crc);
                QCOMPARE(crc32cByTables(all.subspan(cut), crc32cByTables(all.first(cut))), crc);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ChecksumTest)
#include "checksum_test.moc"
