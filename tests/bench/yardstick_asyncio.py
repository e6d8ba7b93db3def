#!/usr/bin/env python3
"""What asyncio reaches: `hop TASKS HOPS` tells nanoseconds a no-op job to an executor and back, `sleep TASKS` sleeps a second in each."""

import asyncio
import concurrent.futures
import os
import sys
import time


def nothing():
    return 0


async def hops_of_one(pool, hops):
    loop = asyncio.get_running_loop()
    for _ in range(hops):
        await loop.run_in_executor(pool, nothing)


async def hop(tasks, hops):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        begin = time.perf_counter_ns()
        await asyncio.gather(*(hops_of_one(pool, hops) for _ in range(tasks)))
        print((time.perf_counter_ns() - begin) / tasks / hops)


async def sleep(tasks):
    await asyncio.gather(*(asyncio.sleep(1) for _ in range(tasks)))
    print(tasks)


if __name__ == "__main__":
    asyncio.run({"hop": hop, "sleep": sleep}[sys.argv[1]](*map(int, sys.argv[2:])))
