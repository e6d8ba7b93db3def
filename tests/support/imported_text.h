#pragma once

#include "core/formats/chrome/import_run.h"
#include "tests/support/described_trace.h"

#include <QString>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

namespace loopscope::test {

/// A text as a stream, in pieces of so many bytes, that can be read again.
class TextStream : public ByteStream {
public:
    explicit TextStream(std::string text, std::size_t piece = SIZE_MAX)
        : text_(std::move(text))
        , piece_(piece)
    {
        const int descriptor = ::memfd_create("text", MFD_CLOEXEC);
        if (descriptor < 0 || ::write(descriptor, text_.data(), text_.size()) != static_cast<ssize_t>(text_.size()))
            throw std::system_error(errno, std::generic_category(), "memfd_create");
        file_ = std::make_shared<const InputFile>(FileDescriptor(descriptor));
    }

    [[nodiscard]] tl::expected<std::size_t, std::string> read(char *to, std::size_t most) override
    {
        const std::size_t count = std::min({most, piece_, text_.size() - at_});
        std::memcpy(to, text_.data() + at_, count);
        at_ += count;
        return count;
    }
    [[nodiscard]] std::uint64_t usedBytes() const override { return at_; }
    [[nodiscard]] std::shared_ptr<const InputFile> again() const override { return file_; }

private:
    std::string text_;
    std::shared_ptr<const InputFile> file_;
    std::size_t piece_;
    std::size_t at_ = 0;
};

/// Imports a text, on this thread alone unless told.
inline OpeningResult importText(const std::string &json, chrome::ImportSettings settings = {})
{
    TextStream stream(json);
    settings.isAlone = true;
    return chrome::runImport(stream, settings, {});
}

/// What describe() says of it, or why it was refused.
inline QString described(const std::string &json, const chrome::ImportSettings &settings = {})
{
    const OpeningResult opened = importText(json, settings);
    return QString::fromStdString(opened ? describe(*opened->trace) : "refused: " + opened.error().what);
}

/// What describeProblems() says of it, or why it was refused.
inline QString problemsOf(const std::string &json, const chrome::ImportSettings &settings = {})
{
    const OpeningResult opened = importText(json, settings);
    return QString::fromStdString(opened ? describeProblems(*opened->trace) : "refused: " + opened.error().what);
}

/// Lines of text, each with its end.
inline QString lines(std::initializer_list<std::string_view> all)
{
    std::string text;
    for (const std::string_view line : all)
        (text += line) += '\n';
    return QString::fromStdString(text);
}

} // namespace loopscope::test
