"""How what a search found is told: its kind, a title with the words found in it, what tells it from others, where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from kc_desktop.domain import money
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe, describe_table
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.identifiers import mask_tax_code
from kc_desktop.domain.law import certainty_words
from kc_desktop.domain.matching import Marked, marked
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.paper import Attachment, PaperRecord
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan, Programme
from kc_desktop.domain.project import Project
from kc_desktop.domain.text import Query
from kc_desktop.services import guide, naming
from kc_desktop.services.finding_sources import LINES, law_title
from kc_desktop.services.found import (
    Asked,
    CommandPlace,
    GuidePlace,
    Hit,
    Item,
    LinePlace,
    RecordPlace,
)
from kc_desktop.services.lists import LAW_LISTS, title_of
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage.listings import LISTINGS

_LONGEST_TITLE: Final = 100
_LONGEST_SECOND: Final = 110
_OPENED: Final = frozenset(
    {"projects", "people", "collaborators", "meetings", "register", "establishments", "programmes", "fund-entries"}
    | {"appointments", "plans", "meeting-templates", "phrases", "admin-units", *LAW_LISTS}
)
"""The lists whose records are found and opened again."""
_OWNERS: Final = {"meeting": "meetings", "project": "projects", "paper": "register", "person": "people"}
_LINE_OF: Final = {
    "entry": ("Ý kiến", "speaker_id"),
    "conclusion": ("Kết luận", "owner_id"),
    "task": ("Việc", "owner_id"),
    "petition": ("Kiến nghị", "asked_by_id"),
}
_KINDS: Final = {"person": "Người", "establishment": "Cơ sở CNNT", "appointment_member": "Cộng tác viên"}


def list_of(table: str) -> str:
    """Return the key of the list that opens the records of a table, "" for a table whose records are not found."""
    return next((key for key in sorted(_OPENED) if LISTINGS[key].table == table), "")


Told = tuple[str, str, tuple[int, int] | None]
"""Title, what tells a record from others, its years."""


class Words:
    """Tells what was found in one file."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of_items(self, group: str, items: Sequence[Item], asked: Asked) -> tuple[Hit, ...]:
        """Return the rows of a group in their order; what is gone meanwhile is left out."""
        if group == "commands":
            return tuple(self._command(each, asked) for each in items)
        if group == "guide":
            return tuple(self._heading(each, asked) for each in items)
        by_place = {
            (where, hit_id): hit
            for where in dict.fromkeys(each.where for each in items)
            for hit_id, hit in self._hits(where, [each.row.id for each in items if each.where == where], asked.query)
        }
        return tuple(by_place[each.where, each.row.id] for each in items if (each.where, each.row.id) in by_place)

    def of_records(self, key: str, ids: Sequence[int], query: Query | None) -> tuple[Hit, ...]:
        """Return the records of a list, without those that are gone; () for a list that is not searched."""
        return tuple(hit for _id, hit in self._hits(key, ids, query)) if key in _OPENED else ()

    def _hits(self, where: str, ids: Sequence[int], query: Query | None) -> Iterable[tuple[int, Hit]]:
        if where in LINES:
            return self._lines(where, ids, query)
        if where == "attachment":
            return self._attachments(ids, query)
        return self._records(where, ids, query)

    def _records(self, key: str, ids: Sequence[int], query: Query | None) -> Iterable[tuple[int, Hit]]:
        described = describe_table(LISTINGS[key].table)
        found = self._workspace.many(described.cls, set(ids))
        for record_id in ids:
            if record_id in found:
                title, second, years = self._told(key, found[record_id])
                kind = _KINDS.get(described.table, _upper(described.singular))
                place = RecordPlace(key=key, id=record_id, years=years)
                yield record_id, _hit(kind, title, second, place, query)

    def _lines(self, table: str, ids: Sequence[int], query: Query | None) -> Iterable[tuple[int, Hit]]:
        kind, person_field = _LINE_OF[table]
        lines = self._workspace.many(describe_table(table).cls, set(ids))
        meetings = self._workspace.many(Meeting, {each.meeting_id for each in lines.values()})
        people = self._workspace.many(Person, {getattr(each, person_field) or 0 for each in lines.values()})
        for line_id in ids:
            line = lines.get(line_id)
            meeting = meetings.get(line.meeting_id) if line is not None else None
            if line is None or meeting is None or meeting.held_on is None:
                continue
            person = people.get(getattr(line, person_field) or 0)
            words = "\n".join(each for each in (line.body, getattr(line, "answer", ""), getattr(line, "result", "")))
            day = meeting.held_on
            second = _joined(person.name if person else "", f"Họp {format_date(day)}", meeting.title)
            place = LinePlace(meeting_id=meeting.id, table=table, id=line_id, years=(day.year, day.year))
            yield line_id, _hit(kind, words, second, place, query)

    def _attachments(self, ids: Sequence[int], query: Query | None) -> Iterable[tuple[int, Hit]]:
        files = self._workspace.many(Attachment, set(ids))
        for file_id in ids:
            file = files.get(file_id)
            key = _OWNERS.get(file.owner_table, "") if file is not None else ""
            if file is None or not key:
                continue
            described = describe_table(file.owner_table)
            owner = self._workspace.find(described.cls, file.owner_id)
            if owner is None:
                continue
            title, _second, years = self._told(key, owner)
            second = f"{_upper(described.singular)} {title}"
            place = RecordPlace(key=key, id=file.owner_id, years=years)
            yield file_id, _hit("Tệp đính kèm", file.name, second, place, query)

    def _command(self, item: Item, asked: Asked) -> Hit:
        command = asked.commands[item.row.id]
        place = CommandPlace(place=item.row.id)
        return Hit(
            kind="Lệnh",
            title=marked(asked.query, command.name),
            second=Marked(text=command.missing),
            aside=_joined(command.menu, command.keys),
            place=place,
            is_off=bool(command.missing),
        )

    def _heading(self, item: Item, asked: Asked) -> Hit:
        heading = guide.headings()[item.row.id]
        place = GuidePlace(page=heading.page, anchor=heading.anchor)
        is_page = not heading.anchor and not heading.section
        second = _joined(*dict.fromkeys(("" if is_page else heading.page_title, heading.section)))
        return _hit("Hướng dẫn", heading.title, second, place, asked.query)

    def _told(self, key: str, record: Any) -> Told:
        """Return title, second line and years of a record."""
        tell = _TELL.get(type(record))
        if tell is not None:
            told: Told = tell(self._workspace, record)
            return told
        if key in LAW_LISTS:
            return law_title(self._workspace, record), _joined(*_validity(record)), None
        if key == "phrases":
            return record.name, record.body, None
        if key == "meeting-templates":
            return record.name, _joined(record.title, record.agenda), None
        title = naming.title_of_record(self._workspace.title_of, record)
        return title, title_of(key), None


def _hit(kind: str, title: str, second: str, place: Any, query: Query | None) -> Hit:
    return Hit(
        kind=kind,
        title=marked(query, title, _LONGEST_TITLE),
        second=marked(query, second, _LONGEST_SECOND) if second else Marked(text=""),
        place=place,
    )


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _label(record: Any, name: str) -> str:
    value = getattr(record, name)
    return describe(type(record)).field(name).choice_label(value) if value else ""


def _validity(record: Any) -> tuple[str, ...]:
    """Return the source of a row of law, since and until when it is in force, and that it was not verified."""
    since, until = getattr(record, "valid_from", None), getattr(record, "valid_to", None)
    return (
        getattr(record, "citation", ""),
        f"từ {format_date(since)}" if since else "",
        f"đến {format_date(until)}" if until else "",
        certainty_words(record) if hasattr(record, "certainty") else "",
    )


def _project(_workspace: Workspace, record: Project) -> Told:
    last = record.end_year or record.year
    years = str(record.year) if last == record.year else f"{record.year}–{last}"
    title = f"{record.code} – {record.name}" if record.code else record.name
    return title, _joined(f"Năm {years}", _label(record, "state"), record.place), (record.year, last)


def _person(_workspace: Workspace, record: Person) -> Told:
    return record.name, _joined(record.post, record.organisation, record.phone), None


def _member(workspace: Workspace, record: AppointmentMember) -> Told:
    decision = workspace.find(Appointment, record.appointment_id) or Appointment()
    first, last = decision.valid_from or decision.decided_on, record.ended_on or decision.valid_to
    term = "–".join(format_date(each) for each in (first, last) if each)
    number = f"Quyết định {decision.number}" if decision.number else "đang đề nghị"
    second = _joined(_label(record, "level"), record.area, number, term)
    years = (first.year if first else 0, last.year if last else 9999)
    return workspace.title_of("person", record.person_id), second, years


def _meeting(_workspace: Workspace, record: Meeting) -> Told:
    day = record.held_on
    second = _joined(format_date(day) if day else "", _label(record, "state"), record.place)
    return record.title, second, (day.year, day.year) if day else None


def _paper(_workspace: Workspace, record: PaperRecord) -> Told:
    dated = format_date(record.dated) if record.dated else f"Năm {record.year}"
    second = _joined(dated, _label(record, "state"), record.signer)
    return f"{record.mark} {record.subject}", second, (record.year, record.year)


def _establishment(_workspace: Workspace, record: Establishment) -> Told:
    code = record.tax_code if mask_tax_code(record.tax_code) == record.tax_code else ""
    second = _joined(_label(record, "kind"), record.address, code and f"MST {code}", record.phone, record.trade)
    return record.name, second, None


def _programme(_workspace: Workspace, record: Programme) -> Told:
    return record.name, _joined(f"Năm {record.year}", _label(record, "source")), (record.year, record.year)


def _fund_entry(workspace: Workspace, record: FundEntry) -> Told:
    day = record.happened_on
    plan = workspace.find(AnnualPlan, record.plan_id)
    amount = f"{money.format_vnd(record.amount_vnd)} đồng"
    title = " – ".join(each for each in (record.document, record.payee) if each) or naming.short(record.note)
    second = _joined(format_date(day) if day else "", _label(record, "kind"), amount, record.note if title else "")
    return title or amount, second, (plan.year, plan.year) if plan else None


def _appointment(workspace: Workspace, record: Appointment) -> Told:
    term = "–".join(format_date(each) for each in (record.valid_from, record.valid_to) if each)
    decided = f"ngày {format_date(record.decided_on)}" if record.decided_on else ""
    title = f"Quyết định {record.number}" if record.number else naming.title_of_record(workspace.title_of, record)
    return title, _joined("Công nhận cộng tác viên", decided, f"nhiệm kỳ {term}" if term else ""), None


def _plan(workspace: Workspace, record: AnnualPlan) -> Told:
    decided = f"ngày {format_date(record.decided_on)}" if record.decided_on else ""
    title = naming.title_of_record(workspace.title_of, record)
    return _joined(record.decision, f"Kế hoạch năm {title}"), decided, None


_TELL: Final[dict[type[Any], Any]] = {
    Project: _project,
    Person: _person,
    AppointmentMember: _member,
    Meeting: _meeting,
    PaperRecord: _paper,
    Establishment: _establishment,
    Programme: _programme,
    FundEntry: _fund_entry,
    Appointment: _appointment,
    AnnualPlan: _plan,
}
