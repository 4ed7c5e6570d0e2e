"""A workspace: an open data file and everything a person may do with its records."""

from __future__ import annotations

import contextlib
import dataclasses
import getpass
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from kc_desktop.domain import text
from kc_desktop.domain.fields import Record, describe, describe_table, described_tables
from kc_desktop.domain.office import Office
from kc_desktop.errors import KnownError
from kc_desktop.services import naming
from kc_desktop.storage import data_file, history, records, settings
from kc_desktop.storage.data_file import Clock, DataFile
from kc_desktop.storage.instance_lock import Holder
from kc_desktop.storage.listing import ListRequest
from kc_desktop.storage.listing import page as list_page
from kc_desktop.storage.listings import LISTINGS

# The window's start must stay quick: what only saving, deleting and the bin need (validation, recycle_bin) is imported
# by the methods that need it.

R = TypeVar("R", bound=Record)

SAMPLE_SETTING = "sample"
LAW_SETTING = "law_version"
LAW_VERSION = 3
"""Which rows of `resources/law` and `resources/office` a file has had: raised with every change of these rows."""

_MONEY_TABLES = (
    *("project", "fund_entry", "contract", "project_beneficiary", "year_share", "estimate_line", "limit_override"),
)
"""A change of these may bring an amount over its limit."""

_SUGGESTED_FROM = {
    "person": "people",
    "project": "projects",
    "programme": "programmes",
    "establishment": "establishments",
    "meeting": "meetings",
    "admin_unit": "admin-units",
    "appointment": "appointments",
    "annual_plan": "plans",
    "norm": "norms",
    "legal_basis": "legal-bases",
}


def this_user() -> Holder:
    """Return the account and the PC this program runs for."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = ""
    pc = os.environ.get("COMPUTERNAME") or (os.uname().nodename if sys.platform != "win32" else "")
    return Holder(who=text.clean_line(who), pc=text.clean_line(pc), since="")


class _TakenBackError(Exception):
    """Ends a rehearsal."""


class Workspace:
    """An open data file and everything the window may do with it. One per thread; close it when done."""

    def __init__(self, opened: DataFile) -> None:
        self._file = opened
        self.last_touched: frozenset[str] = frozenset()

    # --- opening and closing ---

    @classmethod
    def open(cls, path: Path, *, clock: Clock | None = None) -> Workspace:
        """Open a data file; read-only when another instance has it. Raises KnownError with the remedy."""
        user = this_user()
        workspace = cls(data_file.open_file(path, user, clock=clock) if clock else data_file.open_file(path, user))
        workspace._bring_law()
        return workspace

    @classmethod
    def create(cls, path: Path, office: Office | None = None, *, clock: Clock | None = None) -> Workspace:
        """Make a new data file and open it. Raises KnownError when something stands at `path` already."""
        more = {"clock": clock} if clock else {}
        workspace = cls(data_file.create(path, this_user(), **more))
        workspace._bring_law()
        if office is not None:
            with workspace.change("Thiết lập đơn vị", is_start=True):
                workspace.save(dataclasses.replace(office, id=1))
        return workspace

    def _bring_law(self) -> None:
        """Bring the rows of law of this version into a file that has not had them; a full disk never keeps it shut."""
        if not self.is_read_only and self.setting(LAW_SETTING) != str(LAW_VERSION):
            from kc_desktop.services import law

            with contextlib.suppress(KnownError):
                law.install(self)

    def second(self, *, may_write: bool = False) -> Workspace:
        """Open the same file once more for a worker thread: to read, or to write while this one only reads."""
        return Workspace(data_file.open_beside(self._file, may_write=may_write))

    @property
    def is_copy(self) -> bool:
        """Whether an older file is shown from a copy in memory: opening it a second time copies it again."""
        return self._file.is_copy

    def interrupt(self) -> None:
        """Break off what is being read by this opening; called from another thread than reads."""
        self._file.connection.interrupt()

    def close(self) -> None:
        """Close the file and give its lock back."""
        self._file.close()

    @property
    def path(self) -> Path:
        """Where the data file is."""
        return self._file.path

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._file.is_read_only

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be written, with the remedy; "" when it can."""
        return self._file.read_only_reason

    @property
    def upgrade_backup(self) -> Path | None:
        """The backup made before this opening brought an older file to the present version; None for none."""
        return self._file.upgrade_backup

    @staticmethod
    def is_older(path: Path) -> bool:
        """Tell whether a file is of an older version: opening it backs it up and upgrades it, which takes a while."""
        return data_file.is_older(path)

    @property
    def is_sample(self) -> bool:
        """Whether this is the sample file, whose papers say so."""
        return self.setting(SAMPLE_SETTING) == "1"

    @property
    def office(self) -> Office:
        """The office whose file this is; an empty one while it has not been set up."""
        with self.reading() as connection:
            return records.fetch(connection, Office, 1) or Office(name="")

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the services a connection to read by; SQLite's failures are told in words."""
        with self._file.failures_in_words():
            yield self._file.connection

    # --- settings ---

    def setting(self, name: str) -> str:
        """Return a setting of the data file, "" when it is not set."""
        with self.reading() as connection:
            return settings.get(connection, name)

    def set_setting(self, name: str, value: str, label: str) -> None:
        """Keep a setting in the data file, as a step of the history named `label`."""
        with self.change(label):
            settings.put(self._file.connection, name, text.clean_text(value))

    # --- records ---

    def get(self, cls: type[R], record_id: int) -> R:
        """Return a record. Raises KnownError when it is gone."""
        with self.reading() as connection:
            found = records.fetch(connection, cls, record_id)
        if found is None:
            singular = describe(cls).singular
            raise KnownError(
                f"Không còn {singular} này trong tệp.", "Bấm Nạp để xem danh sách mới, hoặc tìm trong Thùng rác."
            )
        return found

    def find(self, cls: type[R], record_id: int | None) -> R | None:
        """Return a record, None when there is none of this id."""
        if not record_id:
            return None
        with self.reading() as connection:
            return records.fetch(connection, cls, record_id)

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """Return every record of a short table (plans, programmes, settings of law); long ones are read by lists."""
        with self.reading() as connection:
            return records.fetch_all(connection, cls)

    def children(self, cls: type[R], **links: int | str) -> tuple[R, ...]:
        """Return the records whose named fields, mostly links, hold the given values, in their own order."""
        unknown = set(links) - {each.name for each in describe(cls).fields}
        if unknown:
            raise KeyError(f"{describe(cls).table}: {sorted(unknown)}")
        with self.reading() as connection:
            return records.fetch_children(connection, cls, links)

    def many(self, cls: type[R], ids: set[int]) -> dict[int, R]:
        """Return the records of many ids, by id."""
        with self.reading() as connection:
            return records.fetch_many(connection, cls, ids)

    def save(self, record: R, label: str = "") -> R:
        """Insert a record (id 0) or write it over its row; one step of the history.

        The office is the one record with an id of its own before it is kept. Raises FieldError for a value that is not
        allowed, KnownError for what the file refuses and for a record that was deleted meanwhile.
        """
        from kc_desktop.services import validation

        described = describe(type(record))
        clean = validation.checked(record)
        with self.reading() as connection:
            is_new = not clean.id or (isinstance(clean, Office) and records.fetch(connection, Office, 1) is None)
            validation.check_against_file(connection, clean)
        verb = "Thêm" if is_new else "Sửa"
        label = label or f"{verb} {described.singular} {naming.title_of_record(self.title_of, clean)}".rstrip()
        try:
            with self.change(label):
                kept = self._write(clean, is_new=is_new)
                if isinstance(clean, Office):
                    self._bring_communes(clean)
                return kept
        except KnownError as error:
            with self.reading() as connection:
                raise validation.at_its_field(connection, clean, error) from error

    def next_id(self, cls: type[Record]) -> int:
        """Return the id the next new record of a kind gets; within a change, nobody else takes it."""
        with self.reading() as connection:
            return records.next_id(connection, cls)

    def held_in_memory(self) -> contextlib.AbstractContextManager[None]:
        """Let a change of very many rows write nothing before it is kept."""
        return self._file.held_in_memory()

    def insert_checked(self, new: records.Arriving) -> None:
        """Insert new records of one kind that `validation.checked_new` has returned, inside a change: many at once.

        For records that only their own values are held against. Raises KnownError for what the file refuses.
        """
        with self.reading() as connection:
            records.insert_many(connection, new)

    def _bring_communes(self, office: Office) -> None:
        """Have the communes of the office's province to pick from."""
        from kc_desktop.domain.people import AdminUnit
        from kc_desktop.services import admin_units

        province = self.find(AdminUnit, office.province_id)
        if province is not None:
            admin_units.install_communes(self, province.code)

    def _write(self, record: R, *, is_new: bool) -> R:
        connection = self._file.connection
        if is_new:
            return records.insert(connection, record)
        if not records.update(connection, record):
            raise KnownError(
                f"Không còn {describe(type(record)).singular} này trong tệp: đã bị xóa trong lúc đang sửa.",
                "Chép lại chữ vừa gõ, khôi phục từ Thùng rác rồi sửa lại.",
            )
        return record

    def delete(self, cls: type[Record], record_id: int, label: str = "") -> None:
        """Delete a record and its parts. Raises KnownError when something else depends on it."""
        from kc_desktop.services import validation
        from kc_desktop.storage import recycle_bin

        described = describe(cls)
        record = self.get(cls, record_id)
        title = naming.title_of_record(self.title_of, record)
        with self.reading() as connection:
            validation.refuse_deleting(connection, record)
            users = recycle_bin.who_depends_on(connection, described.table, record_id)
        if users:
            raise KnownError(
                f"Chưa xóa được {described.singular} {title}: đang được dùng ở {_in_words(users)}.",
                "Bỏ liên kết ở đó trước, rồi xóa lại.",
            )
        with self.change(label or f"Xóa {described.singular} {title}"):
            records.delete(self._file.connection, cls, record_id)

    def merge(self, kept: R, other_id: int, label: str) -> None:
        """Write `kept` over its row and lead everything that led to the other record to it; one step of the history.

        Raises FieldError for a value that is not allowed, KnownError for what the file refuses.
        """
        from kc_desktop.services import validation
        from kc_desktop.storage import merging

        clean = validation.checked(kept)
        with self.change(label):
            merging.merge(self._file.connection, clean, other_id)

    def linked_from(self, cls: type[Record], record_id: int) -> tuple[tuple[str, int], ...]:
        """Return what leads to a record: (what such records are called, how many)."""
        from kc_desktop.storage import recycle_bin

        with self.reading() as connection:
            users = recycle_bin.who_depends_on(connection, describe(cls).table, record_id)
        return tuple((describe_table(table).singular, number) for table, number in users)

    def title_of(self, table: str, record_id: int | None) -> str:
        """Return how a record is named in a link or a sentence; "" for none."""
        if not record_id:
            return ""
        described = describe_table(table)
        found = self.find(described.cls, record_id)
        return naming.title_of_record(self.title_of, found) if found is not None else f"(đã xóa, số {record_id})"

    def suggest(self, table: str, typed: str, limit: int = 12) -> tuple[tuple[int, str], ...]:
        """Return (id, title) of the records a few letters may mean, in the list's order."""
        key = _SUGGESTED_FROM.get(table)
        if key is None:
            described = describe_table(table)
            with self.reading() as connection:
                found = records.fetch_all(connection, described.cls)[:limit]
            return tuple((each.id, naming.title_of_record(self.title_of, each)) for each in found)
        searched = describe_table(LISTINGS[key].table).is_searched or LISTINGS[key].searched_sql
        request = ListRequest(search=typed if searched else "", sort=_SUGGESTION_ORDER.get(key, "name"), limit=limit)
        with self.reading() as connection:
            rows = list_page(connection, LISTINGS[key], request)
            found_by_id = records.fetch_many(connection, describe_table(table).cls, [row.id for row in rows])
        if table == "admin_unit":
            from kc_desktop.services import admin_units

            names = admin_units.told_apart(self, found_by_id.values())
            return tuple((row.id, names[row.id]) for row in rows if row.id in names)
        return tuple(
            (row.id, naming.suggestion(self.title_of, found_by_id[row.id])) for row in rows if row.id in found_by_id
        )

    # --- history ---

    @contextlib.contextmanager
    def change(self, label: str, *, is_start: bool = False, is_restoring: bool = False) -> Iterator[None]:
        """Make several saves one step of the history: all of them are kept, or none.

        `is_start` marks what a file begins with: no undo takes that away. Before it is kept, a change is held against
        the limits of projects and years, but for what a file begins with and what is put back as it was
        (`is_restoring`). Raises FieldError or KnownError for an amount that goes over its limit.
        """
        outermost = not self._file.is_changing
        with self._file.change(text.clean_line(label), kind="start" if is_start else "do") as change_id:
            yield
            touched = self._touched_by(change_id) if outermost else frozenset()
            if not (is_start or is_restoring or touched.isdisjoint(_MONEY_TABLES)):
                self._hold_to_limits(change_id)
        if outermost:
            self.last_touched = touched

    def rehearse(self, deed: Callable[[], object]) -> KnownError | None:
        """Do a deed, hold it to every rule and take all of it back; return why it is refused, None when it is not."""
        try:
            with self._file.change("Thử") as change_id:
                deed()
                self._hold_to_limits(change_id)
                raise _TakenBackError
        except _TakenBackError:
            return None
        except KnownError as error:
            return error

    def rehearse_each(self, deeds: Iterable[Callable[[], object]]) -> list[KnownError | None]:
        """Do deed after deed, each held to every rule beside those before it that may be, and take all of it back.

        Returns why each is refused, None where it is not.
        """
        refusals: list[KnownError | None] = []
        with contextlib.suppress(_TakenBackError), self._file.change("Thử") as change_id:
            refusals.extend(self._refusal(change_id, deed) for deed in deeds)
            raise _TakenBackError
        return refusals

    def _refusal(self, change_id: int, deed: Callable[[], object]) -> KnownError | None:
        """Do a deed inside a rehearsal unless it is refused, and return why it is."""
        before = history.last_row(self._file.connection)
        try:
            with self._file.change("Thử"):
                deed()
                self._hold_to_limits(change_id, after_row=before)
        except KnownError as error:
            return error
        return None

    def _hold_to_limits(self, change_id: int, *, after_row: int = 0) -> None:
        from kc_desktop.storage import money_rows

        rows = money_rows.money_rows(self._file.connection, change_id, after_row)
        if rows:
            from kc_desktop.services import rules

            rules.refuse_excess(self._file.connection, rows)

    @property
    def undo_label(self) -> str:
        """What an undo would take back; "" when there is nothing."""
        with self.reading() as connection:
            change = history.next_undo(connection)
        return change.label if change else ""

    @property
    def redo_label(self) -> str:
        """What a redo would do again; "" when there is nothing."""
        with self.reading() as connection:
            change = history.next_redo(connection)
        return change.label if change else ""

    def undo(self) -> frozenset[str]:
        """Take the last standing step back and return the tables it touched. Raises KnownError when there is none."""
        with self.reading() as connection:
            change = history.next_undo(connection)
        if change is None:
            raise KnownError("Không còn bước nào để hoàn tác.", "Xem Thùng rác nếu tìm thứ đã xóa.")
        return self._turn_back(change, "undo")

    def redo(self) -> frozenset[str]:
        """Do again what was undone last and return the tables it touched. Raises KnownError when there is none."""
        with self.reading() as connection:
            change = history.next_redo(connection)
        if change is None:
            raise KnownError(
                "Không còn bước nào để làm lại.", "Chỉ làm lại được bước vừa hoàn tác, khi chưa ghi gì mới sau đó."
            )
        return self._turn_back(change, "redo")

    def _turn_back(self, change: history.Change, kind: str) -> frozenset[str]:
        from kc_desktop.services import locks

        with self.reading() as connection:
            locks.refuse_turning_back(connection, change.id)
        with self._file.change(change.label, kind=kind, target=change.id) as change_id:
            history.apply_backwards(self._file.connection, change.id)
            touched = self._touched_by(change_id)
        self.last_touched = touched
        return touched

    def _touched_by(self, change_id: int) -> frozenset[str]:
        return history.touched_tables(self._file.connection, change_id)

    @property
    def revision(self) -> int:
        """A number that grows with every change."""
        with self.reading() as connection:
            return history.newest(connection)


_SUGGESTION_ORDER = {
    "meetings": "held_on",
    "appointments": "decided_on",
    "plans": "year",
    "admin-units": "kind",
    "legal-bases": "code",
}


def _in_words(users: tuple[tuple[str, int], ...]) -> str:
    tables = described_tables()
    return ", ".join(f"{number} {tables[table].singular if table in tables else table}" for table, number in users)
