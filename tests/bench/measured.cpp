// Runs a command and tells what it took, as JSON into a file: its exit status, wall time from exec to exit, CPU time, peak memory, and
// blocks of 512 bytes read from the disk. A program of its own, because a child's peak begins at that of the process which started it: this
// one is small. Usage: measured RESULT-FILE COMMAND [ARGS…]

#include <chrono>
#include <cstdio>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr int exitNotStarted = 127;

long long nanoseconds(const timeval &time)
{
    return (time.tv_sec * 1'000'000LL + time.tv_usec) * 1'000LL;
}

bool tell(const char *path, int status, long long wall, const rusage &used)
{
    std::FILE *file = std::fopen(path, "we");
    if (file == nullptr)
        return false;
    std::fprintf(file, R"({"status": %d, "wall_ns": %lld, "user_ns": %lld, "system_ns": %lld, "peak_bytes": %lld, "input_blocks": %ld})",
                 WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), wall, nanoseconds(used.ru_utime),
                 nanoseconds(used.ru_stime), used.ru_maxrss * 1024LL, used.ru_inblock);
    return std::fclose(file) == 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fputs("usage: measured RESULT-FILE COMMAND [ARGS...]\n", stderr);
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        std::perror(argv[2]);
        _exit(exitNotStarted);
    }
    int status = 0;
    rusage used{};
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        std::perror("measured");
        return 1;
    }
    const long long wall = (std::chrono::steady_clock::now() - begin) / std::chrono::nanoseconds(1);
    if (!tell(argv[1], status, wall, used)) {
        std::perror(argv[1]);
        return 1;
    }
    return 0;
}
