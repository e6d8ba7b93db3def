#include "tests/support/imported_text.h"

#include <map>
#include <random>
#include <set>
#include <vector>

using namespace loopscope;
using namespace loopscope::test;

namespace {

// What a random thread does: slices that nest properly, as a tree.
struct Node {
    int begin = 0; // in microseconds
    int end = 0;
    int depth = 0;
    std::string name;
    bool isPair = false; // of begin and end
};

struct RandomFile {
    std::map<int, std::vector<Node>> threads; // by tid, parents first
    std::vector<std::string> events;          // in the order of the file
};

class Maker {
public:
    explicit Maker(unsigned seed)
        : random_(seed)
    {
    }

    RandomFile make()
    {
        RandomFile file;
        const int threads = below(4) + 1;
        for (int tid = 1; tid <= threads; ++tid) {
            int at = below(3);
            while (file.threads[tid].empty() || below(5) > 0)
                at = addTree(file, tid, at, 0) + below(3);
        }
        if (below(2) > 0)
            std::ranges::shuffle(file.events, random_);
        return file;
    }

    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

private:
    // Returns where it ends. Begins and ends are all different, so that every order of the file says the same.
    int addTree(RandomFile &file, int tid, int begin, int depth)
    {
        std::vector<Node> &nodes = file.threads[tid];
        const std::size_t own = nodes.size();
        nodes.push_back({begin, 0, depth, "n" + std::to_string(below(6)), below(2) > 0});
        int at = begin + 1 + below(3);
        while (depth < 6 && below(3) > 0)
            at = addTree(file, tid, at, depth + 1) + 1 + below(3);
        nodes[own].end = at;
        write(file, tid, nodes[own]);
        return at + 1;
    }

    void write(RandomFile &file, int tid, const Node &node)
    {
        const std::string place = ",\"pid\":7,\"tid\":" + std::to_string(tid) + "}";
        const auto time = [this](int microseconds) {
            const std::string plain = std::to_string(microseconds);
            return below(2) > 0 ? plain : below(2) > 0 ? '"' + plain + ".000\"" : plain + ".0e+0";
        };
        const std::string name = "{\"name\":\"" + node.name + "\",";
        if (!node.isPair) {
            file.events.push_back(name + "\"ph\":\"X\",\"ts\":" + time(node.begin) + ",\"dur\":" + time(node.end - node.begin) + place);
            return;
        }
        file.events.push_back(name + "\"ph\":\"B\",\"ts\":" + time(node.begin) + place);
        file.events.push_back((below(2) > 0 ? name : "{") + "\"ph\":\"E\",\"ts\":" + time(node.end) + place);
    }

    std::mt19937 random_;
};

// The spans of each row of each thread, made without any of what is tested.
std::map<int, std::map<int, std::multiset<std::string>>> expectedRows(const RandomFile &file)
{
    int first = INT_MAX;
    for (const auto &[tid, nodes] : file.threads)
        first = std::min(first, nodes.front().begin);
    std::map<int, std::map<int, std::multiset<std::string>>> rows;
    for (const auto &[tid, nodes] : file.threads) {
        for (const Node &node : nodes)
            rows[tid][node.depth].insert(std::to_string((node.begin - first) * 1000) + '-' + std::to_string((node.end - first) * 1000) + ' '
                                         + node.name);
    }
    return rows;
}

std::map<int, std::map<int, std::multiset<std::string>>> rowsOf(const Trace &trace)
{
    std::map<int, std::map<int, std::multiset<std::string>>> rows;
    for (const LaneId lane : trace.rows()) {
        const std::string name(trace.nameOf(lane));
        const int tid = std::stoi(name.substr(name.find(' ') + 1));
        const auto row = static_cast<int>(lane - trace.headOf(lane));
        for (std::size_t i = 0; i < trace.spanCount(lane); ++i) {
            const Span span = trace.span(lane, i);
            rows[tid][row].insert(std::to_string(span.begin) + '-' + std::to_string(span.end) + ' ' + trace.reason(span.site));
        }
    }
    return rows;
}

std::string textOf(const RandomFile &file)
{
    std::string text = "{\"traceEvents\":[";
    for (std::size_t i = 0; i < file.events.size(); ++i)
        text += (i > 0 ? "," : "") + file.events[i];
    return text + "]}";
}

} // namespace

// Random threads, written in any order and read in windows of any size, are the same again.
class ChromePropertyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        constexpr unsigned firstSeed = 1000;
        constexpr unsigned files = 400;
        for (unsigned seed = firstSeed; seed < firstSeed + files; ++seed) {
            Maker maker(seed);
            const RandomFile file = maker.make();
            chrome::ImportSettings settings;
            settings.windows.window = static_cast<std::size_t>(maker.below(2000) + 1);
            const auto opened = importText(textOf(file), settings);
            const std::string at = "seed " + std::to_string(seed) + ": " + textOf(file);
            QVERIFY2(opened.has_value(), at.c_str());
            QVERIFY2(opened->trace->info().problems.empty(), (describeProblems(*opened->trace) + at).c_str());
            QVERIFY2(rowsOf(*opened->trace) == expectedRows(file), (describe(*opened->trace) + at).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(ChromePropertyTest)
#include "chrome_property_test.moc"
