// A program to drag files from, as a file manager would: `drag_source FILE…` shows a window, and dragging on it drags those files. It
// prints "ready" once the window is there, and the name of the action after each drag.

#include <QApplication>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>
#include <QWidget>

#include <iostream>

namespace {

class Source : public QWidget {
public:
    explicit Source(QList<QUrl> urls)
        : urls_(std::move(urls))
    {
        setWindowTitle(QStringLiteral("drag source"));
        resize(200, 200);
    }

protected:
    void mousePressEvent(QMouseEvent *event) override { pressed_ = event->position().toPoint(); }

    void mouseMoveEvent(QMouseEvent *event) override
    {
        if ((event->position().toPoint() - pressed_).manhattanLength() < QApplication::startDragDistance())
            return;
        auto *mimeData = new QMimeData;
        mimeData->setUrls(urls_);
        auto *drag = new QDrag(this);
        drag->setMimeData(mimeData);
        // As file managers do, which would rather move.
        const Qt::DropAction action = drag->exec(Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, Qt::MoveAction);
        std::cout << (action == Qt::CopyAction ? "copied" : action == Qt::IgnoreAction ? "ignored" : "other") << std::endl;
    }

private:
    QList<QUrl> urls_;
    QPoint pressed_;
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QList<QUrl> urls;
    const QStringList paths = QApplication::arguments().mid(1);
    for (const QString &path : paths)
        urls.append(QUrl::fromLocalFile(path));
    Source source(urls);
    source.show();
    std::cout << "ready" << std::endl;
    return QApplication::exec();
}
