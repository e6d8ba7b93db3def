#include "core/analysis/findings.h"

namespace loopscope {

namespace {

constexpr Remedy handToPool{"Hand it to the pool.",
                            {"auto config = parseConfig(path);", "auto config = co_await QtConcurrent::run(parseConfig, path);"},
                            {"config = parse_config(path)", "config = await asyncio.to_thread(parse_config, path)"}};
constexpr Remedy yield{"Let others run now and then, or hand it to the pool.",
                       {"for (auto &row : rows) work(row);", "for (auto &row : rows) { work(row); co_await QCoro::sleepFor(0ms); }"},
                       {"for row in rows: work(row)", "for row in rows: work(row); await asyncio.sleep(0)"}};
constexpr Remedy moreWorkers{"Give the pool more workers.",
                             {"pool.setMaxThreadCount(few);", "pool.setMaxThreadCount(enough);"},
                             {"pool = ThreadPoolExecutor(max_workers=few)", "pool = ThreadPoolExecutor(max_workers=enough)"}};
constexpr Remedy startTogether{
    "Start them all, then await each.",
    {"co_await loadUsers(); co_await loadOrders();", "auto users = loadUsers(), orders = loadOrders(); co_await users; co_await orders;"},
    {"await load_users(); await load_orders()", "await asyncio.gather(load_users(), load_orders())"}};
constexpr Remedy workersLikeCores{
    "Let no more workers compute than there are cores.",
    {"pool.setMaxThreadCount(many);", "pool.setMaxThreadCount(QThread::idealThreadCount());"},
    {"pool = ProcessPoolExecutor(max_workers=many)", "pool = ProcessPoolExecutor(max_workers=os.cpu_count())"}};
constexpr Remedy fewerCallbacks{
    "Wake fewer tasks, and let each do more at a time.",
    {"for (auto &item : items) start(handle(item));", "for (auto &batch : batchesOf(items)) start(handleAll(batch));"},
    {"for item in items: create_task(handle(item))", "for batch in batches_of(items): create_task(handle_all(batch))"}};
constexpr Remedy useWhatIsThere{
    "Split the slow one, start it first, or use what the others return as it comes.",
    {"for (auto &child : children) use(co_await child);", "for (auto &child : children) child.then(use);"},
    {"for result in await asyncio.gather(*children): use(result)", "for child in asyncio.as_completed(children): use(await child)"}};

} // namespace

const Remedy &remedyFor(FindingKind kind)
{
    switch (kind) {
    case FindingKind::Stall:
        break;
    case FindingKind::NeverYields:
        return yield;
    case FindingKind::PoolStarvation:
        return moreWorkers;
    case FindingKind::SequentialAwaits:
        return startTogether;
    case FindingKind::OversubscribedCpu:
        return workersLikeCores;
    case FindingKind::LateLoop:
        return fewerCallbacks;
    case FindingKind::SlowChild:
        return useWhatIsThere;
    }
    return handToPool;
}

} // namespace loopscope
