#include "core/workload/exchange_sockets.h"

#include "core/files/module.h"

namespace loopscope {

tl::expected<const SocketsModule *, std::string> loadSocketsModule()
{
    const tl::expected<const void *, std::string> module = loadModule("sockets");
    if (!module)
        return tl::unexpected("the part with the sockets " + module.error());
    return static_cast<const SocketsModule *>(*module);
}

} // namespace loopscope
