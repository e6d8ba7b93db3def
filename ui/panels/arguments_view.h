#pragma once

#include <QWidget>

#include <string>

class QLabel;
class QTreeView;

namespace loopscope {

class ArgumentsModel;

/// The arguments of what is selected, as a tree whose values can be copied. Takes no room where there are none.
class ArgumentsView : public QWidget {
    Q_OBJECT

public:
    explicit ArgumentsView(QWidget *parent = nullptr);

    /// Shows a JSON text; hides if it is empty.
    void setArguments(std::string json);

protected:
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void adaptToFont();
    void addCopying();
    void unfold();

    ArgumentsModel *model_;
    QLabel *heading_;
    QTreeView *tree_;
    QLabel *note_;
};

} // namespace loopscope
