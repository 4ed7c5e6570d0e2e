"""What the limits of projects and years are worked out from, as it is now and as it was before a change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import DISBURSING_KINDS
from kc_desktop.domain.law import AdvanceRate, LegalFigure, Norm
from kc_desktop.domain.limit_facts import FIGURE_CODES, LimitFacts, LimitLaw
from kc_desktop.domain.project import Contract, EstimateLine, LimitOverride, Project, ProjectBeneficiary
from kc_desktop.storage import ledger, records
from kc_desktop.storage.history import ChangeRow

R = TypeVar("R")


def law_of(connection: sqlite3.Connection, norm_ids: Iterable[int]) -> LimitLaw:
    """Return the rows of law that projects with these norms are judged by: every version of each."""
    ids = sorted(set(norm_ids))
    of_the_same_codes = f"code IN (SELECT chosen.code FROM norm AS chosen WHERE chosen.id IN ({_marks(ids)}))"
    norms = records.fetch_all(connection, Norm, of_the_same_codes, ids) if ids else ()
    codes = sorted({each.advance_code for each in norms if each.advance_code})
    return LimitLaw(
        norms=norms,
        advance_rates=records.fetch_all(connection, AdvanceRate, f"code IN ({_marks(codes)})", codes) if codes else (),
        figures=_figures(connection),
    )


def _figures(connection: sqlite3.Connection) -> tuple[LegalFigure, ...]:
    """Return the figures the rules count with, every version of each.

    Each save of an amount reads these rows; records are made of them only when they say something new.
    """
    names = ", ".join(_figure_columns())
    query = f"SELECT {names} FROM legal_figure WHERE code IN ({_marks(FIGURE_CODES)}) ORDER BY id"
    return _figures_of(tuple(connection.execute(query, FIGURE_CODES)))


@cache
def _figure_columns() -> tuple[str, ...]:
    return ("id", *(each.name for each in describe(LegalFigure).fields))


@lru_cache(maxsize=1)
def _figures_of(rows: tuple[tuple[Any, ...], ...]) -> tuple[LegalFigure, ...]:
    return tuple(_record(LegalFigure, dict(zip(_figure_columns(), row, strict=True))) for row in rows)


def project_money(connection: sqlite3.Connection, project_ids: Sequence[int]) -> dict[int, LimitFacts]:
    """Return what the limits of projects depend on, by the project's id; a project that is not there is left out."""
    return read_money(connection, project_ids).facts()


_LINKS: tuple[tuple[type[Any], str], ...] = (
    (Project, "id"),
    (ProjectBeneficiary, "project_id"),
    (Contract, "project_id"),
    (LimitOverride, "project_id"),
    (EstimateLine, "project_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMoney:
    """The rows of some projects, read once for what they say now and for what they said before a change.

    Records stand by class, entries as (id, project, kind they count for, amount).
    """

    project_ids: tuple[int, ...]
    records: dict[type[Any], tuple[Any, ...]]
    entries: tuple[tuple[int, int, str, int], ...]

    def facts(self, before: Sequence[ChangeRow] = ()) -> dict[int, LimitFacts]:
        """Return what the limits depend on, by the project's id: as it is now, or before a change's rows, in order.

        A project that is not there is left out.
        """
        return _facts(self, self.project_ids, before)


def read_money(connection: sqlite3.Connection, project_ids: Sequence[int]) -> ProjectMoney:
    """Read the rows that the limits of projects depend on."""
    marks = _marks(project_ids)
    rows = connection.execute(f"{_EFFECTS} WHERE e.project_id IN ({marks})", list(project_ids))
    return ProjectMoney(
        project_ids=tuple(project_ids),
        records={cls: records.fetch_all(connection, cls, f"{link} IN ({marks})", project_ids) for cls, link in _LINKS},
        entries=tuple((entry, project, kind, amount) for entry, project, _plan, kind, amount in rows),
    )


def _facts(read: ProjectMoney, project_ids: Sequence[int], taken_back: Sequence[ChangeRow]) -> dict[int, LimitFacts]:
    wanted = set(project_ids)
    projects, shares, contracts, overrides, lines = (
        _by_link((each for each in _back(cls, read.records[cls], taken_back) if getattr(each, link) in wanted), link)
        for cls, link in _LINKS
    )
    sums = _entry_sums(read, project_ids, taken_back)
    return {
        each: LimitFacts(
            project=project,
            shares=tuple(shares.get(each, ())),
            contracts=tuple(contracts.get(each, ())),
            overrides=tuple(overrides.get(each, ())),
            lines=tuple(lines.get(each, ())),
            advanced_vnd=sums[each].get("advance", 0) - sums[each].get("refund", 0),
            disbursed_vnd=sum(sums[each].get(kind, 0) for kind in DISBURSING_KINDS) - sums[each].get("refund", 0),
            settled_vnd=sums[each].get("settlement", 0),
        )
        for each, (project,) in projects.items()
    }


def _back(cls: type[Any], now: Sequence[Any], taken_back: Sequence[ChangeRow]) -> Sequence[Any]:
    """Return records as they were before the rows of a change touched them, by their id."""
    table = describe(cls).table
    touched = [row for row in taken_back if row.table == table]
    if not touched:
        return now
    found = {each.id: each for each in now}
    for row in reversed(touched):
        if row.before is None:
            found.pop(row.row_id, None)
        else:
            found[row.row_id] = _record(cls, row.before)
    return [each for _, each in sorted(found.items())]


def _record(cls: Callable[..., R], row: dict[str, Any]) -> R:
    described = describe(cls)  # type: ignore[arg-type]  # a record class is made by calling it
    values = {each.name: records.from_column(each.kind, row[each.name]) for each in described.fields}
    return cls(id=row["id"], **values)


def _by_link(rows: Iterable[Any], link: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for each in rows:
        found.setdefault(getattr(each, link), []).append(each)
    return found


def _entry_sums(
    read: ProjectMoney, project_ids: Sequence[int], taken_back: Sequence[ChangeRow]
) -> dict[int, dict[str, int]]:
    """Add up the entries of projects by kind; a reversal counts against the kind of the entry it reverses."""
    made = {row.row_id for row in taken_back if row.table == "fund_entry" and row.before is None}
    sums: dict[int, dict[str, int]] = {each: {} for each in project_ids}
    for entry_id, project_id, kind, amount in read.entries:
        if entry_id not in made:
            sums[project_id][kind] = sums[project_id].get(kind, 0) + amount
    return sums


_EFFECTS = """
SELECT e.id, e.project_id, e.plan_id, CASE e.kind WHEN 'reversal' THEN w.kind ELSE e.kind END,
       CASE e.kind WHEN 'reversal' THEN -e.amount_vnd ELSE e.amount_vnd END
FROM fund_entry AS e LEFT JOIN fund_entry AS w ON w.id = e.reverses_id
"""


def risen_years(
    connection: sqlite3.Connection, rows: Sequence[ChangeRow]
) -> dict[tuple[str, int, str], tuple[int, int | None]]:
    """Return by how much a change raised what a year's money of a source is used for, where it did.

    The key is the rule ("year-approved" or "year-disbursed"), the year and the source; the value is the rise in đồng
    and the project it comes from, None when it belongs to no project.
    """
    rises: dict[tuple[str, int, str], int] = {}
    projects: dict[tuple[str, int, str], int | None] = {}

    def add(rule: str, year: int, source: str, amount: int, project_id: int | None) -> None:
        key = (rule, year, source)
        rises[key] = rises.get(key, 0) + amount
        if amount > 0:
            projects[key] = project_id

    for project_id, sign, year, source, amount in _approvals(connection, rows):
        add("year-approved", year, source, sign * amount, project_id)
    made = [row.row_id for row in rows if row.table == "fund_entry" and row.before is None]
    for start in range(0, len(made), _PART):
        part = made[start : start + _PART]
        found = connection.execute(
            f"WITH made (id, project_id, plan_id, kind, amount) AS ({_EFFECTS} WHERE e.id IN ({_marks(part)})) "
            "SELECT y.year, y.source, made.project_id, made.kind, made.amount "
            "FROM made JOIN annual_plan AS y ON y.id = made.plan_id",
            part,
        )
        for year, source, project_id, kind, amount in found:
            sign = 1 if kind in DISBURSING_KINDS else -1 if kind == "refund" else 0
            add("year-disbursed", year, source, sign * amount, project_id)
    return {key: (rise, projects.get(key)) for key, rise in rises.items() if rise > 0}


_PART = 500


def _approvals(connection: sqlite3.Connection, rows: Sequence[ChangeRow]) -> Iterator[tuple[int, int, int, str, int]]:
    """Yield what a change took out of years and put into them: the project, -1 or 1, the year, source and amount.

    A project has its first state of the change before it and its last one after it, and so has each of its parts.
    """
    sides: dict[tuple[str, int], list[dict[str, Any] | None]] = {}
    for row in rows:
        if row.table in ("project", "year_share"):
            sides.setdefault((row.table, row.row_id), [row.before, row.after])[1] = row.after
    touched = {row_id for table, row_id in sides if table == "project"}
    touched |= {
        int(side["project_id"])
        for (table, _), pair in sides.items()
        if table == "year_share"
        for side in pair
        if side is not None
    }
    for project_id in sorted(touched):
        now = _project_now(connection, project_id)
        kept = _parts_now(connection, project_id)
        for place, sign in ((0, -1), (1, 1)):
            project = sides.get(("project", project_id), [now, now])[place]
            parts = dict(kept)
            for (table, row_id), pair in sides.items():
                if table == "year_share":
                    parts.pop(row_id, None)
                    side = pair[place]
                    if side is not None and side["project_id"] == project_id:
                        parts[row_id] = (int(side["year"]), int(side["support_vnd"]))
            for year, source, amount in _by_year(project, parts.values()):
                yield project_id, sign, year, source, amount


def _project_now(connection: sqlite3.Connection, project_id: int) -> dict[str, Any] | None:
    names = ("year", "source", "approved_vnd", "adjusted_vnd")
    row = connection.execute(f"SELECT {', '.join(names)} FROM project WHERE id = ?", (project_id,)).fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def _parts_now(connection: sqlite3.Connection, project_id: int) -> dict[int, tuple[int, int]]:
    rows = connection.execute("SELECT id, year, support_vnd FROM year_share WHERE project_id = ?", (project_id,))
    return {row_id: (year, amount) for row_id, year, amount in rows}


def _by_year(project: dict[str, Any] | None, parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, str, int]]:
    """Yield what of a project's approved support counts in which year, as `ledger.approved` adds it up."""
    if project is None:
        return
    amount = project["approved_vnd"] if project["adjusted_vnd"] is None else project["adjusted_vnd"]
    if amount is None:
        return
    first, source, rest = int(project["year"]), str(project["source"]), int(amount)
    for year, part in parts:
        if year != first:
            yield year, source, part
            rest -= part
    yield first, source, rest


def year_approved(connection: sqlite3.Connection, year: int, source: str) -> int:
    """Return what was approved of a source for a year."""
    return ledger.approved_of_source(connection, year, source)


def year_entries(connection: sqlite3.Connection, year: int, source: str, *, only_given: bool = False) -> dict[str, int]:
    """Return the sums of a year's entries by kind; a reversal counts against the kind of the entry it reverses.

    `only_given` leaves out what goes out and is settled, which is most of a ledger.
    """
    condition = "AND e.kind NOT IN ('advance', 'payment', 'settlement') " if only_given else ""
    rows = connection.execute(
        f"WITH entry (id, project_id, plan_id, kind, amount) AS ({_EFFECTS} "
        f"WHERE e.plan_id = (SELECT y.id FROM annual_plan AS y WHERE y.year = ? AND y.source = ?) {condition}) "
        "SELECT kind, sum(amount / 1000000), sum(amount % 1000000) FROM entry GROUP BY kind",
        (year, source),
    )
    return {kind: _whole(millions, rest) for kind, millions, rest in rows}


def _whole(millions: int | None, rest: int | None) -> int:
    """Put a sum together that came in millions and the rest: of amounts up to 10^15 a single one could overflow."""
    return (millions or 0) * 1_000_000 + (rest or 0)


def year_overrides(connection: sqlite3.Connection, year: int, source: str) -> tuple[LimitOverride, ...]:
    """Return what lets a limit of a year's money be exceeded; each stands with one of the year's projects."""
    return records.fetch_all(
        connection,
        LimitOverride,
        "rule GLOB 'year-*' AND EXISTS (SELECT 1 FROM project AS t "
        "WHERE t.id = limit_override.project_id AND t.year = ? AND t.source = ?)",
        (year, source),
    )


def projects_of_same_establishments(connection: sqlite3.Connection, project_id: int) -> tuple[tuple[int, int], ...]:
    """Return (project, establishment) of the other projects for a project's beneficiaries.

    An establishment written down twice is known by its tax code.
    """
    rows = connection.execute(
        "WITH own (id, tax_code) AS (SELECT c.id, c.tax_code FROM project_beneficiary AS b "
        "JOIN establishment AS c ON c.id = b.establishment_id WHERE b.project_id = ?1), "
        "same (id) AS (SELECT id FROM own UNION "
        "SELECT s.id FROM own JOIN establishment AS s ON s.tax_code = own.tax_code WHERE own.tax_code <> '') "
        "SELECT DISTINCT o.project_id, o.establishment_id FROM same "
        "JOIN project_beneficiary AS o ON o.establishment_id = same.id "
        "WHERE o.project_id <> ?1 ORDER BY o.project_id, o.establishment_id",
        (project_id,),
    )
    return tuple((int(project), int(establishment)) for project, establishment in rows)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
