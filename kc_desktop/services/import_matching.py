"""Finding the record a row of a workbook is about, among what the file has and what the same workbook brought.

People and establishments are told by the signs of `services.merging`; a sign that others may share (a phone, a name)
counts only where nothing else the two say contradicts it. What cannot be told apart is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import marked_key, search_key
from kc_desktop.errors import KnownError
from kc_desktop.services import merging

R = TypeVar("R", Person, Establishment)
_CODES = {Person: "citizen_id", Establishment: "tax_code"}
_FACTS = {Person: ("citizen_id", "birth_year"), Establishment: ("tax_code",)}
"""What one record has one of: two that differ in it are two."""

K = TypeVar("K")


def _add(known: dict[K, tuple[int, ...]], key: K, record_id: int) -> None:
    ids = known.get(key)
    if ids is None:
        known[key] = (record_id,)
    elif record_id not in ids:
        known[key] = (*ids, record_id)


class Known(Generic[R]):
    """The people or establishments known so far, found by what a row tells of one."""

    def __init__(self, cls: type[R], records: Iterable[R], phones: Mapping[int, tuple[str, ...]] | None = None) -> None:
        self._cls: type[Person] | type[Establishment] = cls
        self._phones = dict(phones or {})
        self._records: dict[int, R] = {}
        self._by_sign: list[tuple[merging.Sign, dict[Hashable, tuple[int, ...]]]] = [
            (each, {}) for each in merging.signs(cls)
        ]
        self._by_name: dict[str, tuple[int, ...]] = {}
        self._former: dict[int, set[Hashable]] = {}
        """What records shared with namesakes before the workbook changed them."""
        self._last_named: tuple[object, str] = (None, "")
        for each in records:
            self.put(each)

    def get(self, record_id: int) -> R:
        """Return a known record."""
        return self._records[record_id]

    def put(self, record: R, phones: tuple[str, ...] = ()) -> None:
        """Know a record, new or changed; `phones` are further ones of a person."""
        record_id: int = record.id
        before = self._records.get(record_id)
        self._records[record_id] = record
        if phones:
            self._phones[record_id] = (*self._phones.get(record_id, ()), *phones)
        more = {record_id: self._phones[record_id]} if record_id in self._phones else {}
        for sign, known in self._by_sign:
            if not sign.of_namesakes:
                for key in sign.keys(record, more):
                    _add(known, key, record_id)
            elif before is not None:
                self._former.setdefault(record_id, set()).update(sign.keys(before, more))
        _add(self._by_name, self._name_key(record), record_id)

    def _name_key(self, record: R) -> str:
        """Return the name of a record as it is searched; a new record is asked for it twice."""
        if record is not self._last_named[0]:
            self._last_named = (record, search_key(record.name))
        return self._last_named[1]

    def find(self, told: R, phones: tuple[str, ...] = ()) -> R | None:
        """Return the record that `told` describes, None when it is new.

        Raises KnownError when several fit, or when its code is another one's.
        """
        self._refuse_code_of_another(told)
        more = {told.id: phones} if phones else {}
        namesakes = self._by_name.get(self._name_key(told), ())
        for sign, known in self._by_sign:
            if sign.of_namesakes:
                ids = self._standing_alike(sign, told, namesakes) if namesakes else set()
            else:
                ids = {found for key in sign.keys(told, more) for found in known.get(key, ())}
            if not ids:
                continue
            fitting = [self._records[each] for each in sorted(ids) if self._is_one(told, self._records[each])]
            if fitting:
                return self._only(fitting, sign.reason)
        if not namesakes:
            return None
        known_so = [self._records[each] for each in sorted(namesakes)]
        fitting = [each for each in known_so if self._is_one(told, each) and not self._stands_elsewhere(told, each)]
        return self._only(fitting, "cùng tên") if fitting else None

    def _standing_alike(self, sign: merging.Sign, told: R, namesakes: Iterable[int]) -> set[int]:
        """Return those of one name that share a sign with what is told, now or before the workbook changed them."""
        wanted = set(sign.keys(told, {}))
        return {each for each in namesakes if not wanted.isdisjoint(self._keys_of(sign, each))}

    def _keys_of(self, sign: merging.Sign, record_id: int) -> set[Hashable]:
        return {*sign.keys(self._records[record_id], {}), *self._former.get(record_id, ())}

    def _only(self, fitting: list[R], reason: str) -> R:
        if len(fitting) > 1:
            raise KnownError(
                f"Có {len(fitting)} bản ghi {reason} với “{fitting[0].name}”.",
                "Ghi thêm điện thoại, đơn vị hoặc mã số để phân biệt, hoặc gộp các bản ghi trùng trước.",
            )
        return fitting[0]

    def _is_one(self, told: R, known: R) -> bool:
        code = _CODES[self._cls]
        if getattr(told, code) and getattr(told, code) == getattr(known, code):
            return True
        facts = ((getattr(told, name), getattr(known, name)) for name in _FACTS[self._cls])
        return marked_key(told.name) == marked_key(known.name) and all(
            one == two or not one or not two for one, two in facts
        )

    def _stands_elsewhere(self, told: R, known: R) -> bool:
        """Whether two of one name say different places, or different phones."""
        names = ("phone", "commune_id", "organisation" if isinstance(told, Person) else "address")
        pairs = ((getattr(told, name), getattr(known, name)) for name in names)
        return any(one and two and marked_key(str(one)) != marked_key(str(two)) for one, two in pairs)

    def _refuse_code_of_another(self, told: R) -> None:
        """Refuse a person's citizen id that is kept with another name: one of the two is typed wrong."""
        if not isinstance(told, Person) or not told.citizen_id:
            return
        for found in self._by_sign[0][1].get(told.citizen_id, ()):
            other = self._records[found]
            if marked_key(other.name) != marked_key(told.name):
                raise KnownError(
                    f"Số định danh của “{told.name}” đang là của “{other.name}”.", "Kiểm tra lại số định danh."
                )
