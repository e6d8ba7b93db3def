// The program's operator new. That of the mimalloc library ends the program where there is no memory left, at least where the library is
// built as C; standard C++ throws, and many a place here lives on that.

#include <mimalloc.h>

#include <sys/mman.h>

#include <cstdint>
#include <new>

namespace {

/// Calls `allocate` until it answers memory, as the standard has it: [new.delete.single].
template <typename Allocate>
void *allocated(Allocate allocate)
{
    for (;;) {
        if (void *memory = allocate())
            return memory;
        const std::new_handler handler = std::get_new_handler();
        if (handler == nullptr)
            throw std::bad_alloc();
        handler();
    }
}

/// Asks the system for pages of 2 MiB, which it may ignore. A page of 4 KiB costs microseconds when it is first used, in a virtual machine
/// up to nine, and a run of many files uses thousands.
///
/// What the main thread has allocated so far lies in a piece of 32 MiB, at a multiple of them, that is its own. (Were it elsewhere, this
/// would be a hint on some other memory.) Further pieces are asked for by the library itself; of other threads, which may be thousands,
/// only those that use more than one: it does not ask before that.
bool askForLargePages()
{
    constexpr std::uintptr_t piece = std::uintptr_t(32) << 20U;
    void *const memory = mi_malloc(1);
    const std::uintptr_t begin = reinterpret_cast<std::uintptr_t>(memory) / piece * piece;
    mi_free(memory);
    mi_option_enable(mi_option_large_os_pages);
    return madvise(reinterpret_cast<void *>(begin), piece, MADV_HUGEPAGE) == 0;
}

[[maybe_unused]] const bool hasLargePages = askForLargePages(); // before main()

} // namespace

// What they return is freed by mimalloc's operators delete.

void *operator new(std::size_t size)
{
    return allocated([size] { return mi_malloc(size); });
}

void *operator new[](std::size_t size)
{
    return allocated([size] { return mi_malloc(size); });
}

void *operator new(std::size_t size, std::align_val_t alignment)
{
    return allocated([size, alignment] { return mi_malloc_aligned(size, static_cast<std::size_t>(alignment)); });
}

void *operator new[](std::size_t size, std::align_val_t alignment)
{
    return allocated([size, alignment] { return mi_malloc_aligned(size, static_cast<std::size_t>(alignment)); });
}
