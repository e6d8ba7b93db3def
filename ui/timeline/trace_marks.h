#pragma once

#include "core/trace/marks.h"

#include <QObject>

#include <memory>
#include <vector>

namespace loopscope {

/// The marks of the trace that is shown: every widget that shows or changes them has the same ones.
class TraceMarks : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Shows and changes these marks from now on; never null.
    void show(std::shared_ptr<Marks> marks);
    [[nodiscard]] const std::vector<Mark> &all() const { return marks_->all(); }

    // As in Marks.
    MarkId add(Nanoseconds at);
    bool rename(MarkId id, const QString &name);
    bool remove(MarkId id);

Q_SIGNALS:
    /// all() are other ones now.
    void changed();
    /// A person has changed them; after changed().
    void edited();

private:
    void tellEdited();

    std::shared_ptr<Marks> marks_ = std::make_shared<Marks>();
};

} // namespace loopscope
