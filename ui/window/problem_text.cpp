#include "ui/window/problem_text.h"

#include "ui/panels/run_summary.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

namespace {

constexpr qsizetype mostKinds = 3; // more than a person would read at once

struct ProblemWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProblemText)
};

QString headline(std::uint64_t leftOut, std::uint64_t mended)
{
    if (leftOut == 0)
        return mended == 1 ? ProblemWords::tr("1 event had to be mended")
                           : ProblemWords::tr("%1 events had to be mended").arg(formatCount(mended));
    const QString lost = leftOut == 1 ? ProblemWords::tr("1 event could not be used")
                                      : ProblemWords::tr("%1 events could not be used").arg(formatCount(leftOut));
    return mended == 0 ? lost : ProblemWords::tr("%1, %2 had to be mended").arg(lost, formatCount(mended));
}

QString onlyProblem(const ImportProblem &problem, const QString &headline)
{
    const QString place = problem.count == 1 ? ProblemWords::tr("at byte %1") : ProblemWords::tr("the first at byte %1");
    return ProblemWords::tr("%1 (%2, %3).").arg(headline, shownText(problem.what), place.arg(formatCount(problem.firstByte)));
}

} // namespace

QString problemSentence(const RunInfo &info)
{
    std::uint64_t leftOut = 0;
    std::uint64_t mended = 0;
    QStringList kinds;
    for (const ImportProblem &problem : info.problems) {
        (problem.isLeftOut ? leftOut : mended) += problem.count;
        if (kinds.size() < mostKinds)
            kinds.append(problemText(problem));
    }
    if (kinds.isEmpty())
        return {};
    if (info.problems.size() == 1) // the headline counts it already
        return onlyProblem(info.problems.front(), headline(leftOut, mended));
    const auto more = static_cast<qsizetype>(info.problems.size()) - kinds.size();
    if (more > 0)
        kinds.append(more == 1 ? ProblemWords::tr("and 1 more kind, see Help > About this run")
                               : ProblemWords::tr("and %1 more kinds, see Help > About this run").arg(more));
    return ProblemWords::tr("%1 (%2).").arg(headline(leftOut, mended), kinds.join(QStringLiteral("; ")));
}

} // namespace loopscope
