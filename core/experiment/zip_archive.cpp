#include "core/experiment/zip_archive.h"

#include "core/files/module.h"

namespace loopscope {

tl::expected<const ArchivesModule *, std::string> loadArchivesModule()
{
    const tl::expected<const void *, std::string> module = loadModule("archives");
    if (!module)
        return tl::unexpected("the part for archives " + module.error());
    return static_cast<const ArchivesModule *>(*module);
}

tl::expected<std::unique_ptr<ZipWriter>, std::string> ZipWriter::create(std::ostream &out)
{
    return loadArchivesModule().map([&out](const ArchivesModule *module) { return module->writeZip(out); });
}

tl::expected<std::unique_ptr<ZipReader>, std::string> ZipReader::open(const std::string &path)
{
    return loadArchivesModule().and_then([&path](const ArchivesModule *module) { return module->openZip(path); });
}

} // namespace loopscope
