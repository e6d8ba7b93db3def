#include "core/formats/gzip_output.h"

#include "core/formats/gzip_format.h"

#include <algorithm>
#include <array>
#include <limits>
#include <streambuf>

#include <zlib.h>

namespace loopscope {

namespace {

constexpr int memoryLevel = 8; // zlib's default
constexpr std::size_t packedBytes = 65'536;

} // namespace

class GzipOutput::Buffer : public std::streambuf {
public:
    explicit Buffer(std::ostream &out)
        : out_(out)
        , isReady_(deflateInit2(&state_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzipWindowBits, memoryLevel, Z_DEFAULT_STRATEGY) == Z_OK)
    {
    }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    ~Buffer() override
    {
        if (isReady_)
            ::deflateEnd(&state_);
    }

    [[nodiscard]] bool isReady() const { return isReady_; }
    [[nodiscard]] bool finish() { return isReady_ && pack(Z_FINISH) && out_.flush().good(); }

protected:
    std::streamsize xsputn(const char *bytes, std::streamsize size) override
    {
        if (!isReady_)
            return 0;
        state_.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes)); // zlib's own type lacks the const
        for (std::streamsize left = size; left > 0;) {
            const auto part = static_cast<uInt>(std::min<std::streamsize>(left, std::numeric_limits<int>::max()));
            state_.avail_in = part;
            if (!pack(Z_NO_FLUSH))
                return size - left;
            left -= part;
        }
        state_.next_in = nullptr; // all of it is taken
        return size;
    }

    int_type overflow(int_type c) override
    {
        const char byte = traits_type::to_char_type(c);
        return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
    }

private:
    bool pack(int flush)
    {
        int status = Z_OK;
        do {
            state_.next_out = packed_.data();
            state_.avail_out = packedBytes;
            status = ::deflate(&state_, flush);
            out_.write(reinterpret_cast<const char *>(packed_.data()), static_cast<std::streamsize>(packedBytes - state_.avail_out));
        } while (state_.avail_out == 0 && out_.good());
        return out_.good() && (flush == Z_FINISH ? status == Z_STREAM_END : state_.avail_in == 0);
    }

    std::ostream &out_;
    z_stream state_{};
    std::array<Bytef, packedBytes> packed_{};
    bool isReady_;
};

GzipOutput::GzipOutput(std::ostream &out)
    : buffer_(std::make_unique<Buffer>(out))
    , stream_(buffer_.get())
{
}

GzipOutput::~GzipOutput() = default;

bool GzipOutput::isReady() const
{
    return buffer_->isReady();
}

bool GzipOutput::finish()
{
    return stream_.good() && buffer_->finish();
}

} // namespace loopscope
