"""Tests of the script itself: what it makes of samples, without measuring any."""

import pathlib
import tempfile
import unittest

import data
import figures
import machine
import reckoning
import rows
import series
import table

MS = 1_000_000
ABOUT = {
    "date": "2000-01-01",
    "processor": "a processor",
    "processors": 2,
    "memory_gib": 24.0,
    "kernel": "6.1",
    "file_system": "ext4",
    "compiler": "c++ 12",
    "commit": "0123abc",
}


def sample(wall_ms=100, blocks=0, peak=0):
    return reckoning.Sample(wall_ms * MS, wall_ms * MS, peak, blocks, 0.0)


def pair(ours_ms, theirs_ms, rejected="", others=0.0):
    return reckoning.Pair((sample(ours_ms), sample(ours_ms)), (sample(theirs_ms), sample(theirs_ms)), others, rejected)


def wall(each):
    return each.wall_ns


class Contention(unittest.TestCase):
    def test_what_is_neither_idle_nor_ours_is_others(self):
        self.assertAlmostEqual(reckoning.others_share(1000 * MS, 2, 800 * MS, 990 * MS), 0.1)

    def test_the_grain_of_the_clock_is_nobodys(self):
        self.assertEqual(reckoning.others_share(1000 * MS, 2, 1000 * MS, 991 * MS), 0)

    def test_more_than_all_is_none(self):
        self.assertEqual(reckoning.others_share(100 * MS, 2, 150 * MS, 100 * MS), 0)


class Rejection(unittest.TestCase):
    def test_quiet_and_hot_counts(self):
        self.assertEqual(reckoning.rejection([sample()], 0.03, False, 4096), "")

    def test_contended(self):
        self.assertEqual(reckoning.rejection([sample()], 0.031, False, 4096), reckoning.CONTENDED)

    def test_the_disk_keeps_the_kernel_busy(self):
        self.assertEqual(reckoning.rejection([sample(blocks=8)], 0.1, True, 4096), "")
        self.assertEqual(reckoning.rejection([sample(blocks=8)], 0.11, True, 4096), reckoning.CONTENDED)

    def test_one_block_from_the_disk_is_not_hot(self):
        self.assertEqual(reckoning.rejection([sample(), sample(blocks=1)], 0, False, 4096), reckoning.NOT_HOT)

    def test_the_disk_matters_only_to_who_reads(self):
        self.assertEqual(reckoning.rejection([sample(blocks=8)], 0, False, 0), "")

    def test_cold_comes_from_the_disk(self):
        self.assertEqual(reckoning.rejection([sample(blocks=8), sample(blocks=8)], 0, True, 4096), "")
        self.assertEqual(reckoning.rejection([sample(blocks=8), sample(blocks=7)], 0, True, 4096), reckoning.NOT_COLD)


class Pairs(unittest.TestCase):
    def test_ratio_is_of_the_means(self):
        ours = (sample(40), sample(60))
        theirs = (sample(90), sample(110))
        self.assertAlmostEqual(reckoning.pair_ratio(reckoning.Pair(ours, theirs, 0, ""), wall, wall), 0.5)

    def test_no_ratio_over_nothing(self):
        self.assertIsNone(reckoning.pair_ratio(pair(1, 0), wall, wall))

    def test_middle_half(self):
        self.assertEqual(reckoning.middle_half([5, 1, 3, 2, 4]), (2, 4))
        self.assertEqual(reckoning.middle_half([7]), (7, 7))

    def test_rejected_pairs_do_not_count(self):
        good = [pair(1, 2)] * 3
        self.assertEqual(reckoning.counted([*good, pair(9, 2, reckoning.CONTENDED)], 3), (good, True))

    def test_contended_ones_stand_in_but_never_cold_ones(self):
        busy = pair(9, 2, reckoning.CONTENDED, 0.1)
        self.assertEqual(reckoning.counted([busy, pair(5, 2, reckoning.NOT_HOT), pair(1, 2)], 3), ([pair(1, 2), busy], False))

    def test_the_least_contended_third_stands_in(self):
        busy = [pair(i, 2, reckoning.CONTENDED, i / 100) for i in range(12, 0, -1)]
        pairs, _ = reckoning.counted(busy, 3)
        self.assertEqual([each.others for each in pairs], [0.01, 0.02, 0.03, 0.04])


class Table(unittest.TestCase):
    def result(self, pairs):
        line = series.Line("S hot", rows.wall, "ms", 0.7)
        row = series.Row("S hot", series.Command("Loopscope", ()), series.Command("C", ()), (line,), 3, pathlib.Path("measured"))
        return series.Result(row, pairs)

    def test_median_of_pairs_against_the_aim(self):
        text = table.markdown([self.result([pair(50, 100), pair(60, 100), pair(65, 100), pair(99, 1, reckoning.CONTENDED)])], [], ABOUT)
        self.assertIn("| 60.0 ms | C       | 100 ms |  0.60 | 0.55–0.62   | ≤ 0.70 ✓ | 3 used, 1 rejected |", text)
        self.assertNotIn("~", text)

    def test_a_busy_machine_is_told(self):
        text = table.markdown([self.result([pair(80, 100, reckoning.CONTENDED)] * 3)], [], ABOUT)
        self.assertIn("~0.80", text)
        self.assertIn("≤ 0.70 ✗", text)
        self.assertIn("too busy", text)

    def test_lines_are_of_one_width(self):
        text = table.lay_out([table.HEADINGS, table.cells(self.result([pair(1, 2)] * 3), series.Line("a", rows.wall, "ms"))], table.RIGHT)
        self.assertEqual(len({len(line) for line in text.splitlines()}), 1)


class Commands(unittest.TestCase):
    def test_a_number_is_asked_for(self):
        self.assertEqual(series.number_told(series.Command("a", ()), "12.5\n"), 12.5)
        self.assertRaises(series.Failed, series.number_told, series.Command("a", ()), "a summary\n")
        self.assertEqual(series.number_told(series.Command("a", (), is_silent=True), "a summary\n"), 0)

    def test_what_was_not_all_read_fails(self):
        self.assertRaises(series.Failed, series.check, series.Command("a", (), tells=1), sample())

    def test_every_row_can_be_chosen(self):
        chosen = rows.all_rows(pathlib.Path("build"), pathlib.Path("data"))
        self.assertEqual(len({(row.name, row.ours.name, row.theirs.name) for row in chosen}), len(chosen))
        self.assertTrue(all(row.data in ("", *data.SETS) for row in chosen))


class Data(unittest.TestCase):
    def test_text_is_of_its_size_and_valid(self):
        for size in (1, 10, 4096, 4097, 4098, 4099):
            text = data.text_of(size, 3)
            self.assertEqual(len(text), size)
            self.assertEqual(text.decode().encode(), text)
        self.assertFalse(data.text_of(4096, 3).isascii())

    def test_made_once(self):
        data.SETS["test"] = (3, 100)
        self.addCleanup(data.SETS.pop, "test")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            said = []
            data.make(folder, "test", said.append)
            data.make(folder, "test", said.append)
            self.assertEqual(len(said), 1)
            self.assertEqual([file.stat().st_size for file in (folder / "test").iterdir()], [100] * 3)
            (folder / "test" / "00000.txt").unlink()
            self.assertFalse(data.is_made(folder, "test"))


class Machine(unittest.TestCase):
    def test_what_is_not_known_is_said_to_be(self):
        self.assertEqual(machine.output_of("/nonexistent"), "unknown")
        self.assertEqual(machine.value_in("/nonexistent", "a", "="), "unknown")



def told(name, value, unit="ns", **counters):
    return {"name": name, "real_time": value, "time_unit": unit, **counters}


class Figures(unittest.TestCase):
    def test_an_event_and_its_clock(self):
        benchmarks = [told("readClock", 9.7), told("recordAnEvent", 12.5), told("drainAndBuildAnEvent", 40)]
        record, clock, build = figures.recording({"benchmarks": benchmarks})
        self.assertEqual((record.value, clock.value, build.value), (12.5, 9.7, 40))
        self.assertFalse(record.is_met())

    def test_frames_by_the_number_of_spans(self):
        counters = dict(median_ms_10000=2.0, median_ms_10000000=4.0, p99_ms_10000=7.0, p99_ms_10000000=7.0, bytes_a_span_10000000=22.0)
        benchmarks = [told("paintFrames/iterations:9/manual_time", 6, "ms", **counters)]
        painted = {figure.name: figure for figure in figures.painting({"benchmarks": benchmarks})}
        self.assertEqual(painted["frame at 10⁷ against 10⁴ spans"].value, 2)
        self.assertFalse(painted["frame at 10⁷ against 10⁴ spans"].is_met())
        self.assertTrue(painted["frame at 10⁷ spans: 99th percentile"].is_met())
        self.assertIsNone(painted["frame at 10⁴ spans: 99th percentile"].aim)

    def test_opening_a_trace(self):
        told_by_program = {"seconds": 0.7, "peak_mib": 100, "first_picture_s": 0.25}
        seconds, peak, first = figures.opening(1_000_000)(told_by_program)
        self.assertEqual((seconds.value, peak.value, first.value), (0.7, 100, 0.25))
        self.assertEqual((seconds.is_met(), peak.is_met(), first.aim), (False, True, None))

    def test_keeping_is_compared_with_copying(self):
        told_by_program = {"save_ms": 150.0, "copy_to_disk_ms": 100.0, "open_ms": 90.0, "copy_ms": 120.0}
        save, save_ratio, opened, open_ratio = figures.keeping(told_by_program)
        self.assertEqual((save.value, save_ratio.value, opened.value, open_ratio.value), (150, 1.5, 90, 0.75))
        self.assertEqual((save_ratio.is_met(), open_ratio.is_met()), (False, True))

    def test_units_are_told_apart(self):
        ((_, spans), benchmark), = figures.by_name({"benchmarks": [told("queryALane/1000", 40, "us")]}).items()
        self.assertEqual((spans, figures.nanoseconds(benchmark)), (1000, 40_000))

    def test_an_error_is_no_figure(self):
        failed = told("recordAnEvent", 0, error_occurred=True, error_message="events were dropped")
        with self.assertRaisesRegex(series.Failed, "events were dropped"):
            figures.by_name({"benchmarks": [failed]})

    def test_a_program_that_fails_is_told(self):
        with self.assertRaisesRegex(series.Failed, "exit code 1"):
            figures.measure(figures.Group("live", ("false",), 10, figures.living))

    def test_the_table_has_aims_both_ways(self):
        text = table.markdown([], [figures.Figure("events", 2e6, "a second", 1e6, True), figures.Figure("lost", 3, "", 0)], ABOUT)
        self.assertIn("| events | 2,000,000 a second | ≥ 1,000,000 ✓", text)
        self.assertIn("≤ 0 ✗", text)


def run():
    suite = unittest.defaultTestLoader.loadTestsFromModule(__import__("self_test"))
    return 0 if unittest.TextTestRunner().run(suite).wasSuccessful() else 1
