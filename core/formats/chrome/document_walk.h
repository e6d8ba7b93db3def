#pragma once

#include "core/formats/chrome/import_problems.h"

#include <cstdint>
#include <string>

namespace loopscope::chrome {

/// What a trace's text says beside its events.
struct DocumentFacts {
    bool isJson = false;         ///< it begins with a bracket
    bool hasEventList = false;   ///< the document is an array, or an object with an array "traceEvents"
    std::string displayTimeUnit; ///< "ms", "ns"; empty if it is not told
};

/// Goes through the text of a trace, character by character, where it is not within an event or another array or object, which its user
/// steps over. Takes what Chrome takes too: an array without its end, a comma behind the last event.
class DocumentWalk {
public:
    enum class Next : std::uint8_t {
        Character,   ///< the character is done with
        EventBegins, ///< the character is the first of an event (or of an array in its place)
        ValueBegins, ///< the character is the first of an array or object that means nothing
    };

    DocumentWalk() = default;
    /// One that begins between two events of a list, behind which there may be another one.
    [[nodiscard]] static DocumentWalk amongEvents();

    /// Looks at the next character, which stands at byte `at`.
    [[nodiscard]] Next take(char c, std::uint64_t at);
    /// Says that the text ends at byte `at`.
    void finish(std::uint64_t at);

    [[nodiscard]] const DocumentFacts &facts() const { return facts_; }
    [[nodiscard]] const ProblemCounts &problems() const { return problems_; }
    /// Nothing that comes matters any more.
    [[nodiscard]] bool isOver() const { return place_ == Place::Ignored; }

private:
    enum class Place : std::uint8_t {
        Begin,           // of the document
        Key,             // in front of one, or of the end of the object that is the document
        InKey,           //
        Colon,           //
        Value,           // in front of one
        InText,          // a value that is a string
        InBareValue,     // a number or a word
        List,            // between events
        InListText,      // a string in the place of an event
        InListBareValue, // a number or a word there
        End,             //
        Ignored,         // behind the end
    };

    void takeFirst(char c, std::uint64_t at);
    void takeKeyBegin(char c, std::uint64_t at);
    [[nodiscard]] Next takeValueBegin(char c);
    [[nodiscard]] Next takeInList(char c, std::uint64_t at);
    [[nodiscard]] bool takeInText(char c);
    void beginText(Place place);
    void endValue();
    void endList();
    void ignoreRest(std::uint64_t at);

    DocumentFacts facts_;
    ProblemCounts problems_;
    Place place_ = Place::Begin;
    bool isArray_ = false; // the document
    bool isAfterComma_ = false;
    std::uint64_t commaAt_ = 0; // the last one between events
    bool isEscaped_ = false;
    std::string text_; // the beginning of the string that is read
    std::string key_;
};

} // namespace loopscope::chrome
