#pragma once

#include "core/files/byte_writer.h"
#include "core/formats/own/block_writer.h"
#include "core/formats/own/own_file_layout.h"
#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace loopscope {

// What a trace holds, as blocks of a .loopscope file. Each function hands its blocks to the sink, and returns false as soon as that does.

/// Collects entries of one kind, and hands them on as blocks of a MiB or so.
class BlockBuilder {
public:
    BlockBuilder(BlockKind kind, const BlockSink &sink)
        : kind_(kind)
        , sink_(sink)
    {
    }

    /// Where the next entry goes; entries are not divided. A block in which there is an entry already may be handed on first.
    ByteWriter &entry();
    [[nodiscard]] bool isEmpty() const { return bytes_.bytes().empty(); }
    [[nodiscard]] bool isFull() const;
    /// Hands on what there is. False if the sink has refused a block.
    bool flush();

private:
    BlockKind kind_;
    const BlockSink &sink_;
    ByteWriter bytes_;
    bool isRefused_ = false;
};

/// Collects records of spans. Those of a lane come in order of time; lanes in any order.
class SpanBlockBuilder {
public:
    explicit SpanBlockBuilder(const BlockSink &sink)
        : sink_(sink)
    {
    }

    /// Adds the spans of a lane from `first` to before `last`. False if the sink has refused a block.
    bool add(const Lane &lane, std::size_t first, std::size_t last);
    bool flush();

private:
    void addRecords(LaneId lane, std::string_view records);

    const BlockSink &sink_;
    std::vector<std::pair<LaneId, std::uint32_t>> runs_; // as they lie in the file
    std::string records_;
};

bool encodeInfo(const Trace &trace, const BlockSink &sink);
/// Names from number `first` on; sites and lanes likewise. What was encoded before has to come before it in the file.
bool encodeNames(const Trace &trace, NameId first, const BlockSink &sink);
bool encodeSites(const Trace &trace, SiteId first, const BlockSink &sink);
bool encodeLanes(const Trace &trace, LaneId first, const BlockSink &sink);
/// The facts of one lane.
void encodeFacts(const Lane &lane, ByteWriter &out);
/// How a lane is at the end of what is known.
[[nodiscard]] LaneState stateOf(const Lane &lane);
/// Wakes from the one at index `first` on: in the file they take the place of any that were at it and after it.
bool encodeWakes(const Trace &trace, std::size_t first, const BlockSink &sink);
bool encodeMarks(const Marks &marks, const BlockSink &sink);
/// Instants, flows, samples and arguments. To fetch these may take long: false if it was stopped meanwhile.
bool encodeImported(const Trace &trace, const std::stop_token &stop, const BlockSink &sink);
/// Says that the file is complete.
bool encodeEnd(const Trace &trace, const BlockSink &sink);

} // namespace loopscope
