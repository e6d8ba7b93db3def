#include "ui/window/compare_window.h"

#include "core/experiment/comparison_file.h"
#include "core/experiment/comparison_report.h"
#include "core/formats/output_file.h"
#include "core/workload/byte_text.h"
#include "ui/compare/comparison_figures.h"
#include "ui/compare/comparison_model.h"
#include "ui/compare/comparison_table_view.h"
#include "ui/compare/comparison_view.h"
#include "ui/panels/elided_label.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/window/drop_target.h"
#include "ui/window/field_restorer.h"
#include "ui/window/message_bar.h"
#include "ui/window/save_question.h"
#include "ui/window/work_chooser.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

/// Asks where to save. A name without an ending gets that of the chosen filter, before it is asked whether a file may be replaced.
QString askForName(QWidget *parent, const QString &title, const QString &name, const QStringList &filters)
{
    QFileDialog dialog(parent, title);
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setNameFilters(filters);
    const auto useEndingOf = [&dialog](const QString &filter) { // "Pictures (*.svg *.png)"
        dialog.setDefaultSuffix(filter.section(QLatin1String("*."), 1, 1).section(QLatin1Char(' '), 0, 0).remove(QLatin1Char(')')));
    };
    QObject::connect(&dialog, &QFileDialog::filterSelected, useEndingOf);
    useEndingOf(filters.front());
    dialog.selectFile(name);
    const bool isChosen = dialog.exec() == QDialog::Accepted;
    parent->activateWindow(); // without a window manager nobody else gives the keyboard back
    return isChosen ? dialog.selectedFiles().value(0) : QString();
}

QString extentOf(const ExperimentPlan &plan)
{
    const int runs = plan.repetitions + 1; // one does not count
    return plan.candidates.size() == 1 ? CompareWindow::tr("1 candidate, %1 runs of it").arg(runs)
                                       : CompareWindow::tr("%1 candidates, %2 runs of each").arg(plan.candidates.size()).arg(runs);
}

} // namespace

CompareWindow::CompareWindow(std::string program, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , start_(new QWidget(this))
    , measure_(new QPushButton(start_))
    , progress_(new QProgressBar(start_))
    , status_(new ElidedLabel(start_))
    , chooser_(new WorkChooser(*start_, this))
    , fields_(new FieldRestorer(*this))
    , messages_(new MessageBar(this))
    , title_(new QLabel(this))
    , model_(new ComparisonModel(this))
    , table_(new ComparisonTableView(*model_, this))
    , view_(new ComparisonView(this))
    , open_(new QPushButton(tr("&Open…"), this))
    , save_(new QPushButton(tr("&Save…"), this))
    , export_(new QPushButton(tr("&Export…"), this))
    , runner_(std::move(program))
{
    setWindowTitle(tr("Compare strategies"));
    arrange();
    connect(new QShortcut(QKeySequence::Close, this), &QShortcut::activated, this, &QWidget::close);
    auto *drops = new DropTarget(this);
    connect(drops, &DropTarget::dropped, this, [this](const std::vector<std::string> &paths) {
        if (runner_.isBusy())
            messages_->warn(tr("While something is being measured, nothing can be added."));
        chooser_->addPaths(paths);
    });
    connect(drops, &DropTarget::refused, messages_, &MessageBar::warn);
    connect(chooser_, &WorkChooser::changed, this, &CompareWindow::refresh);
    connect(measure_, &QPushButton::clicked, this, &CompareWindow::measure);
    connect(open_, &QPushButton::clicked, this, &CompareWindow::chooseFile);
    connect(save_, &QPushButton::clicked, this, [this] { save([] {}); });
    connect(export_, &QPushButton::clicked, this, &CompareWindow::exportResults);
    connect(&runner_, &ExperimentRunner::began, this, &CompareWindow::showRun);
    connect(&runner_, &ExperimentRunner::measured, this, [this](const std::shared_ptr<const Comparison> &known) { show(known); });
    connect(&runner_, &ExperimentRunner::finished, this, &CompareWindow::finish);
    connect(view_, &ComparisonView::candidateActivated, this, &CompareWindow::activate);
    connect(table_, &QTableView::activated, this, [this](const QModelIndex &index) { activate(static_cast<std::size_t>(index.row())); });
    connect(&pictures_, &PictureWriter::finished, this, [this](const QString &error) {
        if (error.isEmpty())
            messages_->inform((tr("The picture is written.") + QLatin1Char(' ') + pictureNote_).trimmed());
        else
            messages_->warn(error);
        refresh();
    });
    show(nullptr);
    resize(QSize(fontMetrics().averageCharWidth() * 190, fontMetrics().lineSpacing() * 60).boundedTo(screen()->availableSize() * 0.9));
}

CompareWindow::~CompareWindow() = default;

void CompareWindow::arrange()
{
    measure_->setProperty("primary", true);
    progress_->setTextVisible(false);
    status_->setElideMode(Qt::ElideRight);
    auto *start = new QHBoxLayout(start_);
    start->setContentsMargins(0, 0, 0, 0);
    start->setSpacing(12);
    start->addWidget(measure_);
    start->addWidget(progress_, 1);
    start->addWidget(status_, 2);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(16, 12, 16, 12);
    top->setSpacing(10);
    top->addWidget(chooser_);
    column->addLayout(top);
    column->addWidget(messages_);
    column->addWidget(makeResults(), 1);
}

QWidget *CompareWindow::makeResults()
{
    title_->setTextFormat(Qt::PlainText);
    title_->setWordWrap(true);
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    title_->setProperty("muted", true);
    auto *results = new QWidget(this);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(16, 6, 16, 6);
    head->setSpacing(8);
    head->addWidget(title_, 1);
    for (QPushButton *button : {open_, save_, export_})
        head->addWidget(button);
    auto *column = new QVBoxLayout(results);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(table_);
    column->addWidget(view_, 1);
    return results;
}

void CompareWindow::refresh()
{
    const auto plan = chooser_->plan();
    const bool isBusy = runner_.isBusy();
    const bool hasResults = comparison_ != nullptr && !isBusy;
    measure_->setText(isBusy ? tr("&Cancel") : tr("&Measure"));
    measure_->setEnabled(isBusy || plan.has_value());
    progress_->setVisible(isBusy);
    chooser_->setLocked(isBusy);
    open_->setEnabled(!isBusy);
    save_->setEnabled(hasResults);
    export_->setEnabled(hasResults && !pictures_.isBusy());
    if (!isBusy)
        status_->setText(plan ? extentOf(*plan) : plan.error());
}

void CompareWindow::measure()
{
    if (runner_.isBusy()) {
        runner_.cancel();
        return;
    }
    settle([this] { start(); });
}

void CompareWindow::start()
{
    const auto plan = chooser_->plan(); // what is chosen by now
    if (!plan || runner_.isBusy())
        return;
    runner_.start(*plan);
    progress_->setValue(0);
    status_->setText({});
    isUnsaved_ = false;
    ++opened_; // what is still being opened comes too late
    show(nullptr);
}

void CompareWindow::showRun(const QString &candidate, int run, int runs)
{
    progress_->setRange(0, runs);
    progress_->setValue(run);
    status_->setText(tr("%1: run %2 of %3").arg(candidate, QString::number(run + 1), QString::number(runs)));
}

void CompareWindow::show(std::shared_ptr<const Comparison> comparison)
{
    comparison_ = std::move(comparison);
    model_->show(comparison_);
    table_->setVisible(comparison_ != nullptr);
    view_->show(comparison_);
    if (!comparison_) {
        title_->setText(tr("Measure, or open a comparison that was saved."));
    } else {
        QStringList lines{joinedByDots({shownText(comparison_->title), conditionsText(*comparison_)})};
        for (const std::string &note : comparison_->notes())
            lines.append(shownText(note));
        title_->setText(lines.join(QLatin1Char('\n')));
    }
    refresh();
}

void CompareWindow::finish(const std::shared_ptr<const Comparison> &comparison, const QString &error)
{
    if (!error.isEmpty())
        messages_->warn(tr("Nothing was measured: %1.").arg(error));
    show(comparison);
    isUnsaved_ = hasRuns();
}

void CompareWindow::activate(std::size_t candidate)
{
    if (!comparison_ || candidate >= comparison_->candidates.size())
        return;
    const CandidateResult &result = comparison_->candidates[candidate];
    if (result.trace)
        Q_EMIT traceWanted(result.trace, candidateText(result));
}

void CompareWindow::chooseFile()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open comparison"), {}, tr("Comparisons (*%1)").arg(QLatin1String(comparisonEnding)));
    activateWindow(); // without a window manager nobody else gives the keyboard back
    if (!path.isEmpty())
        openFile(pathToBytes(path));
}

void CompareWindow::openFile(const std::string &path)
{
    if (runner_.isBusy()) {
        messages_->warn(tr("%1 is not opened while something is being measured.").arg(shownText(path)));
        return;
    }
    settle([this, path] { open(path); });
}

void CompareWindow::open(const std::string &path)
{
    const auto failed = [this, path](const std::string &reason) {
        messages_->warn(tr("%1 cannot be opened: %2.").arg(shownText(path), shownText(reason)));
    };
    const auto job = [this, path, failed, number = ++opened_](const BackgroundJobs::Tell &tell) {
        const auto opened = openComparison(path, {});
        tell([this, opened, failed, number] {
            if (!opened)
                return failed(opened.error().what);
            if (number != opened_ || runner_.isBusy()) // another one was wanted since
                return;
            isUnsaved_ = false;
            show(std::make_shared<const Comparison>(*opened));
        });
    };
    jobs_.start(job, failed);
}

bool CompareWindow::hasRuns() const
{
    return comparison_ && std::ranges::any_of(comparison_->candidates, [](const CandidateResult &result) { return !result.runs.empty(); });
}

void CompareWindow::settle(std::function<void()> then)
{
    afterSaving_ = {};
    if (question_)
        question_->reject();
    if (!isUnsaved())
        return then();
    if (beingSaved_ == comparison_) {
        afterSaving_ = std::move(then);
        return;
    }
    QMessageBox *box = makeSaveQuestion(*this, tr("Save the comparison “%1”?").arg(shownText(comparison_->title)), consequence());
    connect(box, &QMessageBox::finished, this, [this, then = std::move(then)](int button) {
        if (button == QMessageBox::Save)
            saveWhenEnded(then);
        else if (button == QMessageBox::Discard)
            then();
    });
    connect(&runner_, &ExperimentRunner::finished, box, [this, box] { box->setInformativeText(consequence()); });
    question_ = box;
    box->open();
}

QString CompareWindow::consequence() const
{
    return (runner_.isBusy() ? tr("It still goes on, and will be stopped.") : tr("What was measured is in no file yet.")) + QLatin1Char(' ')
           + tr("Without saving, it is lost.");
}

void CompareWindow::saveWhenEnded(std::function<void()> then)
{
    if (!runner_.isBusy())
        return save(std::move(then));
    const auto saveIt = [this, then = std::move(then)] {
        if (isUnsaved_)
            save(then);
    };
    connect(&runner_, &ExperimentRunner::finished, this, saveIt, Qt::SingleShotConnection);
    runner_.cancel();
}

void CompareWindow::save(std::function<void()> then)
{
    const QString ending = QLatin1String(comparisonEnding);
    const QString name = askForName(this, tr("Save comparison"), tr("comparison") + ending, {tr("Comparisons (*%1)").arg(ending)});
    if (name.isEmpty())
        return;
    beingSaved_ = comparison_;
    afterSaving_ = std::move(then);
    const auto ended = [this, saved = comparison_](bool isWritten) {
        if (isWritten && comparison_ == saved)
            isUnsaved_ = false;
        if (beingSaved_ != saved)
            return; // another one is by now
        beingSaved_.reset();
        if (const auto next = std::exchange(afterSaving_, {}); next && isWritten)
            next();
    };
    const auto writer = [path = pathToBytes(name)](const Comparison &comparison) -> tl::expected<void, std::string> {
        if (const auto written = saveComparison(comparison, path, {}); !written)
            return tl::unexpected(written.error().what);
        return {};
    };
    write(name, writer, ended);
}

void CompareWindow::exportResults()
{
    const QString path =
        askForName(this, tr("Export comparison"), tr("comparison") + QStringLiteral(".svg"),
                   {tr("Pictures (*.svg *.png *.pdf)"), tr("Everything (*.json)"), tr("A row a run (*.csv)"), tr("Text (*.txt)")});
    if (path.isEmpty())
        return;
    const QString ending = QFileInfo(path).suffix().toLower();
    if (pictureFormatOf(path))
        exportPicture(path);
    else if (ending == QLatin1String("json"))
        exportData(path, writeComparisonJson);
    else if (ending == QLatin1String("csv"))
        exportData(path, writeComparisonCsv);
    else if (ending == QLatin1String("txt"))
        exportData(path, [](const Comparison &comparison, std::ostream &out) { out << comparisonText(comparison); });
    else
        messages_->warn(tr("%1 was not written: its name ends in none of .svg, .png, .pdf, .json, .csv and .txt.").arg(path));
}

void CompareWindow::exportPicture(const QString &path)
{
    ComparisonLook look;
    look.format = *pictureFormatOf(path);
    look.width = std::max(900, width());
    look.scale = look.format == PictureOptions::Format::Png ? 2 : 1;
    look.theme = Theme::of(palette());
    Picture picture = comparisonPicture(*comparison_, look);
    pictureNote_ = picture.note();
    pictures_.start(std::move(picture), path);
    refresh();
}

void CompareWindow::exportData(const QString &path, DataWriter writer)
{
    write(path, [path = pathToBytes(path), writer](const Comparison &comparison) -> tl::expected<void, std::string> {
        auto file = OutputFile::create(path);
        if (!file)
            return tl::unexpected(file.error());
        writer(comparison, file->stream());
        return file->commit();
    });
}

void CompareWindow::write(const QString &path, Writer writer, std::function<void(bool isWritten)> ended)
{
    const auto end = [this, path, ended = std::move(ended)](const tl::expected<void, std::string> &written) {
        if (written)
            messages_->inform(tr("%1 is written.").arg(path));
        else
            messages_->warn(tr("%1 was not written: %2.").arg(path, shownText(written.error())));
        if (ended)
            ended(written.has_value());
    };
    const auto job = [end, writer = std::move(writer), comparison = comparison_](const BackgroundJobs::Tell &tell) {
        tell([end, written = writer(*comparison)] { end(written); });
    };
    jobs_.start(job, [end](const std::string &reason) { end(tl::unexpected(reason)); });
}

void CompareWindow::closeEvent(QCloseEvent *event)
{
    runner_.cancel();
    QWidget::closeEvent(event);
    if (parentWidget())
        parentWidget()->activateWindow(); // without a window manager nobody else gives the keyboard back
}

void CompareWindow::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Cancel))
        return QWidget::keyPressEvent(event);
    // A measurement takes minutes: too much to lose by a key.
    if (!fields_->restore() && !runner_.isBusy())
        close();
}

} // namespace loopscope
