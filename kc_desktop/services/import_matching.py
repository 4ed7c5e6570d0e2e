"""Finding the record a row of a workbook is about, among what the file has and what the same workbook brought.

People and establishments are told by the signs of `services.merging`; a sign that others may share (a phone, a name)
counts only where nothing else the two say contradicts it. What cannot be told apart is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import Person
from kc_desktop.domain.text import marked_key
from kc_desktop.errors import KnownError
from kc_desktop.services import merging

R = TypeVar("R", Person, Establishment)
_CODES = {Person: "citizen_id", Establishment: "tax_code"}
_FACTS = {Person: ("citizen_id", "birth_year"), Establishment: ("tax_code",)}
"""What one record has one of: two that differ in it are two."""

_Signs = tuple[tuple[int, tuple[str, ...]], ...]
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
        self._signs = merging.signs(cls)
        self._last: tuple[object, tuple[str, ...], _Signs] = (None, (), ())
        self._records: dict[int, R] = {}
        self._by_sign: dict[tuple[int, tuple[str, ...]], tuple[int, ...]] = {}
        self._by_name: dict[str, tuple[int, ...]] = {}
        for each in records:
            self.put(each)

    def get(self, record_id: int) -> R:
        """Return a known record."""
        return self._records[record_id]

    def put(self, record: R, phones: tuple[str, ...] = ()) -> None:
        """Know a record, new or changed; `phones` are further ones of a person."""
        self._records[record.id] = record
        if phones:
            self._phones[record.id] = (*self._phones.get(record.id, ()), *phones)
        for sign in self._signs_of(record, self._phones.get(record.id, ())):
            _add(self._by_sign, sign, record.id)
        _add(self._by_name, marked_key(record.name), record.id)

    def _signs_of(self, record: R, phones: tuple[str, ...]) -> _Signs:
        """Return what a record may be told by, as (place of the reason, key); a new one is asked for its own twice."""
        last, last_phones, signs = self._last
        if record is not last or phones != last_phones:
            more = {record.id: phones}
            signs = tuple(
                [(place, key) for place, (_reason, keys) in enumerate(self._signs) for key in keys(record, more)]
            )
            self._last = (record, phones, signs)
        return signs

    def find(self, told: R, phones: tuple[str, ...] = ()) -> R | None:
        """Return the record that `told` describes, None when it is new.

        Raises KnownError when several fit, or when its code is another one's.
        """
        self._refuse_code_of_another(told)
        found: dict[int, set[int]] = {}
        for sign in self._signs_of(told, phones):
            if sign in self._by_sign:
                found.setdefault(sign[0], set()).update(self._by_sign[sign])
        name_key = marked_key(told.name)
        if not found and name_key not in self._by_name:
            return None
        for place, ids in sorted(found.items()):
            fitting = [self._records[each] for each in sorted(ids) if self._is_one(told, self._records[each])]
            if fitting:
                return self._only(fitting, self._signs[place][0])
        namesakes = [self._records[each] for each in sorted(self._by_name.get(name_key, ()))]
        fitting = [each for each in namesakes if self._is_one(told, each) and not self._stands_elsewhere(told, each)]
        return self._only(fitting, "cùng tên") if fitting else None

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
        for found in self._by_sign.get((0, (told.citizen_id,)), ()):
            other = self._records[found]
            if marked_key(other.name) != marked_key(told.name):
                raise KnownError(
                    f"Số định danh của “{told.name}” đang là của “{other.name}”.", "Kiểm tra lại số định danh."
                )
