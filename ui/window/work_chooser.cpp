#include "ui/window/work_chooser.h"

#include "core/runtime/session.h"
#include "core/workload/byte_text.h"
#include "core/workload/scenario_plan.h"
#include "ui/panels/elided_label.h"
#include "ui/panels/flow_layout.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/window/parameter_list.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>

namespace loopscope {

namespace {

constexpr auto *filesTitle = QT_TRANSLATE_NOOP("loopscope::WorkChooser", "Reading files");

std::shared_ptr<const Scenario> unowned(const Scenario &scenario)
{
    return {std::shared_ptr<const void>(), &scenario}; // it lives as long as the program
}

} // namespace

WorkChooser::WorkChooser(QWidget &end, QWidget *parent)
    : QWidget(parent)
    , work_(new QComboBox(this))
    , fileCount_(new ElidedLabel(this))
    , parameters_(new QWidget(this))
    , parameterFlow_(new FlowLayout(16, 6, parameters_))
    , values_(new ParameterList(*parameterFlow_, *parameters_))
    , strategyRow_(new QWidget(this))
    , strategyFlow_(new FlowLayout(16, 6, strategyRow_))
    , workers_(new QLineEdit(this))
    , repetitions_(new QSpinBox(this))
{
    arrange(end);
    connect(work_, &QComboBox::currentIndexChanged, this, &WorkChooser::showWork);
    connect(values_, &ParameterList::changed, this, &WorkChooser::changed);
    connect(workers_, &QLineEdit::textChanged, this, &WorkChooser::changed);
    connect(repetitions_, &QSpinBox::valueChanged, this, &WorkChooser::changed);
    addOffer(nullptr, {});
    for (const Scenario &scenario : builtInScenarios())
        addOffer(unowned(scenario), scenario.name);
    showFiles();
}

void WorkChooser::arrange(QWidget &end)
{
    files_ = makeFiles();
    work_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    parameterFlow_->setContentsMargins(0, 0, 0, 0);
    strategyFlow_->setContentsMargins(0, 0, 0, 0);
    auto *work = new QHBoxLayout;
    work->setSpacing(12);
    work->addWidget(work_);
    work->addWidget(files_, 1);
    work->addWidget(parameters_, 1);
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("Wor&k"), work);
    form->addRow(tr("Strategies"), strategyRow_);
    form->addRow(tr("&Workers"), makeCounts(end));
    for (const auto &[row, field] : {std::pair<int, QWidget *>(0, work_), std::pair<int, QWidget *>(2, workers_)})
        qobject_cast<QLabel *>(form->itemAt(row, QFormLayout::LabelRole)->widget())->setBuddy(field);
}

QWidget *WorkChooser::makeCounts(QWidget &end)
{
    workers_->setObjectName(QStringLiteral("workers"));
    workers_->setPlaceholderText(tr("as usual"));
    workers_->setToolTip(toolTipText(tr("Several numbers, such as 1, 2, 4, 8, where the number of workers makes a difference")));
    workers_->setClearButtonEnabled(true);
    workers_->setMaximumWidth(fontMetrics().averageCharWidth() * 24);
    repetitions_->setObjectName(QStringLiteral("repetitions"));
    repetitions_->setRange(1, mostRepetitions);
    repetitions_->setValue(usualRepetitions);
    repetitions_->setToolTip(toolTipText(tr("Runs of each that count; before them each runs once to warm up")));
    auto *counts = new QWidget(this);
    auto *label = new QLabel(tr("&Repetitions"), counts);
    label->setBuddy(repetitions_);
    auto *row = new QHBoxLayout(counts);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    for (QWidget *widget : std::initializer_list<QWidget *>{workers_, label, repetitions_})
        row->addWidget(widget);
    row->addWidget(&end, 1);
    return counts;
}

QWidget *WorkChooser::makeFiles()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto *addFiles = new QPushButton(tr("Add &files…"), row);
    auto *addFolder = new QPushButton(tr("Add fol&der…"), row);
    auto *clear = new QPushButton(tr("&Clear"), row);
    fileCount_->setElideMode(Qt::ElideMiddle);
    fileCount_->setMinimumWidth(fontMetrics().averageCharWidth() * 20);
    fileCount_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    for (QWidget *widget : std::initializer_list<QWidget *>{fileCount_, addFiles, addFolder, clear})
        layout->addWidget(widget);
    layout->addStretch(1);
    connect(addFiles, &QPushButton::clicked, this, [this] {
        std::vector<std::string> paths;
        std::ranges::transform(QFileDialog::getOpenFileNames(this, tr("Files to read")), std::back_inserter(paths), pathToBytes);
        addPaths(paths);
    });
    connect(addFolder, &QPushButton::clicked, this, [this] {
        if (const QString folder = QFileDialog::getExistingDirectory(this, tr("A folder to read")); !folder.isEmpty())
            addPaths({pathToBytes(folder)});
    });
    connect(clear, &QPushButton::clicked, this, [this] {
        paths_.clear();
        showFiles();
    });
    return row;
}

void WorkChooser::addOffer(std::shared_ptr<const Scenario> scenario, const std::string &name)
{
    const QString title = scenario ? shownText(scenario->title) : tr(filesTitle);
    offers_.push_back({std::move(scenario), name}); // before the box tells of the first one
    work_->addItem(title);
}

const WorkChooser::Offer &WorkChooser::chosen() const
{
    return offers_[static_cast<std::size_t>(work_->currentIndex())];
}

void WorkChooser::addPaths(const std::vector<std::string> &paths)
{
    if (paths.empty() || isLocked_)
        return;
    paths_.insert(paths_.end(), paths.begin(), paths.end());
    work_->setCurrentIndex(0);
    showFiles();
}

void WorkChooser::chooseScenario(const std::shared_ptr<const Scenario> &scenario, const std::string &path,
                                 const std::map<std::string, std::string> &values)
{
    if (isLocked_)
        return;
    const std::string name = path.empty() ? scenario->name : path;
    auto offer = std::ranges::find(offers_, name, &Offer::name);
    if (offer == offers_.end()) {
        addOffer(scenario, name);
        offer = std::prev(offers_.end());
    }
    const int index = static_cast<int>(offer - offers_.begin());
    offer->scenario = scenario; // a file may have been changed since it was offered
    work_->setItemText(index, shownText(scenario->title));
    work_->setCurrentIndex(index);
    showWork();
    values_->open(*scenario, values, placeParameter);
    Q_EMIT changed();
}

void WorkChooser::showWork()
{
    const Offer &offer = chosen();
    files_->setVisible(!offer.scenario);
    parameters_->setVisible(offer.scenario != nullptr);
    if (offer.scenario)
        values_->open(*offer.scenario, {}, placeParameter);
    showStrategies(offer.scenario ? strategiesOf(*offer.scenario) : readingStrategies());
    Q_EMIT changed();
}

void WorkChooser::showStrategies(const std::vector<Strategy> &strategies)
{
    qDeleteAll(boxes_);
    boxes_.clear();
    strategies_ = strategies;
    for (const Strategy &strategy : strategies_) {
        auto *box = new QCheckBox(QString::fromStdString(strategy.key), strategyRow_);
        const std::string obstacle = obstacleTo(strategy);
        const QString text = QString::fromStdString(obstacle.empty() ? strategy.text : obstacle);
        box->setToolTip(toolTipText(text));
        box->setAccessibleDescription(text);
        box->setEnabled(obstacle.empty());
        box->setChecked(obstacle.empty());
        connect(box, &QCheckBox::toggled, this, &WorkChooser::changed);
        strategyFlow_->addWidget(box);
        box->show();
        boxes_.push_back(box);
    }
}

void WorkChooser::setLocked(bool isLocked)
{
    isLocked_ = isLocked;
    for (QWidget *widget : std::initializer_list<QWidget *>{work_, files_, parameters_, strategyRow_, workers_, repetitions_})
        widget->setEnabled(!isLocked);
}

void WorkChooser::showFiles()
{
    const QString count = formatCount(paths_.size());
    fileCount_->setText(paths_.empty()       ? tr("Drop files here, or")
                        : paths_.size() == 1 ? shownText(paths_.front())
                                             : tr("%1 files or folders").arg(count));
    Q_EMIT changed();
}

ExperimentWork WorkChooser::work() const
{
    ExperimentWork work;
    if (!chosen().scenario) {
        work.title = paths_.size() == 1 ? displayName(paths_.front()) : std::to_string(paths_.size()) + " files or folders";
        work.paths = paths_;
        return work;
    }
    work.title = chosen().scenario->name;
    work.arguments = {"--scenario", chosen().name};
    for (const ScenarioParameter &parameter : chosen().scenario->parameters) {
        const auto values = values_->values();
        const auto value = values.find(parameter.name);
        if (value == values.end() || value->second == parameter.defaultValue)
            continue;
        work.title += ", " + parameter.name + '=' + value->second;
        work.arguments.insert(work.arguments.end(), {"--set", parameter.name + '=' + value->second});
    }
    return work;
}

tl::expected<std::vector<int>, QString> WorkChooser::workerCounts() const
{
    std::vector<int> counts;
    for (const QString &part : workers_->text().split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int count = part.trimmed().toInt(&isNumber);
        if (!isNumber || count < 1 || count > mostWorkers)
            return tl::unexpected(tr("Workers are numbers from 1 to %1 with commas between: 1, 2, 4.").arg(mostWorkers));
        if (std::ranges::find(counts, count) == counts.end())
            counts.push_back(count);
    }
    return counts;
}

tl::expected<ExperimentPlan, QString> WorkChooser::plan() const
{
    if (!chosen().scenario && paths_.empty())
        return tl::unexpected(tr("Choose files, or a scenario."));
    if (chosen().scenario) {
        if (const auto plan = planScenario(*chosen().scenario, values_->values()); !plan)
            return tl::unexpected(shownText(plan.error().text()));
    }
    const auto counts = workerCounts();
    if (!counts)
        return tl::unexpected(counts.error());
    std::vector<Strategy> strategies;
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
        if (boxes_[i]->isChecked())
            strategies.push_back(strategies_[i]);
    }
    if (strategies.empty())
        return tl::unexpected(tr("Choose a strategy."));
    return ExperimentPlan{work(), candidatesOf(strategies, {}, *counts).value(), repetitions_->value(), false};
}

} // namespace loopscope
