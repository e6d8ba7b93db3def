#pragma once

#include <QPlainTextEdit>

#include <memory>
#include <string>

namespace loopscope {

/// The beginning of a file as text or as a hex dump, in a fixed-width font, 16 or, where it is narrow, 8 bytes a line. It is made into text
/// only when somebody can see it.
class PreviewView : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PreviewView(QWidget *parent = nullptr);

    /// The first bytes of a file of `size` bytes; null shows nothing.
    void setPreview(std::shared_ptr<const std::string> head, std::uint64_t size);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void format();
    [[nodiscard]] std::size_t fittingBytesPerLine() const;

    std::shared_ptr<const std::string> head_;
    std::uint64_t size_ = 0;
    bool isFormatted_ = true;
    std::size_t bytesPerLine_ = 0; // of the hex dump that is shown; 0 for text
};

} // namespace loopscope
