"""Rows of needs that collaborators found: each with the establishment it was found at, and who found it.

A workbook filled in by one collaborator names them once, over the table: "Cộng tác viên: …".
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import clean_line, marked_key, search_key
from kc_desktop.errors import FieldError
from kc_desktop.services.import_matching import Known
from kc_desktop.services.import_plans import Draft, Plan
from kc_desktop.services.import_recipes import Establishments, RowFacts
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import directory as stored

_OF_ESTABLISHMENT: Final = ("kind", "tax_code", "address", "commune_id", "phone", "trade")
_OF_LEAD: Final = ("found_on", "need", "content", "state", "result")
_Key = tuple[int, int, str, date | None]


class Leads:
    """Rows of needs."""

    def __init__(self, workspace: Workspace, plan: Plan) -> None:
        self._plan = plan
        self._establishments = Establishments(workspace, plan)
        everyone = workspace.all(Person)
        with workspace.reading() as connection:
            contacts = stored.phones(connection, None) if everyone else {}
        self._people = Known(Person, everyone, contacts)
        self._known: dict[_Key, Lead] = {_key(each): each for each in reversed(workspace.all(Lead))}

    def title(self, facts: RowFacts) -> str:
        """Return the need, with whoever has it."""
        parts = (facts.values.get("establishment"), facts.values.get("need"))
        return " – ".join(clean_line(str(each)) for each in parts if each)

    def judge(self, facts: RowFacts, draft: Draft) -> None:
        """Stage the need, and the establishment where the file does not have it yet."""
        if not clean_line(str(facts.values.get("need", ""))):
            raise FieldError("need", "Chưa có Nhu cầu.", "Ghi nhu cầu của cơ sở rồi nhập lại dòng này.")
        person = self._person(facts)
        values: dict[str, Any] = {name: facts.values[name] for name in _OF_LEAD if facts.values.get(name)}
        values |= {"person_id": person.id, "establishment_id": self._establishment_id(facts, draft)}
        told = Lead(
            person_id=person.id,
            establishment_id=values["establishment_id"],
            found_on=values.get("found_on"),
            need=str(values["need"]),
        )
        kept = self._known.get(_key(told))
        if kept is not None:
            values.pop("need")  # the same words, however they are spaced
        elif not facts.values.get("collaborator"):
            draft.readings.append(f"Cộng tác viên: {person.name}, ghi ở trên bảng.")
        if (kept is not None and kept.project_id) or values.get("state") == "project":
            values.pop("state", None)  # its project says how it stands
        lead = self._plan.stage(draft, kept, Lead, values)
        draft.after.append(lambda: self._known.update({_key(lead): lead}))

    def _person(self, facts: RowFacts) -> Person:
        """Return the collaborator of a row, or of the sheet; nobody is made up of a name alone."""
        name, phone = (clean_line(str(facts.values.get(each, ""))) for each in ("collaborator", "collaborator_phone"))
        if not name:
            name, phone = _named_above(facts.titles)
        if not name:
            raise FieldError(
                "person_id",
                "Chưa biết nhu cầu do cộng tác viên nào ghi.",
                "Ghi họ và tên ở dòng “Cộng tác viên:” trên bảng, hoặc thêm cột Cộng tác viên.",
            )
        found = self._people.find(Person(name=name, phone=phone))
        if found is None:
            raise FieldError(
                "person_id",
                f"Danh bạ chưa có cộng tác viên “{name[:80]}”.",
                "Kiểm tra lại họ và tên, hoặc nhập danh sách cộng tác viên trước.",
            )
        return found

    def _establishment_id(self, facts: RowFacts, draft: Draft) -> int | None:
        name = clean_line(str(facts.values.get("establishment", "")))
        if not name:
            return None
        values = {each: facts.values[each] for each in _OF_ESTABLISHMENT if facts.values.get(each)}
        return self._establishments.establishment({"name": name, **values}, draft, is_main=False).id


def _key(lead: Lead) -> _Key:
    return lead.person_id, lead.establishment_id or 0, marked_key(clean_line(lead.need)), lead.found_on


def _named_above(titles: tuple[str, ...]) -> tuple[str, str]:
    """Return the name and the phone that the lines over a table tell: beside their labels, or in the cells after."""
    found = {"cong tac vien": "", "dien thoai": ""}
    for at, line in enumerate(titles):
        label, colon, rest = line.partition(":")
        key = search_key(label)
        if colon and key in found and not found[key]:
            after = titles[at + 1] if at + 1 < len(titles) else ""
            found[key] = clean_line(rest) or ("" if ":" in after else clean_line(after))
    return found["cong tac vien"], found["dien thoai"]
