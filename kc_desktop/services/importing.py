"""Workbooks of the office brought into the data file: judged row by row, then written as one step of the history.

    found = importing.judge(workspace, "people", read_workbook(path))   # reads only: what each row would do
    importing.write(found)                                                # one undo step; wrong rows are left out
    importing.wrong_rows(found)                                           # as .xlsx: the wrong rows with a column “Lỗi”

Importing the same workbook again changes nothing. An empty cell takes nothing away, and nothing fills a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.text import clean_line, marked_key
from kc_desktop.errors import KnownError
from kc_desktop.exchange.reading import Workbook, read_workbook, without_collecting
from kc_desktop.services import (
    import_columns,
    import_layouts,
    import_lead_recipes,
    import_money_recipes,
    import_recipes,
    import_totals,
)
from kc_desktop.services.import_headings import shown
from kc_desktop.services.import_plans import CHANGED, NEW, SAME, VERDICT_WORDS, WRONG, Change, Draft, Plan, Progress
from kc_desktop.services.import_recipes import Recipe, RowFacts
from kc_desktop.services.import_stages import Stages
from kc_desktop.services.import_tables import BLANK, Table, TableRow, rows_of
from kc_desktop.services.import_values import Reader, Resolve, without_errors
from kc_desktop.services.pasted_rows import GROUP, ROW
from kc_desktop.services.workspace import Workspace

__all__ = [
    "CHANGED",
    "NEW",
    "SAME",
    "VERDICT_WORDS",
    "WHATS",
    "WRONG",
    "Imported",
    "RowVerdict",
    "SkippedRow",
    "as_json",
    "as_text",
    "judge",
    "read_workbook",
    "resolver",
    "write",
    "wrong_rows",
]

WHATS: Final = import_columns.WHATS

_RECIPES: Final[dict[str, Callable[[Workspace, Plan], Recipe]]] = {
    import_columns.PEOPLE: import_recipes.People,
    import_columns.COLLABORATORS: import_recipes.Collaborators,
    import_columns.ESTABLISHMENTS: import_recipes.Establishments,
    import_columns.PROJECTS: import_money_recipes.Projects,
    import_columns.FUND_ENTRIES: import_money_recipes.FundEntries,
    import_columns.LEADS: import_lead_recipes.Leads,
}
_STAGES: Final = {import_columns.PROJECTS: 3, import_columns.FUND_ENTRIES: 4}
"""What is rehearsed: read, written and taken back, entries one by one where they are refused, read again."""
_EVERY: Final = 200


@dataclass(slots=True, kw_only=True)
class RowVerdict:
    """What is to become of one row: `reasons` why it is wrong, `readings` what was not read as it stands.

    Nobody changes it; made for every row, it is not frozen, which would take twice as long.
    """

    sheet: str
    number: int
    name: str
    verdict: str
    reasons: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRow:
    """A row that is no data: a heading, a group, a total, what stands under the table."""

    sheet: str
    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A workbook as it was understood; nothing is written before `write`."""

    what: str
    book: Workbook
    rows: tuple[RowVerdict, ...]
    skipped: tuple[SkippedRow, ...]
    notes: tuple[str, ...]
    tables: tuple[Table, ...]
    plan: Plan

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each verdict."""
        found = Counter(each.verdict for each in self.rows)
        return {each: found[each] for each in VERDICT_WORDS}


def _no_progress(_done: int, _total: int) -> None:
    """Nobody is waiting to hear."""


@without_collecting()
def judge(
    workspace: Workspace,
    what: str,
    book: Workbook,
    *,
    tables: tuple[Table, ...] = (),
    progress: Progress = _no_progress,
    today: date | None = None,
) -> Imported:
    """Judge every row of a workbook against the file; nothing is written.

    `tables` are those of its sheets to read, by default each found with the columns the file remembers for its
    headings. `progress` is told (done, of how many) and may raise to stop. Raises KnownError when no sheet holds such
    a table.
    """
    tables = tables or import_layouts.tables_of(workspace, what, book)
    resolve = resolver(workspace, today or date.today())

    stages = Stages(progress, 1 if workspace.is_read_only else _STAGES.get(what, 1))

    def judged(make: Callable[[Workspace, Plan], Recipe]) -> _Judging:
        plan = Plan(workspace)
        return _judged(_Judging(what, plan, make(workspace, plan), resolve, today), tables, stages.begin())

    judging = judged(_RECIPES[what])
    if what == import_columns.PROJECTS and not workspace.is_read_only:
        told = stages.begin()
        refused = workspace.rehearse(lambda: judging.plan.write("Thử", told))
        if refused is not None:
            judging = judged(partial(import_money_recipes.Projects, over_limit=refused.message))
    if what == import_columns.FUND_ENTRIES and not workspace.is_read_only:
        over = judging.plan.refusals(stages)
        if over:
            judging = judged(partial(import_money_recipes.FundEntries, refused=over))
    read = {table.sheet.part_of or table.sheet.name for table in tables}
    notes = [
        f"Trang “{each.name}” không có bảng nào đọc được, bỏ qua." for each in book.sheets if each.name not in read
    ]
    return Imported(
        what=what,
        book=book,
        rows=tuple(judging.rows),
        skipped=tuple(judging.skipped),
        notes=(
            *notes,
            *(note for table in tables for note in _notes(what, table)),
            *import_totals.notes(import_totals.totals(what, tables, judging.rows, judging.skipped)),
        ),
        tables=tables,
        plan=judging.plan,
    )


def _judged(judging: _Judging, tables: tuple[Table, ...], progress: Progress) -> _Judging:
    total = sum(len(each.sheet.rows) for each in tables)
    done = 0
    for table in tables:
        judging.table(table, partial(_tell, progress, done, total))
        done += len(table.sheet.rows)
    return judging


def _tell(progress: Progress, before: int, total: int, at: int) -> None:
    progress(before + at, total)


def _notes(what: str, table: Table) -> list[str]:
    """Say of a sheet what was read otherwise than it stands, and which columns were not read."""
    sheet = table.sheet
    said = []
    if sheet.encoding:
        said.append(f"Trang “{sheet.name}” gõ bằng phông {sheet.encoding}, đã chuyển sang Unicode.")
    if table.unread:
        heads = ", ".join(f"“{each[:60]}”" for each in table.unread)
        said.append(f"Trang “{sheet.name}”: chưa đọc cột {heads}.")
    unit = import_layouts.unit_note(what, table)
    return [*said, *(f"Trang “{sheet.name}”: {each}" for each in (*table.notes, unit) if each)]


@without_collecting()
def write(found: Imported, *, workspace: Workspace | None = None, progress: Progress = _no_progress) -> None:
    """Write what was judged as one step of the history, without the wrong rows.

    `workspace` is another opening of the same file to write through, for a thread of its own. `progress` may raise to
    stop: then nothing is written. Raises KnownError for what the file refuses as a whole.
    """
    if not found.plan.is_empty:
        found.plan.write(f"Nhập {import_columns.TITLES[found.what]} từ {found.book.name}", progress, workspace)


def wrong_rows(found: Imported) -> bytes:
    """Return the wrong rows as the same workbook (.xlsx) with a column “Lỗi”: mended, only these are imported again."""
    from kc_desktop.exchange.returning import ReturnedSheet, returned

    reasons = {(each.sheet, each.number - 1): " ".join(each.reasons) for each in found.rows if each.verdict == WRONG}
    groups = [(each.sheet, each.number - 1) for each in found.skipped if each.kind == GROUP]
    sheets = []
    for table in found.tables:
        name = table.sheet.name
        wrong = {at: reason for (sheet, at), reason in reasons.items() if sheet == name}
        above = {max((at for sheet, at in groups if sheet == name and at < row), default=-1) for row in wrong}
        rows = wrong | dict.fromkeys(above - {-1}, "")
        if wrong:
            sheets.append(ReturnedSheet(sheet=table.sheet, heading=table.heading, data_from=table.data_from, rows=rows))
    return returned(sheets)


def as_json(found: Imported, *, is_dry_run: bool) -> dict[str, Any]:
    """Return what became of a workbook as JSON holds it: the counts and the verdict of each row."""
    return {
        "what": found.what,
        "file": found.book.name,
        "dry_run": is_dry_run,
        "counts": found.counts,
        "rows": [
            {
                "sheet": each.sheet,
                "row": each.number,
                "name": each.name,
                "verdict": each.verdict,
                "reasons": list(each.reasons),
                "readings": list(each.readings),
                "changes": [
                    {"field": change.label, "before": change.before, "after": change.after} for change in each.changes
                ],
            }
            for each in found.rows
        ],
        "skipped": [
            {"sheet": each.sheet, "row": each.number, "kind": each.kind, "text": each.text} for each in found.skipped
        ],
        "notes": list(found.notes),
    }


def as_text(found: Imported, *, is_dry_run: bool) -> str:
    """Return what became of a workbook in words: a line for each row that is not simply as it was, then the counts."""
    lines = []
    for each in found.rows:
        if each.verdict != SAME or each.readings:
            changes = (f"{one.label}: {one.before or '—'} → {one.after or '—'}." for one in each.changes)
            said = " ".join(" ".join((*each.reasons, *each.readings, *changes)).split())
            lines.append("\t".join((each.sheet, str(each.number), VERDICT_WORDS[each.verdict], each.name, said)))
    lines += [f"Lưu ý: {note}" for note in found.notes]
    counts = ", ".join(f"{number} {VERDICT_WORDS[verdict]}" for verdict, number in found.counts.items())
    return "\n".join((*lines, f"{'Xem trước, chưa ghi gì' if is_dry_run else 'Đã nhập'}: {counts}."))


class _Judging:
    def __init__(self, what: str, plan: Plan, recipe: Recipe, resolve: Resolve, today: date | None) -> None:
        self._what = what
        self.plan, self._recipe, self._resolve, self._today = plan, recipe, resolve, today
        self.rows: list[RowVerdict] = []
        self.skipped: list[SkippedRow] = []
        self._titles: tuple[str, ...] = ()

    def table(self, table: Table, progress: Callable[[int], None]) -> None:
        """Judge the rows of one table."""
        readers = import_layouts.readers_of(self._what, table, self._resolve, self._today)
        self._titles = table.titles
        for row in rows_of(table):
            if row.number % _EVERY == 0:
                progress(row.number)
            if row.kind == ROW:
                self.rows.append(self._row(table, row, readers))
            elif row.kind != BLANK:
                self.skipped.append(
                    SkippedRow(sheet=table.sheet.name, number=row.number, kind=row.kind, text=row.text[:200])
                )

    def _row(self, table: Table, row: TableRow, readers: Mapping[str, Reader]) -> RowVerdict:
        values: dict[str, Any] = {}
        draft = Draft()
        reasons: list[str] = []
        cells = row.cells
        if table.sheet.has_errors:
            cells, reasons = without_errors(cells, readers)
        for name, reader in readers.items():
            cell = cells[name]
            if cell == "":
                continue
            if reader.is_plain:
                values[name] = clean_line(cell) if type(cell) is str else shown(cell)
                continue
            if reader.is_whole and type(cell) is int:
                values[name] = cell
                continue
            try:
                values[name], said = reader.read(cell)
            except ValueError as error:
                reasons.append(f"{reader.spec.label}: {error}")
                continue
            if said:
                draft.readings.append(said)
        facts = RowFacts(values=values, group=row.group, titles=self._titles, unit=table.units[table.needed])
        if not reasons:
            reasons += self._refused(facts, draft, f"{table.sheet.name}, dòng {row.number}")
        return RowVerdict(
            sheet=table.sheet.name,
            number=row.number,
            name=self._recipe.title(facts)[:200],
            verdict=WRONG if reasons else draft.verdict,
            reasons=tuple(reasons),
            readings=tuple(draft.readings),
            changes=() if reasons else tuple(draft.changes),
        )

    def _refused(self, facts: RowFacts, draft: Draft, row: str) -> list[str]:
        """Stage a row, and return why it cannot be."""
        try:
            self._recipe.judge(facts, draft)
        except KnownError as error:
            return [str(error)]
        earlier = self.plan.row_of.get(draft.main) if draft.main is not None else None
        if earlier is not None and draft.staged:
            labels = ", ".join(dict.fromkeys(each.label for each in draft.changes))
            return [f"Trùng với trang {earlier} nhưng ghi khác ({labels}). Giữ lại một dòng đúng."]
        if earlier is not None:
            draft.readings.append(f"Trùng với trang {earlier}.")
        self.plan.take(draft, row)
        return []


def resolver(workspace: Workspace, today: date) -> Resolve:
    """Return how communes are found by their names, with or without “xã”, “phường”, as they stand today."""
    by_name: dict[str, set[int]] = {}
    for each in workspace.all(AdminUnit):
        if (each.valid_from or date.min) <= today <= (each.valid_to or date.max):
            key = marked_key(each.name)
            for name in (key, key.removeprefix("xã ").removeprefix("phường ").removeprefix("đặc khu ")):
                by_name.setdefault(name, set()).add(each.id)

    def resolve(table: str, name: str) -> int | None:
        ids = by_name.get(marked_key(name), set()) if table == "admin_unit" else set()
        return next(iter(ids)) if len(ids) == 1 else None

    return resolve
