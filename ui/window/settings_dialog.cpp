#include "ui/window/settings_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace loopscope {

namespace {

QSpinBox *makeBox(int least, int most, const QString &suffix, const QString &toolTip, QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setSuffix(suffix);
    box->setToolTip(toolTip);
    return box;
}

QComboBox *makeReaderBox(QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItem(SettingsDialog::tr("automatically"), static_cast<int>(FileReader::Automatic));
    box->addItem(SettingsDialog::tr("by the pool"), static_cast<int>(FileReader::Pool));
    box->addItem(SettingsDialog::tr("through io_uring"), static_cast<int>(FileReader::IoUring));
    box->setToolTip(SettingsDialog::tr("Automatically: small files, if there are many, through io_uring, all others by the pool"));
    return box;
}

} // namespace

SettingsDialog::SettingsDialog(const RunSettings &settings, QWidget *parent)
    : QDialog(parent)
    , workers_(makeBox(0, RunSettings::maxWorkers, {}, tr("Threads of the pool"), this))
    , inFlight_(makeBox(1, RunSettings::maxInFlight, {}, tr("Further files wait for a slot"), this))
    , reader_(makeReaderBox(this))
    , stallThreshold_(makeBox(1, RunSettings::maxStallThresholdMs, tr(" ms"),
                              tr("A callback that holds the loop for longer is a stall; asyncio's slow_callback_duration"), this))
    , memoryLimit_(makeBox(0, RunSettings::maxMemoryLimitMb, tr(" MB"),
                           tr("What a recording takes at most: a run that needs more goes on, but is no longer recorded"), this))
    , asksBeforeLoss_(new QCheckBox(tr("&Ask before a run is thrown away that is not saved"), this))
    , autosaves_(new QCheckBox(tr("&Keep runs in a file while they go on"), this))
{
    setWindowTitle(tr("Settings"));
    workers_->setSpecialValueText(tr("auto"));
    memoryLimit_->setSpecialValueText(tr("a quarter of the machine's"));
    auto *form = new QFormLayout;
    form->addRow(tr("&Workers"), workers_);
    form->addRow(tr("&Files read at the same time"), inFlight_);
    form->addRow(tr("&Read files"), reader_);
    form->addRow(tr("&Stall threshold"), stallThreshold_);
    form->addRow(tr("&Memory for the recording"), memoryLimit_);
    auto *note = new QLabel(tr("These apply from the next run on."), this);
    note->setProperty("muted", true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] { display(RunSettings{}); });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addLayout(form);
    column->addWidget(note);
    column->addWidget(asksBeforeLoss_);
    column->addWidget(autosaves_);
    autosaves_->setToolTip(tr("If the program is killed, the next start offers what was recorded. The file has the names and beginnings of "
                              "the files that are read; it goes when the run is saved or thrown away."));
    column->addWidget(buttons);
    display(settings);
}

void SettingsDialog::display(const RunSettings &settings)
{
    workers_->setValue(settings.workers);
    inFlight_->setValue(settings.inFlight);
    stallThreshold_->setValue(settings.stallThresholdMs);
    memoryLimit_->setValue(settings.memoryLimitMb);
    reader_->setCurrentIndex(reader_->findData(static_cast<int>(settings.reader)));
    asksBeforeLoss_->setChecked(settings.asksBeforeLoss);
    autosaves_->setChecked(settings.autosaves);
}

RunSettings SettingsDialog::settings() const
{
    return {workers_->value(),
            inFlight_->value(),
            stallThreshold_->value(),
            memoryLimit_->value(),
            static_cast<FileReader>(reader_->currentData().toInt()),
            asksBeforeLoss_->isChecked(),
            autosaves_->isChecked()};
}

} // namespace loopscope
