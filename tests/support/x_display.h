#pragma once

#include <QImage>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

namespace loopscope {

/// An X display of its own (Xvfb on a number that is free), and hands to use it with (xdotool). For tests on one thread.
class XDisplay {
public:
    /// Starts Xvfb with one screen of that size; isUp() tells whether it worked.
    XDisplay(int width, int height);
    ~XDisplay();
    XDisplay(const XDisplay &) = delete;
    XDisplay &operator=(const XDisplay &) = delete;

    [[nodiscard]] bool isUp() const { return !name_.isEmpty(); }
    /// ":7"
    [[nodiscard]] QString name() const { return name_; }
    /// This process's environment with the display, and `home` as the home and settings directory.
    [[nodiscard]] QProcessEnvironment environment(const QString &home) const;

    /// Runs xdotool with `arguments`; what it printed, or a null string if it failed.
    QString xdotool(const QStringList &arguments) const;
    /// The X window of the process `pid` whose title contains `title`, a regular expression; empty if there is none.
    [[nodiscard]] QString findWindow(qint64 pid, const QString &title) const;
    [[nodiscard]] QString titleOf(const QString &window) const;
    /// Moves the window and gives it the keyboard: there is no window manager that would.
    void place(const QString &window, int x, int y, int width, int height) const;
    void focus(const QString &window) const;
    /// Presses the mouse at one place, moves it in small steps, and lets go at another; slowly, as the protocol of dragging needs it.
    void drag(QPoint from, QPoint to) const;
    void click(QPoint at) const;
    void type(const QString &text) const;
    void press(const QString &key) const;
    /// What the screen shows, the mouse pointer included; a null picture if it cannot be read. The server may be painting just then.
    [[nodiscard]] QImage picture() const;

private:
    QTemporaryDir memory_; // where the server keeps its screen
    QProcess server_;
    QString name_;
};

} // namespace loopscope
