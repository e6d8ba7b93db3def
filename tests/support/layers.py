#!/usr/bin/env python3
"""Holds the sources to the layers: which folder may include which, and who may include what of Qt.

An include that runs against them is one of
  path      not written from the top of the tree: by its bare name, through .., or by a macro
  unknown   of a layer that is not in the table below, or written there
  layer     of a layer that this one does not know
  qt        of Qt, in a layer that is free of it
  windows   of Qt, and not known to be QtCore's or QCoro's, in the core

layers.py ROOT                names each such include as file:line, and exits 1 if there is one
layers.py --self-test FOLDER  in the tree there, finds exactly the lines that say "// bad: KIND"
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r"^\s*(?:/\*.*?\*/\s*)*(?:#|%:)\s*(?:/\*.*?\*/\s*)*(?:include|include_next|import)\b(.*)")
NAMED = re.compile(r'\s*(?:"([^"]*)"|<([^>]*)>)')
SUFFIXES = {".h", ".hpp", ".hh", ".hxx", ".inc", ".inl", ".ipp", ".tpp", ".c", ".cc", ".cpp", ".cxx"}
TOPS = ("app", "core", "ui")

# Each layer may include itself and these.
BELOW = {
    "core/text": set(),
    "core/files": {"core/text"},
    "core/trace": set(),
    "core/record": {"core/trace"},
    "core/runtime": {"core/trace", "core/record"},
    "core/workload": {"core/text", "core/files", "core/trace", "core/record", "core/runtime"},
    "core/analysis": {"core/text", "core/trace"},
    "core/formats": {"core/text", "core/files", "core/trace", "core/analysis"},
}
BELOW["core/experiment"] = set(BELOW) - {"core/record", "core/runtime"}
BELOW["ui/theme"] = {"core/text", "core/trace", "core/analysis"}
BELOW["ui/commands"] = set()
BELOW["ui/timeline"] = BELOW["ui/theme"] | {"ui/theme", "ui/commands"}
BELOW["ui/panels"] = BELOW["ui/timeline"] | {"ui/timeline"}
BELOW["ui/export"] = BELOW["ui/panels"] | {"ui/panels"}
BELOW["ui/compare"] = BELOW["ui/export"] | {"ui/export", "core/experiment"}
BELOW["ui/window"] = BELOW["ui/compare"] | {"ui/compare", "core/files", "core/formats", "core/runtime", "core/workload"}
BELOW["app"] = set(BELOW)
# What the table forbids, and yet has its reason.
EXCEPTIONS = {
    # The card of a scenario shows what kinds of tasks are in it.
    ("ui/panels/scenario_miniature.cpp", "core/workload/scenario.h"),
}
WITHOUT_QT = {"core/text", "core/files", "core/trace", "core/record"}
# Class names or the headers behind them: <QPainter>, <QtGui/QPainter>, <qpainter.h>, <QCoroTask>, <qcoro/qcorotask.h>.
QT = re.compile(r"(?:.*/)?(?:Q[A-Za-z]\w*|q\w+\.h)|(?:Qt\w+|QCoro\w*|qt\d?|qcoro\d?)/.*")
# QtCore has hundreds of headers, and QtGui and QtWidgets have more: what the core uses, of QtNetwork too, is counted up, and anything else is asked about.
CORE_QT = {
    "QAbstractEventDispatcher",
    "QByteArray",
    "QCoreApplication",
    "QCoroAbstractSocket",
    "QCoroLocalSocket",
    "QCoroSignal",
    "QCoroTask",
    "QDeadlineTimer",
    "QElapsedTimer",
    "QFile",
    "QHostAddress",
    "QIODevice",
    "QLocalServer",
    "QLocalSocket",
    "QObject",
    "QPointer",
    "QRunnable",
    "QSocketNotifier",
    "QString",
    "QSysInfo",
    "QTcpServer",
    "QTcpSocket",
    "QTemporaryDir",
    "QThread",
    "QThreadPool",
    "QTimer",
    "QTimerEvent",
}


def layer_of(path):
    parts = path.split("/")
    return "app" if parts[0] == "app" else "/".join(parts[:2])


def objection(path, rest):
    """Why the file at this path may not include what stands behind the word, as (kind, sentence), or None."""
    layer = layer_of(path)
    rest = re.sub(r"/\*.*?\*/", " ", rest)
    match = NAMED.match(rest)
    if not match:
        return "path", f"includes {rest.strip()}: say which file that is"
    quoted, angled = match.groups()
    included = quoted if angled is None else angled
    top = included.split("/")[0]
    if quoted is not None and (top not in TOPS or "/" not in included) or {".", ".."} & set(included.split("/")) or included.startswith("/"):
        return "path", f"includes {included}: write it from the top, as app/…, core/… or ui/…"
    if top in TOPS or top == "tests":
        target = layer_of(included)
        if target not in BELOW:
            return "unknown", f"includes {included}, of the unknown layer {target}: put that into the table of layers.py"
        if target != layer and target not in BELOW[layer] and (path, included) not in EXCEPTIONS:
            return "layer", f"includes {included}, but {layer} does not know {target}"
    elif QT.fullmatch(included):
        if layer in WITHOUT_QT:
            return "qt", f"includes {included}, but {layer} is free of Qt"
        if layer.startswith("core/") and included not in CORE_QT:
            return "windows", f"includes {included}: if that is QtCore's or QCoro's, list it in layers.py; the core knows no windows"
    return None


def includes_of(source):
    """Every include of a source, as (line, what stands behind the word). One in a comment of many lines counts too."""
    lines = source.splitlines()
    number = 0
    while number < len(lines):
        first = number
        line = lines[number]
        while line.endswith("\\") and number + 1 < len(lines):
            number += 1
            line = line[:-1] + lines[number]
        match = INCLUDE.match(line)
        if match:
            yield first + 1, match[1]
        number += 1


def objections_below(root):
    """What is to be said against the sources below root, as (path, line, kind, sentence), and how many there are."""
    sources = [path for top in TOPS for path in sorted((root / top).rglob("*")) if path.suffix in SUFFIXES]
    found = []
    for source in sources:
        path = source.relative_to(root).as_posix()
        if layer_of(path) not in BELOW:
            found.append((path, 1, "unknown", f"is in the unknown layer {layer_of(path)}: put that into the table of layers.py"))
            continue
        for line, rest in includes_of(source.read_text(encoding="utf-8")):
            why = objection(path, rest)
            if why:
                found.append((path, line, *why))
    return found, len(sources)


def check(root):
    found, count = objections_below(root)
    for path, line, _, why in found:
        print(f"{path}:{line}: {why}")
    idle = 0
    for path, included in sorted(EXCEPTIONS):
        source = root / path
        if not source.is_file() or f'"{included}"' not in source.read_text(encoding="utf-8"):
            idle += 1
            print(f"{path} no longer includes {included}: take it out of the exceptions of layers.py")
    print(f"{count} sources looked through")
    return 1 if found or idle or not count else 0


def self_test(root):
    expected = {
        (path.relative_to(root).as_posix(), number, kind)
        for path in root.rglob("*")
        if path.is_file()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for kind in re.findall(r"\w+", (line.split("// bad:") + [""])[1])
    }
    found, count = objections_below(root)
    actual = {(path, line, kind) for path, line, kind, _ in found}
    for path, line, kind in sorted(expected - actual):
        print(f"{root / path}:{line}: {kind} was missed")
    for path, line, kind in sorted(actual - expected):
        print(f"{root / path}:{line}: {kind} is a false alarm")
    print(f"{count} samples compared")
    return 1 if expected != actual or not expected else 0


def main(arguments):
    if arguments[:1] == ["--self-test"] and len(arguments) == 2:
        return self_test(pathlib.Path(arguments[1]))
    if len(arguments) != 1 or arguments[0].startswith("-"):
        sys.exit(__doc__)
    return check(pathlib.Path(arguments[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
