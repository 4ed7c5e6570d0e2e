"""Wine without a person in front of it: no prompts, no crash dialogs, a time limit on every call.

Every program gets no input and a pipe for its output: Windows Python dies at its start ("init_sys_streams … WinError
6") under Wine 8 when one of the three is a regular file or closed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PACKAGES = {
    "wine": ("wine", "wine64"),
    "makensis": ("nsis",),
    "x86_64-w64-mingw32-gcc-win32": ("gcc-mingw-w64-x86-64-win32",),
    "Xvfb": ("xvfb", "xauth"),
    "xdotool": ("xdotool",),
    "objdump": ("binutils",),
    "/usr/share/fonts/truetype/croscore": ("fonts-croscore",),
    "/usr/share/fonts/truetype/dejavu": ("fonts-dejavu-core",),
    "/usr/share/wine/fonts": ("fonts-wine",),
}
"""What has to be there (a program or a path), and Debian's packages that bring it."""

if sys.base_prefix == "/usr":  # Debian's own Python carries no library PyInstaller could ship
    _library = f"libpython{sys.version_info.major}.{sys.version_info.minor}"
    PACKAGES[f"/usr/lib/x86_64-linux-gnu/{_library}.so.1.0"] = (_library,)

_STUBS = ("icuuc", "mscms", "bcryptprimitives")
"""DLLs Windows 10 has and Wine 8 lacks, or has without a function Qt 6.12 or Rust asks for. Never shipped."""

_LISTENED_S = 2
"""So long after its end a program's last words are waited for. What it started (the first one starts Windows itself)
holds its pipe open and may go on for ever."""

QT_SAYS = ("DpiAwareness", "EnableNonClientDpiScaling")
"""What Qt complains of under Wine 8, which has no windows that follow each monitor's scaling."""

_REGISTRY = r"""Windows Registry Editor Version 5.00

[HKEY_CURRENT_USER\Software\Wine]
"Version"="win10"

[HKEY_CURRENT_USER\Software\Wine\X11 Driver]
"Managed"="N"

[HKEY_CURRENT_USER\Software\Wine\Direct3D]
"renderer"="no3d"

[HKEY_CURRENT_USER\Software\Wine\WineDbg]
"ShowCrashDialog"=dword:00000000

[HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements]
"Segoe UI"="Arimo"
"Tahoma"="Arimo"
"MS Shell Dlg"="Arimo"
"MS Shell Dlg 2"="Arimo"
"Microsoft Sans Serif"="Arimo"
"""
"""Every window has its own X window, for tests to see. No 3D: Qt asks Direct3D for the graphics card's name before it
opens its first window (QWindowsWindow::forcedScreenForGLWindow, QTBUG-50371), and Wine would start a graphics card made
of software to answer. Fonts as wide as Windows' own."""


class WindowsTestError(Exception):
    """The Windows program, or the way to it, is not as it should be."""


class NoWineError(WindowsTestError):
    """Wine cannot be had here: nothing about the Windows program has been tried."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Ở đây không có Wine, nên chương trình Windows chưa được thử.\n"
            f"Wine cannot be had here, so the Windows program has not been tried.\n{reason}"
        )


def missing_packages() -> list[str]:
    """Return the Debian packages Wine and the installer's compiler need here and that are not there."""
    return [
        package
        for needed, packages in PACKAGES.items()
        if not (Path(needed).exists() if needed.startswith("/") else shutil.which(needed))
        for package in packages
    ]


def windows_path(path: Path) -> str:
    """Return a Linux path as Windows programs under Wine see it."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """One Windows installation; `display` is the X display its windows open on, `user` the account's name."""

    folder: Path
    display: str
    user: str = "user"

    @property
    def local_app_data(self) -> Path:
        """Where programs of this user keep what is theirs."""
        return self.folder / "drive_c" / "users" / self.user / "AppData" / "Local"

    @property
    def home(self) -> Path:
        """The user's own folder."""
        return self.local_app_data.parent.parent

    def own_path(self, path: Path) -> str:
        """Return the path on drive C: of something that lies there."""
        return "C:\\" + "\\".join(path.relative_to(self.folder / "drive_c").parts)

    def environment(self) -> dict[str, str]:
        """Return the environment every call runs in."""
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "QT_", "VIRTUAL_ENV"))},
            "USER": self.user,
            "WINEPREFIX": str(self.folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # no Mono and Gecko prompts, no .desktop files, a crash ends at once, our stub of mscms
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe,winedbg.exe=d;mscms=n",
            "PYTHONUTF8": "1",
            "DISPLAY": self.display,
        }

    def make(self, scratch: Path) -> None:
        """Make a fresh Windows 10 without prompts that Qt 6.12 can live in. Raises NoWineError when Wine will not."""
        if self.folder.exists():
            self.stop()
            shutil.rmtree(self.folder)
        self.folder.mkdir(parents=True)
        code, said = self._call(["wineboot", "-i"], timeout_s=240, display="")
        if code != 0 or not self.home.is_dir():
            raise NoWineError(f"wineboot: exit code {code}\n{said[-2000:]}")
        self.wait()
        for each in self.home.iterdir():
            if each.is_symlink():  # Wine leads Documents and others to the Linux user's own folders
                each.unlink()
                each.mkdir()
        registry = self.folder / "drive_c" / "setup.reg"
        registry.write_text(_REGISTRY, encoding="utf-8")
        self.run("regedit", "/S", "C:\\setup.reg")
        for name in _STUBS:
            stub = scratch / f"{name}.dll"
            if not stub.exists():
                source = Path(__file__).parent / "stubs" / f"{name}.c"
                compiler = ["x86_64-w64-mingw32-gcc-win32", "-O2", "-s", "-shared", "-o", str(stub)]
                subprocess.run([*compiler, str(source), "-ladvapi32"], check=True, timeout=120)
            shutil.copy(stub, self.folder / "drive_c" / "windows" / "system32")
        self.wait()

    def run(self, program: str | Path, *arguments: str, timeout_s: int = 300, cwd: Path | None = None) -> str:
        """Run a Windows program and return what it said. Raises WindowsTestError when it fails."""
        code, said = self.try_run(program, *arguments, timeout_s=timeout_s, cwd=cwd)
        if code != 0:
            raise WindowsTestError(f"{program} {' '.join(arguments)}: exit code {code}\n{said[-6000:]}")
        return said

    def try_run(
        self, program: str | Path, *arguments: str, timeout_s: int = 300, cwd: Path | None = None
    ) -> tuple[int, str]:
        """Run a Windows program and return its exit code and what it said."""
        name = windows_path(program) if isinstance(program, Path) else program
        return self._call(["wine", name, *arguments], timeout_s=timeout_s, cwd=cwd)

    def start(self, program: str | Path, *arguments: str, largest_file: int = 0) -> subprocess.Popen[bytes]:
        """Start a Windows program that is to stay open; the caller ends it, or `stop` does.

        With `largest_file` no file can be written beyond that many bytes: the disk seems full.
        """
        name = windows_path(program) if isinstance(program, Path) else program
        limit = ["prlimit", f"--fsize={largest_file}"] if largest_file else []
        return subprocess.Popen(
            [*limit, "wine", name, *arguments],
            restore_signals=not largest_file,  # a write beyond the limit is refused then, the program lives on
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def wait(self) -> None:
        """Wait until every program of this Windows has ended: only then is what it wrote on the disk."""
        self._call(["wineserver", "-w"], timeout_s=120)

    def ask_to_close(self, program: str, timeout_s: float = 240) -> None:
        """Ask a program to close, as a click on its cross does, until it has: one still opening does not hear it.

        Raises WindowsTestError when it stays.
        """
        ends = time.monotonic() + timeout_s
        while self.try_run("taskkill", "/IM", program)[0] == 0:  # without /F it asks
            if time.monotonic() > ends:
                raise WindowsTestError(f"{program} does not close")
            threading.Event().wait(2)
        self.wait()

    def stop(self) -> None:
        """End every program of this Windows."""
        subprocess.run(["wineserver", "-k"], env=self.environment(), check=False, timeout=60)

    def _call(
        self, command: list[str], *, timeout_s: int, cwd: Path | None = None, display: str | None = None
    ) -> tuple[int, str]:
        environment = self.environment() | ({} if display is None else {"DISPLAY": display})
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        said: list[bytes] = []
        listening = threading.Thread(target=_listen, args=(process.stdout, said), daemon=True)
        listening.start()
        try:
            process.wait(timeout=timeout_s)
            is_done = True
        except subprocess.TimeoutExpired:
            is_done = False
            self.stop()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        listening.join(_LISTENED_S)
        told = b"".join(said).decode(errors="replace").replace("\r\n", "\n")
        if not is_done:
            raise WindowsTestError(f"{' '.join(command)}: not done after {timeout_s} s\n{told[-6000:]}")
        return process.returncode, told


def _listen(stream: IO[bytes], said: list[bytes]) -> None:
    """Gather what a program says, until the last one that has its pipe ends."""
    with stream:
        said.extend(iter(lambda: os.read(stream.fileno(), 1 << 16), b""))


@contextlib.contextmanager
def virtual_display() -> Iterator[str]:
    """Give an X display of our own, so that no window opens on somebody's screen."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as stream:
            number = stream.readline().strip()
        if not number:
            raise WindowsTestError("Xvfb does not start")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()
