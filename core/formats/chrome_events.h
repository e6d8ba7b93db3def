#pragma once

#include "core/formats/json_output.h"

#include <ostream>

namespace loopscope {

/// Writes events of Chrome's Trace Event Format into the document that it owns.
class ChromeEvents : public JsonOutput {
public:
    explicit ChromeEvents(std::ostream &out)
        : JsonOutput(out)
        , out_(out)
    {
    }

    /// Whether the stream has not failed.
    [[nodiscard]] bool isGood() const { return out_.good(); }

    /// Begins the event of that phase, `ph`. What follows are its members, until endEvent().
    void beginEvent(char phase)
    {
        newLine();
        beginObject();
        text("ph", {&phase, 1});
    }
    void beginEvent(char phase, std::int64_t process)
    {
        beginEvent(phase);
        number("pid", process);
    }
    void beginEvent(char phase, std::int64_t process, std::int64_t thread)
    {
        beginEvent(phase, process);
        number("tid", thread);
    }
    void endEvent() { endObject(); }

    /// A metadata event up to its arguments. What follows are these, until endMetadata().
    void beginMetadata(std::int64_t process, std::string_view name)
    {
        beginEvent('M', process);
        beginArguments(name);
    }
    void beginMetadata(std::int64_t process, std::int64_t thread, std::string_view name)
    {
        beginEvent('M', process, thread);
        beginArguments(name);
    }
    void endMetadata()
    {
        endObject();
        endEvent();
    }
    /// `name` is one of "process_name" and "thread_name". Perfetto takes an empty one for an error.
    void nameMetadata(std::string_view name, std::string_view value)
    {
        text("name", name);
        beginObject("args");
        text("name", value.empty() ? "(no name)" : value);
        endObject();
    }

    /// The name of a metadata event that was begun, and its arguments, until endMetadata().
    void beginArguments(std::string_view name)
    {
        text("name", name);
        beginObject("args");
    }

private:
    std::ostream &out_;
};

} // namespace loopscope
