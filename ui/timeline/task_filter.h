#pragma once

#include "core/trace/trace.h"

#include <QObject>
#include <QString>

#include <optional>

namespace loopscope {

/// What a filter may ask of a task beside its texts.
enum class TaskTrait : std::uint8_t {
    Failed,
    Cancelled,
    Unfinished,
    Blocked ///< it has blocked the loop
};

/// Which tasks are wanted: those that meet every condition that is there. (What range of time is visible is zoom, and another matter.)
struct TaskFilterTerms {
    QString text; ///< occurs in the name, or, once the task has ended, in its outcome or result, or in its process, whatever the case
    std::optional<TaskTrait> trait;
    std::optional<NameId> kind;
    std::optional<LaneId> parent;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty() && !trait && !kind && !parent; }
    /// Whether a task that lives may come to match, or match no more.
    [[nodiscard]] bool areOfTheMoment() const { return !text.isEmpty() || trait; }
    friend bool operator==(const TaskFilterTerms &, const TaskFilterTerms &) = default;
};

[[nodiscard]] bool matches(const Trace &trace, LaneId task, const TaskFilterTerms &terms);
/// "failed", "unfinished"…
[[nodiscard]] QString traitTitle(TaskTrait trait);

/// The filter. The window has one, and every widget that shows tasks shows those alone that match.
class TaskFilter : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] const TaskFilterTerms &terms() const { return terms_; }
    void setTerms(const TaskFilterTerms &terms);
    void setText(const QString &text);
    void setTrait(std::optional<TaskTrait> trait);
    void setKind(std::optional<NameId> kind);
    void setParentTask(std::optional<LaneId> parent);
    void clear() { setTerms({}); }
    /// Another trace is shown: its kinds and tasks have other numbers.
    void forgetNumbers();

Q_SIGNALS:
    void changed();

private:
    TaskFilterTerms terms_;
};

} // namespace loopscope
