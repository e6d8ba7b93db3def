#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/lane_order.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

class QDeadlineTimer;

namespace loopscope {

/// A lane that a search has found, or a span or an instant of it.
struct LaneMatch {
    LaneId lane = noLane;
    /// A span with a reason that matches, or a slice that does; nothing if the name or the error of the lane does.
    std::optional<std::size_t> span = {};
    /// In a trace of others: an instant of the lane that matches, an index into ImportedEvents::instants(). It has no span then.
    std::optional<std::size_t> instant = {};

    friend bool operator==(const LaneMatch &, const LaneMatch &) = default;
};

/// Looks for a text in the names of lanes, the reasons of their spans and the errors of tasks, whatever the case of its letters.
///
/// A lane is found by its own name, by the error of its task and, in a trace of others, by the name of its process. Every span whose reason
/// has the text is found beside it, but where a task only goes on after it has waited for that reason; so are slices and instants by their
/// names or, if that is wanted, their arguments. Four bytes each are kept for that.
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
    /// Whether the arguments of slices and instants are searched, too. They are read from the file, so that it takes some microseconds
    /// each.
    void setSearchesArguments(bool searches);
    [[nodiscard]] bool searchesArguments() const { return searchesArguments_; }
    /// Whether what is searched is a trace of others.
    [[nodiscard]] bool isOfOthers() const { return trace_ && !trace_->hasLoop(); }
    /// The trace has grown. May be called at every frame: what is new is looked at a few times a second.
    void refresh();

    [[nodiscard]] const QString &needle() const { return needle_; }
    /// Not all of the trace has been looked at yet.
    [[nodiscard]] bool isSearching() const { return ticks_.isActive(); }
    /// The lanes in which something has been found so far, in the order in which they are shown.
    [[nodiscard]] std::span<const LaneId> lanes() const { return lanes_; }
    /// How much has been found so far in lanes that are shown: lanes, spans and instants.
    [[nodiscard]] std::size_t count() const { return before_.empty() ? 0 : before_.back(); }
    /// Whether one of the spans of a lane from `first` to before `last` has been found.
    [[nodiscard]] bool hasMatch(LaneId lane, std::size_t first, std::size_t last) const;
    /// Whether a lane, shown or not, has what is searched.
    [[nodiscard]] bool isMatch(LaneId lane) const { return lane < isMatch_.size() && isMatch_[lane]; }
    /// The place of a lane, or of one of its spans or instants, among the matches; nothing if it is none.
    [[nodiscard]] std::optional<std::size_t> placeOf(const LaneMatch &at) const;
    /// The next match after `from` if `step` is 1, before it if it is −1, and round again at the ends. The spans of a lane come before its
    /// instants. From noLane it is the first or the last. Nothing if there is no match.
    [[nodiscard]] std::optional<LaneMatch> neighbour(const LaneMatch &from, int step) const;

Q_SIGNALS:
    /// The needle, the matches or isSearching() are other ones now.
    void changed();

private:
    /// Spans and instants of a lane from here on have not been looked at.
    struct Place {
        LaneId lane = noLane;
        std::size_t span = 0;
        std::size_t instant = 0;
    };

    /// What has been found in a lane; ascending.
    struct InLane {
        std::vector<std::uint32_t> spans;
        std::vector<std::uint32_t> instants;

        [[nodiscard]] std::size_t size() const { return spans.size() + instants.size(); }
    };

    /// How many matches stand before a place, and whether the place itself is one.
    struct Rank {
        std::size_t before = 0;
        bool isMatch = false;
    };

    void restart();
    void beginPass();
    void searchSlice();
    [[nodiscard]] std::optional<Place> nextPlace();
    void look(Place place, const QDeadlineTimer &end);
    [[nodiscard]] bool lookAtEvents(Place &place, const QDeadlineTimer &end);
    [[nodiscard]] bool mayChange(const Lane &lane) const;
    void forgetSpansFrom(Place place);
    void dropIfNothingIsLeft(LaneId lane);
    template <typename Matches>
    [[nodiscard]] static bool lookUntil(const QDeadlineTimer &end, std::size_t betweenLooks, std::size_t &next, std::size_t count,
                                        const Matches &matches);
    void lookAtName(const Lane &lane);
    void addFound(LaneId lane);
    void addFoundEvents(LaneId lane, const InLane &found);
    [[nodiscard]] bool eventMatches(SiteId site, EventId event) const;
    [[nodiscard]] bool onlyGoesOn(LaneId lane, std::size_t span) const;
    [[nodiscard]] const InLane *inLane(LaneId lane) const;
    [[nodiscard]] bool isNameMatch(LaneId lane) const { return lane < isNameMatch_.size() && isNameMatch_[lane]; }
    [[nodiscard]] std::optional<Rank> rankOf(const LaneMatch &at) const;
    void countMatches();
    void rateSites();
    [[nodiscard]] bool hasText(const Lane &lane) const;
    [[nodiscard]] std::optional<std::uint64_t> placeInOrder(LaneId lane) const;
    void takeFound();
    void putInOrder();

    std::shared_ptr<const Trace> trace_;
    QString needle_;
    QTimer ticks_; // one a slice of time
    QTimer nextPass_;
    bool hasGrown_ = false; // since this pass began

    LaneId nextLane_ = 0;           // which has not been looked at at all
    std::optional<Place> resumed_;  // where the last slice was interrupted
    std::vector<Place> revisited_;  // lanes that may have changed since they were looked at; the next one is the last
    std::vector<Place> stillOpen_;  // those of the next pass
    std::vector<bool> siteMatches_; // by number of site
    bool anySiteMatches_ = false;
    std::shared_ptr<const LaneOrder> order_;
    std::vector<LaneId> found_; // all, in the order of finding
    std::size_t placed_ = 0;    // so many of them are among lanes_, if they are shown
    std::vector<LaneId> lanes_; // those that are shown, in order
    std::vector<bool> isMatch_; // by lane
    bool searchesArguments_ = false;
    std::vector<bool> isNameMatch_; // by lane
    std::unordered_map<LaneId, InLane> inLanes_;
    std::vector<std::size_t> before_; // how much is found before each of lanes_, and in all
};

} // namespace loopscope
