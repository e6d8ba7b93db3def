#pragma once

#include "core/experiment/experiment_plan.h"

#include <QWidget>

#include <memory>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace loopscope {

class ElidedLabel;
class FlowLayout;
class ParameterList;

/// Chooses what an experiment measures: files or a scenario with its values, the strategies, numbers of workers, repetitions.
class WorkChooser : public QWidget {
    Q_OBJECT

public:
    /// `end` is what stands at the end: the button that starts what is chosen.
    explicit WorkChooser(QWidget &end, QWidget *parent = nullptr);

    /// Chooses files and folders, raw bytes, which join those that are chosen already.
    void addPaths(const std::vector<std::string> &paths);
    /// Offers a scenario from a file, whose path is in raw bytes, beside the built-in ones, and chooses it.
    void chooseScenario(const std::shared_ptr<const Scenario> &scenario, const std::string &path,
                        const std::map<std::string, std::string> &values);
    /// While something is measured nothing can be chosen, by addPaths() and chooseScenario() neither; what stands at the end is not
    /// concerned.
    void setLocked(bool isLocked);
    /// What is chosen, or why that is nothing to measure: a sentence.
    [[nodiscard]] tl::expected<ExperimentPlan, QString> plan() const;

Q_SIGNALS:
    void changed();

private:
    struct Offer {
        std::shared_ptr<const Scenario> scenario; ///< null for files
        std::string name;                         ///< as `--scenario` takes it
    };

    void arrange(QWidget &end);
    [[nodiscard]] QWidget *makeCounts(QWidget &end);
    [[nodiscard]] QWidget *makeFiles();
    void addOffer(std::shared_ptr<const Scenario> scenario, const std::string &name);
    void showWork();
    void showStrategies(const std::vector<Strategy> &strategies);
    void showFiles();
    [[nodiscard]] const Offer &chosen() const;
    [[nodiscard]] ExperimentWork work() const;
    [[nodiscard]] tl::expected<std::vector<int>, QString> workerCounts() const;

    std::vector<Offer> offers_; // as in the box
    std::vector<std::string> paths_;
    std::vector<Strategy> strategies_;
    std::vector<QCheckBox *> boxes_; // one each
    QComboBox *work_;
    QWidget *files_ = nullptr;
    ElidedLabel *fileCount_;
    QWidget *parameters_;
    FlowLayout *parameterFlow_;
    ParameterList *values_;
    QWidget *strategyRow_;
    FlowLayout *strategyFlow_;
    QLineEdit *workers_;
    QSpinBox *repetitions_;
    bool isLocked_ = false;
};

} // namespace loopscope
