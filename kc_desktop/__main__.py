"""The composition root: without a subcommand the window opens, with one it runs without."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kc_desktop import commands
from kc_desktop.errors import KnownError


def _has_display() -> bool:
    """Tell whether Qt finds a screen; without one it would abort the process, in English."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(each) for each in told)


def _open_window(path: Path | None) -> int:
    if not _has_display():
        raise KnownError("Ở đây không có màn hình để mở cửa sổ.", "Mở chương trình trong phiên làm việc có màn hình.")
    from ui.app import run

    return run(path)


def _build_window(path: Path) -> tuple[str, ...]:
    if not _has_display():  # a self-test over ssh draws in memory
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.app import problems_of_window

    return problems_of_window(path)


def main() -> int:
    """Run the program with the command line's arguments and return its exit code."""
    return commands.run(sys.argv[1:], commands.Window(open=_open_window, build=_build_window))


if __name__ == "__main__":
    sys.exit(main())
