#include "ui/window/open_offer.h"

#include "ui/window/recent_paths.h"

#include <utility>

namespace loopscope {

OpenOffer::OpenOffer(QWidget *parent)
    : ChoiceBar(parent)
{
    connect(this, &ChoiceBar::firstChosen, this, [this] {
        withdraw();
        Q_EMIT openWanted(std::exchange(paths_, {}));
    });
    connect(this, &ChoiceBar::secondChosen, this, [this] {
        withdraw();
        Q_EMIT readWanted(std::exchange(paths_, {}));
    });
}

void OpenOffer::offer(const std::vector<std::string> &paths)
{
    if (isHidden())
        paths_.clear();
    paths_.insert(paths_.end(), paths.begin(), paths.end());
    const bool isOne = paths_.size() == 1;
    const QString names = RecentPaths::title(paths_);
    ask(isOne ? tr("“%1” is a trace or a scenario, and can be opened.").arg(names)
              : tr("%1 files are traces or scenarios, and can be opened: %2.").arg(paths_.size()).arg(names),
        tr("Open"), isOne ? tr("Read it as data") : tr("Read them as data"));
    takeKeyboard();
}

} // namespace loopscope
