#include "core/experiment/comparison_report.h"
#include "core/formats/json_output.h"

#include <ostream>

namespace loopscope {

namespace {

class ComparisonJson : private JsonOutput {
public:
    ComparisonJson(const Comparison &comparison, std::ostream &out)
        : JsonOutput(out)
        , comparison_(comparison)
        , out_(out)
    {
    }

    void write(bool hasTasks)
    {
        beginObject();
        number("version", 1);
        text("title", comparison_.title);
        number("started_unix_ns", comparison_.startedUnixNs);
        number("cores", comparison_.cores);
        number("repetitions", comparison_.repetitions);
        text("cache", comparison_.isCold ? "cold" : "hot");
        flag("complete", comparison_.isComplete);
        beginArray("candidates");
        for (const CandidateResult &result : comparison_.candidates)
            writeCandidate(result);
        endArray();
        if (hasTasks)
            writeTasksAndNotes();
        endObject();
        newLine();
        flush();
        out_.flush();
    }

private:
    void writeTasksAndNotes()
    {
        beginArray("tasks");
        for (const ComparedTask &task : compareTasks(comparison_))
            writeTask(task);
        endArray();
        writeTexts("notes", comparison_.notes());
    }

    void writeCandidate(const CandidateResult &result)
    {
        const Candidate &candidate = result.candidate;
        beginObject();
        text("name", candidate.name());
        text("strategy", candidate.strategy.key);
        text("description", candidate.strategy.text);
        if (candidate.workers)
            number("workers", *candidate.workers);
        else
            null("workers");
        writeTexts("arguments", candidate.strategy.arguments);
        if (result.obstacle.empty())
            null("obstacle");
        else
            text("obstacle", result.obstacle);
        if (result.runs.empty()) {
            null("wall_ns");
            null("ratio");
            null("middle_run");
        } else {
            writeSpread("wall_ns", result.wall());
            real("ratio", comparison_.ratioOf(result));
            count("middle_run", result.middleRun);
        }
        beginArray("runs");
        for (const RunFigures &run : result.runs)
            writeRun(run);
        endArray();
        endObject();
    }

    void writeTexts(std::string_view name, const std::vector<std::string> &texts)
    {
        beginArray(name);
        for (const std::string &item : texts)
            text(item);
        endArray();
    }

    void writeSpread(std::string_view name, const Spread &spread)
    {
        beginObject(name);
        number("median", spread.median);
        number("least", spread.least);
        number("most", spread.most);
        endObject();
    }

    void writeRun(const RunFigures &run)
    {
        beginObject();
        forEachFigure(run, [this](std::string_view name, auto figure) { number(name, static_cast<std::int64_t>(figure)); });
        endObject();
    }

    void writeTask(const ComparedTask &task)
    {
        beginObject();
        text("name", task.name);
        writeTimes("end_ns", task.ends);
        writeTimes("idle_ns", task.idles);
        endObject();
    }

    void writeTimes(std::string_view name, const std::vector<std::optional<Nanoseconds>> &times)
    {
        beginArray(name);
        for (const std::optional<Nanoseconds> &time : times) {
            if (time)
                number(*time);
            else
                null();
        }
        endArray();
    }

    const Comparison &comparison_;
    std::ostream &out_;
};

} // namespace

void writeComparisonJson(const Comparison &comparison, std::ostream &out)
{
    ComparisonJson(comparison, out).write(true);
}

void writeComparisonDescription(const Comparison &comparison, std::ostream &out)
{
    ComparisonJson(comparison, out).write(false);
}

} // namespace loopscope
