#include "core/formats/csv_export.h"

#include "core/formats/json_output.h"
#include "core/formats/lane_names.h"
#include "core/formats/merged_rows.h"

#include <functional>
#include <limits>
#include <optional>
#include <ostream>
#include <queue>
#include <vector>

namespace loopscope {

namespace {

constexpr std::size_t linesAtOnce = 65'536; // bytes

/// What one row says.
struct Row {
    const char *kind;
    std::string_view state;
    std::string_view name;
    Nanoseconds begin;
    Nanoseconds length;
    std::string_view reason;
    LaneId worker = noLane;
    std::optional<std::size_t> depth = {}; ///< if it is not that of its lane
};

/// Counts the slices of a thread, at any depth, that are around an instant. Instants come in order of time.
class SlicesAround {
public:
    SlicesAround(const Trace &trace, LaneId head)
        : rows_(trace, head)
        , next_(rows_.next())
    {
    }

    /// `goesOn` is asked at each slice that is passed.
    template <typename GoesOn>
    [[nodiscard]] std::size_t count(Nanoseconds at, GoesOn goesOn)
    {
        for (; next_ && next_->span.begin <= at && goesOn(); next_ = rows_.next()) {
            if (next_->span.state == State::Slice)
                ends_.push(next_->isOpen ? std::numeric_limits<Nanoseconds>::max() : next_->span.end);
            leaveEnded(next_->span.begin); // so that there are no more of them than rows
        }
        leaveEnded(at);
        return ends_.size();
    }

private:
    void leaveEnded(Nanoseconds at)
    {
        while (!ends_.empty() && ends_.top() <= at)
            ends_.pop();
    }

    MergedRows rows_;
    std::optional<MergedRows::Slice> next_; // not passed yet
    std::priority_queue<Nanoseconds, std::vector<Nanoseconds>, std::greater<>> ends_;
};

class CsvExport {
public:
    CsvExport(const Trace &trace, std::ostream &out, ExportProgress &progress)
        : trace_(trace)
        , names_(trace)
        , out_(out)
        , progress_(progress)
    {
    }

    bool write()
    {
        lines_ = "lane,kind,state,name,depth,begin_ns,dur_ns,reason,worker\n";
        for (LaneId lane = 0; lane < trace_.laneCount() && goesOn(0); ++lane)
            writeLane(lane);
        flush();
        out_.flush();
        return out_.good() && !progress_.isStopped();
    }

private:
    [[nodiscard]] bool goesOn(std::uint64_t written) { return progress_.advance(written) && out_.good(); }

    void writeLane(LaneId lane)
    {
        depth_ = trace_.lane(lane).kind == LaneKind::Row ? depth_ + 1 : 0; // the rows of a thread follow it
        laneField_ = csvField(names_[trace_.headOf(lane)]);
        const auto instants = trace_.imported().instants(lane);
        std::optional<SlicesAround> around;
        if (!instants.empty())
            around.emplace(trace_, lane);
        std::size_t instant = 0;
        const std::size_t spans = trace_.spanCount(lane);
        for (std::size_t i = 0; i < spans && goesOn(1); ++i) {
            const Span span = trace_.span(lane, i);
            for (; instant < instants.size() && instants[instant].at < span.begin; ++instant)
                addInstant(instants[instant], *around);
            addSpan(lane, span);
        }
        for (; instant < instants.size() && goesOn(1); ++instant)
            addInstant(instants[instant], *around);
    }

    void addSpan(LaneId lane, const Span &span)
    {
        const std::string &text = trace_.reason(span.site);
        if (span.state == State::Slice)
            return add({"slice", {}, text, span.begin, span.length(), {}});
        // On a worker's own lane the other one is the task.
        const bool isWorker = trace_.lane(lane).kind == LaneKind::Worker;
        const LaneId worker = span.state != State::InWorker ? noLane : isWorker ? lane : span.peer;
        add({"span", stateKey(span.state), {}, span.begin, span.length(), text, worker});
    }

    void addInstant(const Instant &instant, SlicesAround &around)
    {
        const std::size_t depth = around.count(instant.at, [this] { return goesOn(0); });
        add({"instant", {}, trace_.reason(instant.site), instant.at, 0, {}, noLane, depth});
    }

    void add(const Row &row)
    {
        lines_ += laneField_;
        ((lines_ += ',') += row.kind) += ',';
        (lines_ += row.state) += ',';
        (lines_ += csvField(row.name)) += ',';
        (lines_ += std::to_string(row.depth.value_or(depth_))) += ',';
        (lines_ += std::to_string(row.begin)) += ',';
        (lines_ += std::to_string(row.length)) += ',';
        (lines_ += csvField(row.reason)) += ',';
        if (trace_.hasLane(row.worker))
            lines_ += std::to_string(trace_.lane(row.worker).number());
        lines_ += '\n';
        if (lines_.size() > linesAtOnce)
            flush();
    }

    void flush()
    {
        out_.write(lines_.data(), static_cast<std::streamsize>(lines_.size()));
        lines_.clear();
    }

    const Trace &trace_;
    const LaneNames names_;
    std::ostream &out_;
    ExportProgress &progress_;
    std::string lines_;
    std::string laneField_;
    std::size_t depth_ = 0;
};

} // namespace

std::string csvField(std::string_view bytes)
{
    std::string text = validText(bytes);
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
        text.insert(text.begin(), '\'');
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

bool writeCsv(const Trace &trace, std::ostream &out, ExportProgress &progress)
{
    return CsvExport(trace, out, progress).write();
}

} // namespace loopscope
