#!/usr/bin/env python3
"""Holds the sources to the layers: which folder may include which, and who may include what of Qt.

layers.py ROOT  names each include that runs against them as file:line, and exits 1 if there is one
"""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
# Each layer may include itself and these.
BELOW = {
    "core/text": set(),
    "core/trace": set(),
    "core/record": {"core/trace"},
    "core/runtime": {"core/trace", "core/record"},
    "core/workload": {"core/text", "core/trace", "core/record", "core/runtime"},
    "core/analysis": {"core/trace"},
    "core/formats": {"core/text", "core/trace", "core/analysis"},
    "ui": {"core", "ui"},
    "app": {"core", "ui", "app"},
}
WITHOUT_QT = {"core/text", "core/trace", "core/record"}
WINDOWS = re.compile(
    r"(QtGui|QtWidgets|QtSvg|Q(Widget|Painter|Gui|Application|Image|Pixmap|Color|Font|Main|Dialog|Svg|Pdf|Palette|Icon|Clipboard|Window|Screen))"
)


def layer_of(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "core" else parts[0]


def objection(layer, included):
    """Why this layer may not include that, or None."""
    if included.startswith("Q"):
        if layer in WITHOUT_QT:
            return "is free of Qt"
        if layer.startswith("core/") and WINDOWS.match(included):
            return "knows no windows and no pictures"
    elif included.split("/")[0] in ("core", "ui", "app", "tests"):
        target = layer_of(included)
        if target != layer and target not in BELOW[layer] and target.split("/")[0] not in BELOW[layer]:
            return f"does not know {target}"
    return None


def main(root):
    root = pathlib.Path(root)
    sources = [path for top in ("app", "core", "ui") for path in sorted((root / top).rglob("*")) if path.suffix in (".h", ".cpp")]
    found = 0
    for path in sources:
        layer = layer_of(path.relative_to(root).as_posix())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            why = match and objection(layer, match[1])
            if why:
                found += 1
                print(f"{path.relative_to(root)}:{number}: includes {match[1]}, but {layer} {why}")
    print(f"{len(sources)} sources looked through")
    return 1 if found or not sources else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
