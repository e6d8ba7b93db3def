// The program's operator new. That of the mimalloc library ends the program where there is no memory left, at least where the library is
// built as C; standard C++ throws, and many a place here lives on that.

#include <mimalloc.h>

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
