#include "core/trace/chunked_vector.h"

#include <QTest>

using namespace loopscope;

class ChunkedVectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neverMovesItsElements()
    {
        ChunkedVector<int, 4> numbers;
        QCOMPARE(numbers.size(), std::size_t(0));
        std::vector<int *> addresses;
        for (int i = 0; i < 1000; ++i) {
            int &number = numbers.emplaceBack();
            QCOMPARE(number, 0);
            number = i;
            addresses.push_back(&number);
            QCOMPARE(numbers.size(), addresses.size());
        }
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            QCOMPARE(&numbers[i], addresses[i]);
            QCOMPARE(numbers[i], static_cast<int>(i));
        }
        QCOMPARE(numbers.byteSize(), 1000 * sizeof(int));
    }
};

QTEST_GUILESS_MAIN(ChunkedVectorTest)
#include "chunked_vector_test.moc"
