#pragma once

#include "ui/window/run_settings.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace loopscope {

/// What a person sets for runs.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    explicit SettingsDialog(const RunSettings &settings, QWidget *parent = nullptr);

    [[nodiscard]] RunSettings settings() const;

private:
    void display(const RunSettings &settings);

    QSpinBox *workers_;
    QSpinBox *inFlight_;
    QComboBox *reader_;
    QSpinBox *stallThreshold_;
    QSpinBox *memoryLimit_;
    QCheckBox *asksBeforeLoss_;
    QCheckBox *autosaves_;
};

} // namespace loopscope
