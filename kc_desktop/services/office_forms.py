"""The office's own .xlsx forms: brought with a map proposed from their headings, and filled with what the file holds.

    form = office_forms.bring(workspace, path, name="Biểu 05", source="projects")
    office_forms.export(workspace, form.id, request, Path("ra.xlsx"), tell)

The program ships no form: official ones change, and none is among our sources. An office brings those it hands in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from kc_desktop.domain import money
from kc_desktop.domain.fields import Kind, Value
from kc_desktop.domain.office_form import (
    FIXED,
    FORM_UNITS,
    IN_WORDS,
    ORDINAL,
    TOTAL,
    CellMap,
    OfficeForm,
    map_from_text,
)
from kc_desktop.domain.text import search_key
from kc_desktop.errors import KnownError
from kc_desktop.exchange import forms
from kc_desktop.exchange.form_formulas import cell, column_letters, column_number, split_cell
from kc_desktop.exchange.forms import Filled, Filling, FormSheet, TableFilling
from kc_desktop.services import attachments, exporting, form_maps, form_sources
from kc_desktop.services.exporting import SUFFIX, Tell
from kc_desktop.services.form_sources import FormColumn, Source
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import failures

__all__ = [
    "MOST_ROWS",
    "TABLE",
    "Exported",
    "FormSheet",
    "all_forms",
    "braces_in_words",
    "bring",
    "bring_anew",
    "by_id",
    "by_name",
    "cell",
    "column_letters",
    "column_number",
    "export",
    "file_of",
    "fill",
    "forms_for",
    "map_in_words",
    "propose",
    "set_map",
    "sheets_of",
    "split_cell",
]

TABLE: Final = "office_form"
MOST_ROWS: Final = 20_000
"""So many rows go into a form: it is read and written whole."""
_TOLD_EVERY: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A form that was filled and written: how many rows went in, and what to look at."""

    rows: int
    notes: tuple[str, ...]


# --- forms of the office ----------------------------------------------------------------------------------------------


def all_forms(workspace: Workspace) -> tuple[OfficeForm, ...]:
    """Return the forms by their names."""
    return tuple(sorted(workspace.all(OfficeForm), key=lambda each: (search_key(each.name), each.id)))


def forms_for(workspace: Workspace, source: str) -> tuple[OfficeForm, ...]:
    """Return the forms that are filled from a list or a table of figures."""
    return tuple(each for each in all_forms(workspace) if each.source == source)


def by_id(workspace: Workspace, form_id: int) -> OfficeForm:
    """Return a form by its number. Raises KnownError when it is gone."""
    return workspace.get(OfficeForm, form_id)


def by_name(workspace: Workspace, name: str) -> OfficeForm:
    """Return the form of a name, marks and case aside. Raises KnownError when there is none, or more than one."""
    found = [each for each in all_forms(workspace) if search_key(each.name) == search_key(name)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(each.name for each in all_forms(workspace)) or "chưa có mẫu biểu nào"
    words = f"Có {len(found)} mẫu biểu tên “{name[:80]}”." if found else f"Không có mẫu biểu “{name[:80]}”."
    raise KnownError(words, f"Các mẫu biểu: {known}. Thêm, đổi tên ở Danh mục, Mẫu biểu Excel.")


def bring(workspace: Workspace, path: Path, *, name: str, source: str) -> OfficeForm:
    """Keep a form with the map its headings ask for; one step of the history.

    Raises KnownError for a file that is no .xlsx or cannot be read.
    """
    data = _read(path)
    sheets = forms.look(data, path.name)
    chosen = form_sources.source(source)
    made = OfficeForm(
        name=name.strip() or path.stem,
        source=source,
        unit=form_maps.unit_of(sheets),
        cell_map=form_maps.proposed(sheets, chosen).as_text(),
    )
    with workspace.change(f"Thêm mẫu biểu Excel {made.name}"):
        kept = workspace.save(made)
        attachments.attach_bytes(workspace, TABLE, kept.id, path.name, data)
    return kept


def bring_anew(workspace: Workspace, form_id: int, path: Path) -> None:
    """Put another file in the place of a form's own; its map stays. Raises KnownError as `bring` does."""
    data = _read(path)
    forms.look(data, path.name)
    form = workspace.get(OfficeForm, form_id)
    with workspace.change(f"Thay tệp của mẫu biểu {form.name}"):
        for each in attachments.of(workspace, TABLE, form_id):
            attachments.remove(workspace, each.id)
        attachments.attach_bytes(workspace, TABLE, form_id, path.name, data)


def _read(path: Path) -> bytes:
    if path.suffix.lower() != SUFFIX:
        raise KnownError(
            f"Tệp {path.name} không phải bảng tính .xlsx.", "Mở bằng Excel, chọn Lưu thành kiểu .xlsx, rồi chọn tệp đó."
        )
    try:
        return path.read_bytes()
    except OSError as error:
        known = failures.known(error, path)
        if known is None:
            raise
        raise known from error


def file_of(workspace: Workspace, form_id: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a form's file. Raises KnownError when it is gone."""
    found = attachments.of(workspace, TABLE, form_id)
    if not found:
        form = workspace.get(OfficeForm, form_id)
        raise KnownError(
            f"Mẫu biểu “{form.name}” chưa có tệp .xlsx.", "Bấm Thay tệp mẫu ở Danh mục, Mẫu biểu Excel, rồi chọn tệp."
        )
    return found[-1].name, attachments.read(workspace, found[-1].id)


def sheets_of(workspace: Workspace, form_id: int) -> tuple[FormSheet, ...]:
    """Return the sheets of a form as they are drawn."""
    name, data = file_of(workspace, form_id)
    return forms.look(data, name)


def propose(workspace: Workspace, form_id: int, source: str) -> CellMap:
    """Return the map a form's own headings ask for."""
    return form_maps.proposed(sheets_of(workspace, form_id), form_sources.source(source))


def braces_in_words(sheet: FormSheet, source: Source) -> tuple[tuple[int, int, str], ...]:
    """Return each cell that holds words in braces, by row and column, with what these stand for."""
    names, words = form_maps.names_of(source), form_sources.labels(source)
    found = []
    for at in sorted(sheet.cells):
        typed = forms.PLACEHOLDER.findall(sheet.cells[at])
        said = (words.get(names.get(form_sources.slug(each), ""), f"▲ chưa biết “{each}” là gì") for each in typed)
        if typed:
            found.append((*at, "; ".join(said)))
    return tuple(found)


def map_in_words(form: OfficeForm) -> tuple[str, ...]:
    """Return what goes where, a line for each table and one for the single cells; () while the map is empty."""
    words = form_sources.labels(form_sources.source(form.source))

    def said(value: str) -> str:
        return f"“{value.removeprefix(FIXED)}”" if value.startswith(FIXED) else words.get(value, value)

    given = map_from_text(form.cell_map)
    lines = [
        f"Bảng ở trang “{each.sheet}”, dòng {each.first_row}–{each.last_row}: "
        + "; ".join(f"cột {letters} ← {said(value)}" for letters, value in each.columns.items())
        for each in given.tables
    ]
    cells = "; ".join(f"{each.cell} (trang “{each.sheet}”) ← {said(each.value)}" for each in given.cells)
    return (*lines, *((f"Ô riêng: {cells}",) if cells else ()))


def set_map(workspace: Workspace, form_id: int, chosen: CellMap, *, unit: str, source: str = "") -> OfficeForm:
    """Keep the map of a form, and what it is filled with where that is another `source` now.

    Raises KnownError for a value its source does not have, or tables that share rows.
    """
    form = workspace.get(OfficeForm, form_id)
    given = form_sources.source(source or form.source)
    known = form_sources.labels(given)
    unknown = sorted(each for each in chosen.values if each not in known and not each.startswith(FIXED))
    for each in chosen.cells:
        try:
            split_cell(each.cell)
        except ValueError:
            raise KnownError(f"“{each.cell[:20]}” không phải một ô của bảng tính.", "Ghi ô như B3.") from None
    if unknown:
        raise KnownError(f"Số liệu của mẫu biểu không có “{unknown[0][:60]}”.", "Chọn lại nội dung cho ô, cột đó.")
    _refuse_shared_rows(chosen)
    label = f"Sửa bản đồ ô của mẫu biểu {form.name}"
    if given.key != form.source:
        label = f"Đổi số liệu của mẫu biểu {form.name}: {given.title}"
    return workspace.save(dataclasses.replace(form, cell_map=chosen.as_text(), unit=unit, source=given.key), label)


def _refuse_shared_rows(chosen: CellMap) -> None:
    last: dict[str, int] = {}
    for each in sorted(chosen.tables, key=lambda table: table.first_row):
        if each.first_row <= last.get(each.sheet, 0):
            raise KnownError(
                f"Hai bảng trên trang “{each.sheet}” cùng lấy dòng {each.first_row}.",
                "Sửa dòng đầu, dòng cuối để mỗi bảng có một khoảng dòng riêng.",
            )
        last[each.sheet] = each.last_row


# --- filling ----------------------------------------------------------------------------------------------------------


def fill(
    workspace: Workspace, form_id: int, request: ListRequest, tell: Tell, *, today: date | None = None
) -> tuple[Filled, int]:
    """Return a form filled with the rows of a request, and how many they are.

    Raises KnownError for more rows than a form takes, a form whose file is gone, or a map that asks for what is none.
    """
    form = workspace.get(OfficeForm, form_id)
    source = form_sources.source(form.source)
    name, data = file_of(workspace, form_id)
    sheets = forms.look(data, name)
    given = map_from_text(form.cell_map)
    names = form_maps.names_of(source)
    typed = {word: names.get(form_sources.slug(word), "") for word in form_maps.placeholders(sheets)}
    asked = {*given.values, *typed.values()}
    kind = {"kind"} if source.key == exporting.LEDGER else set()
    columns = [each for each in source.columns if (asked | kind) & {each.key, TOTAL + each.key, IN_WORDS + each.key}]
    rows = _rows(workspace, source, request, [each.key for each in columns], tell)
    unit = int(form.unit)
    day = today or date.today()
    values = form_sources.office_values(workspace, form.source, request, day)
    values |= {"count": len(rows), "unit": dict(FORM_UNITS)[form.unit]}
    sums, notes = _sums(source, request, columns, rows, asked, unit)
    values |= sums
    places = {each.key: place for place, each in enumerate(columns, start=1)} | {ORDINAL: 0}
    lines = [
        (at, *(_in_unit(value, each.kind, unit) for value, each in zip(row, columns, strict=True)))
        for at, row in enumerate(rows, start=1)
    ]
    filling = Filling(
        cells={(each.sheet, each.cell): _value(each.value, values) for each in given.cells},
        tables=tuple(
            TableFilling(
                sheet=each.sheet,
                first_row=each.first_row,
                last_row=each.last_row,
                columns={letters: places[key] for letters, key in each.columns.items() if key in places},
                rows=lines,
            )
            for each in given.tables
        ),
        words={word: values.get(key) for word, key in typed.items() if key in values},
    )
    done = forms.filled(data, name, filling)
    return dataclasses.replace(done, notes=(*done.notes, *notes)), len(rows)


def _rows(
    workspace: Workspace, source: Source, request: ListRequest, columns: Sequence[str], tell: Tell
) -> list[tuple[Value, ...]]:
    total = form_sources.count(workspace, source.key, request)
    if total > MOST_ROWS:
        raise KnownError(
            f"{source.title} có {total} dòng, nhiều hơn một mẫu biểu nhận được ({MOST_ROWS}).",
            "Lọc hoặc chọn một năm để còn ít dòng hơn, hoặc xuất không theo mẫu.",
        )
    found = []
    for row in form_sources.rows(workspace, source.key, request, columns):
        found.append(row)
        if len(found) % _TOLD_EVERY == 0:
            tell(min(len(found), total), total)
    return found


def _sums(
    source: Source,
    request: ListRequest,
    columns: Sequence[FormColumn],
    rows: Sequence[tuple[Value, ...]],
    asked: set[str],
    unit: int,
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Return the sums that are asked for; entries of the ledger add up only within one kind, reversals taken away."""
    found: dict[str, Value] = {}
    notes: list[str] = []
    weigh = exporting.weigher(source.key, request, [each.key for each in columns])
    for place, column in enumerate(columns):
        if not asked & {TOTAL + column.key, IN_WORDS + column.key}:
            continue
        if weigh is None and source.key == exporting.LEDGER:
            notes.append(f"Chưa cộng {column.label}: sổ kinh phí có nhiều loại bút toán. Lọc một loại rồi xuất lại.")
            continue
        total = Decimal(0)
        for row in rows:
            value = row[place]
            if isinstance(value, int | Decimal):
                total += Decimal(value) * (weigh(row) if weigh is not None else 1)
        found[TOTAL + column.key] = _in_unit(int(total) if total == int(total) else total, column.kind, unit)
        if column.kind is Kind.MONEY:
            found[IN_WORDS + column.key] = money.in_words(int(total))
    return found, tuple(notes)


def _in_unit(value: Value, kind: Kind, unit: int) -> Value:
    """Return an amount in the unit of the form; anything else as it is."""
    if kind is not Kind.MONEY or unit == 1 or not isinstance(value, int):
        return value
    return value // unit if value % unit == 0 else Decimal(value) / unit


def _value(key: str, values: Mapping[str, Value]) -> Value:
    return key.removeprefix(FIXED) if key.startswith(FIXED) else values.get(key)


def export(
    workspace: Workspace, form_id: int, request: ListRequest, path: Path, tell: Tell, *, today: date | None = None
) -> Exported:
    """Write a filled form, whole or not at all. Raises KnownError as `fill` does, and where it cannot be written."""
    from kc_desktop.services import papers  # every kind of paper comes with it

    if path.suffix.lower() != SUFFIX:
        raise KnownError(f"Tệp Excel không thể có tên “{path.name}”.", f"Đặt tên tệp có đuôi {SUFFIX}.")
    done, rows = fill(workspace, form_id, request, tell, today=today)
    tell(rows, rows)
    papers.write(path, done.data)
    return Exported(rows=rows, notes=done.notes)
