#pragma once

#include "core/workload/scenario.h"
#include "ui/window/recent_paths.h"
#include "ui/window/recent_runs.h"

#include <QScrollArea>
#include <QStringList>

#include <vector>

class QGridLayout;
class QVBoxLayout;

namespace loopscope {

class ScenarioCard;

/// What an empty window shows: where to drop files, the scenarios, and what was opened before.
class StartPage : public QScrollArea {
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    void showRecent(const RecentPaths &traces, const RecentPaths &paths, const RecentRuns &runs);

Q_SIGNALS:
    void filesWanted();
    void folderWanted();
    void tracesWanted();
    void scenarioClicked(const loopscope::Scenario *scenario);
    void recentPathsClicked(const std::vector<std::string> &paths, bool isTrace);
    void recentRunClicked(std::size_t index);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeScenarios();
    QWidget *makeRecent();
    void arrangeCards();
    void fillRecentPaths(QVBoxLayout &column, const RecentPaths &paths, bool areTraces);
    void fillRecentRuns(const RecentRuns &runs);

    std::vector<ScenarioCard *> cards_;
    QGridLayout *cardGrid_ = nullptr;
    int cardColumns_ = 0;
    QWidget *recent_ = nullptr;
    QVBoxLayout *recentTraces_ = nullptr;
    QVBoxLayout *recentPaths_ = nullptr;
    QVBoxLayout *recentRuns_ = nullptr;
    QStringList shownTitles_;
};

} // namespace loopscope
