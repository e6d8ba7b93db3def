// Measures itself, as the program does, and is what is measured: it does what its arguments say, for tests that know what that takes.

#include "core/experiment/measuring_process.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string_view>
#include <thread>
#include <vector>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace {

void burn(double seconds)
{
    const std::clock_t end = std::clock() + static_cast<std::clock_t>(seconds * CLOCKS_PER_SEC);
    while (std::clock() < end) { }
}

void touch(std::size_t bytes, std::vector<char> &memory)
{
    memory.assign(bytes, 'x');
}

void sleepInThreads(int count)
{
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([] { std::this_thread::sleep_for(std::chrono::seconds(1)); });
}

/// A child that burns for a while, and is waited for.
void burnInChild(double seconds)
{
    const pid_t child = ::fork();
    if (child == 0) {
        burn(seconds);
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == loopscope::measuringArgument)
        return loopscope::serveMeasurement(argv + 2);
    std::vector<char> memory;
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string_view what = argv[i];
        const double amount = std::atof(argv[i + 1]);
        if (what == "burn")
            burn(amount);
        else if (what == "child")
            burnInChild(amount);
        else if (what == "touch")
            touch(static_cast<std::size_t>(amount), memory);
        else if (what == "threads")
            sleepInThreads(static_cast<int>(amount));
        else if (what == "sleep")
            std::this_thread::sleep_for(std::chrono::duration<double>(amount));
        else if (what == "say")
            std::cerr << argv[i + 1] << '\n';
        else if (what == "signal")
            ::kill(::getpid(), static_cast<int>(amount));
        else if (what == "exit")
            return static_cast<int>(amount);
    }
    return 0;
}
