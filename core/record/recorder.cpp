#include "core/record/recorder.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace loopscope {

namespace {

std::uint64_t nextIdentity()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

/// The sites that a thread used last, of one recorder.
struct KnownSites {
    struct Entry {
        RecordedSite site;
        std::uint32_t number = 0;
    };

    std::uint64_t recorder = 0;
    std::array<Entry, 64> entries{};
};

constinit thread_local KnownSites knownSites;

} // namespace

constinit thread_local Recorder::LastBuffer Recorder::lastBuffer_;

std::size_t Recorder::SiteHash::operator()(const RecordedSite &site) const
{
    // Pointers, not texts: equal literals of different sources get a number each, which does no harm.
    auto hash = reinterpret_cast<std::uintptr_t>(site.reason) ^ (reinterpret_cast<std::uintptr_t>(site.file) << 1U);
    hash = (hash ^ site.line) * 0x9E3779B97F4A7C15U; // the odd constant of Fibonacci hashing (Knuth, TAOCP 3, 6.4)
    return static_cast<std::size_t>(hash >> 32U);
}

Recorder::Recorder(Clock &clock, std::size_t eventsPerThread)
    : clock_(clock)
    , chunksPerThread_(std::max(EventBuffer::leastChunks, (eventsPerThread + EventBuffer::chunkCapacity - 1) / EventBuffer::chunkCapacity))
    , identity_(nextIdentity())
{
    sites_.emplace(RecordedSite{}, 0);
    newSites_.emplace_back();
}

Recorder::~Recorder() = default;

EventBuffer &Recorder::addBuffer(LaneId lane)
{
    const std::scoped_lock lock(mutex_);
    const auto former = lane == noLane ? buffers_.end() : std::ranges::find(buffers_, lane, &EventBuffer::lane);
    EventBuffer &buffer = former == buffers_.end() ? buffers_.emplace_back(lane, chunksPerThread_) : *former;
    lastBuffer_ = {identity_, &buffer};
    return buffer;
}

void Recorder::bindThread(LaneId lane)
{
    addBuffer(lane);
}

std::uint32_t Recorder::site(const RecordedSite &site)
{
    if (knownSites.recorder != identity_)
        knownSites = {identity_, {}};
    KnownSites::Entry &known = knownSites.entries[SiteHash()(site) % knownSites.entries.size()];
    if (known.number != 0 && known.site == site)
        return known.number;
    const std::scoped_lock lock(mutex_);
    const auto [entry, isNew] = sites_.try_emplace(site, static_cast<std::uint32_t>(sites_.size()));
    if (isNew)
        newSites_.push_back(site);
    known = {site, entry->second};
    return entry->second;
}

void Recorder::tell(TaskCreated created)
{
    const std::scoped_lock lock(mutex_);
    created_.push_back(std::move(created));
}

void Recorder::tell(TaskConcluded concluded)
{
    const std::scoped_lock lock(mutex_);
    concluded_.push_back(std::move(concluded));
}

void Recorder::harvest(Harvest &harvest)
{
    std::vector<EventBuffer *> buffers;
    {
        const std::scoped_lock lock(mutex_);
        for (EventBuffer &buffer : buffers_)
            buffers.push_back(&buffer);
    }
    harvest.batches.clear();
    harvest.dropped = 0;
    for (EventBuffer *const buffer : buffers) {
        buffer->cut();
        harvest.batches.push_back({buffer->lane(), {}, buffer});
        harvest.dropped += buffer->dropped();
    }
    // After the cut: a task is told of before its first event is recorded, so none of the events before it is of an unknown task.
    harvest.created.clear();
    harvest.concluded.clear();
    harvest.newSites.clear();
    {
        const std::scoped_lock lock(mutex_);
        harvest.created.swap(created_);
        harvest.concluded.swap(concluded_);
        harvest.newSites.swap(newSites_);
    }
    // After everything that is to get a time has been fetched.
    clock_.synchronise();
    for (TaskCreated &created : harvest.created)
        created.at = clock_.timeOf(created.at);
    for (Batch &batch : harvest.batches)
        advance(batch);
}

void Recorder::advance(Batch &batch) const
{
    const std::span<Event> events = batch.rest != nullptr ? batch.rest->next() : std::span<Event>();
    for (Event &event : events)
        event.time = clock_.timeOf(event.time);
    batch.events = events;
}

} // namespace loopscope
