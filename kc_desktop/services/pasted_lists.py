"""A block copied from a spreadsheet, pasted into a list: judged row by row before anything of it is written.

The five kinds of table that are imported are judged as an import of a workbook of one sheet, so that records there are
already are found again; into other lists a block brings new records only.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.text import search_key
from kc_desktop.errors import KnownError
from kc_desktop.exchange.reading import Sheet, Workbook
from kc_desktop.services import import_columns, import_details, import_layouts, importing, naming, pasted_rows, pasting
from kc_desktop.services.import_money_recipes import year_in
from kc_desktop.services.import_plans import CHANGED, NEW, SAME, WRONG, Change, Progress
from kc_desktop.services.import_tables import Table, find_table
from kc_desktop.services.importing import Imported, RowVerdict
from kc_desktop.services.lists import LISTS, Column
from kc_desktop.services.workspace import Workspace

ADDED_TO: Final = frozenset({"programmes", "phrases"})
"""Short lists of other kinds that new records can be pasted into."""

MOST: Final = 10_000
"""So many rows are pasted at once: no more than one undo takes back in a few seconds."""

SOURCE: Final = "nội dung vừa chép"
_ORDINAL: Final = "STT"
_NOTHING = KnownError(
    "Chưa có gì để dán: nội dung vừa chép không có dòng nào.",
    "Chọn các ô trong Excel, chép (Ctrl+C), rồi dán lại.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A block as it was understood: what is to become of each row, how many are no data, and what writes the rest.

    `headings` are the columns it was read by where it has no heading row of its own. `unit` is how many đồng its
    amounts count that do not say so themselves; None where there are none such.
    """

    rows: tuple[RowVerdict, ...]
    skipped: int
    notes: tuple[str, ...]
    write: Callable[[Workspace, Progress | None], None]
    headings: tuple[str, ...] = ()
    unit: int | None = None

    def count(self, *verdicts: str) -> int:
        """Return how many rows have one of these verdicts."""
        return sum(each.verdict in verdicts for each in self.rows)


def may_paste(key: str) -> bool:
    """Whether a block can be pasted into a list."""
    return key in import_columns.WHATS or key in ADDED_TO


def judge(
    workspace: Workspace,
    key: str,
    text: str,
    shown: Sequence[Column],
    blank: Any,
    *,
    unit: int | None = None,
    year: int = 0,
    progress: Progress | None = None,
) -> Pasted:
    """Judge a block for a list that shows these columns; a new record of a list not imported starts as `blank`.

    Amounts that do not say what they count are in `unit` đồng; days without a year are of `year`, the one on show, 0
    for today's. `progress` is told (done, of how many) and may raise to
    stop. Raises KnownError when the block holds nothing that fits the list.
    """
    cells = pasting.parse_block(text, MOST + 1)
    if not cells:
        raise _NOTHING
    notes: tuple[str, ...] = ()
    if len(cells) > MOST:
        cells = cells[:MOST]
        notes = (f"Chỉ đọc {format_vnd(MOST)} dòng đầu: dán phần còn lại sau, hoặc chọn Tệp, Nhập Excel.",)
    progress = progress or _untold
    if key in import_columns.WHATS:
        return _imported(workspace, key, cells, shown, notes, unit, getattr(blank, "year", None) or year, progress)
    return _added(workspace, key, text, shown, blank, unit, year, progress)


def _untold(_done: int, _total: int) -> None:
    """Nobody waits."""


# --- lists that are imported ------------------------------------------------------------------------------------------


def _imported(
    workspace: Workspace,
    what: str,
    cells: Sequence[pasting.Cells],
    shown: Sequence[Column],
    notes: tuple[str, ...],
    unit: int | None,
    year: int,
    progress: Progress,
) -> Pasted:
    layout = import_columns.layout(what)
    headings: tuple[str, ...] = ()
    if find_table(_sheet(cells), layout.words, layout.needed) is None:
        headings = _headings(cells, shown)
        cells = (headings, *((*row, *[""] * len(headings))[: len(headings)] for row in cells))
    book = Workbook(name=SOURCE, sheets=(_sheet(cells),))
    tables = import_layouts.tables_of(workspace, what, book)
    has_days = any(layout.fields[name].kind is Kind.DATE for table in tables for name in table.places)
    if year and ("year" in layout.fields or has_days):  # as Thêm does: what names no year is of the year on show
        dated = tuple(_of_year(table, year) for table in tables)
        what_lacks = "Không có cột năm" if "year" in layout.fields else "Ngày không ghi năm"
        notes = notes if dated == tables else (*notes, f"{what_lacks}: lấy năm {year} đang xem.")
        tables = dated
    untold = _untold_amounts(what, tables)
    if unit:
        tables = tuple(
            dataclasses.replace(table, units={**table.units, **dict.fromkeys(names, unit)})
            for table, names in zip(tables, untold, strict=True)
        )
    found = importing.judge(workspace, what, book, tables=tables, progress=progress)

    def write(writer: Workspace, progress: Progress | None) -> None:
        importing.write(found, workspace=writer, progress=progress or _untold)

    labels = {label: word for table in tables for label, word in _list_labels(what, table).items()}
    return Pasted(
        rows=_told(workspace, found, labels, above=1 if headings else 0),
        skipped=len(found.skipped),
        notes=(*notes, *found.notes),
        write=write,
        headings=headings,
        unit=next((table.units[names[0]] for table, names in zip(tables, untold, strict=True) if names), None),
    )


def _of_year(table: Table, year: int) -> Table:
    """Return a table whose rows are of a year where neither they nor the lines above them say another."""
    if "year" in table.places or year_in(table.titles) is not None:
        return table
    return dataclasses.replace(table, told_titles=(f"Năm {year}",))


def _untold_amounts(what: str, tables: Sequence[Table]) -> list[list[str]]:
    """Return the columns of each table with amounts that do not say what they count."""
    fields = import_columns.layout(what).fields
    return [
        [name for name in table.places if fields[name].kind is Kind.MONEY and name not in table.told_units]
        for table in tables
    ]


def _list_labels(what: str, table: Table) -> dict[str, str]:
    """Return how the list calls columns that the import calls otherwise, by the import's word."""
    by_key = {search_key(each.label): each.label for each in LISTS[what].columns}
    fields = import_columns.layout(what).fields
    called = {fields[name].label: _bare(table.heads[place]) for name, place in table.places.items()}
    return {label: by_key[head] for label, head in called.items() if head in by_key and by_key[head] != label}


def _bare(head: str) -> str:
    """Return the words of a heading without its unit, as they are compared."""
    return search_key(head.partition("(")[0])


def _told(workspace: Workspace, found: Imported, labels: dict[str, str], *, above: int) -> tuple[RowVerdict, ...]:
    """Return the rows as the list speaks of them: a new one tells its values, a wrong one the list's column."""
    details = import_details.Details(workspace, found)
    rows = []
    for each in found.rows:
        changes = each.changes
        if each.verdict == NEW:
            cells = (cell for cell in details.cells_of(each) if cell.value)
            changes = tuple(Change(label=cell.label, before="", after=cell.value) for cell in cells)
        rows.append(
            dataclasses.replace(
                each,
                number=each.number - above,
                reasons=tuple(_renamed(reason, labels) for reason in each.reasons),
                readings=tuple(_renamed(reading, labels) for reading in each.readings),
                changes=tuple(dataclasses.replace(one, label=labels.get(one.label, one.label)) for one in changes),
            )
        )
    return tuple(rows)


def _renamed(words: str, labels: dict[str, str]) -> str:
    """Return what is said of a column by the list's word for it."""
    label, parted, rest = words.partition(":")
    return f"{labels[label]}:{rest}" if parted and label in labels else words


def _sheet(cells: Sequence[pasting.Cells]) -> Sheet:
    return Sheet(name="Đã chép", rows=tuple(cells))


def _headings(cells: Sequence[pasting.Cells], shown: Sequence[Column]) -> tuple[str, ...]:
    """Return the headings of a block without any: the columns on show in their order, after one of ordinals if any."""
    firsts = [row[0] for row in cells if row[0]]
    is_numbered = len(cells[0]) > 1 and bool(firsts) and all(each.rstrip(".").isdigit() for each in firsts)
    own = tuple(each.label for each in shown)
    return (_ORDINAL, *own) if is_numbered and not shown[0].is_number else own


# --- lists that are only added to -------------------------------------------------------------------------------------


def resolver(workspace: Workspace) -> pasted_rows.Resolve:
    """Return what finds a record by the whole of its name; None for one that is not there, or not the only one."""

    def resolve(table: str, name: str) -> int | None:
        wanted = search_key(name)
        found = [
            record_id
            for record_id, _label in workspace.suggest(table, name)
            if search_key(workspace.title_of(table, record_id)) == wanted
        ]
        return found[0] if len(found) == 1 else None

    return resolve


def _added(
    workspace: Workspace,
    key: str,
    text: str,
    shown: Sequence[Column],
    blank: Any,
    unit: int | None,
    year: int,
    progress: Progress,
) -> Pasted:
    cls = LISTS[key].cls
    fields = _fields(cls, shown)
    block = pasted_rows.read(text, fields, resolver(workspace), unit=unit, today=date(year, 1, 1) if year else None)
    known = workspace.all(cls)
    records: list[Any] = []
    rows = []
    for place, row in enumerate(block.rows):
        progress(place, len(block.rows))
        if row.kind != pasted_rows.ROW:
            continue
        values = {name: value for name, value in row.values.items() if value not in (None, "")}
        record = dataclasses.replace(blank, **values)
        is_known = any(all(getattr(each, name) == value for name, value in values.items()) for each in known)
        problem = row.problem or ("" if is_known else _refusal(workspace, record))
        if not problem and not is_known:
            records.append(record)
        rows.append(
            RowVerdict(
                sheet="",
                number=row.number,
                name=naming.title_of_record(workspace.title_of, record)[:200],
                verdict=WRONG if problem else SAME if is_known else NEW,
                reasons=(problem,) if problem else (),
                changes=() if problem or is_known else _values(workspace, fields, record, values),
            )
        )
    if not rows:
        raise _NOTHING
    label = f"Dán {len(records)} {describe(cls).singular}"

    def write(writer: Workspace, progress: Progress | None) -> None:
        with writer.change(label):
            for place, each in enumerate(records):
                (progress or _untold)(place, len(records))
                writer.save(each)

    has_amounts = any(each.kind is Kind.MONEY for each in fields) and not block.is_unit_told
    return Pasted(
        rows=tuple(rows),
        skipped=len(block.rows) - len(rows),
        notes=block.notes,
        write=write,
        unit=block.unit if has_amounts else None,
    )


def _fields(cls: type[Any], shown: Sequence[Column]) -> tuple[Field, ...]:
    """Return the fields of the columns on show; a column that names a linked record is the link's."""
    by_name = {each.name: each for each in describe(cls).fields}
    found = (by_name.get(each.key) or by_name.get(f"{each.key}_id") for each in shown)
    return tuple(each for each in found if each is not None and each.in_form)


def _refusal(workspace: Workspace, record: Any) -> str:
    error = workspace.rehearse(lambda: workspace.save(record))
    return str(error) if error is not None else ""


def _values(workspace: Workspace, fields: Sequence[Field], record: Any, values: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(
            label=each.label,
            before="",
            after=naming.value_in_words(workspace.title_of, each, getattr(record, each.name)),
        )
        for each in fields
        if each.name in values
    )


def words(found: Pasted) -> str:
    """Say what pasting would do, in one sentence."""
    parts = [
        f"{number} dòng {word}"
        for verdicts, word in (((NEW,), "mới"), ((CHANGED,), "sửa"), ((SAME,), "không đổi"), ((WRONG,), "có lỗi"))
        if (number := found.count(*verdicts))
    ]
    said = f"Đọc được {len(found.rows)} dòng: {', '.join(parts)}" if parts else "Không có dòng nào đọc được"
    if found.skipped:
        said += f"; bỏ qua {found.skipped} dòng tiêu đề, nhóm hoặc tổng"
    if found.count(WRONG):
        said += ". Dòng có lỗi không được ghi"
    return f"{said}."
