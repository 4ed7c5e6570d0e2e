"""The composition root: without a subcommand the window opens, with one it runs without."""

from __future__ import annotations

import sys
from pathlib import Path

from kc_desktop import commands


def _open_window(path: Path | None) -> int:
    from ui.app import run

    return run(path)


def _build_window(path: Path) -> tuple[str, ...]:
    from ui.app import problems_of_window

    return problems_of_window(path)


def main() -> int:
    """Run the program with the command line's arguments and return its exit code."""
    return commands.run(sys.argv[1:], commands.Window(open=_open_window, build=_build_window))


if __name__ == "__main__":
    sys.exit(main())
