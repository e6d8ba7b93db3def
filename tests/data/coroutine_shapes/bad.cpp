// Samples for coroutine_shapes.py --self-test; never compiled. Each dangerous line names what is to be found in it.

#define AWAIT_WITH(options) co_await left(Options{options}) // bad: macro
#define LATER(x) [x] { return x; } // bad: macro
#define EVERYTHING [=] // bad: macro
#define HERE [&, this] // bad: macro
#  define LONG(c)                                                                                                                          \
    do {                                                                                                                                   \
        if (c)                                                                                                                             \
            co_await right(); /* bad, and says so: // bad: macro */                                                                         \
    } while (false)

Task<int> lambdaInTheAwait(Runtime &runtime)
{
    const int value = 3;
    auto a = co_await runtime.runBlocking([value](std::stop_token) { return value; }, "capture"); // bad: lambda
    co_await runtime.runBlocking([](std::stop_token) { return 1; }, "captureless"); // bad: lambda
    co_await runtime.runBlocking(
        [=] { return value; }, // bad: lambda
        "on its own line");
    if (auto r = co_await runtime.runBlocking([&] { return 1; }, "in an if"); !r) // bad: lambda
        co_return 1;
    while (co_await next([] { return true; })) { // bad: lambda
        doSomething();
    }
    for (int i = co_await first([&] { return 1; }); i < 3; ++i) // bad: lambda
        use(i);
    co_return co_await other([&value]() -> int { return value; }); // bad: lambda
}

Task<int> bracesInTheAwait(Runtime &runtime)
{
    co_await runtime.sleep(std::chrono::milliseconds{10}, "braced argument"); // bad: braces
    co_await connect({"host", 80}); // bad: braces
    auto both = Pair{co_await left(), co_await right()}; // bad: braces
    co_await Waiter{runtime}; // bad: braces
    co_await gather(std::vector<Task<int>>{one(), two()}); // bad: braces
    use(co_await left(), Options{.deep = true}); // bad: braces
    const Value value{co_await left()}; // bad: braces
    co_return TaskResult{co_await left()}; // bad: braces
}

Task<int> ternaryAroundTheAwait(bool c)
{
    const int a = c ? co_await left() : 0; // bad: ternary
    const int b = c ? 0 : co_await right(); // bad: ternary
    use(c ? co_await left() : co_await right()); // bad: ternary
    co_await wait(c ? 1 : 2); // bad: ternary
    co_return c
        ? co_await left() // bad: ternary
        : 0;
}

void capturingCoroutines(int value)
{
    auto job = [value]() -> Task<int> { co_return value; }; // bad: captures
    auto other = [&] { co_await left(); }; // bad: captures
    start([this](int n) mutable -> Task<> { // bad: captures
        if (n > 0) {
            co_await left();
        }
        co_return;
    });
    auto fails = [value](int) -> Task<tl::expected<int, Error>> { co_return value; }; // bad: captures
    use([value](int) -> Task<std::map<int, std::pair<int, int>>> { co_return {}; }, 3); // bad: captures
    use(1, [value]<typename A, typename B>(A, B) noexcept(false) -> Task<> { co_return; }); // bad: captures
    use([value](auto... all) requires(sizeof...(all) > 1) { co_await left(all...); }); // bad: captures
    use([value] mutable { co_await left(value); }); // bad: captures
    if (value)
        [value]() -> Task<> { co_return; }(); // bad: captures
    else
        [&value]() -> Task<> { co_return; }(); // bad: captures
    if constexpr (isLazy)
        [=]() -> Task<> { co_return; }(); // bad: captures
    for (int i = 0; i < value; ++i)
        [i]() -> Task<> { co_return; }(); // bad: captures
    do
        [value]() -> Task<> { co_return; }(); // bad: captures
    while (value < 0);
    if (value > 0 and [value]() -> Task<bool> { co_return true; }().get() or [&]() -> Task<bool> { co_return true; }().get()) // bad: captures
        throw [value]() -> Task<> { co_return; }; // bad: captures
    use(not [value]() -> Task<bool> { co_return true; }().get()); // bad: captures
    (void)[value]() -> Task<> { co_return; }(); // bad: captures
    auto outer = [value] { return [value]() -> Task<int> { co_return value; }; }; // bad: captures
    auto nested = []() -> Task<> {
        co_await runBlocking([] { return 1; }); // bad: lambda
    };
    use(table[[&] { return 1; }()], 1'000, 'x', '{', "co_await [&] {");
    co_await after(1'000, [&] { return R"(})"; }); // bad: lambda
}

class Holder {
    Task<int> member() const
    {
        switch (co_await kind(Options{})) { // bad: braces
        case 1:
            co_return co_await left([this] { return 1; }); // bad: lambda
        default: {
            co_await left(Options{}); // bad: braces
        }
        }
        try {
            co_await left({}); // bad: braces
        } catch (const std::exception &) {
            co_return co_await right({}); // bad: braces
        }
    }
};

auto trailing() -> Task<std::vector<int>>
{
    co_await left({}); // bad: braces
}

template <typename T>
    requires std::integral<T>
Task<T> constrained(T value)
{
    co_await left({value}); // bad: braces
}

namespace {
enum class Kind : int { One, Two };
struct Facts : Base {
    int numbers[2]{1, 2};
    Task<> run() noexcept { co_await left({}); } // bad: braces
};
} // namespace
