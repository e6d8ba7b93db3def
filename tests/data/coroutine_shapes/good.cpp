// Samples for coroutine_shapes.py --self-test; never compiled. Nothing here may be reported.

#define INDEX_OF(list, i) (list)[i] + values[0] // co_await [=] { }
#define BRACES(options) Options{options}
#define PATTERN "co_await [&] { }" "[=]"

Task<int> named(Runtime &runtime)
{
    auto job = [](std::stop_token) { return 3; };
    auto waiting = runtime.runBlocking(job, "job");
    const auto result = co_await waiting;
    const Options options{.deep = true};
    co_await runtime.sleep(std::chrono::milliseconds(10), "co_await [x] { ? }");
    co_await left(options, values[1], table[values[0]][i], "text with { and [", R"x(raw "with" { )x");
    if (!co_await right()) {
        const int chosen = options.deep ? 1 : 2;
        co_return chosen;
    }
    for (const int value : {1, 2, 3})
        co_await left(value);
    for (const auto &value : std::vector<int>{1, 2}) {
        co_await left(value);
    }
    const bool isDeep = options.deep ? true : false;
    std::vector<int> numbers{1, 2, 3};
    if (Pair pair{1, 2}; isDeep)
        co_await left(pair);
    while (true) {
        co_await right();
        break;
    }
    switch (co_await kind()) {
    case Kind::One:
        co_await right();
        break;
    default:
        break;
    }
    do {
        co_await right();
    } while (co_await right());
    co_return TaskResult{1, 2};
}

[[nodiscard]] Task<int> captureless()
{
    auto body = [](Runtime &runtime, int n) -> Task<int> {
        auto inner = [n] { return n; };
        auto waiting = runtime.runBlocking(inner, "inner");
        co_return co_await waiting;
    };
    const auto handle = spawn(TaskOptions{"name"}, [](Runtime &runtime) -> Task<int> { co_return co_await runtime.next(); });
    [[maybe_unused]] int a = values[0], b{2};
    const auto fails = [](int n) -> Task<tl::expected<int, Error>> { co_return co_await other(n); };
    use([](int) -> Task<std::map<int, std::pair<int, int>>> { co_return {}; }, []<typename A, typename B>(A, B) -> Task<> { co_return; });
    auto &[first, second] = co_await both();
    for (const auto &[key, value] : co_await map())
        use(key, value);
    int rows[2][3]{{1, 2, 3}, {4, 5, 6}};
    return body;
}

void noCoroutineAtAll(int value)
{
    auto sum = [value](int n) { return value > 0 ? value + n : n; };
    connect(sender, &Sender::done, this, [this] { update(Options{}); });
    auto outer = [value] {
        auto inner = []() -> Task<int> { co_return 1; };
        return inner;
    };
}

struct Awaiter {
    int state{0};
    bool await_ready() const noexcept { return false; }
    auto get() -> Pair { return Pair{1, 2}; }
    auto operator co_await() const { return Inner{*this}; }
};
