#include "tests/support/random_events.h"

#include <random>
#include <vector>

namespace loopscope::test {

namespace {

/// Raw bits of the generator, for the distributions of <random> are each library's own.
class Generator {
public:
    explicit Generator(std::uint32_t seed)
        : random_(seed)
    {
    }

    std::string events()
    {
        text_ = R"({"traceEvents":[{"ph":"X","pid":0,"tid":1,"ts":0,"dur":1,"name":"first"})";
        for (std::uint32_t process = 0; process < 1 + below(3); ++process)
            addProcess(process);
        return text_ + "\n]}";
    }

private:
    std::uint32_t below(std::uint32_t count) { return static_cast<std::uint32_t>(random_() % count); }
    bool onceIn(std::uint32_t times) { return below(times) == 0; }
    // Few instants, so that much begins and ends together.
    std::string time() { return std::to_string(below(80)) + '.' + std::to_string(below(2) * 5); }
    std::string name()
    {
        static const std::vector<std::string> names = {"paint", "read \\\"file\\\"", "gc", "\\u00e9t\\u00e9", "load (2)"};
        return names[below(static_cast<std::uint32_t>(names.size()))];
    }

    void begin(const char *phase, std::uint32_t process)
    {
        text_ += std::string(",\n{\"ph\":\"") + phase + "\",\"pid\":" + std::to_string(process);
    }
    void member(const char *key, const std::string &json) { text_ += std::string(",\"") + key + "\":" + json; }
    void quoted(const char *key, const std::string &text) { member(key, '"' + text + '"'); }
    void end()
    {
        if (onceIn(3))
            member("args", "{\"n\":" + std::to_string(below(100)) + ",\"t\":[null,\"x\"]}");
        text_ += '}';
    }

    void addProcess(std::uint32_t process)
    {
        if (onceIn(2)) {
            begin("M", process);
            text_ += R"(,"name":"process_name","args":{"name":"web server"}})";
        }
        for (std::uint32_t thread = 1; thread <= 1 + below(3); ++thread)
            addThread(process, thread);
        for (std::uint32_t left = below(20); left > 0; --left)
            addOther(process);
        for (std::uint32_t left = below(30); left > 0; --left)
            addFlow(process);
    }

    void addThread(std::uint32_t process, std::uint32_t thread)
    {
        if (onceIn(2)) {
            begin("M", process);
            member("tid", std::to_string(thread));
            text_ += R"(,"name":"thread_name","args":{"name":")" + std::string(onceIn(2) ? "worker" : "thread 70") + "\"}}";
        }
        for (std::uint32_t left = below(50); left > 0; --left) {
            if (onceIn(5))
                addPair(process, thread);
            else
                addSlice(onceIn(6) ? "i" : "X", process, thread, time(), name());
        }
    }

    void addSlice(const char *phase, std::uint32_t process, std::uint32_t thread, const std::string &at, const std::string &called)
    {
        begin(phase, process);
        member("tid", std::to_string(thread));
        member("ts", at);
        quoted("name", called);
        if (phase[0] == 'X')
            member("dur", onceIn(3) ? "0" : std::to_string(below(20)));
        if (onceIn(4))
            quoted("cat", "io");
        if (onceIn(8))
            quoted("cname", "thread_state_runnable");
        end();
    }

    // Told by two events, or by one if it does not end. What ends at the instant at which something else begins may be around that or
    // before it, by the order of their events: no such order comes back, so there are none.
    void addPair(std::uint32_t process, std::uint32_t thread)
    {
        const std::uint32_t at = below(50);
        const std::string called = "pair " + std::to_string(++pairs_);
        addSlice("B", process, thread, std::to_string(at), called);
        if (!onceIn(8))
            addSlice("E", process, thread, std::to_string(at + below(15)) + ".75", called);
    }

    // On no thread: what an asynchronous operation does, and counters.
    void addOther(std::uint32_t process)
    {
        if (onceIn(3)) {
            begin("C", process);
            member("ts", time());
            quoted("name", onceIn(2) ? "memory" : "load");
            member("args", "{\"value\":" + std::to_string(below(1000)) + ".25,\"b\":" + std::to_string(below(9)) + '}');
            text_ += '}';
            return;
        }
        ++operations_;
        addOperation(process, below(50), 1 + below(20), deepest);
    }

    // With what is in it.
    void addOperation(std::uint32_t process, std::uint32_t at, std::uint32_t length, std::uint32_t depth)
    {
        const std::string operation = (depth == deepest ? "request " : "part " + std::to_string(depth) + '.') + std::to_string(below(3));
        addHalf("b", process, at, operation);
        if (depth > 0 && !onceIn(2)) {
            const std::uint32_t later = below(length);
            addOperation(process, at + later, 1 + below(length - later), depth - 1);
        }
        if (onceIn(4))
            addHalf("n", process, at, "step");
        addHalf("e", process, at + length, operation);
    }

    void addHalf(const char *phase, std::uint32_t process, std::uint32_t at, const std::string &operation)
    {
        begin(phase, process);
        member("ts", std::to_string(at));
        member("id", std::to_string(operations_));
        quoted("cat", "net");
        quoted("name", operation);
        end();
    }

    void addFlow(std::uint32_t process)
    {
        ++flows_;
        const std::uint32_t at = below(50);
        for (const char *phase : {"s", "f"}) {
            begin(phase, process);
            member("tid", std::to_string(1 + below(3)));
            member("ts", std::to_string(phase[0] == 's' ? at : at + below(10)));
            member("id", std::to_string(flows_));
            quoted("name", "wakes");
            if (onceIn(2) && phase[0] == 'f')
                quoted("bp", "e");
            text_ += '}';
        }
    }

    static constexpr std::uint32_t deepest = 2;

    std::mt19937 random_;
    std::uint32_t flows_ = 0;
    std::uint32_t pairs_ = 0;
    std::uint32_t operations_ = 0;
    std::string text_;
};

} // namespace

std::string randomEvents(std::uint32_t seed)
{
    return Generator(seed).events();
}

} // namespace loopscope::test
