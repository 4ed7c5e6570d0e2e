"""Administrative units: the provinces of every file, the communes of a province, what a place is called on a day.

Two levels since 01/7/2025 (NQ 202/2025/QH15, QĐ 19/2025/QĐ-TTg); the rows are in `resources/law`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.people import AdminUnit
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import admin_units as stored
from kc_desktop.storage import law as law_rows

_PROVINCE_KINDS = ("tinh", "thanh_pho")
_KIND_BY_WORD = {"Xã": "xa", "Phường": "phuong", "Đặc": "dac_khu"}
_ALWAYS_CAPITAL = frozenset({"Thành phố Hồ Chí Minh"})
"""Places whose common noun keeps its capital: NĐ 30/2020, Phụ lục II, mục II khoản 1."""


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(resources.files("resources").joinpath("law", "communes.json").read_text("utf-8"))
    return told


def shipped_communes(province_code: str) -> tuple[AdminUnit, ...]:
    """Return the communes of a province that the program knows, without ids; () for a code of no province."""
    valid_from = date.fromisoformat(_told()["valid_from"])
    return tuple(
        AdminUnit(
            code=code,
            name=name,
            kind=_KIND_BY_WORD[name.split(" ", 1)[0]],
            parent_code=province_code,
            valid_from=valid_from,
        )
        for code, name in _told()["communes"].get(province_code, {}).items()
    )


def install_communes(workspace: Workspace, province_code: str) -> int:
    """Put the communes of a province into the file that are not in it yet; return how many. One step of the history.

    Raises KnownError where the file cannot be written.
    """
    with workspace.reading() as connection:
        here = stored.codes_under(connection, province_code)
        new = [each for each in shipped_communes(province_code) if each.code not in here]
    if not new:
        return 0
    name = province_name(workspace, province_code, date.today())
    with workspace.change(f"Nạp xã, phường của {name}"), workspace.reading() as connection:
        law_rows.insert(connection, law_rows.batch(new))
    return len(new)


def unit_on(workspace: Workspace, code: str, on: date) -> AdminUnit | None:
    """Return the unit of a code as it stood on a day, None where it did not stand then."""
    with workspace.reading() as connection:
        rows = stored.of_code(connection, code)
    return next((each for each in rows if _holds_on(each, on)), None)


def _holds_on(unit: AdminUnit, on: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= on) and (unit.valid_to is None or on <= unit.valid_to)


def province_name(workspace: Workspace, code: str, on: date) -> str:
    """Return what a province is called on a day: "Tỉnh Đồng Nai" to 29/4/2026, "Thành phố Đồng Nai" after; else ""."""
    with workspace.reading() as connection:
        rows = stored.of_code(connection, code)
    standing = [each for each in rows if _holds_on(each, on)] or list(rows[-1:])
    return standing[0].name if standing else ""


def province_id(workspace: Workspace, code: str, on: date) -> int | None:
    """Return the row of a province as it stands on a day, None for a code of no province."""
    unit = unit_on(workspace, code, on)
    return unit.id if unit is not None and unit.kind in _PROVINCE_KINDS else None


def is_province(unit: AdminUnit) -> bool:
    """Tell whether a unit is of the upper level."""
    return unit.kind in _PROVINCE_KINDS


def address(workspace: Workspace, unit_id: int | None, on: date) -> str:
    """Return a place as a sentence says it on a day: "phường An Phú, Thành phố Hồ Chí Minh"; "" for none."""
    unit = workspace.find(AdminUnit, unit_id)
    if unit is None:
        return ""
    own = unit_on(workspace, unit.code, on) or unit
    names = [own.name]
    if own.parent_code:
        names.append(province_name(workspace, own.parent_code, on))
    return ", ".join(in_sentence(each) for each in names if each)


def in_sentence(name: str) -> str:
    """Return a place's name inside a sentence: the common noun small unless a number or the law's list keeps it."""
    noun, _, rest = name.partition(" ")
    if name in _ALWAYS_CAPITAL or rest[:1].isdigit():
        return name
    return f"{noun[:1].lower()}{noun[1:]} {rest}".strip()


def told_apart(workspace: Workspace, units: Iterable[AdminUnit]) -> dict[int, str]:
    """Return how units are named in a list to pick from: namesakes with their province, former ones with their end."""
    units = list(units)
    with workspace.reading() as connection:
        several = stored.names_of_several(connection, {each.name for each in units})
    return {each.id: _told_apart(workspace, each, each.name in several) for each in units}


def _told_apart(workspace: Workspace, unit: AdminUnit, has_namesakes: bool) -> str:
    name = unit.name
    if has_namesakes and unit.parent_code:
        name = f"{name} – {province_name(workspace, unit.parent_code, unit.valid_to or date.today())}"
    return f"{name} (đến {format_date(unit.valid_to)})" if unit.valid_to else name
