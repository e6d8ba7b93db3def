#pragma once

#include "core/trace/time.h"

#include <array>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

#include <rapidjson/encodings.h>
#include <rapidjson/writer.h>

namespace loopscope {

/// An output stream as RapidJSON wants it. A std::ostream a character is slow.
class BufferedOutput {
public:
    using Ch = char;

    explicit BufferedOutput(std::ostream &out)
        : out_(out)
    {
    }

    void Put(char c)
    {
        if (used_ == buffer_.size())
            Flush();
        buffer_[used_++] = c;
    }
    void Flush();

private:
    std::ostream &out_;
    std::array<char, 16384> buffer_{};
    std::size_t used_ = 0;
};

// RapidJSON looks for it by the stream's namespace: its own is declared too late for its transcoder.
inline void PutUnsafe(BufferedOutput &output, char c)
{
    output.Put(c);
}

/// Bytes as UTF-8, the one encoding of JSON: what is no valid UTF-8 becomes \xNN a byte.
[[nodiscard]] std::string validText(std::string_view bytes);

/// One JSON document, written as a stream in plain ASCII: all else is escaped. Functions with a name write a member of the innermost
/// object. Not for use by two threads.
class JsonOutput {
public:
    explicit JsonOutput(std::ostream &out)
        : buffer_(out)
        , json_(buffer_)
    {
    }

    void beginObject() { json_.StartObject(); }
    void beginObject(std::string_view name)
    {
        key(name);
        json_.StartObject();
    }
    void endObject() { json_.EndObject(); }
    void beginArray() { json_.StartArray(); }
    void beginArray(std::string_view name)
    {
        key(name);
        json_.StartArray();
    }
    void endArray() { json_.EndArray(); }
    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }

    void null() { json_.Null(); }
    void number(std::int64_t value) { json_.Int64(value); }
    void count(std::uint64_t value) { json_.Uint64(value); }
    /// Foreign bytes, by way of validText().
    void text(std::string_view bytes);
    /// Any bytes so that they can be had again: a string, or { "hex": "C3FF" } if they are no UTF-8.
    void exactText(std::string_view bytes);

    void null(std::string_view name)
    {
        key(name);
        null();
    }
    void flag(std::string_view name, bool value)
    {
        key(name);
        json_.Bool(value);
    }
    void number(std::string_view name, std::int64_t value)
    {
        key(name);
        number(value);
    }
    void count(std::string_view name, std::uint64_t value)
    {
        key(name);
        count(value);
    }
    /// The shortest decimal that is read as the same value. It must be finite.
    void real(std::string_view name, double value)
    {
        key(name);
        json_.Double(value);
    }
    void text(std::string_view name, std::string_view bytes)
    {
        key(name);
        text(bytes);
    }
    void exactText(std::string_view name, std::string_view bytes)
    {
        key(name);
        exactText(bytes);
    }
    /// Microseconds with three decimals, exactly.
    void microseconds(std::string_view name, Nanoseconds time);
    /// JSON text that is known to be valid.
    void json(std::string_view name, std::string_view text)
    {
        key(name);
        json_.RawValue(text.data(), text.size(), rapidjson::kObjectType);
    }

    /// White space, so that a person can look at the file.
    void newLine() { buffer_.Put('\n'); }
    void flush() { buffer_.Flush(); }

private:
    BufferedOutput buffer_;
    rapidjson::Writer<BufferedOutput, rapidjson::UTF8<>, rapidjson::ASCII<>> json_;
};

} // namespace loopscope
