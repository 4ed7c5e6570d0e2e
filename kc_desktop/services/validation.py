"""What may be kept: every value cleaned, checked and, where it cannot be, refused in words at its field."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar

from kc_desktop.domain import dates, identifiers, text
from kc_desktop.domain.directory import Disclosure, PersonContact
from kc_desktop.domain.fields import Field, Kind, Record, Value, describe, describe_table, described_tables
from kc_desktop.domain.funding import FundEntry, PeriodLock, StatementLine
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.network import Remuneration, RemunerationList
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.domain.people import Appointment
from kc_desktop.domain.programme import AnnualPlan, Programme, Target
from kc_desktop.domain.project import EstimateLine, Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.storage import ledger, records
from kc_desktop.storage import plan as plans

R = TypeVar("R", bound=Record)

MAX_AMOUNT_VND = 10**15
FIRST_YEAR, LAST_YEAR = 1990, 2100
_LONGEST_LINE = 500
_MOST, _DECIMALS = 10**12, 6
_LIMITS = {
    "birth_year": (dates.FIRST_YEAR, dates.LAST_YEAR),
    "month": (1, 12),
    "day_of_month": (1, 31),
    "quarter": (1, 4),
    "quorum_percent": (1, 100),
    **dict.fromkeys(("workers", "workers_before", "workers_after", "planned_minutes"), (0, 10**9)),
    **dict.fromkeys(("planned_from", "planned_to"), (0, 10**12)),
}
"""The first and last value of whole numbers that stand for something countable."""
_YEAR_FIELDS = frozenset({"year", "end_year", "first_year", "last_year"})
_TIME_FIELDS = frozenset({"starts_at", "ends_at", "said_at"})
_MONTH_FIELDS = frozenset({"period"})

_IDENTIFIERS: dict[str, Callable[[str], str]] = {
    "tax_code": identifiers.check_tax_code,
    "citizen_id": identifiers.check_citizen_id,
    "phone": identifiers.check_phone,
    "email": identifiers.check_email,
}


def checked(record: R) -> R:
    """Return the record with every value clean. Raises FieldError for the first value that cannot be kept."""
    other: dict[str, Value] = {}
    for spec in describe(type(record)).fields:
        value = getattr(record, spec.name)
        clean = _checked(spec, value)
        if clean is not value and clean != value:
            other[spec.name] = clean
    if other:
        record = dataclasses.replace(record, **other)  # type: ignore[type-var]  # records are dataclasses
    return _held_together(record)


def checked_new(cls: type[R], record_id: int, told: Mapping[str, Value]) -> R:
    """Return a new record of what is told, every value clean; what is told empty, or not, is as its class begins.

    Raises FieldError for a value that cannot be kept, as `checked` does; what a class begins with needs no second look.
    """
    asked = _asked_of_new(cls)
    checks = asked.checks
    values = {name: checks[name](value) for name, value in told.items() if value is not None and value != ""}
    for name, default in asked.needed:
        if name not in values:
            values[name] = checks[name](default)
    record = cls(id=record_id, **values)  # type: ignore[call-arg]  # every record has an id of its own
    return _held_together(record) if asked.holds_together else record


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """How new records of a class are checked: each field's check, and what of the class's own beginnings is refused."""

    checks: dict[str, Callable[[Any], Any]]
    needed: tuple[tuple[str, Any], ...]
    holds_together: bool


@cache
def _asked_of_new(cls: type[Any]) -> _Asked:
    """Return how new records of a class are checked."""
    specs = describe(cls).fields
    began = {each.name: each.default for each in dataclasses.fields(cls)}
    return _Asked(
        checks={spec.name: _quick_check(spec) for spec in specs},
        needed=tuple((spec.name, began[spec.name]) for spec in specs if not _may_be_kept(spec, began[spec.name])),
        holds_together=cls in _HELD_TOGETHER or bool(_spans_of(describe(cls).table)),
    )


def _quick_check(spec: Field) -> Callable[[Any], Any]:
    """Return `_checked` of a field, in fewer steps for the values that nearly all are; the others take its own road."""
    slow = partial(_checked, spec)
    if spec.kind is Kind.INTEGER:
        limits = [(-(10**9), 10**12), _LIMITS.get(spec.name, (-(10**9), 10**12))]
        limits += [(FIRST_YEAR, LAST_YEAR)] if spec.name in _YEAR_FIELDS else []
        first, last = max(each[0] for each in limits), min(each[1] for each in limits)
        return lambda value: value if type(value) is int and first <= value <= last else slow(value)
    if spec.kind is Kind.CHOICE:
        codes = frozenset(code for code, _label in spec.choices if code)
        return lambda value: value if type(value) is str and value in codes else slow(value)
    if spec.kind is not Kind.LINE or spec.name in _TIME_FIELDS | _MONTH_FIELDS:
        return slow
    identify = _IDENTIFIERS.get(spec.check)

    def line(value: Any) -> Any:
        if type(value) is not str:
            return slow(value)
        clean = text.clean_line(value)
        if not 0 < len(clean) <= _LONGEST_LINE:
            return slow(value)
        try:
            return clean if identify is None else identify(clean)
        except identifiers.IdentifierError:
            return slow(value)

    return line


def _may_be_kept(spec: Field, value: Any) -> bool:
    try:
        return bool(_checked(spec, value) == value)
    except FieldError:
        return False


def _held_together(clean: R) -> R:
    if isinstance(clean, PersonContact) and clean.kind in _IDENTIFIERS:  # a phone's rule is not an address's
        spec = dataclasses.replace(describe(PersonContact).field("value"), check=clean.kind)
        clean = dataclasses.replace(clean, value=str(_checked(spec, clean.value)))
    _check_together(clean)
    return clean


def _checked(spec: Field, value: Value) -> Value:
    if (value is None or value == "") and not spec.required and spec.kind is not Kind.CHOICE:
        return value
    if isinstance(value, str):
        value = _checked_text(spec, value)
    if (spec.required and value in ("", None)) or (spec.required and spec.kind is Kind.LINK and not value):
        raise FieldError(spec.name, f"Chưa có {spec.label}.", "Nhập ô này rồi lưu lại.")
    if isinstance(value, int) and not isinstance(value, bool):
        _check_number(spec, value)
    if isinstance(value, Decimal):
        _check_decimal(spec, value)
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise FieldError(
            spec.name, f"{spec.label}: năm {value.year} không hợp lý.", f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}."
        )
    return value


def _checked_text(spec: Field, value: str) -> str:
    clean = text.clean_text(value) if spec.kind is Kind.TEXT else text.clean_line(value)
    if spec.kind is Kind.CHOICE and clean not in dict(spec.choices):
        raise FieldError(spec.name, f"Chưa chọn {spec.label}.", "Chọn một giá trị trong danh sách.")
    if spec.kind is Kind.LINE and len(clean) > _LONGEST_LINE:
        raise FieldError(
            spec.name, f"{spec.label} dài quá {_LONGEST_LINE} chữ.", "Rút ngắn, phần còn lại ghi vào Ghi chú."
        )
    if clean and spec.check:
        try:
            return _IDENTIFIERS[spec.check](clean)
        except identifiers.IdentifierError as error:
            raise _refused(spec, error) from error
    if clean and spec.name in _TIME_FIELDS:
        try:
            return dates.clock(dates.parse_time(clean))
        except dates.DateError as error:
            raise _refused(spec, error) from error
    if clean and spec.name in _MONTH_FIELDS:
        return _month(spec, clean)
    return clean


def _month(spec: Field, typed: str) -> str:
    from kc_desktop.services.deadlines import month_code

    code = month_code(typed)
    if not code or not FIRST_YEAR <= int(code[:4]) <= LAST_YEAR:
        raise FieldError(spec.name, f"“{typed}” không phải tháng.", "Ghi tháng và năm, ví dụ 4/2023.")
    return code


def _refused(spec: Field, error: ValueError) -> FieldError:
    """Tell what the domain refuses: the last of its sentences says what is allowed."""
    message, _, rule = str(error).rpartition(". ")
    return FieldError(spec.name, f"{message}.", rule)


def _check_number(spec: Field, value: int) -> None:
    if spec.kind is Kind.MONEY and not 0 <= value <= MAX_AMOUNT_VND:
        raise FieldError(
            spec.name, f"{spec.label}: số tiền phải từ 0 đến một triệu tỷ đồng.", "Kiểm tra lại số tiền vừa nhập."
        )
    if spec.kind is Kind.INTEGER and not -(10**9) <= value <= 10**12:
        raise FieldError(spec.name, f"{spec.label}: số quá lớn hoặc quá nhỏ.", "Kiểm tra lại số vừa nhập.")
    first, last = _LIMITS.get(spec.name, (value, value))
    if not first <= value <= last:
        raise FieldError(spec.name, f"{spec.label} phải từ {first} đến {last}.", "Kiểm tra lại số vừa nhập.")
    if spec.name in _YEAR_FIELDS and not FIRST_YEAR <= value <= LAST_YEAR:
        raise FieldError(spec.name, f"{spec.label} phải từ {FIRST_YEAR} đến {LAST_YEAR}.", "Nhập năm bốn chữ số.")


def _check_decimal(spec: Field, value: Decimal) -> None:
    if not value.is_finite() or not 0 <= value <= _MOST or value != round(value, _DECIMALS):
        raise FieldError(
            spec.name,
            f"{spec.label} phải là số từ 0 đến một nghìn tỷ, nhiều nhất {_DECIMALS} chữ số thập phân.",
            "Kiểm tra lại số vừa nhập.",
        )


_HELD_TOGETHER = frozenset({PersonContact, EstimateLine, Appointment, Target, FundEntry, Meeting})
"""Records of which several fields must hold together, besides those with spans of time."""


def _check_together(record: Any) -> None:
    """Check what several fields must hold together."""
    match record:
        case EstimateLine():
            parts = record.support_vnd + record.own_vnd + record.other_vnd
            if record.total_vnd != parts:
                raise FieldError(
                    "total_vnd",
                    "Tổng kinh phí phải bằng khuyến công hỗ trợ + đơn vị thụ hưởng + nguồn khác.",
                    "Sửa một trong bốn số cho khớp.",
                )
        case Appointment():
            if record.state == "decided" and not record.number:
                raise FieldError(
                    "number", "Chưa có Số quyết định.", "Ghi số quyết định, hoặc chọn Tình trạng Đang đề nghị."
                )
        case Target():
            if record.planned_from > record.planned_to:
                raise FieldError(
                    "planned_to",
                    "Kế hoạch đến phải bằng hoặc lớn hơn kế hoạch từ.",
                    "Kế hoạch chỉ có một số thì ghi hai ô bằng nhau.",
                )
        case FundEntry():
            if record.amount_vnd <= 0:
                raise FieldError("amount_vnd", "Số tiền phải lớn hơn 0.", "Ghi sai thì dùng Đảo bút toán.")
            if record.kind == "reversal" and record.reverses_id is None:
                raise FieldError("kind", "Đảo bút toán phải bắt đầu từ bút toán bị đảo.", "Chọn bút toán rồi bấm Đảo.")
        case Meeting():
            if not record.ended_on and record.starts_at and record.ends_at and record.ends_at < record.starts_at:
                raise FieldError(
                    "ends_at", "Giờ kết thúc trước giờ bắt đầu.", "Họp qua ngày thì ghi thêm Ngày kết thúc."
                )
            if record.ended_on and record.held_on and record.ended_on < record.held_on:
                raise FieldError(
                    "ended_on", "Ngày kết thúc trước ngày họp.", "Kiểm tra lại hai ngày; họp trong ngày thì để trống."
                )
    _check_spans(record)


_SPANS = (("valid_from", "valid_to"), ("starts_on", "ends_on"), ("first_year", "last_year"), ("year", "end_year"))


@cache
def _spans_of(table: str) -> tuple[tuple[str, str], ...]:
    names = {each.name for each in describe_table(table).fields}
    return tuple(each for each in _SPANS if names.issuperset(each))


def _check_spans(record: Any) -> None:
    for first, last in _spans_of(describe(type(record)).table):
        start, end = getattr(record, first), getattr(record, last)
        if start is not None and end is not None and end < start:
            label = describe(type(record)).field(last).label
            raise FieldError(last, f"{label}: trước thời điểm bắt đầu.", "Kiểm tra lại hai ngày.")


_DISCLOSED = "Nhật ký xem dữ liệu bảo vệ chỉ ghi thêm, không sửa, không xóa."
_DISCLOSED_REMEDY = "Cần ghi rõ hơn thì xem lại với mục đích đúng; cả hai lần đều còn."


def check_against_file(connection: sqlite3.Connection, record: Any) -> None:
    """Check what only the rest of the file can tell. Raises FieldError or KnownError."""
    if describe(type(record)).table in _MEETING_TABLES:
        from kc_desktop.services import closed_meetings

        closed_meetings.check(connection, record)
    match record:
        case AnnualPlan():
            _check_plan(connection, record)
        case FundEntry():
            _check_entry(connection, record)
        case PeriodLock():
            from kc_desktop.services import locks

            locks.check_lock(connection, record)
        case PaperRecord():
            _check_paper(connection, record)
        case Disclosure() if record.id:
            raise KnownError(_DISCLOSED, _DISCLOSED_REMEDY)
        case RemunerationList() | Remuneration():
            from kc_desktop.services import remuneration_locks

            remuneration_locks.check(connection, record)
        case StatementLine():
            if record.fund_entry_id and ledger.is_matched_elsewhere(connection, record.fund_entry_id, record.id):
                raise FieldError(
                    "fund_entry_id", "Bút toán này đã khớp với dòng sao kê khác.", "Bỏ khớp ở dòng kia trước."
                )


_MEETING_TABLES = frozenset(
    {
        *("meeting", "agenda_item", "attendee", "entry", "conclusion", "task", "petition"),
        *("meeting_party", "vote_item", "ballot", "council_decision", "meeting_version"),
    }
)
"""A meeting and its parts: what closing the minutes locks."""


def _check_plan(connection: sqlite3.Connection, plan: AnnualPlan) -> None:
    if plans.is_taken(connection, plan):
        raise FieldError("year", f"Đã có kế hoạch năm {plan.year} của nguồn này.", "Mở kế hoạch đã có để sửa.")
    kept = records.fetch(connection, AnnualPlan, plan.id) if plan.id else None
    if kept is None or not ledger.has_entries(connection, plan.id):
        return
    for name in ("year", "source"):
        if getattr(kept, name) != getattr(plan, name):
            label = describe(AnnualPlan).field(name).label
            raise FieldError(name, f"Kế hoạch đã có bút toán nên không đổi {label} được.", "Mở kế hoạch khác để ghi.")


REGISTER_FIELDS = frozenset({"kept_by", "copies", "sent_on", "receipt", "note"})
"""What the clerk still fills in once a paper is issued: the last columns of the register."""


def _check_paper(connection: sqlite3.Connection, paper: PaperRecord) -> None:
    if paper.state == "issued" and not paper.sha256 and not paper.is_entered:
        raise KnownError(
            "Văn bản chưa được ban hành.", "Bấm Ghi số, ban hành ở bản xem trước, hoặc ở sổ văn bản đi (Danh mục)."
        )
    kept = records.fetch(connection, PaperRecord, paper.id) if paper.id else None
    if kept is None or kept.state in ("draft", "reserved") or (kept.is_entered and kept.state == "issued"):
        return
    names = (each.name for each in describe(PaperRecord).fields)
    changed = {name for name in names if getattr(kept, name) != getattr(paper, name)}
    is_ending = kept.state == "issued" and paper.state in ("replaced", "cancelled")
    if changed - REGISTER_FIELDS - ({"state", "reason"} if is_ending else set()):
        raise KnownError(
            "Văn bản đã ban hành nên không sửa được.",
            "Sai nội dung thì lập bản thay thế; không dùng thì hủy số.",
        )


def _check_entry(connection: sqlite3.Connection, entry: FundEntry) -> None:
    from kc_desktop.services import locks

    if entry.id:
        raise KnownError("Bút toán đã ghi thì không sửa được.", "Bấm Đảo bút toán và ghi lý do, rồi ghi bút toán đúng.")
    locks.check_entry(connection, entry)
    wrong = records.fetch(connection, FundEntry, entry.reverses_id) if entry.reverses_id else None
    if wrong is None:
        _check_source(connection, entry)
        return
    if wrong.kind == "reversal":
        raise KnownError("Đây đã là bút toán đảo.", "Ghi lại bút toán đúng thay vì đảo lần nữa.")
    if ledger.is_reversed(connection, wrong.id):
        raise KnownError("Bút toán này đã được đảo.", "Xem bút toán đảo trong sổ.")
    for name in ("amount_vnd", "plan_id", "programme_id", "project_id"):
        if getattr(entry, name) != getattr(wrong, name):
            label = describe(FundEntry).field(name).label
            raise FieldError(name, f"Bút toán đảo phải cùng {label} với bút toán bị đảo.", "Chọn bút toán rồi bấm Đảo.")


def _check_source(connection: sqlite3.Connection, entry: FundEntry) -> None:
    """Check that what a new entry is for is of its plan's source: else its money would count where it is not."""
    plan = records.fetch(connection, AnnualPlan, entry.plan_id)
    project = records.fetch(connection, Project, entry.project_id) if entry.project_id else None
    programme = records.fetch(connection, Programme, entry.programme_id) if entry.programme_id else None
    for name, of in (("project_id", project), ("programme_id", programme)):
        if plan is not None and of is not None and of.source != plan.source:
            label = describe(FundEntry).field(name).label
            sources = describe(AnnualPlan).field("source")
            theirs, ours = sources.choice_label(of.source), sources.choice_label(plan.source)
            raise FieldError(
                name,
                f"{label} thuộc nguồn {theirs}, kế hoạch năm đã chọn thuộc nguồn {ours}.",
                "Chọn kế hoạch năm của đúng nguồn, hoặc chọn lại ô này.",
            )


def at_its_field(connection: sqlite3.Connection, record: Record, error: KnownError) -> KnownError:
    """Return what the file refused about a record, told at its field where it is a link or a value taken already."""
    cause, described = error.__cause__, describe(type(record))
    if not isinstance(cause, sqlite3.IntegrityError):
        return error
    if cause.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        for spec in described.fields:
            linked, value = described_tables().get(spec.target), getattr(record, spec.name)
            if linked and value and records.fetch(connection, linked.cls, value) is None:
                if spec.required:  # what the record is a part of has no field to go back to
                    message = f"Chưa lưu được {described.singular}: {linked.singular} của nó không còn trong tệp."
                    return KnownError(message, "Bấm Nạp để xem danh sách mới, hoặc tìm trong Thùng rác.")
                message = f"{spec.label}: {linked.singular} đã chọn không còn trong tệp."
                return FieldError(spec.name, message, "Chọn lại ô này rồi lưu.")
    if cause.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:
        taken = {each.rpartition(".")[2] for each in str(cause).rpartition(": ")[2].split(", ")}
        alike = [spec for spec in described.fields if spec.name in taken]
        if alike:
            labels = ", ".join(spec.label for spec in alike)
            message = f"Đã có {described.singular} khác cùng {labels}."
            return FieldError(alike[-1].name, message, "Mở bản ghi đã có để sửa, hoặc chọn giá trị khác.")
    return error


def refuse_deleting(connection: sqlite3.Connection, record: Any) -> None:
    """Refuse to delete what the ledger or closed minutes must keep. Raises KnownError."""
    if describe(type(record)).table in _MEETING_TABLES:
        from kc_desktop.services import closed_meetings

        closed_meetings.refuse_deleting(connection, record)
    if isinstance(record, PeriodLock):
        raise KnownError("Lần khóa, mở khóa đã ghi thì không xóa được.", "Khóa hoặc mở khóa lần nữa ở thẻ Kinh phí.")
    if isinstance(record, Disclosure):
        raise KnownError(_DISCLOSED, _DISCLOSED_REMEDY)
    if isinstance(record, RemunerationList | Remuneration):
        from kc_desktop.services import remuneration_locks

        remuneration_locks.refuse_deleting(connection, record)
    if isinstance(record, PaperRecord) and record.state != "draft":
        raise KnownError("Số văn bản đã vào sổ thì không xóa được.", "Bấm Hủy số và ghi lý do; số vẫn còn trong sổ.")
    if isinstance(record, FundEntry):
        raise KnownError(
            "Bút toán đã ghi thì không xóa được.", "Bấm Đảo bút toán và ghi lý do; cả hai vẫn còn trong sổ."
        )
