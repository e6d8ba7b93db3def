#include "core/formats/chrome/event_windows.h"

#include <algorithm>
#include <utility>

namespace loopscope::chrome {

EventWindows::EventWindows(ByteStream &stream, const WindowLimits &limits, DocumentWalk document)
    : stream_(stream)
    , limits_(limits)
    , document_(std::move(document))
{
}

ProblemCounts EventWindows::problems() const
{
    ProblemCounts all = problems_;
    all.add(document_.problems());
    return all;
}

tl::expected<bool, std::string> EventWindows::next(EventWindow &window)
{
    takeCarried(window);
    // An event that was cut gets twice the room, so that it is looked at twice as often as its bytes at most.
    const auto filled = fill(window, std::max(limits_.window, length_ * 2));
    if (!filled)
        return tl::make_unexpected(filled.error());
    walk(window);
    events_ += window.events.size();
    if (isAtEnd_)
        finish(window);
    else
        carry(window);
    return !isAtEnd_;
}

void EventWindows::takeCarried(EventWindow &window)
{
    window.events.clear();
    window.firstEvent = events_;
    window.firstByte = carriedByte_;
    length_ = carried_.size();
    if (window.text.size() < length_)
        window.text.resize(length_);
    std::ranges::copy(carried_, window.text.begin());
}

tl::expected<void, std::string> EventWindows::fill(EventWindow &window, std::size_t wanted)
{
    if (window.text.size() < wanted + scanPadding)
        window.text.resize(wanted + scanPadding);
    while (length_ < wanted && !isAtEnd_) {
        const auto got = stream_.read(window.text.data() + length_, wanted - length_);
        if (!got)
            return tl::make_unexpected(got.error());
        length_ += *got;
        isAtEnd_ = *got == 0;
    }
    return {};
}

void EventWindows::walk(EventWindow &window)
{
    const char *text = window.text.data();
    cutEvent_.reset();
    std::size_t at = 0;
    while (at < length_ && !document_.isOver()) {
        if (skipped_) {
            at = skip(window, at);
            continue;
        }
        switch (document_.take(text[at], window.firstByte + at)) {
        case DocumentWalk::Next::Character:
            ++at;
            break;
        case DocumentWalk::Next::ValueBegins:
            skipped_.emplace();
            break;
        case DocumentWalk::Next::EventBegins: {
            NestingState nesting;
            const char *end = findNestingEnd(text + at, text + length_, nesting);
            if (nesting.depth != 0) {
                cutEvent_ = at;
                return;
            }
            window.events.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end - text)});
            at = static_cast<std::size_t>(end - text);
            break;
        }
        }
    }
}

// Where it goes on.
std::size_t EventWindows::skip(const EventWindow &window, std::size_t at)
{
    const char *text = window.text.data();
    const char *end = findNestingEnd(text + at, text + length_, *skipped_);
    if (skipped_->depth == 0) {
        skipped_.reset();
        longEvent_.reset();
    }
    return static_cast<std::size_t>(end - text);
}

void EventWindows::carry(const EventWindow &window)
{
    if (cutEvent_ && length_ - *cutEvent_ > limits_.longestEvent)
        giveUpLongEvent(window);
    const std::size_t kept = cutEvent_.value_or(length_);
    carried_.assign(window.text.data() + kept, window.text.data() + length_);
    carriedByte_ = window.firstByte + kept;
}

void EventWindows::giveUpLongEvent(const EventWindow &window)
{
    longEvent_ = window.firstByte + *cutEvent_;
    problems_.add(Problem::TooLong, *longEvent_);
    skipped_.emplace();
    [[maybe_unused]] const std::size_t end = skip(window, *cutEvent_);
    cutEvent_.reset();
}

void EventWindows::finish(const EventWindow &window)
{
    if (cutEvent_ || longEvent_)
        problems_.add(Problem::CutOffEvent, cutEvent_ ? window.firstByte + *cutEvent_ : *longEvent_);
    document_.finish(window.firstByte + length_);
}

} // namespace loopscope::chrome
