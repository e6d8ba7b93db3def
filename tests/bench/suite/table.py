"""The table, in Markdown that reads as plain text too."""

import statistics

import reckoning

HEADINGS = ("work", "by", "takes", "against", "takes", "ratio", "middle half", "aim", "pairs")
RIGHT = (2, 4, 5)
FIGURE_HEADINGS = ("what", "is", "aim")
FIGURE_RIGHT = (1,)


def amount(value, unit):
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def fraction(value):
    return f"{value:.2f}" if value >= 0.095 else f"{value:.3f}"


def aim_text(line, ours, ratio):
    if line.aim is None:
        return ""
    aim = f"≤ {line.aim:.2f}" if line.is_aim_of_ratio else f"≤ {line.aim:g} {line.unit}"
    return f"{aim} {'✓' if (ratio if line.is_aim_of_ratio else ours) <= line.aim else '✗'}"


def cells(result, line):
    """One line of the table. A '~' marks what no quiet pairs stand behind."""
    row = result.row
    _, is_quiet = result.used()
    ours, theirs, ratios = result.figures(line)
    ratio = statistics.median(ratios) if ratios else float("inf")
    low, high = reckoning.middle_half(ratios) if ratios else (ratio, ratio)
    rejected = len(result.rejected())
    return (
        line.name,
        row.ours.name,
        amount(ours, line.unit),
        row.theirs.name,
        amount(theirs, line.unit),
        ("" if is_quiet else "~") + fraction(ratio),
        f"{fraction(low)}–{fraction(high)}",
        aim_text(line, ours, ratio),
        f"{len(result.pairs) - rejected} used, {rejected} rejected",
    )


def aim_value(aim):
    return f"{aim:,.0f}" if aim == int(aim) else f"{aim:g}"


def figure_cells(figure):
    aim = ""
    if figure.aim is not None:
        aim = f"{'≥' if figure.is_least else '≤'} {aim_value(figure.aim)} {'✓' if figure.is_met() else '✗'}"
    value = f"{figure.value:,.0f} {figure.unit}".rstrip() if figure.unit in ("", "a second") else amount(figure.value, figure.unit)
    return (figure.name, value, aim)


def lay_out(lines, right):
    widths = [max(map(len, column)) for column in zip(*lines)]
    rule = tuple("-" * (width - 1) + (":" if i in right else "-") for i, width in enumerate(widths))
    padded = (
        (cell.rjust(width) if i in right else cell.ljust(width) for i, (cell, width) in enumerate(zip(line, widths)))
        for line in (lines[0], rule, *lines[1:])
    )
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def legend(results, about):
    notes = [
        f"Measured {about['date']} on {about['processors']} × {about['processor']}, {about['memory_gib']:.0f} GiB, Linux {about['kernel']},"
        f" {about['file_system']}, {about['compiler']}, commit {about['commit']}."
    ]
    if results:
        notes[0] += (
            " Files are read by `loopscope run --report text FOLDER`, recorded, from exec to exit. The ratio is the median of pairs; below 1"
            " Loopscope is faster."
        )
    if any(result.row.is_cold for result in results):
        notes.append("Cold: the contents of the files were dropped from the page cache before every run, their names and inodes were not.")
    if any(not result.used()[1] for result in results):
        notes.append("~: the machine was too busy; the least contended third of the pairs stands in for quiet ones, as a hint.")
    return notes


def markdown(results, figures, about):
    lines = [cells(result, line) for result in results for line in result.row.lines]
    tables = []
    if lines:
        tables.append(lay_out([HEADINGS, *lines], RIGHT))
    if figures:
        tables.append(lay_out([FIGURE_HEADINGS, *map(figure_cells, figures)], FIGURE_RIGHT))
    return "\n\n".join((*tables, *legend(results, about)))
