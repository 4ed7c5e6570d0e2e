"""How records and values are named in sentences, links and the history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from kc_desktop.domain import dates, money
from kc_desktop.domain.fields import Field, Kind, Record, Value, describe, describe_table
from kc_desktop.domain.funding import FundEntry, PeriodLock
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.people import Appointment, AppointmentMember, MemberArea, Person
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.storage import records

TitleOf = Callable[[str, int | None], str]
"""Names the record of a table and id: `Workspace.title_of`."""

_LONGEST = 60


def short(words: str, longest: int = _LONGEST) -> str:
    """Return the first line of a text, cut at a word with "…" when it is longer than `longest` characters."""
    line = words.strip().split("\n", 1)[0].strip()
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def title_of_record(title_of: TitleOf, record: Record) -> str:
    """Return how a record is named in a sentence: "13/4/2023", "Hồ Trần Hồng Ân", "49/QĐ-SCT"."""
    match record:
        case Meeting(held_on=held_on) if held_on is not None:
            return f"{held_on.day}/{held_on.month}/{held_on.year}"
        case FundEntry():
            return f"{money.format_vnd(record.amount_vnd)} đồng"
        case AnnualPlan():
            return f"{record.year} ({describe(AnnualPlan).field('source').choice_label(record.source)})"
        case PeriodLock():
            return f"{'khóa' if record.is_locked else 'mở khóa'} quý {record.quarter}/{record.year}"
        case Appointment():
            year = f" năm {record.valid_from.year}" if record.valid_from else ""
            return record.number or f"đang đề nghị{year}"
        case MemberArea():
            return title_of("admin_unit", record.commune_id)
        case Attendee() | AppointmentMember():
            return title_of("person", record.person_id)
    if describe(type(record)).table == "base_salary":
        return _salary(record)
    if describe(type(record)).table == "remuneration_rule":
        return _pay(record)
    if describe(type(record)).table == "paper":
        return _paper(record)
    if describe(type(record)).table == "council_decision":
        return title_of("project", record.project_id)  # type: ignore[attr-defined]  # declared late, named by its table
    if describe(type(record)).table in ("collaborator_report", "evaluation"):
        return _of_somebody(title_of, record)
    if describe(type(record)).table == "report_reminder":
        return _reminder(record)
    for name in ("name", "title", "body", "content", "need", "code", "full_text", "period", "number"):
        value = getattr(record, name, None)
        if isinstance(value, str) and value:
            return short(value)
    return f"số {record.id}" if record.id else ""


def _pay(record: Any) -> str:
    level = describe(type(record)).field("level").choice_label(record.level)
    name = f"{level[:1].lower()}{level[1:]}"
    return f"{name} từ {dates.format_date(record.valid_from)}" if record.valid_from else name


def _salary(record: Any) -> str:
    amount = f"{money.format_vnd(record.amount_vnd)} đồng"
    return f"{amount} từ {dates.format_date(record.valid_from)}" if record.valid_from else amount


def _of_somebody(title_of: TitleOf, record: Any) -> str:
    """Name a report or an evaluation: "tháng 4/2023 của …", "năm 2023 của …"."""
    period = getattr(record, "period", "")
    when = f"năm {record.year}" if not period else f"tháng {period[5:].lstrip('0')}/{period[:4]}"
    return f"{when} của {title_of('person', record.person_id)}"


def _reminder(record: Any) -> str:
    return f"ngày {dates.format_date(record.reminded_on)}" if record.reminded_on else record.months


def _paper(record: Any) -> str:
    return record.mark if record.dated is None else f"{record.mark} ngày {dates.format_date(record.dated)}"


def suggestion(title_of: TitleOf, record: Record) -> str:
    """Return how a record is named in a list to pick from: enough to tell two of the same name apart."""
    title = title_of_record(title_of, record)
    if isinstance(record, Person):
        return " – ".join(part for part in (title, short(record.post, 40), short(record.organisation, 50)) if part)
    if isinstance(record, Meeting):
        return f"{title} – {short(record.title)}"
    if describe(type(record)).table == "norm":
        return _norm(title, record)
    return title


def _norm(title: str, record: Any) -> str:
    """Name a norm with what tells it from the same norm of another time or source."""
    since = f"từ {dates.format_date(record.valid_from)}" if record.valid_from else ""
    until = f"đến {dates.format_date(record.valid_to)}" if record.valid_to else ""
    scope = describe(type(record)).field("scope").choice_label(record.scope)
    return " – ".join(part for part in (title, scope, " ".join((since, until)).strip()) if part)


def title_of_stored(title_of: TitleOf, table: str, row: dict[str, Any]) -> str:
    """Return the name of a row as the history keeps it."""
    cls = describe_table(table).cls
    values = {
        spec.name: records.from_column(spec.kind, row[spec.name]) for spec in describe(cls).fields if spec.name in row
    }
    return title_of_record(title_of, cls(id=row["id"], **values))


def value_in_words(title_of: TitleOf, spec: Field, value: Value) -> str:
    """Return a field's value as people read it; a protected one stays hidden."""
    if value is None or value == "":
        return ""
    if spec.protected:
        return "••••••"
    if spec.check == "tax_code":  # a household's is a citizen id
        from kc_desktop.domain import identifiers  # the window's start does without it

        return identifiers.mask_tax_code(str(value))
    if isinstance(value, bool):
        return "có" if value else "không"
    if spec.kind is Kind.CHOICE:
        return spec.choice_label(str(value))
    if spec.kind is Kind.LINK and isinstance(value, int):
        return title_of(spec.target, value)
    if spec.kind is Kind.MONEY and isinstance(value, int):
        return money.format_vnd(value)
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, date):
        return dates.format_date(value)
    return str(value)
