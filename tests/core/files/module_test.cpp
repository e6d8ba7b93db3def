#include "core/files/module.h"

#include <QTest>

namespace loopscope {

class ModuleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheSameEachTime()
    {
        const auto module = loadModule("archives");
        QVERIFY2(module, module ? "" : module.error().c_str());
        QVERIFY(*module);
        QCOMPARE(loadModule("archives"), module);
    }
    void isAnErrorWhereThereIsNone()
    {
        const auto module = loadModule("missing");
        QVERIFY(!module);
        QCOMPARE(module.error(), std::string("cannot be loaded (loopscope-missing.so: cannot open shared object file: No such file or "
                                             "directory): install or build the program anew"));
    }
    void isAnErrorWhereItIsOfAnotherVersion()
    {
        const auto module = loadModule("of-another-version");
        QVERIFY(!module);
        QCOMPARE(module.error(), std::string("is of version 0.0.0, and the program of " LOOPSCOPE_VERSION ": start it anew"));
    }
};

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::ModuleTest)
#include "module_test.moc"
