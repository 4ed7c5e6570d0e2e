"""What a row of each kind of table becomes: which records it is about, and what it changes of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from kc_desktop.domain import identifiers
from kc_desktop.domain.dates import DateError, parse_date
from kc_desktop.domain.directory import PersonContact
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.errors import FieldError
from kc_desktop.services.import_matching import Known
from kc_desktop.services.import_plans import Draft, Plan
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import directory as stored

_DECISION: Final = re.compile(
    r"quyết định(?: số)?:?\s*([0-9]{1,6}[0-9A-Za-zĐđ/.-]*/[0-9A-Za-zĐđ/.-]+)(?:[\s,]*(?:ngày)?\s*"
    r"([0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4}))?",
    re.IGNORECASE,
)
_PHONES: Final = re.compile(r"[;,\n]|\s[-/]\s|/(?=\s*0)")


@dataclass(slots=True, kw_only=True)
class RowFacts:
    """What a row says: its values by name, the words of its group, the lines above the table, the unit of amounts.

    Nobody changes it; made for every row, it is not frozen, which would take twice as long.
    """

    values: Mapping[str, Any]
    group: str = ""
    titles: tuple[str, ...] = ()
    unit: int = 1


_ESTABLISHMENT_FIELDS: Final = frozenset(each.name for each in describe(Establishment).fields)
_PERSON_FIELDS: Final = frozenset(each.name for each in describe(Person).fields)


class Recipe(Protocol):
    """Turns rows into records."""

    def title(self, facts: RowFacts) -> str:
        """Return how the row is named to people."""

    def judge(self, facts: RowFacts, draft: Draft) -> None:
        """Stage what a row writes. Raises KnownError when it cannot be kept."""


def decision_in(titles: tuple[str, ...]) -> tuple[str, date | None]:
    """Return the number and the day of the decision that the lines over a list name; "" and None for none."""
    for line in titles:
        found = _DECISION.search(line)
        if found:
            try:
                return found[1], parse_date(found[2]) if found[2] else None
            except DateError:
                return found[1], None
    return "", None


class People:
    """Rows of people: the directory."""

    def __init__(self, workspace: Workspace, plan: Plan) -> None:
        self._plan = plan
        everyone = workspace.all(Person)
        with workspace.reading() as connection:
            self._contacts = stored.phones(connection, None) if everyone else {}
        self._values: dict[int, set[str]] = {}
        if everyone:
            for each in workspace.all(PersonContact):
                self._values.setdefault(each.person_id, set()).add(each.value)
        self._known = Known(Person, everyone, self._contacts)

    def title(self, facts: RowFacts) -> str:
        """Return the person's name."""
        return clean_line(str(facts.values.get("name", "")))

    def judge(self, facts: RowFacts, draft: Draft) -> None:
        """Stage the person."""
        self.person(facts, draft)

    def person(self, facts: RowFacts, draft: Draft, *, group_code: str = "", is_main: bool = True) -> Person:
        """Stage the person of a row and return it; a phone that obeys no rule is kept as another contact."""
        values = dict(facts.values)
        if not _PERSON_FIELDS.issuperset(values):
            values = {name: value for name, value in values.items() if name in _PERSON_FIELDS}
        _split_post(values, facts)
        phones, doubtful = _phones(str(values.pop("phone", "")), draft)
        if phones:
            values["phone"] = phones[0]
        if group_code:
            values["group_code"] = group_code
        if not facts.values.get("name"):
            raise FieldError("name", "Chưa có Họ và tên.", "Ghi họ và tên rồi nhập lại dòng này.")
        told = self._plan.new(Person, values)
        kept = self._known.find(told, phones[1:])
        if kept is None:
            person = self._plan.stage_new(draft, told, is_main=is_main)
        else:
            if kept.phone in phones:
                values.pop("phone", None)
            if kept.group_code != "guest":
                values.pop("group_code", None)
            person = self._plan.stage(draft, kept, Person, values, is_main=is_main)
        self._stage_contacts(draft, person, phones, doubtful)
        draft.after.append(lambda: self._known.put(person, phones[1:]))
        return person

    def _stage_contacts(self, draft: Draft, person: Person, phones: tuple[str, ...], doubtful: tuple[str, ...]) -> None:
        if not doubtful and phones in ((), (person.phone,)):
            return
        there = {person.phone, *self._values.get(person.id, ())}
        new = [("phone", each) for each in phones] + [("other", each) for each in doubtful]
        values = [each for _kind, each in new]
        for kind, value in new:
            if value not in there:
                contact = {"person_id": person.id, "kind": kind, "value": value}
                self._plan.stage(draft, None, PersonContact, contact, is_main=False)
        draft.after.append(lambda: self._values.setdefault(person.id, set()).update(values))


class Collaborators:
    """Rows of a list of collaborators: people with their place in the network under the decision the list names."""

    def __init__(self, workspace: Workspace, plan: Plan) -> None:
        self._plan = plan
        self._people = People(workspace, plan)
        self._decisions: dict[str, list[Appointment]] = {}
        for each in workspace.all(Appointment):
            self._decisions.setdefault(search_key(each.number), []).append(each)
        members = workspace.all(AppointmentMember)
        self._members = {(each.appointment_id, each.person_id): each for each in members}

    def title(self, facts: RowFacts) -> str:
        """Return the collaborator's name."""
        return self._people.title(facts)

    def judge(self, facts: RowFacts, draft: Draft) -> None:
        """Stage the person, the decision where the file does not have it yet, and the member."""
        decision = self._decision(facts, draft)
        person = self._people.person(facts, draft, group_code="collaborator", is_main=False)
        values: dict[str, Any] = {name: facts.values.get(name) for name in ("level", "role", "area")}
        kept = self._members.get((decision.id, person.id))
        if kept is None:
            values["ordinal"] = 1 + sum(1 for appointment, _person in self._members if appointment == decision.id)
        values |= {"appointment_id": decision.id, "person_id": person.id}
        member = self._plan.stage(draft, kept, AppointmentMember, values)
        draft.after.append(lambda: self._members.update({(decision.id, person.id): member}))

    def _decision(self, facts: RowFacts, draft: Draft) -> Appointment:
        number, day = decision_in(facts.titles)
        number = clean_line(str(facts.values.get("number") or number))
        day = facts.values.get("decided_on") or day
        if not number:
            raise FieldError(
                "number",
                "Chưa biết quyết định công nhận của danh sách.",
                "Ghi “Quyết định số … ngày …” ở dòng trên bảng, hoặc thêm cột Số quyết định.",
            )
        same = self._decisions.get(search_key(number), [])
        found = next((each for each in same if not day or not each.decided_on or each.decided_on == day), None)
        if found is not None and (found.decided_on or not day):
            return found
        authority = {"authority": "ubnd"} if "ubnd" in search_key(number) else {}
        values = {"number": number, "decided_on": day, **authority}
        decision = self._plan.stage(draft, found, Appointment, values, is_main=False)
        draft.after.append(lambda: self._put(decision))
        return decision

    def _put(self, decision: Appointment) -> None:
        same = self._decisions.setdefault(search_key(decision.number), [])
        same[:] = [*(each for each in same if each.id != decision.id), decision]


class Establishments:
    """Rows of establishments."""

    def __init__(self, workspace: Workspace, plan: Plan) -> None:
        self._plan = plan
        self._people = People(workspace, plan)
        self._known = Known(Establishment, workspace.all(Establishment))

    def title(self, facts: RowFacts) -> str:
        """Return the establishment's name."""
        return clean_line(str(facts.values.get("name", "")))

    def judge(self, facts: RowFacts, draft: Draft) -> None:
        """Stage the establishment, and the person who represents it where one is named."""
        values = {name: value for name, value in facts.values.items() if name in _ESTABLISHMENT_FIELDS}
        representative = clean_line(str(facts.values.get("representative", "")))
        if representative:
            said = {"name": representative, "organisation": values.get("name", "")}
            person = self._people.person(RowFacts(values=said), draft, group_code="establishment", is_main=False)
            values["representative_id"] = person.id
        self.establishment(values, draft)

    def establishment(self, values: dict[str, Any], draft: Draft, *, is_main: bool = True) -> Establishment:
        """Stage an establishment by what is told of it and return it."""
        told = self._plan.new(Establishment, values)
        kept = self._known.find(told)
        if kept is None:
            found = self._plan.stage_new(draft, told, is_main=is_main)
        else:
            if not is_main:  # named in passing: only what it lacks is written
                values = {name: value for name, value in values.items() if not getattr(kept, name)}
                if search_key(kept.name) != search_key(told.name):
                    draft.readings.append(f"Mã số thuế {told.tax_code} trong tệp dữ liệu là của “{kept.name}”.")
            found = self._plan.stage(draft, kept, Establishment, values, is_main=is_main)
        draft.after.append(lambda: self._known.put(found))
        return found


def _split_post(values: dict[str, Any], facts: RowFacts) -> None:
    """Part "Chuyên viên, UBND xã …" at its first comma, in the order its heading "Chức vụ, đơn vị công tác" gives."""
    if "post_organisation" not in facts.values:
        return
    both = clean_line(str(facts.values["post_organisation"]))
    post, _comma, organisation = (each.strip() for each in both.partition(","))
    if not organisation and re.match(r"(?:ubnd|so|phong|trung tam|hoi|hiep hoi|cong ty|htx)\b", search_key(post)):
        post, organisation = "", post
    values.setdefault("post", post)
    values.setdefault("organisation", organisation)


def _phones(cell: str, draft: Draft) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the phones of a cell and what stands there but is none."""
    good: list[str] = []
    doubtful: list[str] = []
    for part in (cell,) if cell.isdigit() else _PHONES.split(cell):
        line = clean_line(part)
        if not line:
            continue
        try:
            phone = identifiers.check_phone(line)
        except identifiers.IdentifierError as error:
            doubtful.append(line)
            reason = str(error).partition(". ")[0]
            reason = f"{reason[:1].lower()}{reason[1:]}"
            draft.readings.append(f"Điện thoại “{line}” giữ nguyên ở Liên hệ khác: {reason}.")
            continue
        if phone == f"0{line}":
            draft.readings.append(f"Điện thoại: đã thêm số 0 ở đầu, đọc là {phone}.")
        good.append(phone)
    if len(good) == 1 and not doubtful:
        return (good[0],), ()
    return tuple(dict.fromkeys(good)), tuple(dict.fromkeys(doubtful))
