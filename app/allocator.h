#pragma once

namespace loopscope {

/// Lets threads that live for one job begin with little memory: each would be given a large page, of which it needs a hundredth, and with
/// hundreds of them that would be most of what is measured. Before they are started.
#ifdef LOOPSCOPE_MIMALLOC
void expectManyThreads();
#else
inline void expectManyThreads() { }
#endif

} // namespace loopscope
