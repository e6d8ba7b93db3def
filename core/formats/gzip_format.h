#pragma once

namespace loopscope {

/// What zlib's windowBits has to be for gzip: the largest window, and 16 for gzip's header and checksum instead of zlib's own.
inline constexpr int gzipWindowBits = 15 + 16;

} // namespace loopscope
