#pragma once

#include <QFileDialog>

class QComboBox;
class QLineEdit;

namespace loopscope {

/// Asks where to write a picture of the timeline and how it shall look: Qt's own file dialog with a row of choices more.
///
/// The name field has the focus with a suggestion selected, so that typing a path and Enter is enough. The file type follows the name's
/// ending.
class ExportDialog : public QFileDialog {
    Q_OBJECT

public:
    enum class Extent { WholeRun, Visible };
    enum class Colours { AsWindow, Light, Dark };

    /// `suggestedName` has no ending.
    ExportDialog(const QString &suggestedName, const QString &title, QWidget *parent = nullptr);

    /// Absolute, ends in .svg, .png or .pdf. After acceptance.
    [[nodiscard]] QString path() const { return path_; }
    [[nodiscard]] Extent extent() const;
    [[nodiscard]] Colours colours() const;
    /// Of a PNG: 1…4.
    [[nodiscard]] int scale() const;
    /// What is written over the picture.
    [[nodiscard]] QString pictureTitle() const;

    void accept() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addChoices(const QString &title);
    [[nodiscard]] QString typedPath() const;
    [[nodiscard]] QString endingOfFilter() const;
    void followFilter();

    QLineEdit *name_;
    QComboBox *extent_ = nullptr;
    QComboBox *colours_ = nullptr;
    QComboBox *scale_ = nullptr;
    QLineEdit *title_ = nullptr;
    QString path_;
};

} // namespace loopscope
