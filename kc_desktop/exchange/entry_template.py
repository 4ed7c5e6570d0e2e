"""A workbook for somebody to fill in and send back: drop-downs, notes beside each cell, headings nobody can change."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kc_desktop.exchange.cells import FONT, plain_text

TEXT, DAY = "text", "day"
"""What a column takes."""

_A4: Final = 9
_CHOICES: Final = "Danh sách chọn"
_MOST_MESSAGE: Final = 255
_MOST_TITLE: Final = 32
_LONGEST_TEXT: Final = 2_000
_LINE_PT: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryColumn:
    """A column to fill in. `choices` make a drop-down; `note` shows beside the cell while it is being filled in."""

    heading: str
    letters: int
    note: str
    kind: str = TEXT
    choices: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySheet:
    """The sheet to fill in. `above` are the label and the value of each line over the table, which may be filled in.

    `year` is the only one that days may be of. `years` may be chosen in the line labelled `year_label`.
    """

    tab: str
    title: str
    owner: str
    columns: tuple[EntryColumn, ...]
    above: tuple[tuple[str, str], ...]
    year_label: str
    year: int
    rows: int
    guide_title: str
    guide: tuple[str, ...] = field(default=())


def made(sheet: EntrySheet) -> bytes:
    """Return the workbook: the sheet to fill in, how it is filled in, and the hidden lists the drop-downs show."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": sheet.title, "author": sheet.owner, "company": sheet.owner})
    looks = _Looks(book)
    page = book.add_worksheet(sheet.tab)
    guide = book.add_worksheet(sheet.guide_title)
    lists = _lists(book, sheet.columns)
    _fill(page, sheet, looks, lists)
    _fill_guide(guide, sheet, looks)
    book.close()
    return stream.getvalue()


class _Looks:
    """The looks of the cells; those to fill in stay open while the sheet is protected."""

    def __init__(self, book: Workbook) -> None:
        def add(**more: Any) -> Any:
            return book.add_format({"font_name": FONT, "font_size": 12, "valign": "top", **more})

        self.owner = add(bold=True)
        self.title = add(bold=True, font_size=14, align="center")
        self.label = add(bold=True)
        self.given = add(locked=False, bottom=1, num_format="@")
        self.year = add(locked=False, bottom=1, align="left")
        self.heading = add(bold=True, border=1, align="center", valign="vcenter", text_wrap=True, bg_color="#E7E6E6")
        self.ordinal = add(border=1, align="center", font_color="#595959")
        self.cell = add(border=1, locked=False, num_format="@", text_wrap=True)
        self.day = add(border=1, locked=False, num_format="dd/mm/yyyy", align="center")
        self.text = add(text_wrap=True)


def _lists(book: Workbook, columns: Sequence[EntryColumn]) -> dict[str, str]:
    """Write the choices of each column into a hidden sheet, and return where they stand by the column's heading."""
    chosen = [each for each in columns if each.choices]
    if not chosen:
        return {}
    page = book.add_worksheet(_CHOICES)
    page.hide()
    found = {}
    for place, column in enumerate(chosen):
        for row, choice in enumerate(column.choices):
            page.write_string(row, place, plain_text(choice))
        letters = xl_col_to_name(place, col_abs=True)
        found[column.heading] = f"='{_CHOICES}'!{letters}$1:{letters}${len(column.choices)}"
    return found


def _fill(page: Worksheet, sheet: EntrySheet, looks: _Looks, lists: dict[str, str]) -> None:
    last = len(sheet.columns)
    page.set_default_row(_LINE_PT)
    page.write_string(0, 0, plain_text(sheet.owner), looks.owner)
    page.merge_range(1, 0, 1, last, plain_text(sheet.title), looks.title)
    row = 2
    year_at = ""
    for label, value in sheet.above:
        page.write_string(row, 1, f"{label}:", looks.label)
        page.write_string(row, 2, plain_text(value), looks.given)
        row += 1
    page.write_string(row, 1, f"{sheet.year_label}:", looks.label)
    page.write_number(row, 2, sheet.year, looks.year)
    years = [sheet.year - 1, sheet.year, sheet.year + 1]
    page.data_validation(row, 2, row, 2, {"validate": "list", "source": years, "error_title": "Năm", **_STOP})
    year_at = f"$C${row + 1}"
    heading = row + 2
    page.write_string(heading, 0, "STT", looks.heading)
    page.set_column(0, 0, 6)
    for place, column in enumerate(sheet.columns, start=1):
        needed = " (*)" if column.is_needed else ""
        page.write_string(heading, place, column.heading + needed, looks.heading)
        page.set_column(place, place, column.letters)
        _rule(page, place, heading + 1, heading + sheet.rows, column, lists, year_at)
    for at in range(sheet.rows):
        page.write_number(heading + 1 + at, 0, at + 1, looks.ordinal)
        for place, column in enumerate(sheet.columns, start=1):
            page.write_blank(heading + 1 + at, place, None, looks.day if column.kind == DAY else looks.cell)
    page.freeze_panes(heading + 1, 0)
    page.protect("", {"format_rows": True, "format_columns": True, "sort": True})
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(heading)
    page.set_selection(heading + 1, 1, heading + 1, 1)


_STOP: Final = {"error_type": "stop", "error_message": "Chọn một mục trong danh sách, hoặc để trống."}


def _rule(
    page: Worksheet, place: int, first: int, last: int, column: EntryColumn, lists: dict[str, str], year_at: str
) -> None:
    """Say beside each cell of a column what goes into it, and refuse what cannot."""
    said = {"input_title": column.heading[:_MOST_TITLE], "input_message": column.note[:_MOST_MESSAGE]}
    title = {"error_title": column.heading[:_MOST_TITLE]}
    if column.heading in lists:
        rule: dict[str, Any] = {"validate": "list", "source": lists[column.heading], **_STOP}
    elif column.kind == DAY:
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": f"=DATE({year_at},1,1)",
            "maximum": f"=DATE({year_at},12,31)",
            "error_type": "stop",
            "error_message": "Ghi ngày/tháng/năm của năm ghi ở trên bảng, ví dụ 15/4/2026.",
        }
    else:
        rule = {
            "validate": "length",
            "criteria": "<=",
            "value": _LONGEST_TEXT,
            "error_type": "stop",
            "error_message": f"Ghi ngắn hơn {_LONGEST_TEXT} chữ.",
        }
    page.data_validation(first, place, last, place, {**rule, **said, **title})


def _fill_guide(page: Worksheet, sheet: EntrySheet, looks: _Looks) -> None:
    page.set_column(0, 0, 100)
    page.write_string(0, 0, plain_text(sheet.guide_title.upper()), looks.title)
    for row, line in enumerate(sheet.guide, start=2):
        page.write_string(row, 0, plain_text(line), looks.text)
    page.protect("")
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
