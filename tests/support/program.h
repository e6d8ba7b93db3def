#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>

#include <functional>

namespace loopscope::test {

/// How a run of the program ended, and what it wrote.
struct ProgramResult {
    int exitCode = -1; ///< -1 if it did not start, crashed, or was killed
    QByteArray out;
    QByteArray err;
};

/// How the program is started, beside its arguments.
struct ProgramOptions {
    QString folder;                                     ///< to run in; that of the test if empty
    QStringList environment;                            ///< "DISPLAY=:77" sets, "DISPLAY" removes
    QString outputFile;                                 ///< for the standard output, instead of ProgramResult::out
    std::function<void(QProcess &process)> whenStarted; ///< is called once the program runs
};

/// The program under test.
[[nodiscard]] QString programPath();

/// Runs `program` to its end, or kills it after a minute.
[[nodiscard]] ProgramResult run(const QString &program, const QStringList &arguments, const ProgramOptions &options = {});
/// Runs the program under test.
[[nodiscard]] ProgramResult runProgram(const QStringList &arguments, const ProgramOptions &options = {});

/// Words separated by single spaces.
[[nodiscard]] QStringList words(const char *line);

} // namespace loopscope::test
