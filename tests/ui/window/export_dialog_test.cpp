#include "ui/window/export_dialog.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QSignalSpy>
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
    void refusesOtherKindsOfPictures();
    void staysOpenUntilThePictureIsWritten();
    void offersHowThePictureLooks();
    void offersAScaleForPngOnly();
    void offersWhatThereIs();

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
    const QSignalSpy chosen(&dialog, &ExportDialog::chosen);
    QTest::keyClicks(name, path);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(chosen.count(), 1);
    QCOMPARE(dialog.path(), path);
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
    QTest::addColumn<int>("count");
    QTest::newRow("yes") << QMessageBox::Yes << 1;
    QTest::newRow("no") << QMessageBox::No << 0;
}

void ExportDialogTest::asksBeforeItReplacesAFile()
{
    QFETCH(QMessageBox::StandardButton, answer);
    QFETCH(int, count);
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
    const QSignalSpy chosen(&dialog, &ExportDialog::chosen);
    dialog.accept();
    QCOMPARE(chosen.count(), count);
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

void ExportDialogTest::refusesOtherKindsOfPictures()
{
    ExportDialog dialog(QStringLiteral("run"), {});
    dialog.show();
    dialog.setDirectory(folder_.path());
    const QSignalSpy chosen(&dialog, &ExportDialog::chosen);
    nameOf(dialog)->setText(QStringLiteral("pic.jpg"));
    dialog.accept();
    QCOMPARE(chosen.count(), 0);
    QVERIFY(dialog.isVisible());
    QVERIFY2(dialog.failure().contains(QStringLiteral("not as JPG")), qPrintable(dialog.failure()));
    nameOf(dialog)->setText(QStringLiteral("pic.png"));
    dialog.accept();
    QCOMPARE(chosen.count(), 1);
    QVERIFY(dialog.failure().isEmpty());
}

void ExportDialogTest::staysOpenUntilThePictureIsWritten()
{
    ExportDialog dialog(QStringLiteral("run"), {});
    dialog.show();
    dialog.showWriting(std::nullopt);
    const QSignalSpy cancelled(&dialog, &ExportDialog::cancelled);
    dialog.reject();
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(dialog.isVisible());
    dialog.showFailure(QStringLiteral("Disk full"));
    QCOMPARE(dialog.failure(), QStringLiteral("Disk full"));
    QVERIFY(dialog.isVisible());
    QVERIFY(nameOf(dialog)->isEnabled());
    dialog.showWriting(0.5);
    dialog.finish();
    QVERIFY(!dialog.isVisible());
    QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
}

void ExportDialogTest::offersAScaleForPngOnly()
{
    ExportDialog dialog(QStringLiteral("run"), {});
    dialog.show();
    QComboBox *scale = nullptr;
    for (QComboBox *box : dialog.findChildren<QComboBox *>())
        scale = box->itemText(0) == QStringLiteral("1×") ? box : scale;
    QVERIFY(scale);
    QVERIFY(!scale->isEnabled());
    nameOf(dialog)->setText(QStringLiteral("run.PNG"));
    QVERIFY(scale->isEnabled());
    nameOf(dialog)->setText(QStringLiteral("run.pdf"));
    QVERIFY(!scale->isEnabled());
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

void ExportDialogTest::offersWhatThereIs()
{
    ExportDialog dialog(QStringLiteral("run"), {});
    dialog.offer({.overview = true, .range = false, .arrows = true});
    QVERIFY(dialog.hasOverview() && !dialog.hasRange() && dialog.hasArrows() && !dialog.hasMarks());
    const QList<QCheckBox *> boxes = dialog.findChildren<QCheckBox *>();
    QCOMPARE(boxes.size(), 4);
    QVERIFY(boxes[0]->isEnabled() && !boxes[1]->isEnabled() && boxes[2]->isEnabled() && !boxes[3]->isEnabled());
    for (QCheckBox *box : boxes)
        box->setChecked(false);
    QVERIFY(!dialog.hasOverview() && !dialog.hasRange() && !dialog.hasArrows());
}

QTEST_MAIN(ExportDialogTest)
#include "export_dialog_test.moc"
