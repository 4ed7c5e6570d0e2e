"""The limits of projects and years: shown, and held against every change before it is kept.

Forms, pasting, imports and the command line all write through `Workspace.change`, which calls `refuse_excess` at its
end; nothing else decides what may be written. Undo and redo are never refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypedDict

from kc_desktop.domain import norms
from kc_desktop.domain.double_support import DoubleSupport, has_support, overlap, span_of
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS, DISBURSING_KINDS, FundEntry
from kc_desktop.domain.limit_facts import LimitFacts, LimitLaw, norm_of
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.norms import HeldAmount, Limit
from kc_desktop.domain.programme import CONTENTS, SOURCES
from kc_desktop.domain.project import Contract, Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import limits as stored
from kc_desktop.storage import records
from kc_desktop.storage.history import ChangeRow
from kc_desktop.storage.money_rows import MONEY_COLUMNS, changed_columns

_PART = 200
_DECIDED_ABOVE = ("adjusted_vnd", "state")
"""What is decided above the office and lowers a limit: a fact to be written down although money then has to come back
(TT 36/2013 Điều 11, Điều 12 khoản 6). What is over is shown; only more of it is refused."""
_REMEDY = (
    "Ghi số thấp hơn; được phép vượt thì mở mục Mức hỗ trợ và tạm ứng của đề án, bấm Vượt mức có lý do… rồi lưu lại."
)
_YEAR_REMEDY = "Ghi số thấp hơn, hoặc ghi bút toán Giao vốn, Bổ sung của năm trước rồi lưu lại."


def limits(workspace: Workspace, project_id: int) -> tuple[Limit, ...]:
    """Return a project's limits with what is used and left of each; () for a project that is not there."""
    with workspace.reading() as connection:
        given = stored.project_money(connection, [project_id]).get(project_id)
        if given is None:
            return ()
        return norms.limits(_law(connection, [given]), given, _names(connection, [given]))


def year_limits(workspace: Workspace, year: int, source: str) -> tuple[Limit, ...]:
    """Return the limits of a year's money of one source; () while nothing was allocated."""
    with workspace.reading() as connection:
        return norms.year_limits(
            stored.law_of(connection, ()),
            year=year,
            source=source,
            overrides=stored.year_overrides(connection, year, source),
            approved_vnd=stored.year_approved(connection, year, source),
            **_of_entries(stored.year_entries(connection, year, source)),
        )


def _year_limit(connection: sqlite3.Connection, rule: str, year: int, source: str) -> Limit | None:
    """Return one limit of a year; what its other limits would need is not read."""
    is_approval = rule == "year-approved"
    money = _of_entries(stored.year_entries(connection, year, source, only_given=is_approval))
    if money["allocated_vnd"] is None:  # there is no limit yet
        return None
    approved = stored.year_approved(connection, year, source) if is_approval else 0
    found = norms.year_limits(LimitLaw(), year=year, source=source, approved_vnd=approved, **money)
    limit = next((each for each in found if each.code == rule), None)
    if limit is None or not limit.is_exceeded:
        return limit
    overrides = (each for each in stored.year_overrides(connection, year, source) if each.rule == rule)
    return replace(limit, overrides=tuple(overrides))


class _YearMoney(TypedDict):
    allocated_vnd: int | None
    disbursed_vnd: int


def _of_entries(sums: dict[str, int]) -> _YearMoney:
    allocated = sum(sums.get(each, 0) for each in ALLOCATING_KINDS)
    allocated -= sum(sums.get(each, 0) for each in DEALLOCATING_KINDS)
    return _YearMoney(
        allocated_vnd=allocated or None,
        disbursed_vnd=sum(sums.get(each, 0) for each in DISBURSING_KINDS) - sums.get("refund", 0),
    )


def _law(connection: sqlite3.Connection, given: Sequence[LimitFacts]) -> LimitLaw:
    return stored.law_of(connection, {each.project.norm_id for each in given if each.project.norm_id is not None})


def _names(connection: sqlite3.Connection, given: Sequence[LimitFacts]) -> dict[int, str]:
    ids = {share.establishment_id for each in given for share in each.shares}
    return {each.id: each.name for each in records.fetch_many(connection, Establishment, ids).values()}


# --- refusing ---


def refuse_excess(connection: sqlite3.Connection, rows: Sequence[ChangeRow]) -> None:
    """Refuse a change that brings an amount over its limit, or further over; runs inside the change, at its end.

    `rows` are the change's rows that touch what limits depend on, in order. What was over before and does not grow may
    stay: an old file keeps being editable; so may what is over because the support was adjusted down. Raises FieldError
    at the field that goes too far, KnownError where it is not a field (an override taken away while it is needed).
    """
    by_project: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        for project_id in _projects_of(row):
            by_project.setdefault(project_id, []).append(place)
    ids = sorted(by_project)
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        places = sorted({place for each in part for place in by_project[each]})
        _refuse_projects(connection, part, [rows[each] for each in places])
    for (rule, year, source), (rise, risen) in stored.risen_years(connection, rows).items():
        _refuse_year(connection, rule, year, source, rise, [rows[each] for each in by_project.get(risen or 0, ())])


def _projects_of(row: ChangeRow) -> set[int]:
    if row.table == "project":
        return {row.row_id}
    sides = [side["project_id"] for side in (row.before, row.after) if side is not None]
    return {each for each in sides if isinstance(each, int)}


def _refuse_projects(connection: sqlite3.Connection, ids: Sequence[int], rows: Sequence[ChangeRow]) -> None:
    money = stored.read_money(connection, ids)
    after = money.facts()
    law = _law(connection, [*after.values()])
    over = {each: given for each, given in after.items() if _is_over(law, given)}
    if not over:  # the everyday case: what it was before need not be worked out
        return
    before = money.facts(before=rows)
    law = _law(connection, [*over.values(), *before.values()])
    for project_id, given in over.items():
        earlier = before.get(project_id)
        old = {_key(each): each.limit for each in norms.held_amounts(law, earlier)} if earlier is not None else {}
        for held in norms.held_amounts(law, given):
            was = old.get(_key(held))
            if held.limit.excess_vnd <= (was.excess_vnd if was is not None else 0):
                continue
            column = _to_blame(held.table, held.field, [row for row in rows if project_id in _projects_of(row)])
            if held.table == "project" or column not in _DECIDED_ABOVE:
                raise _refusal(_named(connection, law, given, held), was, column)


def _is_over(law: LimitLaw, given: LimitFacts) -> bool:
    return any(each.limit.excess_vnd for each in norms.held_amounts(law, given))


def _key(held: HeldAmount) -> tuple[str, str, int, str]:
    return held.limit.code, held.table, held.row_id, held.field


def _named(connection: sqlite3.Connection, law: LimitLaw, given: LimitFacts, held: HeldAmount) -> HeldAmount:
    """Return the same amount with the names of establishments in its words."""
    names = _names(connection, [given])
    return next(each for each in norms.held_amounts(law, given, names) if _key(each) == _key(held))


def _refusal(held: HeldAmount, was: Limit | None, column: str) -> KnownError:
    limit = held.limit
    if column == "":
        return KnownError(
            f"Chưa bỏ được lần vượt mức: {_over(held, 'đang là')}. {limit.explanation}.",
            "Hạ số tiền xuống trong mức trước, rồi bỏ lần vượt mức.",
        )
    used = was.used_vnd if was is not None else 0
    words = f"{_over(held)}. {limit.explanation}. {_used(used, limit)}"
    return FieldError(column, words, _REMEDY)


def _over(held: HeldAmount, becomes: str = "thành") -> str:
    limit = held.limit
    if held.table == "project":
        label = describe(Project).field(held.field).label
    else:
        label = _LABELS.get(held.table, f"{dict(norms.LIMIT_RULES)[limit.code]} của đề án")
    most = f"{format_vnd(limit.permitted_vnd)} đồng"
    kind = "mức đã cho vượt" if limit.permitted_vnd > limit.limit_vnd else "mức tối đa"
    return f"{label} {becomes} {format_vnd(limit.used_vnd)} đồng, quá {kind} {most}"


_LABELS = {
    "contract": "Hỗ trợ theo hợp đồng",
    "project_beneficiary": "Hỗ trợ cho đơn vị thụ hưởng",
    "estimate_line": "Chi quản lý trong dự toán",
}


def _used(used_before_vnd: int, limit: Limit) -> str:
    left = max(limit.permitted_vnd - used_before_vnd, 0)
    return f"Trước lần ghi này là {format_vnd(used_before_vnd)} đồng, còn {format_vnd(left)} đồng."


def _to_blame(table: str, field: str, rows: Sequence[ChangeRow]) -> str:
    """Return the field that went too far: the amount itself where it changed, else what changed its limit."""
    changed: dict[str, set[str]] = {name: set() for name in MONEY_COLUMNS}
    for row in rows:
        changed[row.table].update(changed_columns(row))
    if field in changed[table]:
        return field
    for name, columns in MONEY_COLUMNS.items():
        for column in columns if name != "limit_override" else ():
            if column in changed[name]:
                return column
    return ""


def _refuse_year(
    connection: sqlite3.Connection, rule: str, year: int, source: str, rise: int, rows: Sequence[ChangeRow]
) -> None:
    """Refuse what raises the sum of a year over its money.

    Only what is used can go too far: less money given is a fact decided above the office, and is shown, not refused.
    """
    limit = _year_limit(connection, rule, year, source)
    if limit is None or not limit.excess_vnd:
        return
    before = max(limit.used_vnd - rise, 0)
    words = (
        f"{limit.name} {year} ({dict(SOURCES)[source]}) thành {format_vnd(limit.used_vnd)} đồng, quá mức "
        f"{format_vnd(limit.permitted_vnd)} đồng: {limit.terms}. {_used(before, limit)}"
    )
    if rule == "year-disbursed":
        raise FieldError("amount_vnd", words, _YEAR_REMEDY)
    raise FieldError(_to_blame("project", "approved_vnd", rows) or "approved_vnd", words, _YEAR_REMEDY)


# --- the same support twice ---


def double_support(workspace: Workspace, project_id: int) -> tuple[DoubleSupport, ...]:
    """Return the other projects that gave a project's beneficiaries state money for the same content at the same time.

    A warning, never a refusal: whether it is the same spending content is for a person to judge.
    """
    project = workspace.get(Project, project_id)
    with workspace.reading() as connection:
        pairs = stored.projects_of_same_establishments(connection, project_id)
        given = stored.project_money(connection, sorted({other for other, _ in pairs}))
        law = _law(connection, [*given.values(), LimitFacts(project=project)])
        return tuple(_evidence(connection, law, project, given, pairs))


def _evidence(
    connection: sqlite3.Connection,
    law: LimitLaw,
    project: Project,
    given: dict[int, LimitFacts],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[DoubleSupport]:
    establishments = records.fetch_many(connection, Establishment, {each for _, each in pairs})
    for other_id, establishment_id in pairs:
        money = given[other_id]
        other, norm = money.project, norm_of(law, money.project)
        if not (_same_content(law, project, other) and overlap(project, other)):
            continue
        if not has_support(other, money.disbursed_vnd):
            continue
        establishment, (first, last) = establishments[establishment_id], span_of(other)
        yield DoubleSupport(
            establishment_id=establishment_id,
            establishment_name=establishment.name,
            tax_code=establishment.tax_code,
            project=other,
            source_label=dict(SOURCES)[other.source],
            content_label=dict(CONTENTS)[other.content] if other.content else "",
            norm_name=norm.name if norm is not None else "",
            first_day=first,
            last_day=last,
            approved_vnd=money.approved_vnd or 0,
            disbursed_vnd=max(money.disbursed_vnd, 0),
            contracts=records.fetch_children(connection, Contract, {"project_id": other_id}),
            entries=records.fetch_children(connection, FundEntry, {"project_id": other_id}),
        )


def _same_content(law: LimitLaw, one: Project, other: Project) -> bool:
    """Tell whether two projects are for the same content of Điều 4, or for the same norm."""
    if one.content and one.content == other.content:
        return True
    norm, other_norm = norm_of(law, one), norm_of(law, other)
    return norm is not None and other_norm is not None and norm.code == other_norm.code
