"""What the commands share: saying things, refusing what cannot be, asking about paths."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from kc_desktop.errors import KnownError


class WrongCommandError(Exception):
    """The words of a command do not fit together."""


class OutputLostError(Exception):
    """Our words could not be written to where they were sent."""


@contextlib.contextmanager
def output() -> Iterator[None]:
    """Tell a failure of the place our words go to from others."""
    try:
        yield
    except OSError as error:
        raise OutputLostError from error


def speak_utf8() -> None:
    """Speak UTF-8: consoles and pipes of Windows may use another encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str) -> None:
    """Say a line of the result."""
    with output():
        if sys.stdout is not None:  # a windowed program on Windows has none
            print(line)


def complain(line: str) -> None:
    """Say a line about what is wrong, to stderr."""
    if sys.stderr is not None:
        print(" ".join(line.split()), file=sys.stderr)


def is_so(question: Callable[[], bool]) -> bool:
    """Answer a question about a path; a name too long for the system is the name of nothing."""
    try:
        return question()
    except OSError:
        return False


def refuse_missing_folder(target: Path) -> None:
    """Refuse a target whose folder is not there, before any work is done for it."""
    if not is_so(target.parent.is_dir):
        raise KnownError(f"Không có thư mục {target.parent}.", "Tạo thư mục đó trước, hoặc ghi vào chỗ khác.")


def no_progress(_done: int, _total: int) -> None:
    """Say nothing on the way: scripts read what is said at the end."""
