"""Build the Windows program on Linux, install it under Wine and try it there.

    python -m tests.windows build      the installer, checked, into dist/
    python -m tests.windows check      also tests with Windows Python, and the installed program's whole life
    python -m tests.windows pictures   the installer, and pictures of every page of its wizard and of the window

Run it with the project's environment (`python3 tests/setup.py check` makes it). Debian's packages are installed by
apt-get. Everything else lands in a temporary folder, or in the one KC_WINDOWS_SCRATCH names, where it is kept for
the next time. Exit code 0 when everything is as it should be; when Wine cannot be had, that is said and the code is 1.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from resources.installer import build as release
from tests import setup
from tests.windows import installed, python_for_windows, wizard
from tests.windows.wine import (
    QT_SAYS,
    NoWineError,
    Prefix,
    WindowsTestError,
    missing_packages,
    virtual_display,
    windows_path,
)

SCRATCH_VARIABLE = "KC_WINDOWS_SCRATCH"
_WINDOW = ("editors", "first_day", "main_window", "meeting_input_method", "meeting_story", "preview")
_DOCUMENTS = ("catalogue", "fonts", "pdf_file", "word")
_SERVICES = (
    *("admin_units", "attachments", "backup", "batch", "bulk", "calendars", "copying", "exporting", "finalising"),
    *("finding", "first_steps", "import_layouts", "importing", "law", "lead_templates", "list_filters", "locks"),
    *("office_forms", "pasting", "recycle_bin", "register", "round_trip", "saved_views", "surroundings", "update"),
    *("whole_data", "workspace"),
)
FIRST_LANE = (
    ("tests/domain",),
    ("tests/storage",),
    tuple(f"tests/documents/test_{each}.py" for each in _DOCUMENTS),
    tuple(f"tests/ui/test_{each}.py" for each in _WINDOW),
)
SECOND_LANE = (tuple(f"tests/services/test_{each}.py" for each in _SERVICES),)
"""The tests that run with Windows Python: the core's, and what people do most in the window.

Of the services' tests those of what a system lends them: files, folders, clocks, workbooks, a file of data in use. The
others hold rules of the field against SQLite, which the storage's tests try whole. Of the papers' tests likewise: every
kind printed on Windows is compared with the one printed on Linux, byte by byte, which says more than to measure its
pages once again.
"""

_QT_SAYS_IN_TESTS = (*QT_SAYS, "setGeometry")
_READ_VERSION = """
import sys
from PyInstaller.utils.win32.versioninfo import read_version_info_from_executable as read
print(read(sys.argv[1]))
"""


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done and how long it took."""
    print(f"== {name}", flush=True)
    began = time.monotonic()
    yield
    print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder to work in: the one named by the environment, or one that is gone afterwards."""
    named = os.environ.get(SCRATCH_VARIABLE)
    if named:
        Path(named).mkdir(parents=True, exist_ok=True)
        yield Path(named).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="kc-windows-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def install_packages() -> None:
    """Install what Debian has for us. Raises NoWineError when Wine cannot be had here."""
    packages = missing_packages()
    if not packages:
        return
    try:
        setup.install_packages(packages)
    except setup.SetupError as error:
        raise NoWineError(str(error)) from error
    still = missing_packages()
    if still:
        raise NoWineError(f"apt-get has not brought: {' '.join(still)}")


def build_folder(windows: Prefix, python: Path, scratch: Path) -> Path:
    """Build the program's folder with the PyInstaller of Windows Python, and check it."""
    for each in ("dist", "build"):
        shutil.rmtree(scratch / each, ignore_errors=True)
    started_by = Path(__file__).parent / "pyinstaller.py"
    windows.run(
        python,
        *(windows_path(started_by), "--noconfirm", "--log-level", "ERROR"),
        *("--distpath", windows_path(scratch / "dist"), "--workpath", windows_path(scratch / "build")),
        windows_path(setup.ROOT / "build.spec"),
        timeout_s=500,
        cwd=setup.ROOT,
    )
    folder = scratch / "dist" / release.NAME
    release.check_folder(folder)
    return folder


def compare_builds(windows: Prefix, python: Path, first: Path, second: Path) -> None:
    """Refuse two builds of one source that differ in their files or in what Windows shows of them."""
    if release.file_list(first) != release.file_list(second):
        raise WindowsTestError(f"built twice: {set(release.file_list(first)) ^ set(release.file_list(second))}")
    for name in release.PROGRAMS:
        shown = [windows.run(python, "-c", _READ_VERSION, windows_path(each / name)) for each in (first, second)]
        if shown[0] != shown[1] or release.version() not in shown[0]:
            raise WindowsTestError(f"{name}: version resources {shown}")


def build_installer(folder: Path, scratch: Path) -> Path:
    """Make the installer and return it."""
    target = scratch / f"{release.NAME}-Setup-{release.version()}.exe"
    release.build_installer(folder, target)
    return target


def run_tests(windows: Prefix, python: Path, *tests: str) -> None:
    """Run tests of ours with Windows Python."""
    quiet = ["-o", "qt_log_ignore=" + "\n".join(_QT_SAYS_IN_TESTS)]
    said = windows.run(python, "-m", "pytest", "-q", *quiet, *tests, timeout_s=900, cwd=setup.ROOT)
    last = said.strip().splitlines()[-1:]
    if not last or not re.match(r"\d+ passed", last[0]):  # a Python that is ended under Wine can still say 0
        raise WindowsTestError(f"{tests[0]} came to no end:\n{said[-6000:]}")
    print(last[0], flush=True)


def build_on_linux(scratch: Path) -> Path:
    """Build the program for Linux from the same spec, have it test itself, and return its folder."""
    where = ["--distpath", str(scratch / "linux"), "--workpath", str(scratch / "linux-work")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *where, "build.spec"]
    subprocess.run(command, cwd=setup.ROOT, check=True, timeout=300, stderr=subprocess.DEVNULL)
    folder = scratch / "linux" / release.NAME
    test = [str(folder / "kc-desktop-cli"), "self-test"]
    subprocess.run(test, check=True, timeout=120, stdout=subprocess.DEVNULL, env=os.environ | {"DISPLAY": ""})
    return folder


def try_on_windows_python(windows: Prefix, python: Path, lane: Sequence[Sequence[str]]) -> None:
    """Run tests of ours with Windows Python."""
    for tests in lane:
        with step(f"Windows Python: {' '.join(tests)}"):
            run_tests(windows, python, *tests)


def keep(installer: Path) -> None:
    """Copy the installer into dist/ and write its checksum beside it."""
    made = setup.ROOT / "dist" / installer.name
    made.parent.mkdir(exist_ok=True)
    shutil.copy(installer, made)
    print(f"{made}\n{release.write_checksums(made).read_text(encoding='ascii')}", end="", flush=True)


def run(what: str, scratch: Path) -> None:
    """Do what was asked, in `scratch`. Raises WindowsTestError or BuildError at the first thing that is wrong."""
    with contextlib.ExitStack() as ends, ThreadPoolExecutor() as beside:
        windows, fresh = (
            Prefix(folder=scratch / name, display=ends.enter_context(virtual_display()), user=user)
            for name, user in (("prefix", "user"), ("prefix-installed", "Phòng KT"))
        )
        try:
            with step("Wine"):
                windows.make(scratch)
            with step("Windows Python"):
                python = python_for_windows.make(scratch / "python", scratch)
            with step("PyInstaller"):
                folder = build_folder(windows, python, scratch)
            if what == "check":  # beside what follows, which leaves the second processor free
                tried = beside.submit(try_on_windows_python, windows, python, FIRST_LANE)
            with step("installer"):
                installer = build_installer(folder, scratch)
            if what == "build":
                keep(installer)
                return
            with step("PyInstaller on Linux"):
                on_linux = build_on_linux(scratch)
            with step("a fresh PC"):
                fresh.make(scratch)
            pc = installed.Pc(
                windows=fresh,
                python=python,
                installer=installer,
                built_on_linux=on_linux,
                scratch=scratch,
                version=release.version(),
            )
            if what == "pictures":
                with step("wizard"):
                    wizard.photograph(pc)
                return
            with step("the wizard, in the users' language"):
                wizard.walk(pc, "Vietnamese")
            with step("install, use, upgrade"):
                installed.check(pc)
            try_on_windows_python(windows, python, SECOND_LANE)
            with step("PyInstaller once more"):
                compare_builds(windows, python, folder, build_folder(windows, python, scratch / "again"))
            tried.result(timeout=900)
            with step("start, remove"):  # now nothing else is at work
                installed.check_start_and_end(pc)
        finally:
            for each in (windows, fresh):  # what is still at work beside ends with them
                each.stop()


def main() -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="tests.windows", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("build", "check", "pictures"), nargs="?", default="check")
    given = parser.parse_args()
    try:
        install_packages()
        with scratch_folder() as scratch:
            run(given.what, scratch)
    except (WindowsTestError, release.BuildError, setup.SetupError, subprocess.SubprocessError) as error:
        print(f"\nWindows: {error}", file=sys.stderr)
        return 1
    print("Windows: everything passed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
