"""The command line: what IT staff script, and what the tests drive.

Errors are one Vietnamese line on stderr with the remedy: exit 2 for a wrong command, 1 for the rest. The window starts
from here, too: the commands themselves are modules of this package that are imported only when one is run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kc_desktop import __version__
from kc_desktop.commands.console import OutputLostError, WrongCommandError, complain, is_so, output, say, speak_utf8
from kc_desktop.errors import KnownError

if TYPE_CHECKING:  # the start of the window does without it
    import argparse

_INTERRUPTED = 130
"""What shells expect of a program ended by Ctrl+C."""

COMMANDS = (
    *("sample", "list", "balance", "papers", "print", "report", "calendar"),
    *("export", "import", "guide", "check"),
    *("backup", "restore", "update", "self-test"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The window, as the composition root lends it: opening it on a file, and building it once for the self-test."""

    open: Callable[[Path | None], int]
    build: Callable[[Path], tuple[str, ...]]


def run(arguments: Sequence[str], window: Window) -> int:
    """Run the program with these arguments and return its exit code."""
    speak_utf8()
    try:
        code = _run(list(arguments), window)
        with output():
            if sys.stdout is not None:
                sys.stdout.flush()
        return code
    except WrongCommandError:
        complain("Câu lệnh chưa đúng. Gõ kc-desktop --help để xem cách dùng.")
        return 2
    except KnownError as error:
        complain(str(error))
        return 1
    except OutputLostError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        if not isinstance(error.__cause__, BrokenPipeError):  # whoever read our words has gone, as head does
            complain("Không ghi được kết quả ra nơi nhận. Kiểm tra ổ đĩa chứa tệp nhận còn chỗ rồi chạy lại.")
        return 1
    except KeyboardInterrupt:  # what was begun is taken back; nothing is left to tell whoever pressed Ctrl+C
        return _INTERRUPTED


def _run(arguments: list[str], window: Window) -> int:
    if any(each in ("-h", "--help") for each in arguments):
        from kc_desktop.commands.usage import USAGE

        say(USAGE.rstrip())
        return 0
    if arguments == ["--version"]:
        say(f"KC Desktop {__version__}")
        return 0
    if arguments and arguments[0] in COMMANDS:
        from kc_desktop.commands.parsing import parser

        given = parser().parse_args(arguments)
        return _command(given.command)(given, window)
    return _open_window(arguments, window)


def _open_window(arguments: list[str], window: Window) -> int:
    if arguments == ["--sample"]:
        return window.open(_sample_at_hand())
    if len(arguments) > 1 or (arguments and (arguments[0].startswith("-") or not arguments[0].strip())):
        raise WrongCommandError
    if arguments and not arguments[0].lower().endswith(".kcdb") and not is_so(Path(arguments[0]).exists):
        raise WrongCommandError
    return window.open(Path(arguments[0]) if arguments else None)


def _sample_at_hand() -> Path:
    """Return the user's own sample file, written when it is not there yet."""
    from kc_desktop import paths

    try:
        path = paths.sample_file()
    except OSError as error:
        raise KnownError(
            "Không tạo được thư mục để giữ dữ liệu mẫu.",
            "Ghi mẫu vào chỗ khác bằng lệnh kc-desktop sample TỆP.kcdb, rồi mở tệp đó.",
        ) from error
    if not path.exists():
        from kc_desktop.services.sample import write_sample

        write_sample(path)
    return path


def _command(name: str) -> Callable[[argparse.Namespace, Window], int]:
    """Return what runs a command; its family is imported only now, for the window starts without."""
    from kc_desktop.commands import papers_out, tables, upkeep

    return {
        "sample": upkeep.run_sample,
        "list": tables.run_list,
        "balance": tables.run_balance,
        "papers": papers_out.run_papers,
        "print": papers_out.run_print,
        "report": papers_out.run_report,
        "calendar": papers_out.run_calendar,
        "export": tables.run_export,
        "import": tables.run_import,
        "guide": papers_out.run_guide,
        "check": upkeep.run_check,
        "backup": upkeep.run_backup,
        "restore": upkeep.run_restore,
        "update": upkeep.run_update,
        "self-test": upkeep.run_self_test,
    }[name]
