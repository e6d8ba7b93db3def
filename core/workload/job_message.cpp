#include "core/workload/job_message.h"

#include "core/files/byte_reader.h"
#include "core/files/byte_writer.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>

namespace loopscope {

namespace {

void putOptional(ByteWriter &out, const std::optional<std::uint64_t> &number)
{
    out.number(static_cast<std::uint8_t>(number.has_value()));
    out.number(number.value_or(0));
}

std::optional<std::uint64_t> optionalIn(ByteReader &in)
{
    const bool hasNumber = in.number<std::uint8_t>() != 0;
    const auto number = in.number<std::uint64_t>();
    return hasNumber ? std::optional(number) : std::nullopt;
}

bool isWhole(const ByteReader &in)
{
    return !in.hasFailed() && in.left() == 0;
}

bool receiveAll(int socket, void *into, std::size_t size)
{
    auto *at = static_cast<char *>(into);
    while (size > 0) {
        const ssize_t got = ::recv(socket, at, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

} // namespace

std::string encodeRequest(const JobRequest &request)
{
    ByteWriter out;
    out.number(request.kind);
    out.number(request.duration);
    out.text(request.path);
    return out.bytes();
}

std::optional<JobRequest> decodeRequest(std::span<const std::byte> bytes)
{
    ByteReader in(bytes);
    JobRequest request;
    request.kind = in.number<JobRequest::Kind>();
    request.duration = in.number<Nanoseconds>();
    request.path = in.text();
    if (!isWhole(in) || request.kind > JobRequest::Kind::File || request.duration < 0)
        return std::nullopt;
    return request;
}

std::string encodeResult(const TaskResult &result)
{
    ByteWriter out;
    out.number(result.outcome);
    out.text(result.text);
    out.text(result.note);
    out.number(static_cast<std::uint8_t>(result.file != nullptr));
    if (result.file) {
        out.number(result.file->bytes);
        out.number(result.file->lines);
        putOptional(out, result.file->size);
        putOptional(out, result.file->firstInvalidUtf8);
    }
    return out.bytes();
}

std::optional<TaskResult> decodeResult(std::span<const std::byte> bytes)
{
    ByteReader in(bytes);
    TaskResult result;
    result.outcome = in.number<Outcome>();
    result.text = std::string(in.text());
    result.note = std::string(in.text());
    if (in.number<std::uint8_t>() != 0) {
        result.file = std::make_unique<FileFacts>();
        result.file->bytes = in.number<std::uint64_t>();
        result.file->lines = in.number<std::uint64_t>();
        result.file->size = optionalIn(in);
        result.file->firstInvalidUtf8 = optionalIn(in);
    }
    if (!isWhole(in) || result.outcome > Outcome::Failed)
        return std::nullopt;
    return result;
}

bool sendMessage(int socket, const std::string &bytes)
{
    ByteWriter message;
    message.text(bytes);
    std::string_view rest = message.bytes();
    while (!rest.empty()) {
        const ssize_t sent = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<std::vector<std::byte>> receiveMessage(int socket)
{
    std::uint32_t size = 0;
    if (!receiveAll(socket, &size, sizeof(size)) || size > largestMessage)
        return std::nullopt;
    std::vector<std::byte> bytes(size);
    if (!receiveAll(socket, bytes.data(), bytes.size()))
        return std::nullopt;
    return bytes;
}

} // namespace loopscope
