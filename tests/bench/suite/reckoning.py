"""What is made of the samples: plain functions, without a clock."""

import dataclasses
import statistics

BLOCK_BYTES = 512  # of ru_inblock
TICK_NS = 10_000_000  # the grain of /proc/stat
OTHERS_MAX = 0.03  # of the processors' time
OTHERS_MAX_COLD = 0.10  # the kernel's own work for the disk is among it
COLD_MIN = 0.9  # of what a cold run reads has to come from the disk

CONTENDED = "contended"
NOT_HOT = "not hot"
NOT_COLD = "not cold"


@dataclasses.dataclass(frozen=True)
class Sample:
    """One run of a command, from exec to exit."""

    wall_ns: int
    cpu_ns: int
    peak_bytes: int
    input_blocks: int
    told: float  # what it printed


@dataclasses.dataclass(frozen=True)
class Pair:
    """Two commands, each run twice, interleaved: ours, theirs, theirs, ours."""

    ours: tuple
    theirs: tuple
    others: float  # the share of the processors' time that other processes took meanwhile
    rejected: str  # why; empty if it counts


def others_share(elapsed_ns, processors, idle_ns, own_ns):
    """The share of the processors' time that was neither idle nor ours; what the grain of the clock may explain is not counted."""
    capacity = elapsed_ns * processors
    return max(0.0, capacity - idle_ns - own_ns - TICK_NS) / capacity


def rejection(samples, others, is_cold, data_bytes):
    """Why the runs of a pair do not count, or nothing."""
    blocks = [sample.input_blocks for sample in samples]
    if is_cold and min(blocks) * BLOCK_BYTES < COLD_MIN * data_bytes:
        return NOT_COLD
    if not is_cold and data_bytes and max(blocks) > 0:
        return NOT_HOT
    return CONTENDED if others > (OTHERS_MAX_COLD if is_cold else OTHERS_MAX) else ""


def pair_value(samples, value):
    return statistics.fmean(value(sample) for sample in samples)


def pair_ratio(pair, ours_value, theirs_value):
    """Ours over theirs; nothing where theirs is too small to be measured."""
    theirs = pair_value(pair.theirs, theirs_value)
    return pair_value(pair.ours, ours_value) / theirs if theirs > 0 else None


def middle_half(values):
    """The quartiles: half of the values are between them."""
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def counted(pairs, enough):
    """The pairs that figures are made of, and whether they are as they should be: without enough good ones, the least contended third of all
    has to serve."""
    good = [pair for pair in pairs if not pair.rejected]
    if len(good) >= enough:
        return good, True
    by_others = sorted((pair for pair in pairs if pair.rejected in ("", CONTENDED)), key=lambda pair: pair.others)
    return by_others[: max(enough, len(by_others) // 3)], False
