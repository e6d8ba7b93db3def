#pragma once

#include "core/formats/byte_stream.h"
#include "core/formats/chrome/document_walk.h"
#include "core/formats/chrome/json_scan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope::chrome {

/// A stretch of a trace's text, and the events that are whole in it.
struct EventWindow {
    /// Of an event in the text.
    struct Extent {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };

    std::vector<char> text;       ///< what counts are the extents, behind each of which scanPadding bytes are readable
    std::uint64_t firstByte = 0;  ///< the offset of the text in the file
    std::uint64_t firstEvent = 0; ///< how many events the windows before it have
    std::vector<Extent> events;   ///< in their order; an array may be in the place of one

    [[nodiscard]] std::string_view event(std::size_t i) const { return {text.data() + events[i].begin, events[i].end - events[i].begin}; }
};

/// How a trace is cut into windows.
struct WindowLimits {
    std::size_t window = std::size_t{1} << 20U;        ///< bytes of one, about: what fits the cache of a core is fastest
    std::size_t longestEvent = std::size_t{16} << 20U; ///< a longer one is left out, so that memory is bounded whatever the file holds
};

/// Cuts the text of a trace, an array of events or an object with "traceEvents", into windows at the edges of events, whatever the size of
/// the file.
class EventWindows {
public:
    /// Of the whole text of a trace; or of what follows where `document` is, and then bytes and events are counted from there.
    explicit EventWindows(ByteStream &stream, const WindowLimits &limits = {}, DocumentWalk document = {});

    /// Fills `window` with what comes next: events, or nothing if there are none for a while. The memory of a used window is used again.
    /// False, with the last events, at the end. The error is a reason for people.
    [[nodiscard]] tl::expected<bool, std::string> next(EventWindow &window);
    [[nodiscard]] const DocumentFacts &facts() const { return document_.facts(); }
    /// What was wrong so far.
    [[nodiscard]] ProblemCounts problems() const;

private:
    void takeCarried(EventWindow &window);
    [[nodiscard]] tl::expected<void, std::string> fill(EventWindow &window, std::size_t wanted);
    void walk(EventWindow &window);
    [[nodiscard]] std::size_t skip(const EventWindow &window, std::size_t at);
    void carry(const EventWindow &window);
    void giveUpLongEvent(const EventWindow &window);
    void finish(const EventWindow &window);

    ByteStream &stream_;
    WindowLimits limits_;
    DocumentWalk document_;
    ProblemCounts problems_;
    std::uint64_t events_ = 0;               // so far
    std::size_t length_ = 0;                 // of the text in the window
    std::optional<std::size_t> cutEvent_;    // where in it an event begins that is not whole
    std::vector<char> carried_;              // what the last window had of such an event
    std::uint64_t carriedByte_ = 0;          // where that is in the file
    std::optional<NestingState> skipped_;    // of what is stepped over
    std::optional<std::uint64_t> longEvent_; // where that began, if it is an event
    bool isAtEnd_ = false;                   // of the stream
};

} // namespace loopscope::chrome
