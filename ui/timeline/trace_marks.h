#pragma once

#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <QObject>

#include <memory>
#include <utility>
#include <vector>

namespace loopscope {

/// The marks of the run that is shown. Those of runs that were shown before are kept as long as the runs are.
class TraceMarks : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Shows the marks of another trace, or none if null.
    void setTrace(const std::shared_ptr<const Trace> &trace);
    [[nodiscard]] const std::vector<Mark> &all() const { return marks_.all(); }

    // As in Marks.
    MarkId add(Nanoseconds at);
    bool rename(MarkId id, const QString &name);
    bool remove(MarkId id);

Q_SIGNALS:
    /// all() are other ones now.
    void changed();

private:
    std::weak_ptr<const Trace> trace_;
    Marks marks_;
    std::vector<std::pair<std::weak_ptr<const Trace>, Marks>> others_;
};

} // namespace loopscope
