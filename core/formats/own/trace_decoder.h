#pragma once

#include "core/files/byte_reader.h"
#include "core/formats/own/block_reader.h"
#include "core/formats/own/own_file_layout.h"
#include "core/formats/own/saved_arguments.h"
#include "core/formats/trace_opening.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loopscope {

/// When a decoder gives up, whatever the file says.
struct DecodingBounds {
    std::stop_token stop;
    std::size_t mostBytes = SIZE_MAX; ///< of memory
};

/// Builds a trace from the blocks of a .loopscope file. What a block says is not believed: each reference leads to something that is there,
/// each time can be reckoned with, or the block is refused.
class TraceDecoder {
public:
    /// Why a block was not taken in, or there is no trace.
    enum class Refusal : std::uint8_t { Damaged, TooLarge, Stopped };

    TraceDecoder(TraceOrigin origin, DecodingBounds bounds);

    /// Takes in a block; those of kinds that it does not know are skipped. False if what the block says cannot be, or at the bounds: see
    /// refusal().
    [[nodiscard]] bool add(const ReadBlock &block);
    /// Of the block for which add() was false.
    [[nodiscard]] Refusal refusal() const { return refusal_; }
    /// Whether the block that ends a complete file has come.
    [[nodiscard]] bool isComplete() const { return isComplete_; }
    /// Whether anything is known of the run.
    [[nodiscard]] bool hasInfo() const { return hasInfo_; }
    /// Memory held, in bytes, roughly.
    [[nodiscard]] std::size_t byteSize() const;
    /// The trace and its marks; why not, if it was stopped or at the bounds. `file` is what its arguments are read from. Nothing is to be
    /// added any more.
    [[nodiscard]] tl::expected<OpenedTrace, Refusal> finish(FileDescriptor file);

private:
    [[nodiscard]] bool mayGoOn();
    [[nodiscard]] bool addInfo(ByteReader &in);
    [[nodiscard]] bool addNames(ByteReader &in);
    [[nodiscard]] bool addSites(ByteReader &in);
    [[nodiscard]] bool addLanes(ByteReader &in);
    [[nodiscard]] bool addFacts(ByteReader &in);
    [[nodiscard]] bool addFactsOfLane(ByteReader &in);
    [[nodiscard]] bool addStates(ByteReader &in);
    [[nodiscard]] bool addSpans(ByteReader &in, const ReadBlock &block);
    [[nodiscard]] bool addWakes(ByteReader &in);
    [[nodiscard]] bool addMarks(ByteReader &in);
    [[nodiscard]] bool addInstants(ByteReader &in);
    [[nodiscard]] bool addFlows(ByteReader &in);
    [[nodiscard]] bool addSamples(ByteReader &in);
    [[nodiscard]] bool addArguments(const ReadBlock &block);
    [[nodiscard]] bool addEnd(ByteReader &in);

    [[nodiscard]] bool isLaneOrNone(LaneId lane) const { return lane == noLane || trace_->hasLane(lane); }
    [[nodiscard]] bool hasSite(SiteId site) const { return site < trace_->siteCount(); }
    [[nodiscard]] bool hasName(NameId name) const { return name < trace_->nameCount(); }
    /// Whether a lane that comes next may be a row of a thread.
    [[nodiscard]] bool isNextRowOf(LaneId thread) const;
    void applyStates();

    DecodingBounds bounds_;
    Refusal refusal_ = Refusal::Damaged;
    std::shared_ptr<Trace> trace_;
    Marks marks_;
    std::vector<LaneState> states_; // by lane, as far as they came
    std::vector<Wake> wakes_;
    std::vector<Instant> instants_;
    std::vector<Flow> flows_;
    std::unordered_map<LaneId, std::vector<Sample>> samples_;
    std::size_t sampleCount_ = 0;
    std::size_t previewBytes_ = 0;
    std::vector<SavedArguments::Place> arguments_;
    Nanoseconds now_ = 0;
    bool hasInfo_ = false;
    bool isComplete_ = false;
};

/// Whether a time can be reckoned with: far from where sums would overflow.
[[nodiscard]] constexpr bool isUsableTime(Nanoseconds at)
{
    constexpr Nanoseconds most = Nanoseconds(1) << 58U; // nine years
    return -most <= at && at <= most;
}

/// What encodeInfo() wrote; false if it is damaged.
[[nodiscard]] bool decodeInfo(ByteReader &in, RunInfo &info, Nanoseconds &now);

} // namespace loopscope
