// What reading files costs at least on one thread: open, read 256 KiB at a time into one buffer, close. Everything else is compared with
// this. Usage: yardstick_c FOLDER…   (not recursive)

#include <cstdio>
#include <string>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace {

long long readFile(const std::string &path, std::vector<char> &buffer)
{
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    long long bytes = 0;
    ssize_t count = 0;
    while ((count = read(file, buffer.data(), buffer.size())) > 0)
        bytes += count;
    close(file);
    return bytes;
}

} // namespace

int main(int argc, char **argv)
{
    std::vector<char> buffer(256 * 1024);
    long long bytes = 0;
    for (int i = 1; i < argc; ++i) {
        DIR *folder = opendir(argv[i]);
        if (folder == nullptr)
            continue;
        while (const dirent *entry = readdir(folder)) {
            if (entry->d_type == DT_REG)
                bytes += readFile(std::string(argv[i]) + "/" + entry->d_name, buffer);
        }
        closedir(folder);
    }
    std::printf("%lld bytes\n", bytes);
    return 0;
}
