#include "ui/window/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QImageWriter>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeView>

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

/// The ending of a picture of a kind that is not written here, such as jpg; empty for other endings: "run 1.2" is a name without one.
QString foreignEndingOf(const QString &path)
{
    static const QStringList others{QStringLiteral("gif"), QStringLiteral("tif"),  QStringLiteral("tiff"), QStringLiteral("webp"),
                                    QStringLiteral("eps"), QStringLiteral("ps"),   QStringLiteral("avif"), QStringLiteral("heic"),
                                    QStringLiteral("jxl"), QStringLiteral("html"), QStringLiteral("svgz")};
    const QString ending = QFileInfo(path).suffix().toLower();
    const bool isForeign = others.contains(ending) || QImageWriter::supportedImageFormats().contains(ending.toLatin1());
    return isForeign && !endings().contains(ending) ? ending : QString();
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
    addExtras();
    addNotes();
    widenDates();
    connect(this, &QFileDialog::filterSelected, this, &ExportDialog::followFilter);
    if (name_)
        connect(name_, &QLineEdit::textChanged, this, &ExportDialog::followName);
    followName();
}

void ExportDialog::addRow(QWidget *row)
{
    if (auto *grid = qobject_cast<QGridLayout *>(layout()))
        grid->addWidget(row, grid->rowCount(), 0, 1, grid->columnCount());
}

void ExportDialog::addChoices(const QString &title)
{
    auto *choices = new QWidget(this);
    auto *row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 8, 0, 0);
    row->setSpacing(8);
    const auto add = [&](const QString &text, QWidget *field, int stretch) {
        auto *label = new QLabel(text, choices);
        label->setBuddy(field);
        row->addWidget(label);
        row->addWidget(field, stretch);
    };
    extent_ = makeChoice({tr("whole run"), tr("what is visible")}, choices);
    colours_ = makeChoice({tr("as the window"), tr("light"), tr("dark")}, choices);
    scale_ = makeChoice({tr("1×"), tr("2×"), tr("3×"), tr("4×")}, choices);
    scale_->setToolTip(tr("Pixels a point of a PNG picture"));
    title_ = new QLineEdit(title, choices);
    title_->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
    add(tr("Sho&w"), extent_, 0);
    add(tr("&Colours"), colours_, 0);
    add(tr("PNG &scale"), scale_, 0);
    add(tr("&Title"), title_, 1);
    addRow(choices);
}

void ExportDialog::addExtras()
{
    auto *extras = new QWidget(this);
    auto *row = new QHBoxLayout(extras);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    const auto add = [&](const QString &text) {
        auto *box = new QCheckBox(text, extras);
        row->addWidget(box);
        return box;
    };
    row->addWidget(new QLabel(tr("With"), extras));
    overview_ = add(tr("over&view"));
    range_ = add(tr("selected ran&ge and its table"));
    arrows_ = add(tr("wa&kes of the selected span"));
    marks_ = add(tr("&marks"));
    row->addStretch(1);
    addRow(extras);
}

void ExportDialog::offer(const Extras &extras)
{
    overview_->setChecked(extras.overview);
    range_->setEnabled(extras.range);
    range_->setChecked(extras.range);
    arrows_->setEnabled(extras.arrows);
    arrows_->setChecked(extras.arrows);
    marks_->setEnabled(extras.marks);
    marks_->setChecked(extras.marks);
}

void ExportDialog::addNotes()
{
    failure_ = new QLabel(this);
    failure_->setTextFormat(Qt::PlainText);
    failure_->setWordWrap(true);
    failure_->setProperty("failure", true);
    failure_->hide();
    progress_ = new QProgressBar(this);
    progress_->setTextVisible(false);
    progress_->setFixedHeight(4);
    progress_->setAccessibleName(tr("Progress of the export"));
    progress_->hide();
    addRow(failure_);
    addRow(progress_);
}

// The dialog makes its columns as wide as their titles, and a date is longer than "Date Modified".
void ExportDialog::widenDates()
{
    auto *files = findChild<QTreeView *>(QStringLiteral("treeView"));
    if (!files || files->header()->count() < 4)
        return;
    for (const int column : {1, 2, 3})
        files->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    files->header()->setStretchLastSection(false);
    files->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    const QSize wanted(fontMetrics().averageCharWidth() * 120, fontMetrics().lineSpacing() * 34);
    resize(parentWidget() ? wanted.boundedTo(parentWidget()->window()->size()) : wanted);
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
    followName();
}

void ExportDialog::followName()
{
    const QString ending = endingOf(name_ ? name_->text() : QString());
    scale_->setEnabled((ending.isEmpty() ? endingOfFilter() : ending) == QLatin1String("png"));
}

QString ExportDialog::typedPath() const
{
    QString text = name_ ? name_->text() : selectedFiles().value(0);
    if (text == QLatin1String("~") || text.startsWith(QLatin1String("~/")))
        text.replace(0, 1, QDir::homePath());
    return text.isEmpty() ? text : QDir::cleanPath(directory().absoluteFilePath(text));
}

bool ExportDialog::mayReplace(const QString &path)
{
    QMessageBox question(QMessageBox::Warning, windowTitle(), {}, QMessageBox::Yes | QMessageBox::No, this);
    question.setTextFormat(Qt::PlainText);
    question.setText(tr("“%1” exists already. Replace it?").arg(QFileInfo(path).fileName()));
    question.setDefaultButton(QMessageBox::No);
    return question.exec() == QMessageBox::Yes;
}

void ExportDialog::accept()
{
    QString path = typedPath();
    if (path.isEmpty() || isWriting_)
        return;
    if (QFileInfo(path).isDir()) {
        setDirectory(path);
        if (name_)
            name_->clear();
        return;
    }
    failure_->hide();
    if (const QString foreign = foreignEndingOf(path); !foreign.isEmpty()) {
        showFailure(
            tr("Pictures are written as SVG, PNG or PDF, not as %1: let the name end in .svg, .png or .pdf.").arg(foreign.toUpper()));
        return;
    }
    if (endingOf(path).isEmpty())
        path += QLatin1Char('.') + endingOfFilter();
    if (QFileInfo::exists(path) && !mayReplace(path))
        return;
    path_ = path;
    Q_EMIT chosen();
}

void ExportDialog::reject()
{
    if (isWriting_)
        Q_EMIT cancelled();
    else
        QFileDialog::reject();
}

void ExportDialog::setWriting(bool isWriting)
{
    if (isWriting == isWriting_)
        return;
    isWriting_ = isWriting;
    progress_->setVisible(isWriting);
    const auto *buttons = findChild<QDialogButtonBox *>(QStringLiteral("buttonBox"));
    for (QWidget *child : findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
        if (child != buttons && child != progress_)
            child->setEnabled(!isWriting);
    }
    if (QPushButton *exporting = buttons ? buttons->button(QDialogButtonBox::Save) : nullptr)
        exporting->setEnabled(!isWriting);
}

void ExportDialog::showWriting(std::optional<double> share)
{
    setWriting(true);
    progress_->setRange(0, share ? 1000 : 0); // without a range it says that something goes on
    if (share)
        progress_->setValue(static_cast<int>(*share * 1000));
}

void ExportDialog::showFailure(const QString &reason)
{
    setWriting(false);
    failure_->setText(reason);
    failure_->setVisible(!reason.isEmpty());
    if (name_)
        name_->setFocus();
}

QString ExportDialog::failure() const
{
    return failure_->isHidden() ? QString() : failure_->text();
}

void ExportDialog::finish()
{
    setWriting(false);
    // QFileDialog::accept() would ask about directories in a box of its own; what is wrong with the path was told when it was written.
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

bool ExportDialog::hasOverview() const
{
    return overview_->isChecked();
}

bool ExportDialog::hasRange() const
{
    return range_->isChecked();
}

bool ExportDialog::hasArrows() const
{
    return arrows_->isChecked();
}

bool ExportDialog::hasMarks() const
{
    return marks_->isChecked();
}

QString ExportDialog::pictureTitle() const
{
    return title_->text();
}

} // namespace loopscope
