#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/lane_order.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>
#include <span>
#include <vector>

class QDeadlineTimer;

namespace loopscope {

/// A lane that a search has found.
struct LaneMatch {
    LaneId lane = noLane;
    std::optional<std::size_t> span; ///< the first span with a reason that matches, where neither the name nor the error does

    friend bool operator==(const LaneMatch &, const LaneMatch &) = default;
};

/// Looks for a text in the names of lanes, the reasons of their spans and the errors of tasks, whatever the case of its letters.
///
/// A trace belongs to the window's thread, so the search works there, some milliseconds at a time; what it has found is at hand meanwhile.
class LaneSearch : public QObject {
    Q_OBJECT

public:
    explicit LaneSearch(QObject *parent = nullptr);

    /// Searches another trace, or none if null, for the same text.
    void setTrace(std::shared_ptr<const Trace> trace);
    /// Searches for this, without blanks at its ends; for nothing if it is empty.
    void setNeedle(const QString &needle);
    /// Which lanes are shown, and in which order: only those are found. Those of the trace in the order of creation if null.
    void setOrder(std::shared_ptr<const LaneOrder> order);
    /// The trace has grown. May be called at every frame: what is new is looked at a few times a second.
    void refresh();

    [[nodiscard]] const QString &needle() const { return needle_; }
    /// Not all of the trace has been looked at yet.
    [[nodiscard]] bool isSearching() const { return slices_.isActive(); }
    /// What has been found so far, in the order in which lanes are shown.
    [[nodiscard]] std::span<const LaneMatch> matches() const { return matches_; }
    /// Whether a lane, shown or not, has what is searched.
    [[nodiscard]] bool isMatch(LaneId lane) const { return lane < isMatch_.size() && isMatch_[lane]; }
    /// The place of a lane among the matches; nothing if it is none.
    [[nodiscard]] std::optional<std::size_t> placeOf(LaneId lane) const;
    /// The next match below `from` if `step` is 1, above it if it is −1, and round again at the ends. From noLane it is the first or the
    /// last. Nothing if there is no match.
    [[nodiscard]] std::optional<LaneMatch> neighbour(LaneId from, int step) const;

Q_SIGNALS:
    /// The needle, the matches or isSearching() are other ones now.
    void changed();

private:
    /// Spans of a lane from here on have not been looked at.
    struct Place {
        LaneId lane = noLane;
        std::size_t span = 0;
    };

    void restart();
    void beginPass();
    void searchSlice();
    [[nodiscard]] std::optional<Place> nextPlace();
    void look(Place place, const QDeadlineTimer &end);
    void rateSites();
    [[nodiscard]] bool hasText(const Lane &lane) const;
    [[nodiscard]] std::optional<std::uint64_t> placeInOrder(LaneId lane) const;
    void takeFound();
    void putInOrder();

    std::shared_ptr<const Trace> trace_;
    QString needle_;
    QTimer slices_;
    QTimer nextPass_;
    bool hasGrown_ = false; // since this pass began

    LaneId nextLane_ = 0;           // which has not been looked at at all
    std::optional<Place> resumed_;  // where the last slice was interrupted
    std::vector<Place> revisited_;  // lanes that may have changed since they were looked at; the next one is the last
    std::vector<Place> stillOpen_;  // those of the next pass
    std::vector<bool> siteMatches_; // by number of site
    bool anySiteMatches_ = false;
    std::shared_ptr<const LaneOrder> order_;
    std::vector<LaneMatch> found_;   // all, in the order of finding
    std::size_t placed_ = 0;         // so many of them are among the matches, if they are shown
    std::vector<LaneMatch> matches_; // those that are shown, in order
    std::vector<bool> isMatch_;      // by lane
};

} // namespace loopscope
