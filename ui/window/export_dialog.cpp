#include "ui/window/export_dialog.h"

#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>

namespace loopscope {

namespace {

const QStringList &endings()
{
    static const QStringList all{QStringLiteral("svg"), QStringLiteral("png"), QStringLiteral("pdf")};
    return all;
}

QString endingOf(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    return endings().contains(ending) ? ending : QString();
}

QComboBox *makeChoice(const QStringList &texts, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItems(texts);
    return box;
}

} // namespace

ExportDialog::ExportDialog(const QString &suggestedName, const QString &title, QWidget *parent)
    : QFileDialog(parent, tr("Export picture"))
{
    setOption(QFileDialog::DontUseNativeDialog);  // the platform's has no place for the choices
    setOption(QFileDialog::DontConfirmOverwrite); // asked in accept(), for the name with its ending
    setAcceptMode(QFileDialog::AcceptSave);
    setFileMode(QFileDialog::AnyFile);
    setNameFilters({tr("SVG picture (*.svg)"), tr("PNG picture (*.png)"), tr("PDF document (*.pdf)")});
    setLabelText(QFileDialog::Accept, tr("&Export"));
    selectFile(suggestedName + QLatin1String(".svg"));
    name_ = findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    addChoices(title);
    connect(this, &QFileDialog::filterSelected, this, &ExportDialog::followFilter);
}

void ExportDialog::addChoices(const QString &title)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 8, 0, 0);
    const auto add = [&](const QString &text, QWidget *field, int stretch) {
        auto *label = new QLabel(text, box);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field, stretch);
    };
    extent_ = makeChoice({tr("whole run"), tr("what is visible")}, box);
    colours_ = makeChoice({tr("as the window"), tr("light"), tr("dark")}, box);
    scale_ = makeChoice({tr("1×"), tr("2×"), tr("3×"), tr("4×")}, box);
    scale_->setToolTip(tr("Pixels a point of a PNG picture"));
    title_ = new QLineEdit(title, box);
    add(tr("Sho&w"), extent_, 0);
    add(tr("&Colours"), colours_, 0);
    add(tr("PNG &scale"), scale_, 0);
    add(tr("&Title"), title_, 1);
    if (auto *grid = qobject_cast<QGridLayout *>(layout()))
        grid->addWidget(box, grid->rowCount(), 0, 1, grid->columnCount());
}

void ExportDialog::showEvent(QShowEvent *event)
{
    QFileDialog::showEvent(event);
    if (!name_)
        return;
    name_->setFocus();
    name_->selectAll();
}

QString ExportDialog::endingOfFilter() const
{
    const int index = static_cast<int>(nameFilters().indexOf(selectedNameFilter()));
    return endings().value(index, endings().first());
}

void ExportDialog::followFilter()
{
    const QString old = name_ ? name_->text() : QString();
    if (const QString ending = endingOf(old); !ending.isEmpty())
        name_->setText(old.chopped(ending.size()) + endingOfFilter());
}

QString ExportDialog::typedPath() const
{
    QString text = name_ ? name_->text() : selectedFiles().value(0);
    if (text == QLatin1String("~") || text.startsWith(QLatin1String("~/")))
        text.replace(0, 1, QDir::homePath());
    return text.isEmpty() ? text : QDir::cleanPath(directory().absoluteFilePath(text));
}

void ExportDialog::accept()
{
    QString path = typedPath();
    if (path.isEmpty())
        return;
    if (QFileInfo(path).isDir()) {
        setDirectory(path);
        if (name_)
            name_->clear();
        return;
    }
    if (endingOf(path).isEmpty())
        path += QLatin1Char('.') + endingOfFilter();
    if (QFileInfo::exists(path)) {
        QMessageBox question(QMessageBox::Warning, windowTitle(), {}, QMessageBox::Yes | QMessageBox::No, this);
        question.setTextFormat(Qt::PlainText);
        question.setText(tr("“%1” exists already. Replace it?").arg(QFileInfo(path).fileName()));
        question.setDefaultButton(QMessageBox::No);
        if (question.exec() != QMessageBox::Yes)
            return;
    }
    path_ = path;
    // QFileDialog::accept() would ask about directories in a box of its own; what is wrong with the path is told when it is written.
    QDialog::accept(); // NOLINT(bugprone-parent-virtual-call)
}

ExportDialog::Extent ExportDialog::extent() const
{
    return extent_->currentIndex() == 0 ? Extent::WholeRun : Extent::Visible;
}

ExportDialog::Colours ExportDialog::colours() const
{
    return static_cast<Colours>(colours_->currentIndex());
}

int ExportDialog::scale() const
{
    return scale_->currentIndex() + 1;
}

QString ExportDialog::pictureTitle() const
{
    return title_->text();
}

} // namespace loopscope
