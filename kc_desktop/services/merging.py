"""Finding records that are the same one typed twice, and merging them with all links kept."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kc_desktop.domain.directory import PersonContact
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Field, Kind, describe
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import search_key
from kc_desktop.errors import KnownError
from kc_desktop.services import naming
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import directory as stored

R = TypeVar("R", Establishment, Person)

Phones = Mapping[int, tuple[str, ...]]
"""The further phones of people, by person."""
Keys = Callable[[Any, Phones], Collection[Hashable]]
"""Returns everything a record may share with its like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What tells that two records are one; with `of_namesakes` their names, as searched, are the same, too."""

    reason: str
    keys: Keys
    of_namesakes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Records that may be one; `reason` says in words what they share, the surest reasons come first."""

    ids: tuple[int, ...]
    titles: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field two records do not agree on; `kept` is taken unless the user chooses `other`. In words."""

    field: Field
    kept: str
    other: str


def _place(record: Establishment | Person) -> str:
    where = record.commune_id
    words = record.address if isinstance(record, Establishment) else record.organisation
    return f"#{where}" if where else search_key(words)


def _tax_code(record: Establishment, _phones: Phones) -> Collection[Hashable]:
    return (record.tax_code,) if record.tax_code else ()


def _phone(record: Establishment | Person, phones: Phones) -> Collection[Hashable]:
    more = phones.get(record.id, ()) if phones and isinstance(record, Person) else ()
    if more:
        return {each for each in (record.phone, *more) if each}
    return (record.phone,) if record.phone else ()


def _citizen_id(record: Person, _phones: Phones) -> Collection[Hashable]:
    return (record.citizen_id,) if record.citizen_id else ()


def _name_and_place(record: Establishment | Person, _phones: Phones) -> Collection[Hashable]:
    place = _place(record)
    return ((search_key(record.name), place),) if place else ()


_SIGNS: dict[type[Any], tuple[Sign, ...]] = {
    Establishment: (
        Sign(reason="cùng mã số thuế", keys=_tax_code),
        Sign(reason="cùng tên và địa điểm", keys=_name_and_place, of_namesakes=True),
        Sign(reason="cùng số điện thoại", keys=_phone),
    ),
    Person: (
        Sign(reason="cùng số định danh", keys=_citizen_id),
        Sign(reason="cùng số điện thoại", keys=_phone),
        Sign(reason="cùng tên và nơi công tác", keys=_name_and_place, of_namesakes=True),
    ),
}
"""What tells that two records are one, the surest first."""


def signs(cls: type[Any]) -> tuple[Sign, ...]:
    """Return what tells that two records of a kind are one, the surest first."""
    return _SIGNS[cls]


def alike(workspace: Workspace, cls: type[Establishment] | type[Person]) -> tuple[Alike, ...]:
    """Return the groups of records that may be one, each group once, by its surest reason.

    Reads the whole table: at 100,000 records a matter of seconds, so the window asks for it as a job.
    """
    records: tuple[Any, ...] = workspace.all(cls)
    phones = _phones(workspace) if cls is Person else {}
    seen: set[frozenset[int]] = set()
    found: list[Alike] = []
    for sign in _SIGNS[cls]:
        for group in _groups(records, sign.keys, phones):
            ids = frozenset(each.id for each in group)
            if not any(ids <= other for other in seen):
                seen.add(ids)
                found.append(_alike(workspace, group, sign.reason))
    return tuple(found)


def _phones(workspace: Workspace, people: set[int] | None = None) -> Phones:
    with workspace.reading() as connection:
        return stored.phones(connection, people)


def _groups(records: Iterable[Any], keys: Keys, phones: Phones) -> list[list[Any]]:
    by_key: dict[Hashable, list[Any]] = defaultdict(list)
    for each in records:
        for told in keys(each, phones):
            by_key[told].append(each)
    return [group for group in by_key.values() if len(group) > 1]


def _alike(workspace: Workspace, group: list[Any], reason: str) -> Alike:
    return Alike(
        ids=tuple(each.id for each in group),
        titles=tuple(naming.suggestion(workspace.title_of, each) for each in group),
        reason=reason,
    )


def alike_to(workspace: Workspace, record: Establishment | Person) -> tuple[Alike, ...]:
    """Return what is kept already and may be the same as one record; quick enough to ask after each save."""
    found: list[Alike] = []
    seen: set[int] = {record.id}
    is_person = isinstance(record, Person)
    own = _phones(workspace, {record.id}).get(record.id, ()) if is_person else ()
    candidates = _candidates(workspace, record, own)
    phones = _phones(workspace, {record.id, *(each.id for each in candidates)}) if is_person else {}
    for sign in _SIGNS[type(record)]:
        told = set(sign.keys(record, phones))
        for each in candidates:
            if each.id not in seen and not told.isdisjoint(sign.keys(each, phones)):
                seen.add(each.id)
                found.append(_alike(workspace, [each], sign.reason))
    return tuple(found)


def _candidates(workspace: Workspace, record: Establishment | Person, more: Iterable[str]) -> list[Any]:
    """Return what the search finds by the record's name or phones, and what has its code."""
    cls, table = type(record), describe(type(record)).table
    words = [record.name, record.phone, *more]
    ids = {number for each in words if each for number, _title in workspace.suggest(table, each, limit=50)}
    code = "citizen_id" if isinstance(record, Person) else "tax_code"
    if getattr(record, code):  # may be protected, so no search finds it
        ids |= {each.id for each in workspace.children(cls, **{code: getattr(record, code)})}
    return list(workspace.many(cls, ids).values())


def differences(workspace: Workspace, kept: R, other: R) -> tuple[Difference, ...]:
    """Return the fields both have and do not agree on, in words; a field only one of them has is no question."""
    found = []
    for spec in describe(type(kept)).fields:
        one, two = getattr(kept, spec.name), getattr(other, spec.name)
        if one != two and not _is_empty(spec, one) and not _is_empty(spec, two):
            said = [_in_words(workspace, spec, each) for each in (one, two)]
            found.append(Difference(field=spec, kept=said[0], other=said[1]))
    return tuple(found)


def _in_words(workspace: Workspace, spec: Field, value: Any) -> str:
    """Return a value in words; of a protected one so much that two can be told apart."""
    if spec.protected:
        from kc_desktop.services import disclosure

        return disclosure.masked(spec, value)
    return naming.value_in_words(workspace.title_of, spec, value)


def _is_empty(spec: Field, value: object) -> bool:
    return value in ("", None) or (spec.kind is Kind.FLAG and value is False)


def merge(workspace: Workspace, cls: type[R], kept_id: int, other_id: int, take: frozenset[str] = frozenset()) -> R:
    """Merge `other` into `kept` and return it: one step of the history, all links kept.

    Empty fields of the kept record are filled from the other; of the fields named in `take` the other's value is
    taken. Raises KnownError for a record that is gone, or when both are the same.
    """
    if kept_id == other_id:
        raise KnownError("Đã chọn cùng một bản ghi hai lần.", "Chọn bản ghi thứ hai rồi gộp lại.")
    kept, other = workspace.get(cls, kept_id), workspace.get(cls, other_id)
    values = {
        spec.name: getattr(other, spec.name)
        for spec in describe(cls).fields
        if spec.name in take
        or (_is_empty(spec, getattr(kept, spec.name)) and not _is_empty(spec, getattr(other, spec.name)))
    }
    one = dataclasses.replace(kept, **values)
    names = [naming.title_of_record(workspace.title_of, each) for each in (other, one)]
    label = f"Gộp {describe(cls).singular} {names[0]} vào {names[1]}"
    with workspace.change(label):
        workspace.merge(one, other_id, label)
        if isinstance(kept, Person) and isinstance(other, Person) and isinstance(one, Person):
            _keep_contacts(workspace, one, kept, other)
    return one


def _keep_contacts(workspace: Workspace, one: Person, *before: Person) -> None:
    """Keep the phones and addresses that the person's own fields have no room for; take doubles of others away."""
    known = {one.phone, one.email}
    for each in workspace.children(PersonContact, person_id=one.id):
        if each.value in known:
            workspace.delete(PersonContact, each.id)
        known.add(each.value)
    for person in before:
        for kind, value in (("phone", person.phone), ("email", person.email)):
            if value and value not in known:
                known.add(value)
                workspace.save(PersonContact(person_id=one.id, kind=kind, value=value))
