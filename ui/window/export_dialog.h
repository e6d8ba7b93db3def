#pragma once

#include <QFileDialog>

#include <optional>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QProgressBar;

namespace loopscope {

/// Asks where to write a picture of the timeline and how it shall look: Qt's own file dialog with a few choices more.
///
/// The name field has the focus with a suggestion selected, so that typing a path and Enter is enough. The file type follows the name's
/// ending. The dialog stays open while the picture is written, and when that fails, with the reason in it: a person can change what was
/// wrong and try again.
class ExportDialog : public QFileDialog {
    Q_OBJECT

public:
    enum class Extent { WholeRun, Visible };
    enum class Colours { AsWindow, Light, Dark };
    /// What the window shows beside the lanes.
    struct Extras {
        bool overview = false;
        bool range = false;  ///< a range is selected
        bool arrows = false; ///< a span is selected, whose wakes are shown
        bool marks = false;  ///< instants are marked
    };

    /// `suggestedName` has no ending.
    ExportDialog(const QString &suggestedName, const QString &title, QWidget *parent = nullptr);

    /// Says what there is to be in the picture: what there is shall be, unless a person decides otherwise.
    void offer(const Extras &extras);

    /// Absolute, ends in .svg, .png or .pdf. Once something was chosen.
    [[nodiscard]] QString path() const { return path_; }
    [[nodiscard]] Extent extent() const;
    [[nodiscard]] Colours colours() const;
    /// Of a PNG: 1…4.
    [[nodiscard]] int scale() const;
    /// Whether the overview, the selected range with its table, the selected span with the arrows of its wakes, and the marks shall be in
    /// the picture.
    [[nodiscard]] bool hasOverview() const;
    [[nodiscard]] bool hasRange() const;
    [[nodiscard]] bool hasArrows() const;
    [[nodiscard]] bool hasMarks() const;
    /// What is written over the picture.
    [[nodiscard]] QString pictureTitle() const;

    /// The picture is being written: nothing but Cancel can be pressed. `share` is the part that is done, if that is known.
    void showWriting(std::optional<double> share);
    /// It was not written: `reason` (empty if a person gave it up) is shown, and another try can be made.
    void showFailure(const QString &reason);
    /// It was written: the dialog closes as accepted.
    void finish();
    /// What showFailure() told last, until something else is tried.
    [[nodiscard]] QString failure() const;

    /// Emits chosen() if what was typed will do.
    void accept() override;
    /// Emits cancelled() while a picture is being written; else the dialog closes.
    void reject() override;

Q_SIGNALS:
    /// path() and the choices say what to write.
    void chosen();
    /// What is being written is not wanted any more.
    void cancelled();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addChoices(const QString &title);
    void addExtras();
    void addNotes();
    void addRow(QWidget *row);
    void widenDates();
    [[nodiscard]] QString typedPath() const;
    [[nodiscard]] QString endingOfFilter() const;
    [[nodiscard]] bool mayReplace(const QString &path);
    void followFilter();
    void followName();
    void setWriting(bool isWriting);

    QLineEdit *name_;
    QComboBox *extent_ = nullptr;
    QComboBox *colours_ = nullptr;
    QComboBox *scale_ = nullptr;
    QLineEdit *title_ = nullptr;
    QCheckBox *overview_ = nullptr;
    QCheckBox *range_ = nullptr;
    QCheckBox *arrows_ = nullptr;
    QCheckBox *marks_ = nullptr;
    QLabel *failure_ = nullptr;
    QProgressBar *progress_ = nullptr;
    QString path_;
    bool isWriting_ = false;
};

} // namespace loopscope
