#include "core/experiment/comparison_report.h"

#include <ostream>
#include <string>

namespace loopscope {

// No field needs quotes: keys and numbers have nothing in them that a spreadsheet would take for something else.
void writeComparisonCsv(const Comparison &comparison, std::ostream &out)
{
    std::string line = "strategy,workers,run";
    const RunFigures none;
    forEachFigure(none, [&line](const char *name, auto) { line += std::string(",") + name; });
    out << line << '\n';
    for (const CandidateResult &result : comparison.candidates) {
        const Candidate &candidate = result.candidate;
        for (std::size_t run = 0; run < result.runs.size(); ++run) {
            line = candidate.strategy.key + ',' + (candidate.workers ? std::to_string(*candidate.workers) : "") + ','
                   + std::to_string(run + 1);
            forEachFigure(result.runs[run], [&line](const char *, auto figure) { line += ',' + std::to_string(figure); });
            out << line << '\n';
        }
    }
    out.flush();
}

} // namespace loopscope
