"""Updating from a file: finding a newer installer on a stick, judging it, saying what is new, handing over to it.

An installer of ours carries at its end, before a signature if it has one, what it installs: a mark, a length and JSON
(`resources/installer/build.py` writes it). Nothing is ever asked of a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shutil
import string
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from kc_desktop import __version__, paths
from kc_desktop.errors import KnownError

MARK = b"KC-Desktop\0update\n"
"""What an installer's trailer begins with; then 4 bytes, the length of the JSON, least byte first; then the JSON."""

_TAIL = 256 * 1024
_MOST_FOLDERS = 300
_BLOCK = 1 << 20
_NAME = re.compile(r"KC-Desktop-Setup-(?P<version>\d+(\.\d+){0,3})\.exe", re.IGNORECASE)
_HEADING = re.compile(r"^## +(?:\[?[vV]?)(?P<version>\d+(?:\.\d+)*)\b.*$", re.MULTILINE)
_DIGEST = re.compile(r"\b[0-9a-fA-F]{64}\b")
_COPIES = "KCDesktop-update"


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a version changed; `text` is Markdown."""

    version: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Installer:
    """An installer of a newer version, found sound. `is_compared`: a checksum beside it was there and fits."""

    path: Path
    version: str
    news: tuple[News, ...]
    is_compared: bool


def parsed(version: str) -> tuple[int, ...]:
    """Return a version as numbers that compare: 0.10 is newer than 0.9, and 1.0 the same as 1."""
    numbers = [int(each) for each in re.findall(r"\d+", version)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def is_newer(version: str, than: str = __version__) -> bool:
    """Tell whether a version is newer than another, the running one unless told otherwise."""
    return parsed(version) > parsed(than)


# --- what is new ---


def news_since(version: str, text: str | None = None) -> tuple[News, ...]:
    """Return what every version newer than `version` changed, the newest first, out of the log of changes.

    `text` is the log to read, the program's own unless told otherwise. A log that is not there tells nothing.
    """
    log = _own_log() if text is None else text
    heads = list(_HEADING.finditer(log))
    ends = [*(each.start() for each in heads), len(log)][1:]
    found = (
        News(version=head["version"], text=log[head.end() : end].strip()) for head, end in zip(heads, ends, strict=True)
    )
    return tuple(each for each in found if is_newer(each.version, version) and each.text)


def _own_log() -> str:
    """Read the log of changes: it lies with the resources of a built program, beside them in the source."""
    here = resources.files("resources").joinpath("CHANGELOG.md")
    for place in (here, Path(str(here)).parent.parent / "CHANGELOG.md"):
        with contextlib.suppress(OSError):
            return place.read_text(encoding="utf-8")
    return ""


# --- finding ---


def find(roots: tuple[Path, ...] | None = None) -> Installer | None:
    """Return the newest sound installer on a stick, newer than this program; None when there is none.

    It is looked for at the root of each removable drive and one folder deep, only on Windows, where it can be run.
    Slow where a stick is: belongs on a worker thread.
    """
    named = [each for root in (_sticks() if roots is None else roots) for each in _installers_on(root)]
    for path in sorted(named, key=lambda each: parsed(_version_in_name(each)), reverse=True):
        if is_newer(_version_in_name(path)):
            with contextlib.suppress(KnownError):
                return judge(path)
    return None


def can_update() -> bool:
    """Tell whether this program is one that an installer replaces: installed, on Windows, not carried on a stick."""
    return sys.platform == "win32" and bool(getattr(sys, "frozen", False)) and paths.portable_folder() is None


def _version_in_name(path: Path) -> str:
    fits = _NAME.fullmatch(path.name)
    return fits["version"] if fits else ""


def _installers_on(root: Path) -> Iterator[Path]:
    folders = [root]
    with contextlib.suppress(OSError):
        for each in root.iterdir():
            if len(folders) <= _MOST_FOLDERS and each.is_dir() and not each.is_symlink():
                folders.append(each)
    for folder in folders:
        with contextlib.suppress(OSError):
            yield from [each for each in folder.iterdir() if _NAME.fullmatch(each.name) and each.is_file()]


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOVABLE = 2
    _SEM_FAILCRITICALERRORS = 1  # else Windows itself asks to put a card into an empty reader

    def _sticks() -> tuple[Path, ...]:
        kernel = ctypes.WinDLL("kernel32")
        before = ctypes.c_uint32()
        kernel.SetThreadErrorMode(_SEM_FAILCRITICALERRORS, ctypes.byref(before))
        try:
            there = kernel.GetLogicalDrives()
            roots = [f"{letter}:\\" for bit, letter in enumerate(string.ascii_uppercase) if there >> bit & 1]
            return tuple(
                Path(each) for each in roots if kernel.GetDriveTypeW(ctypes.c_wchar_p(each)) == _DRIVE_REMOVABLE
            )
        finally:
            kernel.SetThreadErrorMode(before.value, None)

else:

    def _sticks() -> tuple[Path, ...]:
        return ()


# --- judging ---


def judge(path: Path) -> Installer:
    """Return what an installer installs. Raises KnownError for what is none, is not newer, or came altered."""
    contents = _contents(path)
    version = str(contents.get("version", ""))
    if not parsed(version):
        raise _not_ours(path)
    if not is_newer(version):
        raise KnownError(
            f"{path.name} cài bản {version}, không mới hơn bản {__version__} đang dùng.",
            "Không cần cập nhật. Nếu có bản mới hơn, chọn tệp cài của bản đó.",
        )
    return Installer(
        path=path,
        version=version,
        news=news_since(__version__, str(contents.get("changes", ""))),
        is_compared=_compare(path, _digest(path)),
    )


def _not_ours(path: Path) -> KnownError:
    return KnownError(
        f"{path.name} không phải bộ cài đặt của chương trình này, hoặc đã bị hỏng khi chép.",
        "Chọn tệp có tên dạng KC-Desktop-Setup-….exe; nếu đúng tệp đó thì chép lại từ nơi gốc.",
    )


def _contents(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            is_program = stream.read(2) == b"MZ"
            size = stream.seek(0, 2)
            stream.seek(max(0, size - _TAIL))
            tail = stream.read()
    except OSError as error:
        raise KnownError(f"Không đọc được {path}.", "Kiểm tra USB còn cắm và tệp còn đó, rồi chọn lại.") from error
    place = tail.rfind(MARK)
    start = place + len(MARK) + 4
    if not is_program or place < 0:
        raise _not_ours(path)
    length = int.from_bytes(tail[start - 4 : start], "little")
    try:
        told = json.loads(tail[start : start + length].decode())
    except ValueError as error:
        raise _not_ours(path) from error
    if not isinstance(told, dict):
        raise _not_ours(path)
    return told


def _digest(path: Path, copy_to: Path | None = None) -> str:
    """Return a file's SHA-256 in hexadecimal; copy it on the way when asked to."""
    running = hashlib.sha256()
    try:
        with contextlib.ExitStack() as files:
            source = files.enter_context(path.open("rb"))
            target = files.enter_context(copy_to.open("wb")) if copy_to is not None else None
            while block := source.read(_BLOCK):
                running.update(block)
                if target is not None:
                    target.write(block)
    except OSError as error:
        raise KnownError(
            f"Chưa đọc hoặc chép được {path.name}.", "Kiểm tra USB còn cắm và ổ đĩa của máy còn chỗ, rồi thử lại."
        ) from error
    return running.hexdigest()


def _compare(path: Path, digest: str) -> bool:
    """Compare with the .sha256 file beside an installer; False when there is none, KnownError when they differ."""
    sums = path.with_name(path.name + ".sha256")
    try:
        text = sums.read_bytes()[:10_000].decode(errors="replace")
    except FileNotFoundError:
        return False
    except OSError:
        text = ""
    told = _DIGEST.search(text)
    if told is None or told[0].lower() != digest:
        raise KnownError(
            f"{path.name} không khớp với tệp kiểm tra {sums.name} đi kèm: tệp cài đã bị hỏng hoặc bị sửa.",
            "Đừng cài tệp này; chép lại cả hai tệp từ nơi gốc.",
        )
    return True


# --- handing over ---


def hand_over(installer: Installer, *, start: Callable[[list[str]], None] | None = None) -> None:
    """Start an installer, which waits for this program to close, installs and opens it again on its file.

    It is run from a copy on this PC: the stick may be pulled out. Raises KnownError where it cannot be run.
    """
    if start is None:
        _refuse_here()
        start = _start
    folder = Path(tempfile.gettempdir()) / _COPIES
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise KnownError(
            "Không có chỗ để chép bộ cài đặt vào máy.", "Kiểm tra ổ đĩa của máy còn chỗ rồi thử lại."
        ) from error
    copy = folder / installer.path.name
    if _digest(installer.path, copy_to=copy) != _digest(copy) or _contents(copy)["version"] != installer.version:
        raise _not_ours(installer.path)
    _compare(installer.path, _digest(copy))
    try:
        start([str(copy), "/S", "/CLOSE", "/OPEN"])
    except OSError as error:
        raise KnownError(
            f"Windows không cho chạy {installer.path.name}.",
            "Nhờ người quản trị máy cho phép, hoặc tự mở tệp cài để cài như lần đầu.",
        ) from error


def remove_copies() -> None:
    """Take away what `hand_over` left on this PC."""
    shutil.rmtree(Path(tempfile.gettempdir()) / _COPIES, ignore_errors=True)


def _refuse_here() -> None:
    if sys.platform != "win32":
        raise KnownError(
            "Bộ cài đặt này chỉ chạy trên Windows.",
            "Trên Linux: tải mã nguồn của bản mới rồi cài lại; tệp dữ liệu giữ nguyên.",
        )
    if paths.portable_folder() is not None:
        raise KnownError(
            "Chương trình đang chạy từ thư mục mang theo nên bộ cài đặt không thay được nó.",
            "Chép thư mục chương trình của bản mới đè lên thư mục này; giữ lại thư mục data.",
        )


def _start(command: list[str]) -> None:
    import subprocess

    apart = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    # not in the present folder: that may be on the stick, which could then not be taken out
    subprocess.Popen(command, creationflags=apart, close_fds=True, cwd=Path(command[0]).parent)
