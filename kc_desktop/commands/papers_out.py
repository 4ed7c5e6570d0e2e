"""The commands that write papers: a paper of a record, the report of a year, the calendar, the guide."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from kc_desktop.commands.console import WrongCommandError, is_so, no_progress, refuse_missing_folder, say
from kc_desktop.commands.parsing import PRINT_FORMATS
from kc_desktop.errors import KnownError

if TYPE_CHECKING:
    import argparse

    from kc_desktop.commands import Window
    from kc_desktop.services.papers import Gathered

_MOST_DIGITS = 18
"""SQLite's ids end at 2^63 - 1: a number of more digits is no record of any file."""


def run_papers(given: argparse.Namespace, _window: Window) -> int:
    """List the kinds of paper."""
    from kc_desktop.services import papers

    kinds = papers.all_kinds()
    if given.json:
        rows = [{"key": each.key, "name": each.name, "record": each.record, "each": each.each} for each in kinds]
        say(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for each in kinds:
            say(f"{each.key}\t{each.name}\t{each.record}")
    return 0


def run_print(given: argparse.Namespace, _window: Window) -> int:
    """Print a paper of a record, or one for each recipient or item."""
    from kc_desktop.services import papers
    from kc_desktop.services.workspace import Workspace

    number = given.record_id
    if not number.isascii() or not number.isdigit() or len(number) > _MOST_DIGITS:
        raise KnownError(f"“{number[:40]}” không phải số của bản ghi.", "Xem số bằng lệnh kc-desktop list.")
    is_folder = given.each and is_so(given.to.is_dir)
    if given.format and not is_folder:
        raise WrongCommandError
    if not is_folder:
        refuse_missing_folder(given.to / "một tệp" if given.each and not given.to.suffix else given.to)
    workspace = Workspace.open(given.data)
    try:
        if given.each:
            found = papers.gather(workspace, given.kind, int(number))
        else:
            data = papers.render(workspace, given.kind, int(number), given.to.suffix)
    finally:
        workspace.close()
    if given.each:
        return _print_each(found, given, is_folder=is_folder)
    papers.write(given.to, data)
    say(f"Đã in ra {given.to}.")
    return 0


def _print_each(found: Gathered, given: argparse.Namespace, *, is_folder: bool) -> int:
    """Print what was gathered for everybody in turn, into a folder or into one file."""
    from kc_desktop.services import batch

    if not found.kind.each or found.kind.key != given.kind:
        raise KnownError(
            f"“{given.kind[:80]}” không in được cho từng người, từng nội dung.",
            "Bỏ --each, hoặc chọn loại khác bằng lệnh kc-desktop papers --json (mục each).",
        )
    parts = [each.id for each in found.parts]
    if is_folder:
        written = batch.write_each(found, parts, given.to, f".{given.format or PRINT_FORMATS[0]}", no_progress)
        say(f"Đã in {len(written)} tệp vào {given.to}.")
    else:
        batch.write_together(found, parts, given.to, no_progress)
        say(f"Đã in {len(parts)} bản ra {given.to}.")
    return 0


def run_report(given: argparse.Namespace, _window: Window) -> int:
    """Write the report of a year or a part of it."""
    from kc_desktop.services import papers, report_periods
    from kc_desktop.services.workspace import Workspace

    (first_year, last_year), is_span = given.years, given.first is not None or given.last is not None
    if bool(is_span) + bool(given.period) + (first_year != last_year) > 1:
        raise WrongCommandError
    key = f"{report_periods.KEY}:{given.period}" if given.period else report_periods.KEY
    if is_span:
        key = report_periods.key_of(report_periods.of_words(last_year, given.first or "", given.last or ""))
    elif first_year != last_year:
        key = report_periods.key_of(report_periods.of_years(first_year, last_year))
    papers.renderer(given.to.suffix)  # a wrong suffix is told before the file is opened
    refuse_missing_folder(given.to)
    workspace = Workspace.open(given.data)
    try:
        plan = report_periods.plan_of(workspace, last_year, first_year)
        data = papers.render(workspace, key, plan.id, given.to.suffix)
    finally:
        workspace.close()
    papers.write(given.to, data)
    say(f"Đã ghi báo cáo ra {given.to}.")
    return 0


def run_calendar(given: argparse.Namespace, _window: Window) -> int:
    """Write meetings and deadlines as a calendar."""
    from kc_desktop.services import calendars, papers
    from kc_desktop.services.workspace import Workspace

    if given.to.suffix.lower() != ".ics":
        raise KnownError(f"Tệp lịch không thể có tên “{given.to.name}”.", "Đặt tên tệp có đuôi .ics.")
    refuse_missing_folder(given.to)
    workspace = Workspace.open(given.data)
    try:
        data = calendars.export(workspace, date.today())
    finally:
        workspace.close()
    papers.write(given.to, data)
    say(f"Đã xuất lịch ra {given.to}.")
    return 0


def run_guide(given: argparse.Namespace, _window: Window) -> int:
    """Write the guide, or the sheet of keys."""
    from kc_desktop.services import guide, papers

    if given.to.suffix.lower() != ".pdf":
        raise KnownError(f"Không ghi được hướng dẫn ra tệp {given.to.name}.", "Đặt tên tệp có đuôi .pdf.")
    refuse_missing_folder(given.to)
    papers.write(given.to, guide.keys_to_pdf() if given.keys else guide.to_pdf())
    say(f"Đã ghi {given.to}.")
    return 0
