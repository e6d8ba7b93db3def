#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace loopscope {

/// A text that is nearly always empty, in the room of a pointer.
class RareText {
public:
    RareText() = default;
    // Implicit: it is a text to whoever writes one.
    RareText(std::string text)
        : text_(text.empty() ? nullptr : std::make_unique<std::string>(std::move(text)))
    {
    }

    // Implicit: it is a text to whoever reads one. Valid until it is changed.
    operator std::string_view() const { return text_ ? std::string_view(*text_) : std::string_view(); }
    [[nodiscard]] bool isEmpty() const { return !text_; }

private:
    std::unique_ptr<std::string> text_; // never an empty one
};

} // namespace loopscope
