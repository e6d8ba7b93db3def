#include "core/formats/byte_stream.h"

#include <algorithm>

namespace loopscope {

tl::expected<std::size_t, std::string> PlainStream::read(char *to, std::size_t most)
{
    if (file_->size() > 0) // otherwise nobody knows
        most = static_cast<std::size_t>(std::min<std::uint64_t>(most, file_->size() - std::min(at_, file_->size())));
    return file_->readAt(at_, to, most).map([this](std::size_t got) {
        at_ += got;
        return got;
    });
}

} // namespace loopscope
