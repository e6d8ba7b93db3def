"""The class of the machine that was measured on."""

import datetime
import os
import platform
import subprocess


def output_of(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def value_in(path, key, separator):
    """The value of the first line of a file that begins with `key`."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                if line.startswith(key):
                    return line.split(separator, 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def commit():
    here = os.path.dirname(os.path.abspath(__file__))
    return output_of("git", "-C", here, "describe", "--always", "--dirty", "--exclude=*")


def describe(build, folder):
    compiler = value_in(build / "CMakeCache.txt", "CMAKE_CXX_COMPILER:", "=")
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).date().isoformat(),
        "processor": value_in("/proc/cpuinfo", "model name", ":"),
        "processors": os.cpu_count(),
        "memory_gib": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30,
        "kernel": platform.release(),
        "file_system": output_of("df", "--output=fstype", str(folder if folder.exists() else folder.parent)).split()[-1],
        "compiler": output_of(compiler, "--version").splitlines()[0],
        "commit": commit(),
    }
