#include "app/progress_line.h"

#include <unistd.h>

#include <iostream>

namespace loopscope {

namespace {

constexpr std::chrono::milliseconds interval(100);
constexpr auto eraseLine = "\r\x1b[K";

} // namespace

ProgressLine::ProgressLine()
    : isTerminal_(::isatty(STDERR_FILENO) == 1)
{
}

ProgressLine::~ProgressLine()
{
    clear();
}

bool ProgressLine::isDue() const
{
    return isTerminal_ && std::chrono::steady_clock::now() - lastShown_ >= interval;
}

void ProgressLine::show(const std::string &text)
{
    if (!isTerminal_)
        return;
    std::cerr << eraseLine + text << std::flush;
    isShown_ = true;
    lastShown_ = std::chrono::steady_clock::now();
}

void ProgressLine::clear()
{
    if (isShown_)
        std::cerr << eraseLine << std::flush;
    isShown_ = false;
}

} // namespace loopscope
