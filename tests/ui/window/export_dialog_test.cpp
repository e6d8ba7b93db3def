#include "ui/window/export_dialog.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace loopscope;

class ExportDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsATypedPathAndEnter();
    void appendsTheEndingOfTheChosenType();
    void asksBeforeItReplacesAFile_data();
    void asksBeforeItReplacesAFile();
    void followsIntoAFolder();
    void offersHowThePictureLooks();

private:
    static QLineEdit *nameOf(ExportDialog &dialog) { return dialog.findChild<QLineEdit *>(QStringLiteral("fileNameEdit")); }
    QTemporaryDir folder_;
};

void ExportDialogTest::acceptsATypedPathAndEnter()
{
    ExportDialog dialog(QStringLiteral("3-files"), QStringLiteral("3 files"));
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QLineEdit *name = nameOf(dialog);
    QVERIFY(name);
    QCOMPARE(dialog.focusWidget(), name);
    QCOMPARE(name->selectedText(), QStringLiteral("3-files.svg"));
    const QString path = folder_.filePath(QStringLiteral("picture.png"));
    QTest::keyClicks(name, path);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
    QCOMPARE(dialog.path(), path);
    QVERIFY(!dialog.isVisible());
}

void ExportDialogTest::appendsTheEndingOfTheChosenType()
{
    ExportDialog dialog(QStringLiteral("run"), {});
    dialog.show();
    dialog.setDirectory(folder_.path());
    nameOf(dialog)->setText(QStringLiteral("no.ending"));
    dialog.accept();
    QCOMPARE(dialog.path(), folder_.filePath(QStringLiteral("no.ending.svg")));
}

void ExportDialogTest::asksBeforeItReplacesAFile_data()
{
    QTest::addColumn<QMessageBox::StandardButton>("answer");
    QTest::addColumn<int>("result");
    QTest::newRow("yes") << QMessageBox::Yes << static_cast<int>(QDialog::Accepted);
    QTest::newRow("no") << QMessageBox::No << static_cast<int>(QDialog::Rejected);
}

void ExportDialogTest::asksBeforeItReplacesAFile()
{
    QFETCH(QMessageBox::StandardButton, answer);
    QFETCH(int, result);
    const QString path = folder_.filePath(QStringLiteral("there.svg"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    ExportDialog dialog(QStringLiteral("run"), {});
    dialog.show();
    nameOf(dialog)->setText(path);
    QTimer::singleShot(0, &dialog, [&dialog, answer] {
        if (auto *question = dialog.findChild<QMessageBox *>())
            question->button(answer)->click();
    });
    dialog.accept();
    QCOMPARE(dialog.result(), result);
}

void ExportDialogTest::followsIntoAFolder()
{
    ExportDialog dialog(QStringLiteral("run"), {});
    dialog.show();
    nameOf(dialog)->setText(folder_.path());
    dialog.accept();
    QVERIFY(dialog.isVisible());
    QCOMPARE(dialog.directory().absolutePath(), folder_.path());
}

void ExportDialogTest::offersHowThePictureLooks()
{
    ExportDialog dialog(QStringLiteral("run"), QStringLiteral("A title"));
    dialog.show();
    QCOMPARE(dialog.extent(), ExportDialog::Extent::WholeRun);
    QCOMPARE(dialog.colours(), ExportDialog::Colours::AsWindow);
    QCOMPARE(dialog.scale(), 1);
    QCOMPARE(dialog.pictureTitle(), QStringLiteral("A title"));
    for (QComboBox *box : dialog.findChildren<QComboBox *>())
        box->setCurrentIndex(box->count() - 1);
    QCOMPARE(dialog.extent(), ExportDialog::Extent::Visible);
    QCOMPARE(dialog.colours(), ExportDialog::Colours::Dark);
    QCOMPARE(dialog.scale(), 4);
}

QTEST_MAIN(ExportDialogTest)
#include "export_dialog_test.moc"
