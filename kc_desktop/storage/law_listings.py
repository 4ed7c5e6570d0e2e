"""The lists of law: short tables, found by the words of their rows, filtered by the day they are in force on."""

from __future__ import annotations

import dataclasses
from typing import Any

from kc_desktop.domain.fields import Kind, describe
from kc_desktop.domain.law import (
    AdvanceRate,
    BaseSalary,
    BodyName,
    DeadlineRule,
    DossierRule,
    LegalBasis,
    LegalFigure,
    Norm,
    ReportingGroup,
)
from kc_desktop.domain.network import RemunerationRule
from kc_desktop.domain.project import PROJECT_STEPS
from kc_desktop.storage.listing import Column, Listing
from kc_desktop.storage.listings import columns_of, filters_of

_LISTS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "norms": (
        Norm,
        ("name", "rate_percent", "ceiling_vnd", "certainty", "scope", "valid_from"),
    ),
    "advance-rates": (
        AdvanceRate,
        ("name", "rate_percent", "certainty", "condition"),
    ),
    "legal-figures": (
        LegalFigure,
        ("name", "value", "unit", "certainty", "scope", "valid_from"),
    ),
    "base-salaries": (BaseSalary, ("valid_from", "amount_vnd", "certainty", "citation")),
    "remuneration-rules": (
        RemunerationRule,
        ("level", "kind", "coefficient", "amount_vnd", "certainty", "valid_from", "valid_to", "citation"),
    ),
    "deadlines": (DeadlineRule, ("name", "day_of_month", "month", "days_after", "certainty", "citation")),
    "legal-bases": (LegalBasis, ("code", "certainty", "valid_from", "valid_to", "replaced_by", "full_text")),
    "body-names": (BodyName, ("name", "certainty", "valid_from", "valid_to", "citation")),
    "reporting-groups": (ReportingGroup, ("ordinal", "name", "contents", "certainty", "citation")),
    "dossier-rules": (DossierRule, ("name", "step", "certainty", "scope", "content", "is_required", "citation")),
}
"""What each list shows, the most telling first."""
_SHORT_SCOPES = (("", "Mọi nguồn"), ("KCDP", "KCĐP"), ("KCQG", "KCQG"))
_WORDS = (Kind.LINE, Kind.TEXT)


def law_listing(key: str) -> Listing:
    """Return the list of a kind of law. Raises KeyError for a key of none."""
    cls, names = _LISTS[key]
    described = describe(cls)
    words = " || ' ' || ".join(f"t.{each.name}" for each in described.fields if each.kind in _WORDS)
    return Listing(
        table=described.table,
        columns=tuple(_in_words(each) for each in columns_of(cls, *names)),
        filters=filters_of(cls) | {"in_force": _in_force(cls)},
        searched_sql=f"({words})",
    )


def _in_words(column: Column) -> Column:
    """Return a column as the lists of law mean it: steps by their names, no content for all contents."""
    if column.key == "step":
        return dataclasses.replace(column, kind=Kind.CHOICE, choices=PROJECT_STEPS)
    if column.key == "content":
        return dataclasses.replace(column, choices=(("", ""), *(each for each in column.choices if each[0])))
    if column.key == "scope":
        return dataclasses.replace(column, label="Nguồn", choices=_SHORT_SCOPES, width=10)
    return dataclasses.replace(column, width=18) if column.key == "certainty" else column


def _in_force(cls: type[Any]) -> str:
    """Return the condition that a row is in force on a day; of rows without an end the last that began."""
    names = {each.name for each in describe(cls).fields}
    if "valid_to" in names:
        return "coalesce(t.valid_from, '') <= ? AND coalesce(t.valid_to, '9999') >= ?"
    if "valid_from" in names:
        last = f"SELECT max(s.valid_from) FROM {describe(cls).table} AS s WHERE s.valid_from <= ?"
        return f"t.valid_from IS ({last})"
    return "? <> ''"
