"""The life of the program on a PC: installed, used, upgraded while open, removed; the data untouched."""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace
from tests import setup
from tests.documents.reading import ReadPdf, read_pdf
from tests.windows.display import on_display, take_picture, wait_for_window
from tests.windows.wine import QT_SAYS, Prefix, WindowsTestError, windows_path

TITLE = "KC Desktop"
SHORTCUT = "KC Desktop – Quản lý khuyến công.lnk"
START_RATIO_LIMIT = 2.5
_STARTS = 5
_EXIT_FAILED, _EXIT_RUNNING = 2, 3
_ROOM_ON_FULL_DISK = 40_000_000  # bytes an installer may write there: about half of the program
_HOLD = """
import sys, threading
with open(sys.argv[1], "rb"):  # nobody can rename it now
    print("held", flush=True)
    threading.Event().wait(300)
"""
_UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\KCDesktop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pc:
    """A Windows PC with our installer on a stick and a Python.

    `built_on_linux` is the same program as PyInstaller makes it here, `scratch` a folder for what is compared.
    """

    windows: Prefix
    python: Path
    installer: Path
    built_on_linux: Path
    scratch: Path
    version: str

    @property
    def folder(self) -> Path:
        """Where the program gets installed."""
        return self.windows.local_app_data / "Programs" / "KC Desktop"

    @property
    def command_line(self) -> Path:
        """The installed program for consoles."""
        return self.folder / "kc-desktop-cli.exe"

    @property
    def data(self) -> Path:
        """The office's data file."""
        return self.windows.folder / "drive_c" / "Dữ liệu phòng Kỹ thuật" / "khuyến công 2023.kcdb"

    def use(self, *arguments: str, timeout_s: int = 180) -> str:
        """Run a command of the installed program and return what it said."""
        return self.windows.run(self.command_line, *arguments, timeout_s=timeout_s)


def check(pc: Pc) -> None:
    """Install, use, upgrade. Raises WindowsTestError at the first thing that is not as it should be."""
    for part in (fail_to_install, install, use, compare_papers, upgrade_while_open, fail_to_upgrade):
        _do(part, pc)


def check_start_and_end(pc: Pc) -> None:
    """Measure the start of the program `check` has left, and remove it: the data stay."""
    before = hashlib.sha256(pc.data.read_bytes()).digest()
    for part in (compare_starts, remove, remove_with_settings):
        _do(part, pc)
    _require(hashlib.sha256(pc.data.read_bytes()).digest() == before, "the data file changed")


def _do(part: Callable[[Pc], None], pc: Pc) -> None:
    began = time.monotonic()
    part(pc)
    print(f"{part.__name__.replace('_', ' ')}: {time.monotonic() - began:.0f} s", flush=True)


def fail_to_install(pc: Pc) -> None:
    """Install where nothing can be written, and on a disk that gets full: nothing is left behind."""
    code, _ = pc.windows.try_run(pc.installer, "/S", "/D=Z:\\proc\\KC")  # there not even root can write
    _require(code == _EXIT_FAILED, f"installing where nothing can be written ends with {code}")
    code = _install_on_full_disk(pc)
    _require(code == _EXIT_FAILED, f"installing on a full disk ends with {code}")
    pc.windows.wait()
    _require(not pc.folder.exists(), f"a failed installation leaves {[each.name for each in pc.folder.glob('*')]}")
    _require(_shortcuts(pc) == [], "a failed installation leaves a shortcut")
    _require(pc.windows.try_run("reg", "query", _UNINSTALL_KEY)[0] != 0, "a failed installation is among the programs")


def fail_to_upgrade(pc: Pc) -> None:
    """Upgrade with a file of the program in use, and on a disk that gets full: the old version stays whole."""
    before = _fingerprint(pc.folder)
    reader = pc.windows.start(pc.python, "-c", _HOLD, windows_path(pc.command_line))
    stream = reader.stdout
    _require(stream is not None and b"held" in stream.readline(), "the file cannot be held")
    code, _ = pc.windows.try_run(pc.installer, "/S")
    reader.terminate()
    reader.communicate(timeout=120)
    _require(code == _EXIT_RUNNING, f"an upgrade of a file in use ends with {code}")
    _require(_fingerprint(pc.folder) == before, "an upgrade that was refused has changed the program")
    code = _install_on_full_disk(pc)
    _require(code == _EXIT_FAILED, f"an upgrade on a full disk ends with {code}")
    pc.windows.wait()
    _require(_fingerprint(pc.folder) == before, "an upgrade that failed has changed the program")
    _require(pc.use("--version").strip() == f"KC Desktop {pc.version}", "an upgrade that failed broke the program")


def _install_on_full_disk(pc: Pc) -> int:
    """Install silently where every file has an end, as on a full disk, and return the exit code."""
    with _switched_on(pc):  # what serves Windows must be up already: its own files may grow
        installing = pc.windows.start(pc.installer, "/S", largest_file=_ROOM_ON_FULL_DISK)
        return installing.wait(timeout=240)


@contextlib.contextmanager
def _switched_on(pc: Pc) -> Iterator[None]:
    """Keep Windows up, as an office's PC is; otherwise Wine boots it for every program anew."""
    idle = _idle_program(pc)
    try:
        yield
    finally:
        idle.terminate()
        idle.communicate(timeout=120)


def _idle_program(pc: Pc) -> subprocess.Popen[bytes]:
    """Start a program that stays; a Windows that is going down takes one started meanwhile with it: then once more."""
    for patience_s in (30, 30, 90):
        pc.windows.wait()
        idle = pc.windows.start("notepad")
        try:
            wait_for_window(pc.windows.display, "Notepad", patience_s)
        except WindowsTestError:
            pc.windows.stop()
            idle.communicate(timeout=120)
        else:
            return idle
    raise WindowsTestError("no program stays open")


def _fingerprint(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): hashlib.sha256(each.read_bytes()).digest()
        for each in folder.rglob("*")
        if each.is_file() and each.name != "Uninstall.exe"
    }


def install(pc: Pc) -> None:
    """Install silently on a fresh PC and look at what is there."""
    pc.windows.run(pc.installer, "/S", timeout_s=240)
    pc.windows.wait()
    for name in ("KC-Desktop.exe", "kc-desktop-cli.exe", "Uninstall.exe"):
        _require((pc.folder / name).exists(), f"{name} is not installed")
    _require(_shortcuts(pc) == [SHORTCUT], f"Start menu: {_shortcuts(pc)}")
    opened_by = _registry(pc, r"HKCU\Software\Classes\KCDesktop.DataFile\shell\open\command")
    _require('KC-Desktop.exe" "%1"' in opened_by, f".kcdb files are opened by {opened_by}")
    _require("KCDesktop.DataFile" in _registry(pc, r"HKCU\Software\Classes\.kcdb"), ".kcdb belongs to nobody")
    _require(pc.version in _registry(pc, _UNINSTALL_KEY), "the version is not among the installed programs")


def use(pc: Pc) -> None:
    """Ask the installed program for its version, have it test itself, write the sample and read it."""
    _require(pc.use("--version").strip() == f"KC Desktop {pc.version}", "wrong version")
    _, said = pc.windows.try_run(pc.command_line, "self-test", timeout_s=300)
    *lines, verdict = said.strip().splitlines()
    wrong = [each for each in lines if not each.endswith(" byte") and not any(known in each for known in QT_SAYS)]
    _require(not wrong and verdict.startswith("Tự kiểm tra xong"), f"the self-test found: {wrong} {verdict}")
    print("self-test: nothing wrong", flush=True)
    pc.data.parent.mkdir(parents=True, exist_ok=True)
    pc.use("sample", windows_path(pc.data))
    pc.use("check", windows_path(pc.data))


def compare_papers(pc: Pc) -> None:
    """Print every kind of paper, of the last record it can be made from, on Windows and on Linux; compare the pages."""
    with contextlib.closing(Workspace.open(pc.data)) as workspace:
        last = {each.record: papers.records_for(workspace, each.record)[-1][0] for each in papers.all_kinds()}
    with _switched_on(pc):
        for kind in json.loads(pc.use("papers", "--json")):
            _compare_paper(pc, kind["key"], last[kind["record"]])


def _compare_paper(pc: Pc, key: str, record_id: int) -> None:
    here, there = (pc.scratch / f"{key}-{system}.pdf" for system in ("linux", "windows"))
    arguments = ["print", key, str(record_id), "--data"]
    pc.use(*arguments, windows_path(pc.data), "--to", windows_path(there))
    command = [sys.executable, "-m", "kc_desktop", *arguments, str(pc.data), "--to", str(here)]
    subprocess.run(command, cwd=setup.ROOT, check=True, timeout=120, stdout=subprocess.DEVNULL)
    linux, windows = here.read_bytes(), there.read_bytes()
    pages = _geometry(read_pdf(linux))
    _require(_geometry(read_pdf(windows)) == pages, f"{key}: Windows and Linux print different pages")
    told = "the same bytes" if linux == windows else "the same text and millimetres"
    print(f"{key}: {len(pages)} pages, {told}", flush=True)


def _geometry(pdf: ReadPdf) -> list[tuple[object, ...]]:
    return [
        (
            round(page.width_mm, 2),
            round(page.height_mm, 2),
            [(line.text, round(line.left_mm, 2), round(line.baseline_mm, 2), line.face) for line in page.lines],
            [tuple(round(each, 2) for each in rule) for rule in page.rules],
        )
        for page in pdf.pages
    ]


def upgrade_while_open(pc: Pc) -> None:
    """Upgrade over the open program: refused silently, done when it may ask the program to close."""
    before = hashlib.sha256(pc.data.read_bytes()).digest()
    stale = pc.folder / "_internal" / "left from an older version.txt"
    stale.write_text("", encoding="ascii")
    opened = pc.windows.start(pc.folder / "KC-Desktop.exe", windows_path(pc.data))
    wait_for_window(pc.windows.display, TITLE)
    take_picture(pc.windows.display, pc.scratch / "pictures" / "window.png")
    code, _ = pc.windows.try_run(pc.installer, "/S")
    _require(code == _EXIT_RUNNING, f"a silent upgrade of the open program ends with {code}")
    _require(opened.poll() is None and stale.exists(), "a refused upgrade has touched the program")
    upgrading = pc.windows.start(pc.installer, "/S", "/CLOSE", "/OPEN")  # the program it opens keeps its pipe open
    _require(upgrading.wait(timeout=240) == 0, f"the upgrade ends with {upgrading.returncode}")
    opened.wait(timeout=120)
    _require(opened.returncode == 0, f"asked to close, the program ended with {opened.returncode}")
    wait_for_window(pc.windows.display, TITLE)
    lock = pc.data.with_name(pc.data.name + ".lock")
    _require(lock.exists(), "the upgraded program came back without its data file")
    pc.windows.ask_to_close("KC-Desktop.exe")
    _require(not lock.exists(), "the program did not close its data file")
    _require(not stale.exists(), "the upgrade kept a file of the older version")
    _require(not list(pc.folder.glob("*.old")), "the upgrade left the older version behind")
    _require(hashlib.sha256(pc.data.read_bytes()).digest() == before, "the upgrade changed the data file")
    pc.use("check", windows_path(pc.data))


def compare_starts(pc: Pc) -> None:
    """Print how long the start to the first window takes here and there; figures, not a test."""
    commands = {
        "installed, under Wine": ["wine", pc.windows.own_path(pc.folder / "KC-Desktop.exe"), windows_path(pc.data)],
        "built, on Linux": [str(pc.built_on_linux / "KC-Desktop"), str(pc.data)],
        "from source, on Linux": [sys.executable, "-m", "kc_desktop", str(pc.data)],
    }
    with _switched_on(pc):
        rounds = [[_start_s(pc, command) for command in commands.values()] for _ in range(_STARTS)]
    there, *here = (min(each) for each in zip(*rounds, strict=True))
    print("start: " + ", ".join(f"{took:.2f} s {how}" for how, took in zip(commands, (there, *here), strict=True)))
    ratio = " and ".join(f"{there / each:.1f}" for each in here)
    print(f"start: {ratio} times as long (limit {START_RATIO_LIMIT})", flush=True)


def _start_s(pc: Pc, command: Sequence[str]) -> float:
    environment = pc.windows.environment() if command[0] == "wine" else on_display(pc.windows.display)
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=setup.ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    wait_for_window(pc.windows.display, TITLE)
    took = time.monotonic() - began
    process.terminate()
    process.communicate(timeout=120)
    return took


def remove(pc: Pc) -> None:
    """Remove the program; what is left is the user's own."""
    settings = pc.windows.local_app_data / "KCDesktop"
    _require(settings.exists(), "the program kept no settings")
    pc.windows.run(pc.folder / "Uninstall.exe", "/S")
    pc.windows.wait()  # Uninstall.exe goes on from a copy of itself
    _require(not pc.folder.exists(), f"left behind: {[each.name for each in pc.folder.glob('*')]}")
    _require(_shortcuts(pc) == [], "the shortcut is left behind")
    for key in (_UNINSTALL_KEY, r"HKCU\Software\Classes\KCDesktop.DataFile", r"HKCU\Software\KCDesktop"):
        _require(pc.windows.try_run("reg", "query", key)[0] != 0, f"{key} is left behind")
    _require(settings.exists(), "the settings are gone although nobody asked for that")


def remove_with_settings(pc: Pc) -> None:
    """Install once more, remove the program with its settings; nothing of it is left."""
    pc.windows.run(pc.installer, "/S", timeout_s=240)
    pc.windows.run(pc.folder / "Uninstall.exe", "/S", "/SETTINGS")
    pc.windows.wait()
    left = [each.name for each in pc.windows.local_app_data.rglob("*KC*Desktop*")]
    _require(not left, f"left behind: {left}")


def _shortcuts(pc: Pc) -> list[str]:
    menu = pc.windows.home / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu"
    return sorted(each.name for each in menu.rglob("*.lnk"))


def _registry(pc: Pc, key: str) -> str:
    return pc.windows.run("reg", "query", key, "/s")


def _require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise WindowsTestError(otherwise)
