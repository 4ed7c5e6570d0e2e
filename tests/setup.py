"""One command from a fresh checkout to an open window, or to a passed check. Standard library only.

    python3 tests/setup.py window      make the environment, open the window on the sample
    python3 tests/setup.py check       make the environment, run lint, types, layers and tests
    python3 tests/setup.py check --windows    then also build the Windows program and try it under Wine (Debian)
    python3 tests/setup.py pictures    make the environment, renew the pictures of the README and the guide

On Windows the same with `py tests\\setup.py …`. The environment is `.venv` in the checkout, made from uv.lock; on
Debian and its relatives the system libraries Qt needs are installed by apt-get. A second run finds everything in place.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
UV_VENV = ROOT / ".venv-uv"
STAMP = VENV / "kc-desktop-setup.json"
OLDEST_PYTHON = (3, 11)
OLDEST_UV = (0, 9)
IS_WINDOWS = sys.platform == "win32"

# What the PySide6 wheels leave to the system: the library a loader looks for, and Debian's package that holds it. (On
# releases that renamed a package to …t64 the old name still leads to it.)
SYSTEM_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libzstd.so.1": "libzstd1",
}


class SetupError(Exception):
    """Something the person at the keyboard has to do first, said in Vietnamese and English."""


def say(line: str) -> None:
    """Print a line at once; a console that cannot show Vietnamese gets escapes instead of a crash."""
    print(line, flush=True)


def run(command: list[str], env: dict[str, str] | None = None) -> int:
    """Run a command in the checkout, its output going where ours goes, and return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def python_in(venv: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")


def pytest_in(venv: Path) -> Path:
    """Return the test runner of a virtual environment, which stands for all test tools."""
    return venv / ("Scripts/pytest.exe" if IS_WINDOWS else "bin/pytest")


# --- what the system must have ---


def check_python() -> None:
    """Refuse a Python that is too old. Raises SetupError with the remedy."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        needed, found = (".".join(map(str, each)) for each in (OLDEST_PYTHON, sys.version_info[:2]))
        raise SetupError(
            f"Cần Python {needed} trở lên, máy này đang chạy {found}: cài bản mới từ python.org (Windows) hoặc dùng "
            f"Debian 12 trở lên, rồi chạy lại.\n"
            f"Python {needed} or newer is needed, this is {found}: install it from python.org (Windows) or use "
            f"Debian 12 or newer, then run this again."
        )


def missing_packages(with_tests: bool) -> list[str]:
    """Return the Debian packages this machine lacks; [] on systems that need none of ours."""
    if not sys.platform.startswith("linux"):
        return []
    found = [] if importlib.util.find_spec("ensurepip") or working_uv() else ["python3-venv"]
    if with_tests and needs_own_display():
        found += [package for tool, package in (("Xvfb", "xvfb"), ("xauth", "xauth")) if not shutil.which(tool)]
    ldconfig = shutil.which("ldconfig", path="/usr/sbin:/sbin:" + os.environ.get("PATH", ""))
    if ldconfig is None:
        return found
    known = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    there = {line.split()[0] for line in known.splitlines()[1:] if line.strip()}
    return found + [package for library, package in SYSTEM_LIBRARIES.items() if library not in there]


def install_packages(packages: list[str]) -> None:
    """Install Debian packages without asking anything. Raises SetupError with the command when we may not."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = "apt-get update && " + " ".join(install)
    if shutil.which("apt-get") is None:
        raise SetupError(
            f"Máy thiếu các gói hệ thống sau (tên theo Debian), và ở đây không có apt-get: {' '.join(packages)}\n"
            f"This machine lacks the packages named above (Debian's names), and there is no apt-get here."
        )
    sudo: list[str] = []
    if hasattr(os, "geteuid") and os.geteuid() != 0:
        sudo = ["sudo", "-n"]
        if shutil.which("sudo") is None or run([*sudo, "true"]) != 0:
            raise SetupError(
                f"Thiếu gói hệ thống: chạy lệnh sau bằng quyền quản trị rồi chạy lại lệnh này.\n"
                f"System packages are missing: run the following as root, then this command again.\n\n"
                f"    sudo sh -c '{by_hand}'\n"
            )
    say(f"Cài gói hệ thống / Installing system packages: {' '.join(packages)}")
    quiet = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive"]
    if run([*quiet, "apt-get", "update", "-q"]) != 0 or run([*quiet, *install]) != 0:
        raise SetupError(f"Cài gói hệ thống chưa được / could not install system packages: {by_hand}")


# --- the environment ---


def working_uv() -> str | None:
    """Return a uv that reads our lock: the one on PATH, or the one we made earlier; None when there is neither."""
    ours = UV_VENV / ("Scripts/uv.exe" if IS_WINDOWS else "bin/uv")
    for each in (shutil.which("uv"), str(ours) if ours.exists() else None):
        if each is None:
            continue
        told = subprocess.run([each, "--version"], capture_output=True, text=True, check=False)
        version = re.search(r"(\d+)\.(\d+)", told.stdout)
        if told.returncode == 0 and version and tuple(map(int, version.groups())) >= OLDEST_UV:
            return each
    return None


def uv() -> str:
    """Return a working uv, installed by pip into an environment of its own when there is none."""
    found = working_uv()
    if found is None:
        say("Cài uv / Installing uv")
        oldest = ".".join(map(str, OLDEST_UV))
        made = run([sys.executable, "-m", "venv", "--clear", str(UV_VENV)])
        if made != 0 or run([str(python_in(UV_VENV)), "-m", "pip", "install", "-q", f"uv>={oldest},<1"]) != 0:
            raise SetupError(
                "Chưa cài được uv: kiểm tra mạng rồi chạy lại.\n"
                "Could not install uv: check the network and run this again."
            )
        found = working_uv()
    if found is None:
        raise SetupError("uv đã cài nhưng không chạy được / uv is installed but does not run.")
    return found


def uv_environment() -> dict[str, str]:
    """Return the environment uv runs in: our .venv, and the machine's certificates as pip was told of them."""
    env = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")}
    if "PIP_CERT" in env:
        env.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
    return env


def fingerprint(with_tests: bool) -> str:
    """Return what the environment depends on, so that a second run need not ask anybody."""
    running = hashlib.sha256()
    for name in ("pyproject.toml", "uv.lock"):
        running.update((ROOT / name).read_bytes())
    return f"{running.hexdigest()} {'test' if with_tests else 'window'}"


def is_ready(with_tests: bool) -> bool:
    """Tell whether the environment was made from this lock, with the test tools if they are wanted."""
    if not python_in(VENV).exists() or (with_tests and not pytest_in(VENV).exists()):
        return False
    try:
        made = json.loads(STAMP.read_text(encoding="utf-8"))["made"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return made in {fingerprint(with_tests), fingerprint(True)}


def make_environment(with_tests: bool) -> None:
    """Make .venv hold exactly what uv.lock says. Raises SetupError when it cannot."""
    if is_ready(with_tests):
        return
    say("Tạo môi trường .venv theo uv.lock / Making .venv from uv.lock")
    tool, env = uv(), uv_environment()
    sync = [tool, "sync", "--locked", "--quiet"]
    sync += ["--extra", "test"] if with_tests else ["--inexact"]  # opening the window leaves test tools where they are
    if not python_in(VENV).exists():
        sync += ["--python", sys.executable]
    if run(sync, env) != 0:
        say("uv chưa tải được gói, thử lại bằng pip / uv could not fetch the packages, trying pip")
        install_by_pip(tool, env, with_tests)
    STAMP.write_text(json.dumps({"made": fingerprint(with_tests)}), encoding="utf-8")


def install_by_pip(tool: str, env: dict[str, str], with_tests: bool) -> None:
    """Install the locked packages by pip, hashes checked: pip knows the machine's own index and proxy, uv may not."""
    wanted = VENV / "locked.txt"
    export = [tool, "export", "--frozen", "--quiet", "--no-emit-project", "--output-file", str(wanted)]
    export += ["--extra", "test"] if with_tests else []
    pip = [str(python_in(VENV)), "-m", "pip", "install", "-q"]
    steps = (
        ([sys.executable, "-m", "venv", str(VENV)], None),
        (export, env),
        ([*pip, "--require-hashes", "-r", str(wanted)], None),
        ([*pip, "--no-deps", "-e", "."], None),
    )
    for command, environment in steps:
        if run(command, environment) != 0:
            raise SetupError(
                "Chưa tải được các gói: kiểm tra mạng rồi chạy lại.\n"
                "Could not fetch the packages: check the network and run this again."
            )


# --- what can be done with it ---


def has_display() -> bool:
    """Tell whether a window can be seen here."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def needs_own_display() -> bool:
    """Tell whether the tests must bring their own X server."""
    return not has_display() and "QT_QPA_PLATFORM" not in os.environ


def with_display(command: list[str], first_number: int = 99) -> list[str]:
    """Return the command under an X server of its own where there is no display; its number is the first free one."""
    if not needs_own_display():
        return command
    return ["xvfb-run", "-a", "-n", str(first_number), "-s", "-screen 0 1366x768x24 -nolisten tcp", *command]


def open_window() -> int:
    """Open the window on the sample."""
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise SetupError(
            "Đã sẵn sàng, nhưng ở đây không có màn hình: chạy lệnh này trong phiên làm việc có màn hình.\n"
            "Everything is ready, but there is no display here: run this command in a desktop session."
        )
    return run([str(python_in(VENV)), "-m", "kc_desktop", "--sample"])


_FIRST_LANE = ("tests/ui", "tests/end2end")
"""Tests of what people see: about half of the time all tests take."""


def run_tests(pytest: list[str], arguments: list[str]) -> int:
    """Run the tests named by the arguments; all tests without any, in two lanes beside each other."""
    if arguments:
        return run(with_display([*pytest, *arguments]))
    with tempfile.TemporaryFile() as told:
        rest = [f"--ignore={each}" for each in _FIRST_LANE]
        others = with_display([*pytest, "tests", *rest], first_number=199)
        beside = subprocess.Popen(others, cwd=ROOT, stdout=told, stderr=subprocess.STDOUT)
        code = run(with_display([*pytest, *_FIRST_LANE]))
        code = beside.wait() or code
        told.seek(0)
        say(told.read().decode(errors="replace"))
    return code


def check(pytest_arguments: list[str], windows_too: bool = False) -> int:
    """Run lint, formatting, types, layers, tests and at will Windows; all of them, then say which failed."""
    python = str(python_in(VENV))
    scripts = python_in(VENV).parent
    steps: list[tuple[str, Callable[[], int]]] = [
        ("ruff check", partial(run, [python, "-m", "ruff", "check", "."])),
        ("ruff format", partial(run, [python, "-m", "ruff", "format", "--check", "."])),
        ("mypy", partial(run, [python, "-m", "mypy"])),
        ("import-linter", partial(run, [str(scripts / ("lint-imports.exe" if IS_WINDOWS else "lint-imports"))])),
        ("pytest", partial(run_tests, [python, "-m", "pytest"], pytest_arguments)),
    ]
    if windows_too:
        steps.append(("Windows", partial(run, [python, "-m", "tests.windows", "check"])))
    failed = []
    for name, act in steps:
        say(f"\n== {name}")
        started = time.monotonic()
        code = act()
        say(f"== {name}: {'OK' if code == 0 else f'exit code {code}'} ({time.monotonic() - started:.0f} s)")
        if code != 0:
            failed.append(name)
    say(f"\nChưa đạt / failed: {', '.join(failed)}" if failed else "\nĐạt tất cả / everything passed")
    return 1 if failed else 0


def renew_pictures() -> int:
    """Draw the pictures of the README and the guide anew: the window on the sample, and a printed page."""
    return run(with_display([str(python_in(VENV)), "-m", "tests.pictures"]))


def main() -> int:
    """Make the environment and do what was asked."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(
        prog="setup.py", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=("window", "check", "pictures"))
    parser.add_argument("--offscreen", action="store_true", help="draw windows in memory instead of on a display")
    parser.add_argument("--windows", action="store_true", help="also build and try the Windows program under Wine")
    given, more = parser.parse_known_args()
    if given.windows and given.what != "check":
        parser.error("--windows belongs to check")
    if more and given.what != "check":
        parser.error(f"unknown: {' '.join(more)}")
    if given.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with_tests = given.what != "window"
    try:
        check_python()
        packages = missing_packages(with_tests)
        if packages:
            install_packages(packages)
        make_environment(with_tests)
        if given.what == "window":
            return open_window()
        return check(more, given.windows) if given.what == "check" else renew_pictures()
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
