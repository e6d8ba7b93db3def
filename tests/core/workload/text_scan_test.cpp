#include "core/workload/text_scan.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>

using namespace loopscope;

namespace {

TextScan naiveScan(const std::string &text)
{
    TextScan found;
    for (std::size_t i = 0; i < text.size(); ++i) {
        found.lines += text[i] == '\n' ? 1 : 0;
        if (static_cast<unsigned char>(text[i]) >= 0x80)
            found.foreign |= std::uint64_t(1) << i / TextScan::blockBytes;
    }
    return found;
}

} // namespace

class TextScanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyWidthGivesTheSameAnswers()
    {
        std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same texts every time
        const std::vector<TextScanner> scanners = textScanners();
        QVERIFY(!scanners.empty());
        for (int round = 0; round < 400; ++round) {
            const std::size_t blocks = 1 + random() % TextScan::mostBlocks;
            std::string text(blocks * TextScan::blockBytes, 'x');
            for (std::size_t count = random() % 200; count > 0; --count)
                text[random() % text.size()] = random() % 3 == 0 && round % 2 == 0 ? '\x80' : '\n';
            const TextScan expected = naiveScan(text);
            for (const TextScanner scanner : scanners) {
                const TextScan found = scanner(text.data(), blocks);
                QCOMPARE(found.lines, expected.lines);
                QCOMPARE(found.foreign, expected.foreign);
            }
        }
    }

    void noCounterOverflows()
    {
        const std::string text(TextScan::mostBlocks * TextScan::blockBytes, '\n');
        for (const TextScanner scanner : textScanners())
            QCOMPARE(scanner(text.data(), TextScan::mostBlocks).lines, std::uint64_t(text.size()));
    }
};

QTEST_GUILESS_MAIN(TextScanTest)
#include "text_scan_test.moc"
