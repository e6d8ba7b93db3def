"""Measures Loopscope against yardsticks, in interleaved pairs, and what its parts cost, and prints a table of each.

Data are made once, 4.6 GB under build/ unless told. The machine should be idle: pairs during which others took more than a few percent of
the processors are rejected, and counted. Takes under 20 minutes.
"""

import argparse
import dataclasses
import json
import pathlib
import sys
import time

import data
import figures
import machine
import rows
import series
import table

BUDGET_SECONDS = 17 * 60  # for all rows together
ROW_SECONDS = 75


def parse(arguments):
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("filter", nargs="?", default="", metavar="FILTER", help="only rows with this in their name: 'S', 'cold', 'frame'")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write all samples there")
    parser.add_argument("--data", type=pathlib.Path, metavar="DIR", help="where the files to read are made (build/bench-data)")
    patience = "how long to try for quiet pairs, all rows together (1.25 a row, 17 at most)"
    parser.add_argument("--patience", type=float, metavar="MINUTES", help=patience)
    parser.add_argument("--list", action="store_true", help="name the rows and end")
    parser.add_argument("--self-test", action="store_true", help="test the script itself, and measure nothing")
    parser.add_argument("--build", type=pathlib.Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def measure_all(chosen, seconds):
    """Measures one after the other; what one leaves of its time, the next may use."""
    end = time.monotonic() + seconds
    results = []
    for done, row in enumerate(chosen):
        now = time.monotonic()
        result = series.measure(row, now + max(0, end - now) / (len(chosen) - done))
        say(f"{row.name}: {row.ours.name} against {row.theirs.name}: {result.told()}, {time.monotonic() - now:.0f} s")
        results.append(result)
    return results


def measure_figures(groups):
    measured = []
    for group in groups:
        say(f"{group.name} …")
        measured.extend(figures.measure(group))
    return measured


def main(arguments):
    options = parse(arguments)
    if options.self_test:
        import self_test

        return self_test.run()
    build = options.build
    folder = options.data or build.parent / "bench-data"
    chosen = [row for row in rows.all_rows(build, folder) if options.filter in row.name]
    groups = [group for group in figures.all_groups(build) if options.filter in group.name]
    if options.list:
        print("\n".join(dict.fromkeys(each.name for each in (*chosen, *groups))))
        return 0
    if not chosen and not groups:
        say(f"no row has '{options.filter}' in its name; --list names them")
        return 2
    try:
        for name in dict.fromkeys(row.data for row in chosen if row.data):
            data.make(folder, name, say)
        patience = options.patience * 60 if options.patience else min(BUDGET_SECONDS, ROW_SECONDS * len(chosen))
        results = measure_all(chosen, patience)
        measured = measure_figures(groups)
    except (series.Failed, OSError) as error:
        say(str(error))
        return 1
    about = machine.describe(build, folder)
    print(table.markdown(results, measured, about))
    if options.json:
        told = {
            "machine": about,
            "series": [result.as_json() for result in results],
            "figures": [dataclasses.asdict(figure) for figure in measured],
        }
        options.json.write_text(json.dumps(told, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
