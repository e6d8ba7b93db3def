"""Measuring: runs pairs of commands until enough of them count."""

import dataclasses
import json
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile
import time
import typing

import data
import reckoning

ENOUGH_PAIRS = 3  # fewer say nothing
PEEK_SECONDS = 0.5  # how long a busy machine is looked at, to see whether it is quiet now
COMMAND_SECONDS = 120
NANO = 1_000_000_000


class Failed(Exception):
    """A command did not do what it should."""


@dataclasses.dataclass(frozen=True)
class Command:
    name: str
    arguments: tuple
    tells: typing.Optional[float] = None  # the number that it has to print; None: any
    is_silent: bool = False  # prints no number
    idle_arguments: tuple = ()  # the same with nothing to do: its peak memory is the baseline


@dataclasses.dataclass(frozen=True)
class Line:
    """One line of the table. Values are taken of a sample and the command's baseline in bytes."""

    name: str
    value: typing.Callable
    unit: str
    aim: typing.Optional[float] = None
    is_aim_of_ratio: bool = True


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    ours: Command
    theirs: Command
    lines: tuple
    pairs: int
    measured: pathlib.Path  # the program that measures another
    data: str = ""  # the set that is read
    folder: typing.Optional[pathlib.Path] = None
    warm: tuple = ()  # reads it through
    is_cold: bool = False


@dataclasses.dataclass
class Result:
    row: Row
    pairs: list
    ours_baseline: int = 0
    theirs_baseline: int = 0

    def used(self):
        return reckoning.counted(self.pairs, ENOUGH_PAIRS)

    def rejected(self):
        return [pair.rejected for pair in self.pairs if pair.rejected]

    def told(self):
        reasons = self.rejected()
        why = ", ".join(f"{reasons.count(reason)} {reason}" for reason in dict.fromkeys(reasons))
        return f"{len(self.pairs) - len(reasons)} pairs, {len(reasons)} rejected" + (f" ({why})" if why else "")

    def figures(self, line):
        """Ours, theirs, and the pairs' ratios, of one line of the table."""
        pairs, _ = self.used()
        ours = lambda sample: line.value(sample, self.ours_baseline)
        theirs = lambda sample: line.value(sample, self.theirs_baseline)
        ratios = [reckoning.pair_ratio(pair, ours, theirs) for pair in pairs]
        return (
            statistics.median(reckoning.pair_value(pair.ours, ours) for pair in pairs),
            statistics.median(reckoning.pair_value(pair.theirs, theirs) for pair in pairs),
            [ratio for ratio in ratios if ratio is not None],
        )

    def as_json(self):
        return {
            "row": self.row.name,
            "ours": self.row.ours.name,
            "theirs": self.row.theirs.name,
            "ours_baseline_bytes": self.ours_baseline,
            "theirs_baseline_bytes": self.theirs_baseline,
            "pairs": [dataclasses.asdict(pair) for pair in self.pairs],
        }


def run(measured, command, arguments):
    """One run of a command, as a sample."""
    with tempfile.NamedTemporaryFile(prefix="loopscope-bench-", mode="r") as told:
        whole = [measured, told.name, *arguments]
        done = subprocess.run(whole, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False)
        if done.returncode != 0:
            raise Failed(f"measuring {command.name} failed: {done.stderr.strip()}")
        took = json.load(told)
    if took["status"] != 0:
        raise Failed(f"{' '.join(map(str, arguments))} ended with {took['status']}: {done.stderr.strip()}")
    return reckoning.Sample(
        took["wall_ns"], took["user_ns"] + took["system_ns"], took["peak_bytes"], took["input_blocks"], number_told(command, done.stdout)
    )


def number_told(command, output):
    if command.is_silent:
        return 0.0
    try:
        return float(output)
    except ValueError:
        raise Failed(f"{command.name} printed no number: {output.strip()}") from None


def check(command, sample):
    if command.tells is not None and sample.told != command.tells:
        raise Failed(f"{command.name} told {sample.told:.0f} instead of {command.tells:.0f}")
    return sample


def idle_ns():
    with open("/proc/stat", encoding="ascii") as stat:
        fields = stat.readline().split()
    return (int(fields[4]) + int(fields[5])) * NANO // os.sysconf("SC_CLK_TCK")


def own_ns():
    """The CPU time of this process, and of all that it started and that has ended."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return int(sum(each.ru_utime + each.ru_stime for each in used) * NANO)


def warm(row):
    """Reads the data through, so that nothing of it has to come from the disk."""
    if row.warm and not row.is_cold:
        subprocess.run(row.warm, stdout=subprocess.DEVNULL, check=True)


def run_of_pair(row, command):
    if row.is_cold:
        data.drop_pages(row.folder)
    return check(command, run(row.measured, command, command.arguments))


def clocks():
    return time.monotonic_ns(), idle_ns(), own_ns()


def others_since(begin):
    """The share of the processors' time that others took since these clocks()."""
    elapsed, idle, own = (after - before for before, after in zip(begin, clocks()))
    return reckoning.others_share(elapsed, os.cpu_count(), idle, own)


def wait_for_quiet(deadline):
    others = 1.0
    while others > reckoning.OTHERS_MAX and time.monotonic() < deadline:
        begin = clocks()
        time.sleep(PEEK_SECONDS)
        others = others_since(begin)


def measure_pair(row):
    warm(row)
    begin = clocks()
    samples = [run_of_pair(row, command) for command in (row.ours, row.theirs, row.theirs, row.ours)]
    others = others_since(begin)
    rejected = reckoning.rejection(samples, others, row.is_cold, data.total_bytes(row.data) if row.data else 0)
    return reckoning.Pair((samples[0], samples[3]), (samples[1], samples[2]), others, rejected)


def baseline(row, command):
    """The peak memory of a command with nothing to do."""
    if not command.idle_arguments:
        return 0
    return min(run(row.measured, command, command.idle_arguments).peak_bytes for _ in range(3))


def measure_pairs(row, deadline):
    """As many as are wanted, whatever they are worth; then more until as many count, when the machine is quiet."""
    pairs = []
    while sum(not pair.rejected for pair in pairs) < row.pairs:
        if len(pairs) >= row.pairs and pairs[-1].rejected == reckoning.CONTENDED:
            wait_for_quiet(deadline)
        if time.monotonic() > deadline and len(pairs) >= ENOUGH_PAIRS:
            break
        pairs.append(measure_pair(row))
    return pairs


def measure(row, deadline):
    """Pairs of the row until enough of them count, or the deadline has passed."""
    measure_pair(row)  # for nothing: the programs themselves have to be in memory
    return Result(row, measure_pairs(row, deadline), baseline(row, row.ours), baseline(row, row.theirs))
