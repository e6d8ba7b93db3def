#include "core/formats/chrome/window_parser.h"

#include "core/formats/chrome/decimal_time.h"
#include "core/formats/chrome/event_fields.h"
#include "core/formats/chrome/json_string.h"

#include <optional>

namespace loopscope::chrome {

namespace {

constexpr std::string_view instantPhases = "iIR";
constexpr std::string_view phasesWithId = "benSTpFstf";
constexpr std::string_view phasesNotShown = "PNODVv()=c";

bool isOneOf(char phase, std::string_view phases)
{
    return phases.find(phase) != std::string_view::npos;
}

bool isText(std::string_view token)
{
    return token.size() >= 2 && token.front() == '"';
}

// A pid, tid or id: a number or a text. Programs that know no integers write 1.0.
std::string_view identityOf(std::string_view token)
{
    if (token.empty() || token.front() == '{' || token.front() == '[' || token == "null" || token == "true" || token == "false")
        return {};
    if (!isText(token) && token.ends_with(".0"))
        token.remove_suffix(2);
    return contentOf(token);
}

// Reads the events of one window.
class Parsing {
public:
    Parsing(const EventWindow &window, ParsedWindow &parsed)
        : window_(window)
        , parsed_(parsed)
    {
    }

    void parse(std::uint32_t number)
    {
        number_ = number;
        const std::string_view text = window_.event(number);
        EventFields fields;
        if (!text.starts_with('{'))
            return leaveOut(Problem::NoObject);
        if (!readEvent(text, fields))
            return leaveOut(Problem::BadJson);
        if (!isText(fields.phase) || fields.phase.size() < 3)
            return leaveOut(Problem::NoPhase);
        ParsedEvent event;
        event.phase = fields.phase[1] != '\\' ? fields.phase[1] : withoutEscapes(contentOf(fields.phase)).front();
        event.number = number;
        event.hasArguments = !fields.arguments.empty() && fields.arguments != "{}";
        if (const auto problem = readByPhase(fields, event))
            return leaveOut(*problem);
        event.label = parsed_.labels.intern({fields.name, fields.category, fields.colour});
        event.track = internTrack(fields);
        parsed_.events.push_back(event);
        if (!fields.bindId.empty() && (event.phase == 'X' || event.phase == 'B'))
            addFlowOfSlice(fields, event);
    }

private:
    using Failure = std::optional<Problem>;

    void leaveOut(Problem problem) { parsed_.problems.add(problem, window_.firstByte + window_.events[number_].begin); }

    Failure readByPhase(const EventFields &fields, ParsedEvent &event)
    {
        if (event.phase == 'M') {
            keepRare(fields, event, {});
            return {};
        }
        const bool hasId = isOneOf(event.phase, phasesWithId);
        if (!isSlicePhase(event.phase) && !isOneOf(event.phase, instantPhases) && event.phase != 'C' && !hasId)
            return isOneOf(event.phase, phasesNotShown) ? Problem::PhaseNotShown : Problem::UnknownPhase;
        ExactTime at;
        if (const Failure failure = readTime(fields.at, {Problem::NoTime, Problem::TimeNoNumber}, at))
            return failure;
        event.at = at.whole;
        if (event.phase == 'X')
            return readDuration(fields.duration, at, event);
        if (!hasId && event.phase != 'C')
            return {};
        RareFields rare = idOf(fields);
        if (hasId && rare.id.empty())
            return Problem::NoId;
        keepRare(fields, event, rare);
        return {};
    }

    struct TimeProblems {
        Problem isMissing;
        Problem isNoNumber;
    };

    static Failure readTime(std::string_view token, TimeProblems problems, ExactTime &time)
    {
        if (token.empty())
            return problems.isMissing;
        switch (readMicroseconds(contentOf(token), time)) {
        case TimeReading::Good:
            return {};
        case TimeReading::NoNumber:
            return problems.isNoNumber;
        case TimeReading::OutOfRange:
            return Problem::TimeOutOfRange;
        }
        return {};
    }

    static Failure readDuration(std::string_view token, const ExactTime &at, ParsedEvent &event)
    {
        ExactTime duration;
        if (const Failure failure = readTime(token, {Problem::NoDuration, Problem::DurationNoNumber}, duration))
            return failure;
        if (duration.whole < 0)
            return Problem::NegativeDuration;
        event.end = roundedSum(at, duration);
        return {};
    }

    static RareFields idOf(const EventFields &fields)
    {
        RareFields rare;
        rare.id = identityOf(fields.id);
        if (fields.id2.empty())
            return rare;
        const std::string_view local = identityOf(memberOf(fields.id2, "local"));
        const std::string_view global = identityOf(memberOf(fields.id2, "global"));
        if (!local.empty())
            rare.id = local;
        else if (!global.empty())
            rare = {global, true, {}, {}, false};
        return rare;
    }

    void keepRare(const EventFields &fields, ParsedEvent &event, RareFields rare)
    {
        rare.scope = contentOf(fields.scope);
        rare.arguments = fields.arguments;
        rare.bindsEnclosing = says(contentOf(fields.bindingPoint), "e");
        event.rare = static_cast<std::uint32_t>(parsed_.rare.size());
        parsed_.rare.push_back(rare);
    }

    // A slice may say that arrows come to it, go from it, or both: as if there were a flow event where it begins.
    void addFlowOfSlice(const EventFields &fields, ParsedEvent event)
    {
        const bool isIn = fields.flowIn == "true";
        const bool isOut = fields.flowOut == "true";
        RareFields rare;
        rare.id = identityOf(fields.bindId);
        if (rare.id.empty() || (!isIn && !isOut))
            return;
        event.phase = isIn ? (isOut ? 't' : 'f') : 's';
        event.hasArguments = false;
        event.rare = static_cast<std::uint32_t>(parsed_.rare.size());
        rare.bindsEnclosing = true;
        rare.isOfSlice = true;
        parsed_.rare.push_back(rare);
        parsed_.events.push_back(event);
    }

    // As Perfetto has it: without a pid it is process 0, and without a tid the thread with the number of the process.
    std::uint32_t internTrack(const EventFields &fields)
    {
        std::string_view process = identityOf(fields.process);
        if (process.empty())
            process = "0";
        std::string_view thread = identityOf(fields.thread);
        if (thread.empty())
            thread = process;
        return parsed_.tracks.intern({process, thread, {}});
    }

    const EventWindow &window_;
    ParsedWindow &parsed_;
    std::uint32_t number_ = 0;
};

} // namespace

void parseWindow(const EventWindow &window, ParsedWindow &parsed)
{
    parsed.events.clear();
    parsed.rare.clear();
    parsed.labels.clear();
    parsed.tracks.clear();
    parsed.problems = {};
    Parsing parsing(window, parsed);
    for (std::uint32_t number = 0; number < window.events.size(); ++number)
        parsing.parse(number);
}

} // namespace loopscope::chrome
