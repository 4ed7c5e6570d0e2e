"""The words of the command line: what each command takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from kc_desktop.commands.console import WrongCommandError

BALANCE_VIEWS = ("programme", "content", "source", "place", "project")
"""What the rows of a table of balances may stand for: the values of `domain.balance.View`."""

PRINT_FORMATS = ("pdf", "docx")

PERIOD_CODES = ("q1", "q2", "q3", "q4", "h1", "h2", *(f"m{each}" for each in (2, 4, 5, 7, 8, 9, 10, 11)))
"""The parts of a year a report may be of: the codes of `domain.report_period.PERIODS`."""

EVERYTHING = "all"
"""What `export` calls all the file holds."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongCommandError(message)


def _path(typed: str) -> Path:
    """Read a path; an empty one, which Path takes for the current folder, comes from a script's unset variable."""
    if not typed.strip():
        raise argparse.ArgumentTypeError("empty path")
    return Path(typed)


def _years(typed: str) -> tuple[int, int]:
    """Read a year, or the first and last of several: "2021-2025"."""
    first, dash, last = typed.partition("-")
    return int(first), int(last if dash else first)


def parser() -> argparse.ArgumentParser:
    """Return what reads the words of all commands; wrong ones raise WrongCommandError."""
    found = _Parser(prog="kc-desktop", add_help=False, allow_abbrev=False)
    commands = found.add_subparsers(dest="command", required=True, parser_class=_Parser)

    def add(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, add_help=False, allow_abbrev=False)

    for family in (_of_papers, _of_tables, _of_upkeep):
        family(add)
    return found


_Add = Callable[[str], argparse.ArgumentParser]


def _of_papers(add: _Add) -> None:
    add("papers").add_argument("--json", action="store_true")
    printing = add("print")
    printing.add_argument("kind")
    printing.add_argument("record_id")
    printing.add_argument("--data", type=_path, required=True)
    printing.add_argument("--to", type=_path, required=True)
    printing.add_argument("--each", action="store_true")
    printing.add_argument("--format", choices=PRINT_FORMATS)
    reporting = add("report")
    reporting.add_argument("years", type=_years)
    reporting.add_argument("--data", type=_path, required=True)
    reporting.add_argument("--to", type=_path, required=True)
    reporting.add_argument("--period", choices=PERIOD_CODES)
    reporting.add_argument("--from", dest="first")
    reporting.add_argument("--until", dest="last")
    dates = add("calendar")
    dates.add_argument("--data", type=_path, required=True)
    dates.add_argument("--to", type=_path, required=True)
    guiding = add("guide")
    guiding.add_argument("--keys", action="store_true")
    guiding.add_argument("--to", type=_path, required=True)


def _of_tables(add: _Add) -> None:
    listing = add("list")
    listing.add_argument("table")
    listing.add_argument("--data", type=_path, required=True)
    listing.add_argument("--json", action="store_true")
    balance = add("balance")
    balance.add_argument("--data", type=_path, required=True)
    balance.add_argument("--year", type=int, required=True)
    balance.add_argument("--by", choices=BALANCE_VIEWS, default=BALANCE_VIEWS[0])
    balance.add_argument("--json", action="store_true")
    exporting = add("export")
    exporting.add_argument("table")
    exporting.add_argument("--data", type=_path, required=True)
    exporting.add_argument("--to", type=_path, required=True)
    exporting.add_argument("--year", type=int)
    exporting.add_argument("--form")
    importing = add("import")
    importing.add_argument("what")
    importing.add_argument("file", type=_path)
    importing.add_argument("--data", type=_path, required=True)
    importing.add_argument("--dry-run", action="store_true")
    importing.add_argument("--errors", type=_path)
    importing.add_argument("--json", action="store_true")


def _of_upkeep(add: _Add) -> None:
    add("sample").add_argument("file", type=_path)
    add("check").add_argument("file", type=_path)
    saving = add("backup")
    saving.add_argument("--data", type=_path, required=True)
    saving.add_argument("--to", type=_path)
    restoring = add("restore")
    restoring.add_argument("backup", type=_path)
    restoring.add_argument("--data", type=_path, required=True)
    updating = add("update")
    updating.add_argument("installer", type=_path)
    updating.add_argument("--data", type=_path)
    add("self-test")
