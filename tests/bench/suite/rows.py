"""What is measured against yardsticks."""

import pathlib
import sys

import data
from series import Command, Line, Row

PAIRS = 15
PAIRS_FOR_INFORMATION = 7
TASKS_IN_FLIGHT = 64
SLEEPERS = 100_000
MS = 1e6
US = 1e3
MIB = 1024 * 1024

TITLES = {"S": "S hot: 20,000 × 4 KiB", "M": "M hot: 2,000 × 256 KiB", "L": "L hot: 4 × 1 GiB"}
COLD_TITLE = "S cold: 20,000 × 4 KiB"


def wall(sample, _):
    return sample.wall_ns / MS


def told_ms(sample, _):
    return sample.told / MS


def told_us(sample, _):
    return sample.told / US


def cpu(sample, _):
    return sample.cpu_ns / MS


def peak_above(sample, baseline):
    return (sample.peak_bytes - baseline) / MIB


class Suite:
    """Makes rows of the programs in a build folder and the data in another."""

    def __init__(self, build, folder):
        self.programs = build / "tests" / "bench"
        self.loopscope = build / "app" / "loopscope"
        self.folder = folder
        self.measured = self.programs / "measured"

    def read_by_loopscope(self, name):
        return Command("Loopscope", (self.loopscope, "run", "--report", "text", self.folder / name), is_silent=True)

    def read_by_c(self, name, threads):
        arguments = (self.programs / "yardstick_c", "--threads", str(threads), self.folder / name)
        return Command(f"C, {'one thread' if threads == 1 else 'two threads'}", arguments, tells=data.total_bytes(name))

    def read_by_qcoro(self, name):
        arguments = (self.programs / "yardstick_qcoro", self.folder / name)
        return Command("QCoro + QtConcurrent", arguments, tells=data.total_bytes(name))

    def reading(self, title, name, command, lines, pairs, is_cold=False):
        one_thread = self.read_by_c(name, 1)
        folder = self.folder / name
        return Row(title, command, one_thread, lines, pairs, self.measured, name, folder, one_thread.arguments, is_cold)

    def reading_rows(self, title, name, aim, more_lines=(), is_cold=False):
        """Loopscope, and for information what others reach, all against plain C on one thread."""
        pairs = PAIRS_FOR_INFORMATION if is_cold else PAIRS
        yield self.reading(title, name, self.read_by_loopscope(name), (Line(title, wall, "ms", aim), *more_lines), pairs, is_cold)
        for command in (self.read_by_c(name, 2), self.read_by_qcoro(name)):
            yield self.reading(title, name, command, (Line(title, wall, "ms"),), pairs if is_cold else PAIRS_FOR_INFORMATION, is_cold)

    def session(self, name, *arguments, **more):
        return Command(name, (self.programs / "bench_session", *arguments), **more)

    def asyncio(self, name, *arguments, **more):
        script = pathlib.Path(__file__).resolve().parent.parent / "yardstick_asyncio.py"
        return Command(name, (sys.executable, "-B", script, *arguments), **more)

    def hop_rows(self):
        title = f"hop: a no-op job to the pool and back, {TASKS_IN_FLIGHT} in flight"
        tasks = str(TASKS_IN_FLIGHT)
        ours = self.session("Loopscope", "hop", tasks, "5000")
        qcoro = Command("QCoro + QtConcurrent", (self.programs / "yardstick_qcoro_hop", tasks, "1000"))
        for theirs in (qcoro, self.asyncio("asyncio", "hop", tasks, "200")):
            yield Row(title, ours, theirs, (Line(title, told_us, "µs", 1.5, False),), PAIRS, self.measured)

    def recording_row(self):
        title = "recording on against off, S"
        commands = (self.session(f"recording {state}", "read", state, self.folder / "S") for state in ("on", "off"))
        warm = self.read_by_c("S", 1).arguments
        return Row(title, *commands, (Line(title, told_ms, "ms", 1.03),), PAIRS, self.measured, "S", self.folder / "S", warm)

    def sleepers_row(self):
        title = f"{SLEEPERS:,} sleeping tasks"
        lines = (Line(f"{title}: CPU time", cpu, "ms", 0.1), Line(f"{title}: peak memory above none", peak_above, "MiB", 0.5))
        arguments = "sleep", str(SLEEPERS)
        idle = "sleep", "0"
        ours = self.session("Loopscope", *arguments, tells=SLEEPERS, idle_arguments=self.session("", *idle).arguments)
        theirs = self.asyncio("asyncio", *arguments, tells=SLEEPERS, idle_arguments=self.asyncio("", *idle).arguments)
        return Row(title, ours, theirs, lines, 5, self.measured)

    def counting_row(self):
        title = "counting lines and validating UTF-8, M"
        commands = (Command(f"{mode} it", (self.programs / "bench_count", mode, self.folder / "M")) for mode in ("with", "without"))
        warm = self.read_by_c("M", 1).arguments
        return Row(title, *commands, (Line(title, told_ms, "ms", 1.1),), PAIRS, self.measured, "M", self.folder / "M", warm)

    def rows(self):
        yield from self.reading_rows(TITLES["S"], "S", 0.70)
        yield from self.reading_rows(TITLES["M"], "M", 0.65)
        peak = Line("L hot: peak memory", peak_above, "MiB", 60, False)
        yield from self.reading_rows(TITLES["L"], "L", 0.60, (peak,))
        yield from self.reading_rows(COLD_TITLE, "S", 0.30, is_cold=True)
        yield from self.hop_rows()
        yield self.recording_row()
        yield self.sleepers_row()
        yield self.counting_row()


def all_rows(build, folder):
    return list(Suite(build, folder).rows())
