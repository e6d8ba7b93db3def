"""What recording, building, asking and painting cost: figures that need no yardstick but an aim."""

import dataclasses
import json
import subprocess
import typing

from series import Failed

LIVE_SECONDS = 30
OPEN_SECONDS = 120
# Events of a trace in Chrome's JSON, and the seconds and MiB that opening it may take.
OPEN_AIMS = {1_000_000: (0.6, 400), 5_000_000: (3, 1536)}
# The spans that are saved and opened, and how many times as long as to copy the file that may take.
OWN_SPANS = 10_000_000
OWN_AIM = 1.25
OWN_SECONDS = 120
SCALE_SECONDS = 600
UNITS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
COUNTS = {1_000: "10³", 10_000: "10⁴", 100_000: "10⁵", 1_000_000: "10⁶", 10_000_000: "10⁷"}
MOST = 10_000_000
LEAST = 10_000


@dataclasses.dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    aim: typing.Optional[float] = None
    is_least: bool = False  # the aim is to reach it, not to stay below

    def is_met(self):
        return self.value >= self.aim if self.is_least else self.value <= self.aim


@dataclasses.dataclass(frozen=True)
class Group:
    """Figures that come from one call of a program, whose JSON `read` makes them of."""

    name: str
    arguments: tuple
    seconds: int
    read: typing.Callable


def nanoseconds(benchmark):
    return benchmark["real_time"] * UNITS[benchmark["time_unit"]]


def by_name(told):
    """The benchmarks of Google Benchmark's report, by name and argument: ("queryALane", 1000)."""
    known = {}
    for benchmark in told["benchmarks"]:
        if benchmark.get("error_occurred"):
            raise Failed(f"{benchmark['name']}: {benchmark.get('error_message', 'it failed')}")
        name, _, rest = benchmark["name"].partition("/")
        argument = rest.partition("/")[0]
        known[name, int(argument) if argument.isdigit() else None] = benchmark
    return known


def recording(told):
    known = by_name(told)
    yield Figure("record an event", nanoseconds(known["recordAnEvent", None]), "ns", 12)
    yield Figure("record an event: of which the clock", nanoseconds(known["readClock", None]), "ns")
    yield Figure("drain and build an event", nanoseconds(known["drainAndBuildAnEvent", None]), "ns")


def asking(told):
    for (_, spans), benchmark in sorted(by_name(told).items()):
        yield Figure(f"query a lane of {COUNTS[spans]} spans at 1920 pixels", nanoseconds(benchmark), "ns")


def painting(told):
    ((_, frames),) = by_name(told).items()
    medians = {spans: frames[f"median_ms_{spans}"] for spans in COUNTS if f"median_ms_{spans}" in frames}
    for spans, median in medians.items():
        yield Figure(f"frame at {COUNTS[spans]} spans: median", median, "ms")
        yield Figure(f"frame at {COUNTS[spans]} spans: 99th percentile", frames[f"p99_ms_{spans}"], "ms", 8 if spans == MOST else None)
    yield Figure(f"frame at {COUNTS[MOST]} against {COUNTS[LEAST]} spans", medians[MOST] / medians[LEAST], "×", 1.5)
    yield Figure(f"memory at {COUNTS[MOST]} spans", frames[f"bytes_a_span_{MOST}"], "bytes a span", 24)


def squeezing(told):
    for (_, spans), frame in sorted(by_name(told).items()):
        yield Figure(f"frame of a screen of lanes with all of {COUNTS[spans]} spans: median", frame["median_ms"], "ms")


def starting(told):
    ((_, benchmark),) = by_name(told).items()
    yield Figure("first paint after start", nanoseconds(benchmark) / 1e6, "ms")


def living(told):
    yield Figure(f"live for {LIVE_SECONDS} s: events", told["events_per_second"], "a second", 1_000_000, True)
    yield Figure(f"live for {LIVE_SECONDS} s: events lost", told["dropped_events"], "", 0)
    yield Figure(f"live for {LIVE_SECONDS} s: frame, median", told["frame_ms_median"], "ms")
    yield Figure(f"live for {LIVE_SECONDS} s: frame, 99th percentile", told["frame_ms_p99"], "ms")


def opening(events):
    seconds, mebibytes = OPEN_AIMS[events]
    title = f"open a Chrome trace of {events / 1e6:.0f}M events"

    def read(told):
        yield Figure(title, told["seconds"], "s", seconds)
        yield Figure(f"{title}: peak memory", told["peak_mib"], "MiB", mebibytes)
        yield Figure(f"{title}: first picture", told["first_picture_s"], "s")

    return read


def keeping(told):
    spans = COUNTS[OWN_SPANS]
    yield Figure(f"save {spans} spans onto the disk", told["save_ms"], "ms")
    yield Figure(f"save {spans} spans, against a copy of the file", told["save_ms"] / told["copy_to_disk_ms"], "×", OWN_AIM)
    yield Figure(f"open {spans} spans", told["open_ms"], "ms")
    yield Figure(f"open {spans} spans, against a copy of the file", told["open_ms"] / told["copy_ms"], "×", OWN_AIM)


def all_groups(build):
    programs = build / "tests" / "bench"

    def open_made(events):
        script = 'file=$(mktemp) && trap \'rm -f "$file"\' EXIT && "$1" "$3" "$file" && "$2" "$file"'
        arguments = ("sh", "-c", script, "sh", programs / "make_chrome_trace", programs / "bench_open", str(events))
        return Group(f"open {events / 1e6:.0f}M", arguments, OPEN_SECONDS, opening(events))

    def scale(name, pattern, read):
        arguments = (programs / "bench_scale", "--benchmark_format=json", f"--benchmark_filter={pattern}")
        return Group(name, arguments, SCALE_SECONDS, read)

    return [
        scale("record", "readClock|recordAnEvent|drainAndBuildAnEvent", recording),
        scale("query", "queryALane", asking),
        scale("frame", "paintFrames", painting),
        scale("whole", "squeezeAll", squeezing),
        scale("first paint", "firstPaint", starting),
        *map(open_made, OPEN_AIMS),
        Group("own file", (programs / "bench_own_file", str(OWN_SPANS)), OWN_SECONDS, keeping),
        Group("live", (programs / "bench_live", str(LIVE_SECONDS)), 4 * LIVE_SECONDS, living),
    ]


def measure(group):
    try:
        done = subprocess.run(group.arguments, capture_output=True, text=True, timeout=group.seconds, check=True)
        return list(group.read(json.loads(done.stdout)))
    except subprocess.CalledProcessError as error:
        raise Failed(f"{group.name}: exit code {error.returncode}: {error.stderr.strip()}") from error
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{group.name}: no end after {group.seconds} s") from error
    except (ValueError, KeyError) as error:
        raise Failed(f"{group.name}: its report is not understood: {error!r}") from error
