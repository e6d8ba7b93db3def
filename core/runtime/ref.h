#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <utility>

namespace loopscope {

/// Counts the Refs to it: four bytes, where what a std::shared_ptr points to has sixteen more, and the pointer eight. For what there are
/// hundreds of thousands of.
class RefCounted {
public:
    RefCounted(const RefCounted &) = delete;
    RefCounted &operator=(const RefCounted &) = delete;

protected:
    RefCounted() = default;
    ~RefCounted() = default;

private:
    template <typename T>
    friend class Ref;

    std::atomic<std::uint32_t> refs_{0};
};

/// Shares an object that is RefCounted, and deletes it when it was the last to do so: as a T, which needs a virtual destructor if it is
/// something more. As with std::shared_ptr, several threads may have Refs to one object, and none may use a Ref while another changes it.
template <typename T>
class Ref {
public:
    Ref() = default;
    /// A further share of an object that lives, or the first one of a new object. May be null.
    explicit Ref(T *object)
        : object_(object)
    {
        if (object_ != nullptr)
            count().fetch_add(1, std::memory_order_relaxed);
    }
    Ref(const Ref &other)
        : Ref(other.object_)
    {
    }
    Ref(Ref &&other) noexcept
        : object_(std::exchange(other.object_, nullptr))
    {
    }
    template <std::derived_from<T> Derived>
    Ref(const Ref<Derived> &other) // NOLINT(google-explicit-constructor): as a pointer is converted
        : Ref(other.get())
    {
    }
    template <std::derived_from<T> Derived>
    Ref(Ref<Derived> &&other) noexcept // NOLINT(google-explicit-constructor)
        : object_(std::exchange(other.object_, nullptr))
    {
    }
    Ref &operator=(Ref other) noexcept
    {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref()
    {
        if (object_ != nullptr && count().fetch_sub(1, std::memory_order_acq_rel) == 1)
            delete object_;
    }

    /// Gives its share back.
    void reset() { *this = Ref(); }
    /// The object, as long as this shares it; null if it does not share any.
    [[nodiscard]] T *get() const { return object_; }
    [[nodiscard]] T &operator*() const { return *object_; }
    [[nodiscard]] T *operator->() const { return object_; }
    [[nodiscard]] explicit operator bool() const { return object_ != nullptr; }

private:
    template <typename Other>
    friend class Ref;

    [[nodiscard]] std::atomic<std::uint32_t> &count() const { return static_cast<RefCounted &>(*object_).refs_; }

    T *object_ = nullptr;
};

/// The first Ref to a new T.
template <typename T, typename... Args>
[[nodiscard]] Ref<T> makeRef(Args &&...args)
{
    return Ref<T>(new T(std::forward<Args>(args)...));
}

} // namespace loopscope
