#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <string>

namespace loopscope {

/// Runs jobs on threads of their own, and brings what they tell to the thread of their owner.
///
/// A thread in a call that the system does not answer cannot be joined: when this is deleted it waits for half a second, and then leaves
/// the threads to themselves. Nothing of what they tell arrives then. So jobs hold by value what they need.
class BackgroundJobs {
public:
    /// Lets the owner's thread call `what` soon; called by a job.
    using Tell = std::function<void(std::function<void()> what)>;

    /// `owner` must outlive it.
    explicit BackgroundJobs(QObject &owner);
    ~BackgroundJobs();
    BackgroundJobs(const BackgroundJobs &) = delete;
    BackgroundJobs &operator=(const BackgroundJobs &) = delete;

    /// Called by the owner's thread with the reason, without a full stop, why a job did not come to its end.
    using Failed = std::function<void(const std::string &reason)>;

    /// `failed` is called, soon, if the system grants no thread, or the job runs out of memory; what it told before counts.
    void start(std::function<void(const Tell &tell)> job, const Failed &failed);

private:
    struct Link;

    std::shared_ptr<Link> link_;
};

} // namespace loopscope
