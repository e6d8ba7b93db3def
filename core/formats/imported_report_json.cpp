#include "core/analysis/slice_totals.h"
#include "core/formats/imported_report.h"
#include "core/formats/json_output.h"

#include <algorithm>
#include <ostream>

namespace loopscope {

namespace {

class ImportedReport : private JsonOutput {
public:
    ImportedReport(const Trace &trace, std::ostream &out)
        : JsonOutput(out)
        , trace_(trace)
        , out_(out)
        , totals_(sliceTotals(trace))
    {
    }

    void write()
    {
        beginObject();
        number("version", 1);
        text("format", trace_.info().importedFrom);
        number("extent_ns", trace_.now());
        count("flows", trace_.imported().flows().size());
        writeArray("processes", trace_.processes(), [this](LaneId process) { writeProcess(process); });
        writeArray("lanes", totals_.lanes, [this](const LaneTotals &lane) { writeLane(lane); });
        writeArray("names", totals_.names, [this](const NameTotals &name) { writeName(name); });
        writeArray("counters", trace_.rows(), [this](LaneId lane) { writeCounter(lane); });
        writeArray("problems", trace_.info().problems, [this](const ImportProblem &problem) { writeProblem(problem); });
        endObject();
        newLine();
        flush();
        out_.flush();
    }

private:
    template <typename Items, typename Write>
    void writeArray(std::string_view name, const Items &items, Write writeItem)
    {
        beginArray(name);
        for (const auto &item : items) {
            if (!out_)
                break;
            writeItem(item);
        }
        endArray();
    }

    void lane(std::string_view name, LaneId id)
    {
        if (trace_.hasLane(id))
            count(name, id);
        else
            null(name);
    }

    void writeProcess(LaneId id)
    {
        beginObject();
        count("id", id);
        text("name", trace_.nameOf(id));
        text("note", trace_.name(trace_.lane(id).task.note));
        endObject();
    }

    void writeLane(const LaneTotals &totals)
    {
        beginObject();
        count("id", totals.lane);
        text("name", trace_.nameOf(totals.lane));
        text("kind", trace_.name(trace_.lane(totals.lane).task.kind));
        lane("process", trace_.processOf(totals.lane));
        count("slices", totals.slices);
        count("instants", totals.instants);
        number("covered_ns", totals.covered);
        const StateTimes times = trace_.times(totals.lane);
        beginObject("states");
        for (const State state : taskStates)
            number(std::string(stateKey(state)) + "_ns", times[state]);
        endObject();
        endObject();
    }

    void writeName(const NameTotals &totals)
    {
        const Site &site = trace_.site(totals.site);
        beginObject();
        text("name", trace_.name(site.reason));
        text("category", trace_.name(site.file));
        count("slices", totals.slices);
        number("total_ns", totals.time);
        number("longest_ns", totals.longest);
        count("instants", totals.instants);
        endObject();
    }

    void writeCounter(LaneId id)
    {
        if (trace_.lane(id).kind != LaneKind::Counter)
            return;
        const auto samples = trace_.imported().samples(id);
        beginObject();
        count("id", id);
        text("name", trace_.nameOf(id));
        lane("process", trace_.processOf(id));
        count("samples", samples.size());
        if (samples.empty()) {
            for (const char *name : {"least", "most", "last"})
                null(name);
        } else {
            const auto [least, most] = std::ranges::minmax(samples, {}, &Sample::value);
            real("least", least.value);
            real("most", most.value);
            real("last", samples.back().value);
        }
        endObject();
    }

    void writeProblem(const ImportProblem &problem)
    {
        beginObject();
        text("what", problem.what);
        count("count", problem.count);
        count("first_byte", problem.firstByte);
        flag("left_out", problem.isLeftOut);
        endObject();
    }

    const Trace &trace_;
    std::ostream &out_;
    SliceTotals totals_;
};

} // namespace

void writeImportedJsonReport(const Trace &trace, std::ostream &out)
{
    ImportedReport(trace, out).write();
}

} // namespace loopscope
