#pragma once

#include <memory>
#include <ostream>

namespace loopscope {

/// Packs by gzip what is written to its stream, into another one, which must outlive it. Of one thread.
class GzipOutput {
public:
    explicit GzipOutput(std::ostream &out);
    GzipOutput(const GzipOutput &) = delete;
    GzipOutput &operator=(const GzipOutput &) = delete;
    ~GzipOutput();

    [[nodiscard]] std::ostream &stream() { return stream_; }
    /// False if there was no memory for packing: then nothing can be written.
    [[nodiscard]] bool isReady() const;
    /// Writes what ends the packed bytes. False if something could not be written. Nothing may be written any more.
    [[nodiscard]] bool finish();

private:
    class Buffer;

    std::unique_ptr<Buffer> buffer_;
    std::ostream stream_;
};

} // namespace loopscope
