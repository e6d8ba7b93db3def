#include "core/runtime/reason.h"

#include <mutex>
#include <string>
#include <unordered_set>

namespace loopscope {

const char *keepText(const char *text)
{
    static std::mutex mutex;
    static auto &texts = *new std::unordered_set<std::string>; // never freed: threads that were abandoned may still look
    const std::scoped_lock lock(mutex);
    return texts.emplace(text).first->c_str();
}

} // namespace loopscope
