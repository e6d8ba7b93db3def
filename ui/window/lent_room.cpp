#include "ui/window/lent_room.h"

#include <QSplitter>

#include <algorithm>
#include <utility>

namespace loopscope {

LentRoom::LentRoom(QSplitter &splitter)
    : splitter_(splitter)
{
    QObject::connect(&splitter, &QSplitter::splitterMoved, &splitter, [this] {
        isChosen_ = isChosen_ || !before_.isEmpty();
        before_.clear();
    });
}

void LentRoom::lend(int wanted, int least)
{
    const QList<int> before = before_;
    giveBack();
    isChosen_ = isChosen_ && wanted > 0;
    if (wanted == 0 || isChosen_)
        return;
    splitter_.refresh(); // a lender that has just been shown has no size yet
    const QList<int> sizes = splitter_.sizes();
    const int lent = std::clamp(sizes[1] - least, 0, wanted);
    before_ = before.isEmpty() ? sizes : before;
    splitter_.setSizes({sizes[0] + lent, sizes[1] - lent});
}

void LentRoom::giveBack()
{
    if (const QList<int> before = std::exchange(before_, {}); !before.isEmpty())
        splitter_.setSizes(before);
}

QByteArray LentRoom::savedState() const
{
    if (before_.isEmpty())
        return splitter_.saveState();
    const QList<int> now = splitter_.sizes();
    splitter_.setSizes(before_);
    QByteArray state = splitter_.saveState();
    splitter_.setSizes(now);
    return state;
}

} // namespace loopscope
