#include "app/command_line.h"
#include "app/compare_command.h"
#include "app/exit_code.h"
#include "app/failure.h"
#include "app/run_command.h"
#include "app/scenarios_command.h"
#include "app/standard_output.h"
#include "app/trace_commands.h"
#include "app/window_module.h"
#include "core/experiment/measuring_process.h"
#include "core/workload/helper_process.h"
#include "core/workload/job_server.h"

#include <algorithm>
#include <iostream>
#include <new>
#include <optional>
#include <string_view>

#include <sys/resource.h>
#include <unistd.h>

namespace loopscope {

namespace {

/// Carries out what the command line asks for. Returns the exit code.
class Dispatch {
public:
    explicit Dispatch(char **argv)
        : argv_(argv)
    {
    }

    int operator()(const WindowOptions &window) const { return runWindow({window.paths, std::nullopt}); }
    int operator()(const OpenOptions &open) const { return canBeOpened(open) ? runWindow({{}, open.trace}) : exitFailure; }
    int operator()(const RunOptions &run) const { return runWithoutWindow(run, argv_[0]); }
    int operator()(const CompareOptions &compare) const { return compareStrategies(compare, argv_[0]); }
    int operator()(const WhatIfOptions &whatIf) const { return predictTrace(whatIf); }
    int operator()(const ScenariosOptions &scenarios) const { return listScenarios(scenarios); }
    int operator()(const ReportOptions &report) const { return reportTrace(report); }
    int operator()(const ConvertOptions &convert) const { return convertTrace(convert); }
    int operator()(const ScreenshotOptions &shot) const { return drawTrace(shot, argv_[0]); }
    int operator()(const ShowText &show) const
    {
        return writeStandardOutput([&show](std::ostream &out) { out << show.text; }) ? exitSuccess : exitFailure;
    }

private:
    [[nodiscard]] int runWindow(const WindowContent &content) const
    {
        if (const auto module = loadWindowModule())
            return (*module)->runWindow(1, argv_, content);
        else
            complain(module.error());
        return exitFailure;
    }

    char **argv_;
};

int carryOut(const Command &command, char **argv)
{
    try {
        return std::visit(Dispatch(argv), command);
    } catch (const std::bad_alloc &) {
        std::cerr << "loopscope: there is not enough memory\n"; // and to complain() takes some
        return exitFailure;
    }
}

// The usual limit of 1024 is for programs that call select(2): each connection takes two descriptors, each helper process some. But what
// the window starts, an editor or a browser, has the limit too, and some close every number below it, of which containers allow 10⁹.
void raiseDescriptorLimit()
{
    constexpr rlim_t plenty = 100'000;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= plenty)
        return;
    limit.rlim_cur = std::min(limit.rlim_max, plenty);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int runProgram(int argc, char **argv)
{
    raiseDescriptorLimit();
    if (argc == 2 && std::string_view(argv[1]) == helperArgument)
        return serveJobs(STDIN_FILENO);
    if (argc > 1 && std::string_view(argv[1]) == measuringArgument)
        return serveMeasurement(argv + 2);
    setHelperProgram(ownProgram);
    prepareOutputs();
    const std::vector<std::string_view> arguments(argv + std::min(1, argc), argv + argc); // argc may be 0
    const auto command = parseCommandLine(arguments);
    if (command)
        return carryOut(*command, argv);
    std::cerr << "loopscope: " + command.error().what + "\nTry `" + command.error().command + " --help`.\n";
    return exitUsage;
}

} // namespace

} // namespace loopscope

int main(int argc, char **argv)
{
    return loopscope::runProgram(argc, argv);
}
