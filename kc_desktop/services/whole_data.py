"""Toàn bộ dữ liệu: all a file holds as workbooks, one for each area, for offices to keep, look through or hand over.

Every record is a row with the number other rows link to it by; links are names, codes are words, and what is protected
stays masked.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from kc_desktop.domain import identifiers
from kc_desktop.domain.fields import Field, Kind, RecordType, Value, described_tables
from kc_desktop.errors import KnownError
from kc_desktop.exchange import writing
from kc_desktop.exchange.cells import SheetColumn
from kc_desktop.exchange.writing import Sheet
from kc_desktop.services import batch, disclosure, exporting
from kc_desktop.services.exporting import SUFFIX, Tell
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import records

AREAS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Chương trình, đề án",
        (
            *("five_year_programme", "annual_plan", "programme", "target", "target_result", "project"),
            *("project_beneficiary", "estimate_line", "year_share", "project_step", "checklist_item"),
            *("contract", "progress_report", "impact", "limit_override", "report_text"),
        ),
    ),
    ("Kinh phí", ("fund_entry", "period_lock", "treasury_statement", "statement_line")),
    (
        "Mạng lưới cộng tác viên",
        (
            *("appointment", "appointment_member", "member_area", "collaborator_report", "report_reminder", "lead"),
            *("evaluation", "remuneration_list", "remuneration"),
        ),
    ),
    ("Danh bạ, cơ sở", ("person", "person_contact", "person_post", "establishment", "disclosure")),
    (
        "Cuộc họp",
        (
            *("meeting", "agenda_item", "attendee", "meeting_party", "entry", "conclusion", "task", "petition"),
            *("vote_item", "ballot", "council_decision", "meeting_version", "meeting_template", "phrase"),
        ),
    ),
    ("Văn bản", ("paper", "attachment")),
)
"""The workbooks: what each is called and the tables in it. What stands in none of them goes into the last one."""
_REST = "Đơn vị, quy định"
_NUMBER = "Số"
_TITLES_KEPT = 20_000


def export_all(workspace: Workspace, folder: Path, tell: Tell, *, today: date | None = None) -> tuple[Path, ...]:
    """Write everything the file holds into a folder that is there, and return the workbooks; all of them, or none.

    A workbook of the same name is replaced; tables without rows are left out.

    Raises KnownError for a folder that is not there, a table longer than Excel takes, a full disk or an open file.
    """
    day = today or date.today()
    areas = [(area, [each for each in found if _count(workspace, each)]) for area, found in _areas()]
    areas = [(area, found) for area, found in areas if found]
    for described in (each for _, found in areas for each in found):
        if _count(workspace, described) > writing.MOST_ROWS:
            raise KnownError(
                f"{described.plural} có nhiều dòng hơn một trang Excel chứa được.",
                "Xuất từng năm ở danh sách đó bằng Xuất Excel.",
            )
    total = sum(_count(workspace, each) for _, found in areas for each in found)
    titles = lru_cache(maxsize=_TITLES_KEPT)(workspace.title_of)
    names = [f"{area}{SUFFIX}" for area, _ in areas]
    try:
        beside = Path(tempfile.mkdtemp(dir=folder, prefix=".xuat-"))
        try:
            done = 0
            for name, (_, found) in zip(names, areas, strict=True):
                sheets = (_sheet(workspace, each, titles, day) for each in found)
                author = workspace.office.name
                done += writing.write(beside / name, sheets, _told(tell, done, total), author=author)
            return batch.put_in_place(beside, folder, names)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        known = exporting.known_failure(error, Path(str(error.filename or folder)))
        if known is None:
            raise
        raise known from error


def export_beside(
    workspace: Workspace, parent: Path, tell: Tell, *, today: date | None = None
) -> tuple[Path, tuple[Path, ...]]:
    """Write everything into a folder of its own in one that is there; return it with its workbooks.

    The folder carries the data file's name and the day; one of an earlier run that day is written into again. Raises as
    `export_all` does; a folder made for nothing is taken away.
    """
    day = today or date.today()
    folder = parent / f"Toàn bộ dữ liệu {workspace.path.stem} ({day:%d.%m.%Y})"
    is_new = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        known = exporting.known_failure(error, folder)
        if known is None:
            raise
        raise known from error
    try:
        return folder, export_all(workspace, folder, tell, today=day)
    except BaseException:
        if is_new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _told(tell: Tell, before: int, total: int) -> Callable[[int], None]:
    def told(done: int) -> None:
        tell(min(before + done, total), total)

    return told


def _areas() -> list[tuple[str, list[RecordType]]]:
    tables = described_tables()
    placed = {table for _, found in AREAS for table in found}
    rest = [each for table, each in tables.items() if table not in placed]
    return [*((area, [tables[table] for table in found]) for area, found in AREAS), (_REST, rest)]


def _count(workspace: Workspace, described: RecordType) -> int:
    with workspace.reading() as connection:
        return records.count(connection, described.cls)


def _sheet(workspace: Workspace, described: RecordType, titles: Callable[[str, int], str], today: date) -> Sheet:
    fields = [each for each in described.fields if each.is_told]
    columns = (
        SheetColumn(heading=_NUMBER, kind=Kind.INTEGER, name="number"),
        *(SheetColumn(heading=each.label, kind=each.kind, name=each.name, unit=each.unit) for each in fields),
    )
    return Sheet(
        tab=described.plural,
        title=described.plural.upper(),
        columns=columns,
        rows=_rows(workspace, described, fields, titles),
        owner=exporting.owner(workspace),
        said=exporting.said_of_sample(workspace),
        dated=exporting.dated(today),
        is_numbered=False,
    )


def _rows(
    workspace: Workspace, described: RecordType, fields: Sequence[Field], titles: Callable[[str, int], str]
) -> Iterator[Sequence[Value]]:
    with workspace.reading() as connection:
        for record in records.stream(connection, described.cls):
            yield [record.id, *(_value(each, getattr(record, each.name), titles) for each in fields)]


def _value(field: Field, value: Any, titles: Callable[[str, int], str]) -> Value:
    """Return a field's value as it is read: links as names, codes as words, what is protected masked."""
    if value is None or value == "":
        return None
    if field.protected:
        return disclosure.masked(field, str(value))
    if field.check == "tax_code":  # a household's is a citizen id
        return identifiers.mask_tax_code(str(value))
    if field.kind is Kind.LINK:
        return titles(field.target, int(value)) if value else None
    if field.kind is Kind.CHOICE:
        return field.choice_label(str(value))
    kept: Value = value
    return kept
