#include "tests/support/program.h"

#include <QProcessEnvironment>

namespace loopscope::test {

namespace {

constexpr int watchdogMs = 60'000;

QProcessEnvironment changedEnvironment(const QStringList &changes)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &change : changes) {
        const qsizetype equals = change.indexOf(QLatin1Char('='));
        if (equals < 0)
            environment.remove(change);
        else
            environment.insert(change.left(equals), change.mid(equals + 1));
    }
    return environment;
}

} // namespace

QString programPath()
{
    return QStringLiteral(LOOPSCOPE_PROGRAM);
}

ProgramResult run(const QString &program, const QStringList &arguments, const ProgramOptions &options)
{
    QProcess process;
    process.setProcessEnvironment(changedEnvironment(options.environment));
    process.setWorkingDirectory(options.folder);
    if (!options.outputFile.isEmpty())
        process.setStandardOutputFile(options.outputFile);
    process.start(program, arguments);
    if (!process.waitForStarted(watchdogMs))
        return {};
    if (options.whenStarted)
        options.whenStarted(process);
    if (!process.waitForFinished(watchdogMs)) {
        process.kill();
        process.waitForFinished();
    }
    const bool isExit = process.exitStatus() == QProcess::NormalExit;
    return {isExit ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

ProgramResult runProgram(const QStringList &arguments, const ProgramOptions &options)
{
    return run(programPath(), arguments, options);
}

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '));
}

} // namespace loopscope::test
