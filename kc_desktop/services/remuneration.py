"""Thù lao: what each collaborator is due for each month, the payment list, and its one entry in the ledger."""

from __future__ import annotations

import calendar
import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kc_desktop.domain import terms
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.law import BaseSalary
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.network import (
    Remuneration,
    RemunerationLine,
    RemunerationList,
    RemunerationRule,
    month_words,
    monthly_pay,
)
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.text import person_sort_key
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import network
from kc_desktop.services.workspace import Workspace

_MOST_MONTHS = 24
TOLD = 3
"""Reasons told at once when a list is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPay:
    """What one month pays: the rule and base salary of that month, or the reason why nothing is due."""

    month: str
    amount_vnd: int = 0
    rule: RemunerationRule | None = None
    base_salary: BaseSalary | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPay:
    """One collaborator's months."""

    person: Person
    level: str
    months: tuple[MonthPay, ...]

    @property
    def total_vnd(self) -> int:
        """The sum of the months that are due."""
        return sum(each.amount_vnd for each in self.months)

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why months are not due, each reason once."""
        return tuple(dict.fromkeys(each.refusal for each in self.months if each.refusal))


def level_words(level: str) -> str:
    """Return a level in a sentence: "cấp xã"; what the label adds in brackets is left out."""
    label = describe(AppointmentMember).field("level").choice_label(level).partition(" (")[0]
    return f"{label[:1].lower()}{label[1:]}"


def months_of(first: str, last: str) -> tuple[str, ...]:
    """Return every month from the first to the last ("2024-05"). Raises FieldError for what is no span of months."""
    begin, end = _month("first_month", first), _month("last_month", last)
    if end < begin:
        raise FieldError("last_month", "Tháng cuối trước tháng đầu.", "Kiểm tra lại hai tháng.")
    count = (end.year - begin.year) * 12 + end.month - begin.month + 1
    if count > _MOST_MONTHS:
        raise FieldError("last_month", f"Một bảng nhiều nhất {_MOST_MONTHS} tháng.", "Lập thành nhiều bảng.")
    return tuple(
        f"{begin.year + (begin.month - 1 + each) // 12:04d}-{(begin.month - 1 + each) % 12 + 1:02d}"
        for each in range(count)
    )


def _month(field: str, text: str) -> date:
    try:
        year, month = text.strip().split("-")
        return date(int(year), int(month), 1)
    except ValueError:
        raise FieldError(field, f"“{text}” không phải tháng.", "Ghi năm và tháng có gạch nối, ví dụ 2024-05.") from None


def rule_of(rules: Iterable[RemunerationRule], level: str, on: date) -> RemunerationRule | None:
    """Return the rule of a level in force on a day, the last that began; None where no rule says anything."""
    fitting = [each for each in rules if each.level == level and _holds(each.valid_from, each.valid_to, on)]
    return max(fitting, key=lambda each: each.valid_from or date.min, default=None)


class _Law:
    """Rules, salaries, decisions and payments, read once for a whole list."""

    def __init__(self, workspace: Workspace) -> None:
        self.rules = workspace.all(RemunerationRule)
        self.salaries = workspace.all(BaseSalary)
        self.appointments = {each.id: each for each in workspace.all(Appointment)}
        self.district_end = network.district_end(workspace)
        self.paid: dict[tuple[int, str], set[int | None]] = {}
        for each in workspace.all(Remuneration):
            self.paid.setdefault((each.person_id, each.period), set()).add(each.list_id)

    def rule(self, level: str, on: date) -> RemunerationRule | None:
        return rule_of(self.rules, level, on)

    def salary(self, on: date) -> BaseSalary | None:
        known = [each for each in self.salaries if each.valid_from is not None and each.valid_from <= on]
        return max(known, key=lambda each: each.valid_from or date.min, default=None)


def _holds(first: date | None, last: date | None, on: date) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)


def propose(workspace: Workspace, first_month: str, last_month: str) -> tuple[PersonPay, ...]:
    """Return what every collaborator is due, by level and name; those with nothing due come last, with the reasons.

    Collaborators are those whose appointment holds in any of the months and those of the directory's group. A month
    counts when the appointment holds on any day of it; the base salary and the rule are those of its first day.
    """
    months = months_of(first_month, last_month)
    law = _Law(workspace)
    members: dict[int, list[AppointmentMember]] = {}
    for member in workspace.all(AppointmentMember):
        members.setdefault(member.person_id, []).append(member)
    people = {each.id: each for each in workspace.children(Person, group_code="collaborator")}
    appointed = {
        person_id
        for person_id, held in members.items()
        if any(_holds_in(law, each, month) for each in held for month in months)
    }
    people |= workspace.many(Person, appointed - set(people))
    found = [_person_pay(law, person, members.get(person.id, []), months) for person in people.values()]
    return tuple(sorted(found, key=_place))


def _place(pay: PersonPay) -> tuple[bool, int, str, int]:
    levels = [code for code, _label in describe(AppointmentMember).field("level").choices]
    return (not pay.total_vnd, levels.index(pay.level), person_sort_key(pay.person.name), pay.person.id)


def next_months(workspace: Workspace, year: int, *, today: date | None = None) -> tuple[str, str]:
    """Return the months a new list begins with: the quarter after what the year's lists hold, else its first.

    Year 0 stands for this year.
    """
    wanted = f"{year or (today or date.today()).year:04d}"
    listed = [each.last_month for each in workspace.all(RemunerationList) if each.last_month[:4] == wanted]
    first = min(int(max(listed)[5:]) + 1, 12) if listed else 1
    last = (first + 2) // 3 * 3
    return f"{wanted}-{first:02d}", f"{wanted}-{last:02d}"


def last_list(workspace: Workspace, year: int) -> RemunerationList | None:
    """Return the year's list of the latest months: the next one is mostly paid out of the same plan and programme."""
    listed = (each for each in workspace.all(RemunerationList) if each.last_month[:4] == f"{year:04d}")
    return max(listed, key=lambda each: (each.last_month, each.id), default=None)


def salaries_of(workspace: Workspace, months: Iterable[str]) -> dict[str, int]:
    """Return the base salary of each month; a month nothing is known of is left out."""
    law = _Law(workspace)
    found = {month: law.salary(_month("month", month)) for month in months}
    return {month: each.amount_vnd for month, each in found.items() if each is not None}


def pay_of(workspace: Workspace, person_id: int, month: str) -> MonthPay:
    """Return what one person is due for one month, or why nothing is."""
    (wanted,) = months_of(month, month)
    held = list(workspace.children(AppointmentMember, person_id=person_id))
    return _person_pay(_Law(workspace), workspace.get(Person, person_id), held, (wanted,)).months[0]


def _person_pay(law: _Law, person: Person, held: list[AppointmentMember], months: tuple[str, ...]) -> PersonPay:
    paid = tuple(_month_pay(law, person, held, month) for month in months)
    newest = max(held, key=lambda each: _decided(law, each), default=None)
    return PersonPay(person=person, level=newest.level if newest else "xa", months=paid)


def _decided(law: _Law, member: AppointmentMember) -> tuple[date, int]:
    appointment = law.appointments[member.appointment_id]
    return (appointment.valid_from or appointment.decided_on or date.min, member.id)


def _holds_in(law: _Law, member: AppointmentMember, month: str, *, ends_with_level: bool = True) -> bool:
    appointment = law.appointments.get(member.appointment_id)
    if appointment is None or appointment.state != "decided":
        return False
    first = _month("month", month)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    begins = terms.first_day(appointment) or date.min
    ends = terms.last_day(appointment, member, law.district_end if ends_with_level else None) or date.max
    return begins <= last and ends >= first


def _month_pay(law: _Law, person: Person, held: list[AppointmentMember], month: str) -> MonthPay:
    words = month_words(month)
    fitting = [each for each in held if _holds_in(law, each, month)]
    if not fitting:
        return MonthPay(month=month, refusal=_no_appointment(law, person, held, month))
    if (person.id, month) in law.paid:
        return MonthPay(month=month, refusal=f"{person.name} đã có trong bảng thù lao tháng {words}.")
    member = max(fitting, key=lambda each: _decided(law, each))
    on = _month("month", month)
    rule, salary = law.rule(member.level, on), law.salary(on)
    level = level_words(member.level)
    if rule is None:
        return MonthPay(
            month=month,
            refusal=f"Mức thù lao {level} tháng {words} chưa có: ghi ở Danh mục, Quy định, mức và thời hạn.",
        )
    if rule.kind == "coefficient" and salary is None:
        return MonthPay(
            month=month, refusal=f"Chưa có lương cơ sở cho tháng {words}: ghi ở Danh mục, Quy định, mức và thời hạn."
        )
    amount = monthly_pay(rule, salary.amount_vnd if salary else 0)
    return MonthPay(month=month, amount_vnd=amount, rule=rule, base_salary=salary)


def _no_appointment(law: _Law, person: Person, held: list[AppointmentMember], month: str) -> str:
    words = month_words(month)
    ended = [each for each in held if each.ended_on is not None]
    if ended:
        last = max(ended, key=lambda each: each.ended_on or date.min)
        assert last.ended_on is not None
        return f"{person.name} thôi làm cộng tác viên từ {format_date(last.ended_on)}, tháng {words} không được tính."
    decided = [each for each in held if law.appointments[each.appointment_id].state == "decided"]
    if not decided:
        return f"{person.name} chưa có quyết định công nhận cộng tác viên, tháng {words} không được tính."
    if law.district_end and any(_holds_in(law, each, month, ends_with_level=False) for each in decided):
        closed = f"Cấp huyện kết thúc ngày {format_date(law.district_end)}"
        return f"{closed}: {person.name} còn ghi cấp huyện, tháng {words} không được tính."
    return f"Quyết định công nhận {person.name} không có hiệu lực trong tháng {words}."


def make_list(workspace: Workspace, draft: RemunerationList, people: Iterable[int] | None = None) -> RemunerationList:
    """Keep a payment list with everything due in its months, of the people chosen or of all; one step of the history.

    Raises KnownError when nothing is due, with the reasons.
    """
    chosen = None if people is None else set(people)
    proposed = propose(workspace, draft.first_month, draft.last_month)
    due = [each for each in proposed if each.total_vnd and (chosen is None or each.person.id in chosen)]
    if not due:
        reasons = [reason for each in proposed for reason in each.refusals]
        raise KnownError(
            "Không có tháng nào được tính thù lao.", reasons[0] if reasons else "Kiểm tra quyết định công nhận."
        )
    with workspace.change(f"Lập {named(draft)}"):
        kept = workspace.save(draft)
        for each in due:
            for month in each.months:
                if month.amount_vnd:
                    workspace.save(_row(kept, each, month))
    return kept


def _row(kept: RemunerationList, pay: PersonPay, month: MonthPay) -> Remuneration:
    by_salary = month.rule is not None and month.rule.kind == "coefficient"
    return Remuneration(
        list_id=kept.id,
        person_id=pay.person.id,
        period=month.month,
        level=month.rule.level if month.rule else pay.level,
        coefficient=month.rule.coefficient if by_salary and month.rule else None,
        base_salary_vnd=month.base_salary.amount_vnd if by_salary and month.base_salary else None,
        amount_vnd=month.amount_vnd,
    )


def lines_of(workspace: Workspace, list_id: int) -> tuple[RemunerationLine, ...]:
    """Return the rows of a payment list by level and name: months that are paid alike stand together."""
    rows = workspace.children(Remuneration, list_id=list_id)
    people = workspace.many(Person, {each.person_id for each in rows})
    alike: dict[tuple[object, ...], list[Remuneration]] = {}
    for row in sorted(rows, key=lambda each: (each.period, each.id)):
        key = (row.person_id, row.level, row.coefficient, row.base_salary_vnd, row.amount_vnd)
        alike.setdefault(key, []).append(row)
    found = [
        RemunerationLine(
            person=people[same[0].person_id],
            level=same[0].level,
            months=tuple(each.period for each in same),
            coefficient=same[0].coefficient,
            base_salary_vnd=same[0].base_salary_vnd,
            monthly_vnd=same[0].amount_vnd,
        )
        for same in alike.values()
    ]
    levels = [code for code, _label in describe(Remuneration).field("level").choices]
    first = {
        each.person_id: min(levels.index(row.level) for row in rows if row.person_id == each.person_id) for each in rows
    }
    return tuple(
        sorted(
            found,
            key=lambda each: (first[each.person.id], person_sort_key(each.person.name), each.person.id, each.months),
        )
    )


def named(listed: RemunerationList) -> str:
    """Return a list's name in a sentence: "bảng thù lao quý II/2023"."""
    name = listed.name
    return f"{name[:1].lower()}{name[1:]}" if name.casefold().startswith("bảng") else f"bảng thù lao {name}"


def total_vnd(workspace: Workspace, list_id: int) -> int:
    """Return the sum of a payment list."""
    return sum(each.amount_vnd for each in workspace.children(Remuneration, list_id=list_id))


def standing_entry(workspace: Workspace, listed: RemunerationList) -> FundEntry | None:
    """Return the entry a list is booked by, None when it is not booked or the entry was reversed."""
    entry = workspace.find(FundEntry, listed.fund_entry_id)
    if entry is None or workspace.children(FundEntry, reverses_id=entry.id):
        return None
    return entry


def book(
    workspace: Workspace, list_id: int, *, on: date, document: str = "", goes_to: Mapping[str, Any] | None = None
) -> FundEntry:
    """Book a payment list as one payment; its rows count as paid on that day. One step of the history.

    `goes_to` says anew which plan, programme and project it is paid from, by the names of the list's fields.

    Raises FieldError for a list that has no plan to be paid from, KnownError for one that is booked already or has
    somebody in it whose appointment does not hold in a month, or who is paid for a month by another list, too.
    """
    listed = workspace.get(RemunerationList, list_id)
    listed = dataclasses.replace(listed, document=document or listed.document, **(goes_to or {}))
    if standing_entry(workspace, listed) is not None:
        raise KnownError("Bảng thù lao này đã ghi vào sổ kinh phí.", "Ghi sai thì đảo bút toán rồi ghi lại.")
    if not listed.plan_id:
        raise FieldError("plan_id", "Chưa chọn kế hoạch năm để chi.", "Chọn kế hoạch năm ở bảng thù lao.")
    rows = workspace.children(Remuneration, list_id=list_id)
    refused = refusals(workspace, list_id)
    if refused:
        raise KnownError(" ".join(refused[:TOLD]), "Sửa quyết định công nhận, hoặc xóa bảng này rồi lập lại.")
    amount = sum(each.amount_vnd for each in rows)
    people = len({each.person_id for each in rows})
    with workspace.change(f"Chi {format_vnd(amount)} đồng cho {named(listed)}"):
        entry = workspace.save(
            FundEntry(
                happened_on=on,
                kind="payment",
                plan_id=listed.plan_id,
                programme_id=listed.programme_id,
                project_id=listed.project_id,
                amount_vnd=amount,
                document=listed.document,
                payee=f"Cộng tác viên khuyến công ({people} người)",
                note=listed.name,
            )
        )
        for row in rows:
            workspace.save(dataclasses.replace(row, paid_on=on, fund_entry_id=entry.id))
        workspace.save(dataclasses.replace(listed, paid_on=on, fund_entry_id=entry.id))
    return entry


def refusals(workspace: Workspace, list_id: int) -> tuple[str, ...]:
    """Return why a list cannot be booked: whose appointment does not hold in a month, who stands in another list."""
    law = _Law(workspace)
    rows = workspace.children(Remuneration, list_id=list_id)
    people = workspace.many(Person, {each.person_id for each in rows})
    members: dict[int, list[AppointmentMember]] = {}
    for member in workspace.all(AppointmentMember):
        members.setdefault(member.person_id, []).append(member)
    found = [] if rows else ["Bảng thù lao chưa có người nào."]
    for row in rows:
        person, held, words = people[row.person_id], members.get(row.person_id, []), month_words(row.period)
        if not any(_holds_in(law, each, row.period) for each in held):
            found.append(_no_appointment(law, person, held, row.period))
        others = law.paid[row.person_id, row.period] - {list_id}
        if others:
            found.append(f"{person.name} có tên ở bảng thù lao khác của tháng {words}.")
    return tuple(dict.fromkeys(found))
