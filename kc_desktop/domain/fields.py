"""What a field is: ONE description, read by the lists, the forms, Excel, the search and the history.

A record is a frozen dataclass whose fields are declared with the functions below::

    @record("person", "người", "Danh bạ")
    class Person:
        name: str = line("Họ và tên", required=True, width=28, sort=Sort.PERSON, searched=True)

`describe(Person)` then gives its `RecordType`. The tables themselves are written out in the migrations; a test holds
the two against each other.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TypeVar, cast, dataclass_transform

Choices = tuple[tuple[str, str], ...]
"""Pairs of a stable code and its Vietnamese label, in the order people expect."""

Value = str | int | bool | date | datetime | Decimal | None
"""What one field can hold. Money is an int of đồng; an empty text is "", every other empty value is None."""


class Kind(StrEnum):
    """How a field is typed, kept, shown and sorted."""

    LINE = "line"
    TEXT = "text"
    INTEGER = "integer"
    MONEY = "money"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    LINK = "link"
    FLAG = "flag"


class Sort(StrEnum):
    """The order of a text column: bytes as they are, Vietnamese letters, or a person's name by given name."""

    PLAIN = "plain"
    VIETNAMESE = "vietnamese"
    PERSON = "person"


_NOT_COUNTED = ("year", "number", "ordinal", "month", "day_of_month")


def is_counted(name: str) -> bool:
    """Whether a whole number of this name is a count, with dots between thousands; a year or an ordinal is not."""
    return not any(each in name for each in _NOT_COUNTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record.

    `width` is a typical length in characters; `target` the table a LINK points to; `group` the small heading it stands
    under in a form; `check` names the identifier rule it obeys ("tax_code", "citizen_id", "phone", "email").
    One that is not `is_told` is the program's own bookkeeping: the history keeps it but does not tell it.
    """

    name: str = ""
    label: str
    kind: Kind
    required: bool = False
    unit: str = ""
    width: int = 16
    help: str = ""
    choices: Choices = ()
    target: str = ""
    group: str = ""
    check: str = ""
    sort: Sort = Sort.PLAIN
    in_list: bool = False
    searched: bool = False
    protected: bool = False
    in_form: bool = True
    is_told: bool = True

    def choice_label(self, code: str) -> str:
        """Return the Vietnamese label of a code; an unknown code is shown as it is."""
        return dict(self.choices).get(code, code)

    @property
    def sort_column(self) -> str:
        """The column that sorts this field: a key of our own where bytes do not sort as people do."""
        return self.name if self.sort is Sort.PLAIN else f"{self.name}_key"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """Everything the program knows about one kind of record."""

    cls: type[Any]
    table: str
    singular: str
    plural: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """Return the field of this name. Raises KeyError for a name the record does not have."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(f"{self.table}.{name}")

    @property
    def is_searched(self) -> bool:
        """Whether the record keeps search keys."""
        return any(each.searched for each in self.fields)

    @property
    def sorted_fields(self) -> Iterator[Field]:
        """The fields that keep a sort key beside their text."""
        return (each for each in self.fields if each.sort is not Sort.PLAIN)


class Record(Protocol):
    """What every record has: an id, 0 until it is saved."""

    @property
    def id(self) -> int:
        """Its row id, 0 until it is saved."""


def _declare(default: Value, spec: Field) -> Any:
    return field(default=default, metadata={"kc": spec})


def line(label: str, *, default: str = "", **more: Any) -> Any:
    """Declare one line of text."""
    return _declare(default, Field(label=label, kind=Kind.LINE, **more))


def text(label: str, **more: Any) -> Any:
    """Declare text of several paragraphs."""
    return _declare("", Field(label=label, kind=Kind.TEXT, **{"width": 60, **more}))


def integer(label: str, *, default: int | None = None, **more: Any) -> Any:
    """Declare a whole number, None when not known."""
    return _declare(default, Field(label=label, kind=Kind.INTEGER, **{"width": 8, **more}))


def money(label: str, *, default: int | None = None, **more: Any) -> Any:
    """Declare an amount in whole đồng, None when not known."""
    return _declare(default, Field(label=label, kind=Kind.MONEY, **{"width": 16, "unit": "đồng", **more}))


def decimal(label: str, *, default: Decimal | None = None, **more: Any) -> Any:
    """Declare an exact decimal: a rate in percent, a coefficient, a quantity."""
    return _declare(default, Field(label=label, kind=Kind.DECIMAL, **{"width": 8, **more}))


def day(label: str, **more: Any) -> Any:
    """Declare a calendar date, None when not known."""
    return _declare(None, Field(label=label, kind=Kind.DATE, **{"width": 11, **more}))


def moment(label: str, **more: Any) -> Any:
    """Declare a date with the time of day (local time, minutes), None when not known."""
    return _declare(None, Field(label=label, kind=Kind.MOMENT, **{"width": 17, **more}))


def choice(label: str, choices: Choices, *, default: str = "", **more: Any) -> Any:
    """Declare a code out of a fixed set."""
    return _declare(default, Field(label=label, kind=Kind.CHOICE, choices=choices, **more))


def link(label: str, target: str, *, optional: bool = True, **more: Any) -> Any:
    """Declare a link to a row of another table: its id, None when there is none (0 until chosen if required)."""
    spec = Field(label=label, kind=Kind.LINK, target=target, required=not optional, **{"width": 24, **more})
    return _declare(None if optional else 0, spec)


def flag(label: str, *, default: bool = False, **more: Any) -> Any:
    """Declare a yes or no."""
    return _declare(default, Field(label=label, kind=Kind.FLAG, **{"width": 6, **more}))


_TYPES: dict[type[Any], RecordType] = {}
_TABLES: dict[str, RecordType] = {}
_R = TypeVar("_R")


def _values(record: Any) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record.__slots__)


def _repr(self: Any) -> str:
    hidden = {each.name for each in _TYPES[type(self)].fields if each.protected}
    shown = zip(self.__slots__, _values(self), strict=True)
    words = ", ".join(f"{name}={'•••' if value and name in hidden else value!r}" for name, value in shown)
    return f"{type(self).__name__}({words})"


def _eq(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(table: str, singular: str, plural: str) -> Callable[[type[_R]], type[_R]]:
    """Make a class a record kept in `table`, named in Vietnamese (one of them in lower case; the list's title).

    Representation, equality and hash are shared by all records: generated for each they would slow down every start.
    The representation, which may end up in a log, hides what is protected.
    """

    def decorate(cls: type[_R]) -> type[_R]:
        shared = cast("Any", cls)
        shared.__repr__, shared.__eq__, shared.__hash__ = _repr, _eq, _hash
        made = cast("type[_R]", dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)(cls))
        specs = tuple(
            dataclasses.replace(each.metadata["kc"], name=each.name)
            for each in dataclasses.fields(cast("Any", made))
            if "kc" in each.metadata
        )
        described = RecordType(cls=made, table=table, singular=singular, plural=plural, fields=specs)
        _TYPES[made] = described
        _TABLES[table] = described
        return made

    return decorate


def describe(cls: type[Any]) -> RecordType:
    """Return the description of a record class. Raises KeyError for a class that is no record."""
    return _TYPES[cls]


_DECLARED_LATE = (
    "kc_desktop.domain.law",
    "kc_desktop.domain.network",
    "kc_desktop.domain.directory",
    "kc_desktop.domain.council",
    "kc_desktop.domain.paper",
    "kc_desktop.domain.office_form",
    "kc_desktop.domain.report_text",
)
"""Modules of records that the start of the window can do without: declared when all records are asked for."""


def describe_table(table: str) -> RecordType:
    """Return the description of the record kept in a table. Raises KeyError for a table of no record."""
    found = _TABLES.get(table)
    return found if found is not None else described_tables()[table]


def described_tables() -> dict[str, RecordType]:
    """Return every declared record by its table, in the order of declaration."""
    for name in _DECLARED_LATE:
        importlib.import_module(name)
    return dict(_TABLES)
