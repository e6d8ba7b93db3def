#include "core/formats/exported_run.h"

#include "core/formats/chrome/import_problems.h"
#include "core/formats/exported_run_builder.h"
#include "core/formats/gzip_input.h"
#include "core/formats/json_blanks.h"
#include "core/formats/json_members.h"

#include <array>
#include <chrono>
#include <memory>
#include <optional>

namespace loopscope {

namespace {

constexpr std::uint64_t askedAtOnce = 1024; // events
constexpr std::chrono::milliseconds interval(50);

/// Reads members into a builder, tells how far it is, and stops when it shall.
class Reading {
public:
    /// `packed` is the stream if it is packed, and null if not.
    Reading(ByteStream &stream, const GzipStream *packed, std::uint64_t size, const OpeningObserver &observer, std::uint64_t memoryLimit)
        : stream_(stream)
        , packed_(packed)
        , size_(size)
        , memoryLimit_(memoryLimit)
        , observer_(observer)
        , members_([this](char *to, std::size_t most) { return read(to, most); })
    {
    }

    OpeningResult open()
    {
        JsonMembers::Member member;
        for (std::uint64_t i = 1; members_.next(member); ++i) {
            if (i % askedAtOnce == 0 && !goesOn())
                return tl::unexpected(OpeningFailure{"it was cancelled", true});
            if (i % askedAtOnce == 0 && builder_.byteSize() >= memoryLimit_) {
                builder_.problems().leaveOut(memoryFull, member.at);
                return builder_.finish();
            }
            if (auto taken = builder_.take(member); !taken)
                return tl::unexpected(OpeningFailure{std::move(taken).error(), false});
        }
        // What packs a file has its checksum, and what is there behind it, behind the document.
        while (members_.isWhole() && members_.skipBehind()) {
            if (!goesOn())
                return tl::unexpected(OpeningFailure{"it was cancelled", true});
        }
        if (error_)
            return tl::unexpected(OpeningFailure{*std::move(error_), false});
        noteProblems();
        return builder_.finish();
    }

private:
    void noteProblems()
    {
        if (const auto comma = members_.commaAtEnd())
            builder_.problems().mend("there is a comma behind the last event", *comma);
        if (!members_.isWhole())
            builder_.problems().leaveOut("the file ends before its end, and what came then is missing", members_.position());
        if (const auto behind = members_.behind())
            builder_.problems().leaveOut(chrome::textOf(chrome::Problem::RestIgnored), *behind);
        if (const auto problem = packed_ ? chrome::problemOf(packed_->end()) : std::nullopt)
            builder_.problems().leaveOut(chrome::textOf(*problem), packed_->unpackedBytes());
    }

    std::size_t read(char *to, std::size_t most)
    {
        const auto got = stream_.read(to, most);
        if (!got)
            error_ = got.error();
        return got.value_or(0);
    }

    [[nodiscard]] bool goesOn()
    {
        const auto now = std::chrono::steady_clock::now();
        if (observer_.progressed && now - told_ >= interval) {
            told_ = now;
            observer_.progressed(std::min(stream_.usedBytes(), size_), size_);
        }
        return !observer_.stop.stop_requested();
    }

    ByteStream &stream_;
    const GzipStream *packed_;
    std::uint64_t size_;
    std::uint64_t memoryLimit_;
    std::optional<std::string> error_;
    const OpeningObserver &observer_;
    JsonMembers members_;
    ExportedRunBuilder builder_;
    std::chrono::steady_clock::time_point told_;
};

} // namespace

bool looksLikeExportedRun(std::string_view head)
{
    for (const std::string_view token : {"{", "\"otherData\"", ":", "{", "\"format\"", ":", "\"loopscope run\""}) {
        head = withoutBlanksBefore(head);
        if (!head.starts_with(token))
            return false;
        head.remove_prefix(token.size());
    }
    return true;
}

OpeningResult openExportedRun(const std::string &path, const OpeningObserver &observer, std::uint64_t memoryLimit)
{
    auto opened = InputFile::open(path);
    if (!opened)
        return tl::unexpected(OpeningFailure{std::move(opened).error(), false});
    const auto file = std::make_shared<const InputFile>(std::move(*opened));
    std::array<char, 4> magic{};
    const auto got = file->readAt(0, magic.data(), magic.size());
    if (!got)
        return tl::unexpected(OpeningFailure{got.error(), false});
    if (looksLikeGzip({magic.data(), *got})) {
        GzipStream stream(file);
        return Reading(stream, &stream, file->size(), observer, memoryLimit).open();
    }
    PlainStream stream(file);
    return Reading(stream, nullptr, file->size(), observer, memoryLimit).open();
}

} // namespace loopscope
