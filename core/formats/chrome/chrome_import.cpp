#include "core/formats/chrome/chrome_import.h"

#include "core/formats/chrome/import_run.h"
#include "core/text/display_text.h"

#include <memory>
#include <thread>
#include <utility>

namespace loopscope {

OpeningResult openChromeJson(const std::string &path, const OpeningObserver &observer)
{
    constexpr std::uint64_t worthAThread = std::uint64_t{4} << 20U;
    auto opened = InputFile::open(path);
    if (!opened)
        return tl::make_unexpected(OpeningFailure{opened.error(), false});
    const auto file = std::make_shared<const InputFile>(std::move(*opened));
    std::string magic(4, '\0');
    const auto got = file->readAt(0, magic.data(), magic.size());
    if (!got)
        return tl::make_unexpected(OpeningFailure{got.error(), false});

    chrome::ImportSettings settings;
    settings.title = displayName(path.substr(path.rfind('/') + 1)); // npos + 1 is 0
    settings.size = file->size();
    settings.isAlone = settings.size < worthAThread || std::thread::hardware_concurrency() < 2;
    if (looksLikeGzip(std::string_view(magic).substr(0, *got))) {
        GzipStream stream(file);
        settings.packed = &stream;
        settings.isAlone = false; // nobody knows how large it is
        return chrome::runImport(stream, settings, observer);
    }
    PlainStream stream(file);
    return chrome::runImport(stream, settings, observer);
}

} // namespace loopscope
