#pragma once

#include <QList>

class QByteArray;
class QSplitter;

namespace loopscope {

/// What the second widget of a splitter lends to the first for a while, and gets back: what the splitter was before, it is afterwards,
/// however it was resized meanwhile. A person who moves the handle meanwhile has chosen; nothing is lent or given back then.
class LentRoom {
public:
    /// `splitter` has two widgets, and must outlive it.
    explicit LentRoom(QSplitter &splitter);

    /// Lends `wanted` pixels in place of what is lent; the lender keeps `least`, or what it has if that is less. With 0 the while is over.
    void lend(int wanted, int least);
    /// Gives back for now: what is hidden, for one, comes back with the size that it had.
    void giveBack();
    /// QSplitter::saveState() without what is lent.
    [[nodiscard]] QByteArray savedState() const;

private:
    QSplitter &splitter_;
    QList<int> before_; // the sizes without the loan; empty while there is none
    bool isChosen_ = false;
};

} // namespace loopscope
