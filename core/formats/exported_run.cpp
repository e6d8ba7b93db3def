#include "core/formats/exported_run.h"

#include "core/formats/exported_run_builder.h"
#include "core/formats/json_members.h"
#include "core/formats/packed_input.h"

#include <array>
#include <chrono>

namespace loopscope {

namespace {

constexpr std::uint64_t askedAtOnce = 1024; // events
constexpr std::chrono::milliseconds interval(50);

std::string_view withoutBlanks(std::string_view text)
{
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t\r\n")));
    return text;
}

/// Reads members into a builder, tells how far it is, and stops when it shall.
class Reading {
public:
    Reading(PackedInput input, const OpeningObserver &observer)
        : input_(std::move(input))
        , observer_(observer)
        , members_([this](char *to, std::size_t most) { return input_.read(to, most); })
    {
    }

    OpeningResult open()
    {
        JsonMembers::Member member;
        for (std::uint64_t i = 1; members_.next(member); ++i) {
            if (auto taken = builder_.take(member); !taken)
                return tl::unexpected(OpeningFailure{std::move(taken).error(), false});
            if (i % askedAtOnce == 0 && !goesOn())
                return tl::unexpected(OpeningFailure{"that was cancelled", true});
        }
        if (!input_.error().empty())
            builder_.problems().leaveOut("the end of the file could not be unpacked", members_.position());
        else if (!members_.isWhole())
            builder_.problems().leaveOut("the file ends in the middle", members_.position());
        return builder_.finish();
    }

private:
    [[nodiscard]] bool goesOn()
    {
        const auto now = std::chrono::steady_clock::now();
        if (observer_.progressed && now - told_ >= interval) {
            told_ = now;
            observer_.progressed(std::min(input_.position(), input_.size()), input_.size());
        }
        return !observer_.stop.stop_requested();
    }

    PackedInput input_;
    const OpeningObserver &observer_;
    JsonMembers members_;
    ExportedRunBuilder builder_;
    std::chrono::steady_clock::time_point told_;
};

} // namespace

bool looksLikeExportedRun(std::string_view head)
{
    for (const std::string_view token : {"{", "\"otherData\"", ":", "{", "\"format\"", ":", "\"loopscope run\""}) {
        head = withoutBlanks(head);
        if (!head.starts_with(token))
            return false;
        head.remove_prefix(token.size());
    }
    return true;
}

OpeningResult openExportedRun(const std::string &path, const OpeningObserver &observer)
{
    auto input = PackedInput::open(path);
    if (!input)
        return tl::unexpected(OpeningFailure{std::move(input).error(), false});
    return Reading(std::move(*input), observer).open();
}

} // namespace loopscope
