#pragma once

#include "core/formats/json_fields.h"
#include "core/formats/json_members.h"
#include "core/formats/problem_list.h"
#include "core/formats/trace_opening.h"

#include <tl/expected.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// Builds a run from the members of a document that writeChromeJson() wrote. Trusts none of them.
class ExportedRunBuilder {
public:
    ExportedRunBuilder();

    /// An error is why the document cannot be read at all.
    [[nodiscard]] tl::expected<void, std::string> take(const JsonMembers::Member &member);
    [[nodiscard]] ProblemList &problems() { return problems_; }
    /// Memory held, in bytes, about.
    [[nodiscard]] std::size_t byteSize() const;
    /// The run, once there are no more members.
    [[nodiscard]] OpenedTrace finish();

private:
    /// What ends a lane, which is done when all its spans are there.
    struct Ending {
        std::optional<Nanoseconds> at;
        std::uint64_t byte = 0; ///< where that is told
        std::uint32_t rank = 0; ///< among the tasks whose outcome became known, from 1; 0 is none
        Outcome outcome = Outcome::Unfinished;
    };

    [[nodiscard]] tl::expected<void, std::string> takeOtherData(JsonObject &object);
    [[nodiscard]] bool takeEvent(JsonObject &event);
    [[nodiscard]] bool takeMetadata(JsonObject &event);
    [[nodiscard]] bool takeNames(JsonObject &arguments);
    [[nodiscard]] bool takeSites(JsonObject &arguments);
    [[nodiscard]] bool takeLane(JsonObject &arguments);
    [[nodiscard]] bool takeSpan(JsonObject &event, bool isOpen);
    [[nodiscard]] bool takeWake(JsonObject &arguments);
    [[nodiscard]] bool takeMark(JsonObject &event);
    void takeFacts(LaneId lane, JsonObject &arguments);
    void endLane(LaneId id, Nanoseconds at);
    void endLanes();

    std::shared_ptr<Trace> trace_;
    std::vector<Mark> marks_;
    MarkId lastMark_ = 0;
    ProblemList problems_;
    simdjson::dom::parser checker_;
    simdjson::ondemand::parser parser_;
    std::vector<NameId> names_; // of this trace, by their number in the document; as the sites
    std::vector<SiteId> sites_;
    std::vector<Ending> endings_; // by lane
    std::vector<Wake> wakes_;
    RunInfo info_; // as it was told
    Nanoseconds now_ = 0;
    std::uint64_t byte_ = 0; // where the member at hand begins
};

} // namespace loopscope
