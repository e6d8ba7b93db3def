#pragma once

#include "core/experiment/comparison.h"
#include "ui/window/background_jobs.h"
#include "ui/window/experiment_runner.h"
#include "ui/window/picture_writer.h"

#include <QPointer>
#include <QWidget>

#include <functional>
#include <memory>
#include <string>

class QLabel;
class QMessageBox;
class QProgressBar;
class QPushButton;

namespace loopscope {

class ComparisonModel;
class ComparisonTableView;
class ComparisonView;
class ElidedLabel;
class FieldRestorer;
class MessageBar;
class WorkChooser;

/// The window in which the same work is measured under several strategies, and compared. It can be closed and shown again, with what was
/// measured; closing ends what is being measured, and Esc does not close it meanwhile.
class CompareWindow : public QWidget {
    Q_OBJECT

public:
    /// `program` is the path of Loopscope itself, which runs and measures. A window of its own that belongs to `parent`.
    explicit CompareWindow(std::string program, QWidget *parent = nullptr);
    ~CompareWindow() override;

    [[nodiscard]] WorkChooser &chooser() { return *chooser_; }
    /// Opens a comparison that was saved; raw bytes. Tells in the window if that cannot be done.
    void openFile(const std::string &path);
    [[nodiscard]] const std::shared_ptr<const Comparison> &comparison() const { return comparison_; }
    /// Whether there is something measured that is in no file yet.
    [[nodiscard]] bool isUnsaved() const { return isUnsaved_ || (runner_.isBusy() && hasRuns()); }
    /// Calls `then` when what was measured is saved, or a person does without it: at once, or after a question. Not at all if they cancel,
    /// saving fails, or this is called again before: the last wish counts. What goes on is stopped when it is to be saved.
    void settle(std::function<void()> then);

Q_SIGNALS:
    /// A person wants to look closely at a candidate's run.
    void traceWanted(std::shared_ptr<const loopscope::Trace> trace, const QString &name);

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    [[nodiscard]] QWidget *makeResults();
    void measure();
    void showRun(const QString &candidate, int run, int runs);
    void show(std::shared_ptr<const Comparison> comparison);
    using QWidget::show;
    void finish(const std::shared_ptr<const Comparison> &comparison, const QString &error);
    void activate(std::size_t candidate);
    void refresh();
    void chooseFile();
    void start();
    void open(const std::string &path);
    [[nodiscard]] bool hasRuns() const;
    [[nodiscard]] QString consequence() const;
    void saveWhenEnded(std::function<void()> then);
    void save(std::function<void()> then);
    void exportResults();
    void exportPicture(const QString &path);
    using DataWriter = void (*)(const Comparison &comparison, std::ostream &out);
    void exportData(const QString &path, DataWriter writer);
    using Writer = std::function<tl::expected<void, std::string>(const Comparison &comparison)>;
    /// Writes on a thread, and tells how that went, `ended` too.
    void write(const QString &path, Writer writer, std::function<void(bool isWritten)> ended = {});

    std::shared_ptr<const Comparison> comparison_;
    bool isUnsaved_ = false;
    QPointer<QMessageBox> question_;               // that is open
    std::shared_ptr<const Comparison> beingSaved_; // null if none is
    std::function<void()> afterSaving_;            // what was wanted when that is done
    int opened_ = 0;                               // files so far: only the last one counts
    QString pictureNote_;
    QWidget *start_; // the button and how far it is
    QPushButton *measure_;
    QProgressBar *progress_;
    ElidedLabel *status_;
    WorkChooser *chooser_;
    FieldRestorer *fields_;
    MessageBar *messages_;
    QLabel *title_;
    ComparisonModel *model_;
    ComparisonTableView *table_;
    ComparisonView *view_;
    QPushButton *open_;
    QPushButton *save_;
    QPushButton *export_;
    ExperimentRunner runner_;
    PictureWriter pictures_;
    BackgroundJobs jobs_{*this};
};

} // namespace loopscope
