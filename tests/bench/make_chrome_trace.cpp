// Writes a trace in Chrome's JSON of N events, 127 bytes each on average, on 64 threads of 4 processes: nested complete slices, begins and
// ends, every third with arguments, in order of time. Usage: make_chrome_trace N FILE

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace {

constexpr unsigned threads = 64;
constexpr unsigned processes = 4;
constexpr std::array<const char *, 16> names = {"RunTask",         "ParseHTML", "FunctionCall",     "EvaluateScript",       "Layout",
                                                "UpdateLayerTree", "Paint",     "CompositeLayers",  "ResourceReceivedData", "MinorGC",
                                                "MajorGC",         "TimerFire", "RequestAnimation", "DecodeImage",          "RasterTask",
                                                "IPC_Message"};

// xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled"): the same file everywhere.
class Random {
public:
    std::uint64_t below(std::uint64_t limit)
    {
        state_ ^= state_ >> 12U;
        state_ ^= state_ << 25U;
        state_ ^= state_ >> 27U;
        return (state_ * 0x2545F4914F6CDD1DU >> 33U) % limit;
    }

private:
    std::uint64_t state_ = 88172645463325252;
};

class Writer {
public:
    explicit Writer(std::FILE *file)
        : file_(file)
    {
    }

    // One of a thread's cycle of eight events: an outer slice, in it a pair of begin and end, and complete ones.
    void event(std::uint64_t number)
    {
        const std::uint64_t round = number / threads;
        const auto thread = static_cast<unsigned>(number % threads);
        const std::uint64_t cycle = round / 8;
        const std::uint64_t step = round % 8;
        const std::uint64_t at = 5'000'000'000 + cycle * 400'000 + step * 50'000 + thread * 100; // in nanoseconds
        const unsigned thousand = 1000;
        const char *name = names[random_.below(names.size())];
        const unsigned pid = 1000 + thread % processes;
        const unsigned tid = 20'000 + thread;
        if (number > 0)
            std::fputs(",\n", file_);
        if (step == 2 || step == 3) {
            std::fprintf(file_, R"({"name":"%s","cat":"devtools.timeline","ph":"%c","ts":%llu.%03llu,"pid":%u,"tid":%u)",
                         names[cycle % names.size()], step == 2 ? 'B' : 'E', static_cast<unsigned long long>(at / thousand),
                         static_cast<unsigned long long>(at % thousand), pid, tid);
            if (step == 2)
                std::fprintf(file_, R"(,"args":{"url":"https://example.org/%06llu","line":%llu})",
                             static_cast<unsigned long long>(random_.below(1'000'000)),
                             static_cast<unsigned long long>(random_.below(1000)));
            std::fputc('}', file_);
            return;
        }
        const std::uint64_t length = step == 0 ? 399'000 : 20'000 + random_.below(25'000);
        std::fprintf(file_, R"({"name":"%s","cat":"devtools.timeline","ph":"X","ts":%llu.%03llu,"dur":%llu.%03llu,"pid":%u,"tid":%u)", name,
                     static_cast<unsigned long long>(at / thousand), static_cast<unsigned long long>(at % thousand),
                     static_cast<unsigned long long>(length / thousand), static_cast<unsigned long long>(length % thousand), pid, tid);
        if (step % 3 == 0)
            std::fprintf(file_, R"(,"args":{"data":{"frame":"%08llX","nodes":%llu}})",
                         static_cast<unsigned long long>(random_.below(1ULL << 31U)), static_cast<unsigned long long>(random_.below(5000)));
        std::fputc('}', file_);
    }

private:
    std::FILE *file_;
    Random random_;
};

} // namespace

int main(int argc, char **argv)
{
    const std::uint64_t events = argc == 3 ? std::strtoull(argv[1], nullptr, 10) : 0;
    if (events == 0) {
        std::fputs("usage: make_chrome_trace N FILE\n", stderr);
        return 2;
    }
    std::FILE *file = std::fopen(argv[2], "we");
    if (file == nullptr) {
        std::perror(argv[2]);
        return 1;
    }
    std::fputs("{\"traceEvents\":[\n", file);
    Writer writer(file);
    for (std::uint64_t number = 0; number < events; ++number)
        writer.event(number);
    std::fputs("\n],\"displayTimeUnit\":\"ms\"}\n", file);
    if (std::fclose(file) != 0) {
        std::perror(argv[2]);
        return 1;
    }
    return 0;
}
