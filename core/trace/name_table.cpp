#include "core/trace/name_table.h"

namespace loopscope {

NameTable::NameTable()
{
    intern({});
}

NameId NameTable::intern(std::string_view name)
{
    if (const auto known = ids_.find(name); known != ids_.end())
        return known->second;
    const auto id = static_cast<NameId>(names_.size());
    ids_.emplace(names_.emplace_back(name), id);
    bytes_ += sizeof(std::string) + name.size() + sizeof(decltype(ids_)::value_type);
    return id;
}

} // namespace loopscope
