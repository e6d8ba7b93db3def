"""The files that are read: text, made once, the same on every machine."""

import os
import shutil

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

# name: how many files, of how many bytes
SETS = {"S": (20_000, 4 * KIB), "M": (2_000, 256 * KIB), "L": (4, GIB)}
VERSION = 2
LINES_A_FOREIGN_ONE = 32  # as in sources and logs: most is ASCII, and not all
PLAIN = "Loopscope reads this text, line by line, and so it does the rest of the file."
FOREIGN = "Loopscope reads this text; é, ß, 漢 and 🌍 are in it, and so is the rest."
SPARE_BYTES = GIB


def total_bytes(name):
    count, size = SETS[name]
    return count * size


def text_of(size, seed):
    """Numbered lines of valid UTF-8, some of it not ASCII; exactly `size` bytes."""
    lines = (f"{seed}:{line} {PLAIN if line % LINES_A_FOREIGN_ONE else FOREIGN}\n" for line in range(size // 64 + 1))
    text = "".join(lines).encode()[:size].decode(errors="ignore").encode()
    return text + b"." * (size - len(text))


def write_file(path, size, seed):
    block = text_of(min(size, 256 * KIB), seed)
    with open(path, "wb", buffering=0) as file:
        for _ in range(size // len(block)):
            file.write(block)


def is_made(folder, name):
    stamp = folder / f"{name}.stamp"
    count, _ = SETS[name]
    return stamp.is_file() and stamp.read_text() == stamp_of(name) and len(os.listdir(folder / name)) == count


def stamp_of(name):
    count, size = SETS[name]
    return f"version {VERSION}, {count} files of {size} bytes\n"


def make(folder, name, say):
    """Makes the set unless it is there."""
    if is_made(folder, name):
        return
    count, size = SETS[name]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.stamp").unlink(missing_ok=True)
    shutil.rmtree(folder / name, ignore_errors=True)
    if shutil.disk_usage(folder).free < count * size + SPARE_BYTES:
        raise OSError(f"{folder} has no room for the {count * size / 1e9:.1f} GB of {name}; --data DIR names another place")
    say(f"making {name}: {count:,} files of {size:,} bytes in {folder}")
    (folder / name).mkdir()
    for i in range(count):
        write_file(folder / name / f"{i:05}.txt", size, i)
    os.sync()  # pages that are not on the disk yet cannot be dropped, and their writing would disturb
    (folder / f"{name}.stamp").write_text(stamp_of(name))


def drop_pages(folder):
    """Makes the kernel forget the contents of the files in `folder`, but not their names. Needs no root, and nobody else pays for it."""
    for entry in os.scandir(folder):
        file = os.open(entry.path, os.O_RDONLY | os.O_CLOEXEC)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)
