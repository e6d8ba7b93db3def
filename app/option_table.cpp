#include "app/option_table.h"

namespace loopscope {

namespace {

constexpr std::size_t lineWidth = 80;

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

void appendWrapped(std::string &out, std::string_view text, std::size_t indent)
{
    std::size_t column = indent;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (column > indent && column + 1 + word.size() > lineWidth) {
            out += '\n';
            out.append(indent, ' ');
            column = indent;
        } else if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    out += '\n';
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
        appendWrapped(out, option.text, width);
    }
    return out;
}

} // namespace loopscope
