"""From the start of the process to the first painted window, and its memory, against a bare window with five tabs."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import Figure

RUNS = 15
HEAVY = ("reportlab", "docx", "xlsxwriter", "python_calamine", "sqlite_utils", "lxml", "PIL")
"""What the start must not import."""

_ROOT = Path(__file__).parents[2]
_DISPLAY = ":97"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    painted_ms: float
    resident_mib: float
    peak_mib: float
    modules: frozenset[str]


def figures(path: Path, records: int) -> list[Figure]:
    """Measure starts on a file of so many records, the two windows taking turns; the first of each warms up."""
    bare: list[_Start] = []
    app: list[_Start] = []
    with _screen() as (platform, screen), tempfile.TemporaryDirectory() as home:
        environment = _environment(home, screen)
        for run in range(RUNS + 1):
            for kept, arguments in ((bare, ["bare"]), (app, ["app", str(path)])):
                start = _start(arguments, environment)
                if run:
                    kept.append(start)
    on = f"{records:,} records, {platform}"
    found = [
        _compared(f"start to first painted window ({on})", "ms", bare, app, "painted_ms", 2.0),
        _compared(f"resident memory at first paint ({on})", "MiB", bare, app, "resident_mib", 1.8),
        _compared(f"  its peak until then ({on})", "MiB", bare, app, "peak_mib", None),
    ]
    heavy = sorted(set(HEAVY) & app[0].modules)
    name = f"heavy packages imported by the start{': ' + ', '.join(heavy) if heavy else ''}"
    return [*found, Figure(name=name, value=len(heavy), unit="", limit_value=0.5)]


def _compared(name: str, unit: str, bare: list[_Start], app: list[_Start], what: str, limit: float | None) -> Figure:
    floor, value = (statistics.median(getattr(each, what) for each in starts) for starts in (bare, app))
    return Figure(name=name, value=value, unit=unit, floor=floor, limit_ratio=limit)


def _start(arguments: list[str], environment: dict[str, str]) -> _Start:
    started = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.first_paint", *arguments],
        cwd=_ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    words = done.stdout.split()
    if done.returncode or len(words) != 4:
        raise RuntimeError(f"no first paint: {done.stdout}\n{done.stderr}")
    painted, resident, peak, modules = words
    return _Start(
        painted_ms=(int(painted) - started) / 1e6,
        resident_mib=int(resident) / 1024,
        peak_mib=int(peak) / 1024,
        modules=frozenset(modules.split(",")),
    )


def _environment(home: str, screen: dict[str, str]) -> dict[str, str]:
    """Return an environment whose user folders are empty ones: nobody's own profile is read or written.

    Compiled modules are kept there too, by the first start of each: an installed program has them.
    """
    folders = (
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "XDG_CACHE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    )
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **dict.fromkeys(folders, home), "PYTHONPYCACHEPREFIX": f"{home}/compiled", **screen}


@contextlib.contextmanager
def _screen() -> Iterator[tuple[str, dict[str, str]]]:
    """Give a screen: the desktop's own, else an Xvfb for the while, else Qt's offscreen one."""
    if os.environ.get("QT_QPA_PLATFORM") or os.environ.get("DISPLAY") or sys.platform == "win32":
        yield os.environ.get("QT_QPA_PLATFORM") or "own screen", {}
        return
    if shutil.which("Xvfb") is None:
        yield "offscreen", {"QT_QPA_PLATFORM": "offscreen"}
        return
    server = subprocess.Popen(
        ["Xvfb", _DISPLAY, "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await_socket(Path(f"/tmp/.X11-unix/X{_DISPLAY[1:]}"))
        yield "Xvfb", {"DISPLAY": _DISPLAY, "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def _await_socket(path: Path) -> None:
    deadline = time.monotonic() + 10
    while not path.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("Xvfb did not start")
        time.sleep(0.05)
