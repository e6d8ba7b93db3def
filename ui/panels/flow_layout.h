#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace loopscope {

/// Puts widgets side by side, and on a further line where they do not fit: as words in a paragraph. What is lower
/// than others of its line stands in the middle of it.
class FlowLayout : public QLayout {
public:
    /// Gaps in logical pixels: between neighbours, and between lines.
    FlowLayout(int horizontalGap, int verticalGap, QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(items_.size()); }
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    enum class Apply { No, Yes };
    /// Places the items within `rect`, or only asks how high that would be.
    int flow(const QRect &rect, Apply apply) const;
    void placeLine(const std::vector<QLayoutItem *> &line, QPoint at, int height) const;

    int horizontalGap_;
    int verticalGap_;
    std::vector<std::unique_ptr<QLayoutItem>> items_;
};

} // namespace loopscope
