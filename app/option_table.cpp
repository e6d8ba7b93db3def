#include "app/option_table.h"

#include "app/wrapped_text.h"

namespace loopscope {

namespace {

std::string columnHead(const OptionHelp &option)
{
    std::string head = "  ";
    head += option.name;
    if (!option.value.empty()) {
        head += ' ';
        head += option.value;
    }
    return head;
}

} // namespace

std::optional<std::string_view> ArgumentReader::takeRaw()
{
    if (rest_.empty())
        return std::nullopt;
    const std::string_view argument = rest_.front();
    rest_ = rest_.subspan(1);
    return argument;
}

std::optional<Argument> ArgumentReader::take()
{
    auto raw = takeRaw();
    if (raw == "--" && !optionsEnded_) {
        optionsEnded_ = true;
        raw = takeRaw();
    }
    if (!raw)
        return std::nullopt;
    if (optionsEnded_ || !raw->starts_with('-') || raw == "-")
        return Argument{false, *raw, std::nullopt};
    const std::size_t equals = raw->find('=');
    if (!raw->starts_with("--") || equals == std::string_view::npos)
        return Argument{true, *raw, std::nullopt};
    return Argument{true, raw->substr(0, equals), raw->substr(equals + 1)};
}

std::string optionHelpText(std::span<const OptionHelp> options)
{
    std::size_t width = 0;
    for (const OptionHelp &option : options)
        width = std::max(width, columnHead(option).size() + 2);
    std::string out;
    for (const OptionHelp &option : options) {
        std::string head = columnHead(option);
        head.resize(width, ' ');
        out += head;
        out += wrappedText(option.text, width);
    }
    return out;
}

} // namespace loopscope
