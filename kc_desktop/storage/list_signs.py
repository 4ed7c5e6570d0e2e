"""What of a list's row is to be marked by a sign: conditions in SQL, read with the rows of a page and never by row.

`services.list_signs` says how each is drawn and what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kc_desktop.domain.fields import Kind, describe_table
from kc_desktop.domain.lifecycle import FINAL_STATES
from kc_desktop.storage.ledger import APPROVED
from kc_desktop.storage.list_extras import DISBURSED, PROGRAMME_APPROVED, widened
from kc_desktop.storage.listing import Column, Listing
from kc_desktop.storage.listings import LAW_LISTS, LISTINGS

SOON_DAYS: Final = 30
"""So many days before its end something is told to end soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRule:
    """One sign: its name, the column it stands in, when. `{today}` and `{soon}` in `sql` are days between quotes.

    What is worked out once may be true in several ways: `others` are the names for 2, 3, … where 1 stands for `name`.
    """

    name: str
    column: str
    sql: str
    others: tuple[str, ...] = ()

    def name_of(self, value: object) -> str:
        """Return the name of the sign a value of the condition stands for, "" for none."""
        names = (self.name, *self.others)
        return names[value - 1] if isinstance(value, int) and 0 < value <= len(names) else ""


@lru_cache(maxsize=64)
def rules_of(key: str) -> tuple[SignRule, ...]:
    """Return the signs of a list; the first that holds in a column is the one shown there."""
    if key in LAW_LISTS:
        return _of_law(key)
    return _RULES[key]() if key in _RULES else ()


@lru_cache(maxsize=64)
def with_signs(key: str, columns: tuple[str, ...], today: date) -> Listing:
    """Return a list with some extra columns and, behind all others, one of yes or no for each of its signs."""
    listing = widened(key, columns)
    days = {"today": f"'{today.isoformat()}'", "soon": f"'{(today + timedelta(days=SOON_DAYS)).isoformat()}'"}
    signs = tuple(
        Column(key=f"sign:{each.name}", label="", kind=Kind.INTEGER, sql=f"({each.sql.format(**days)})", sort_sql="")
        for each in rules_of(key)
    )
    return replace(listing, columns=(*listing.columns, *signs))


def _over(column: str, name: str = "over", day: str = "") -> SignRule:
    return SignRule(name=name, column=column, sql=f"coalesce({day or 't.' + column} < {{today}}, 0)")


def _of_law(key: str) -> tuple[SignRule, ...]:
    listing = LISTINGS[key]
    unsure = SignRule(name="unsure", column="certainty", sql="t.certainty = 'unverified'")
    if all(each.name != "valid_to" for each in describe_table(listing.table).fields):
        return (unsure,)
    shown = {each.key for each in listing.columns}
    column = "valid_to" if "valid_to" in shown else next(each for each in ("name", "code", "level") if each in shown)
    return (unsure, _over(column, "not-in-force", "t.valid_to"))


def _of_meetings() -> tuple[SignRule, ...]:
    late = "EXISTS (SELECT 1 FROM task AS w WHERE w.meeting_id = t.id AND w.state = 'open' AND w.due_on < {today})"
    return (
        SignRule(name="finalised", column="held_on", sql="t.state = 'finalised'"),
        SignRule(name="not-held", column="held_on", sql="t.state IN ('draft', 'invited') AND t.held_on < {today}"),
        SignRule(name="tasks-late", column="title", sql=late),
    )


def _of_projects() -> tuple[SignRule, ...]:
    ended = ", ".join(f"'{each}'" for each in sorted({*FINAL_STATES, "accepted", "paid"}))
    missing = (
        "EXISTS (SELECT 1 FROM checklist_item AS i WHERE i.project_id = t.id AND i.is_required = 1 "
        "AND i.received_on IS NULL AND i.due_on < {today})"
    )
    return (
        SignRule(name="project-late", column="state", sql=f"t.ends_on < {{today}} AND t.state NOT IN ({ended})"),
        SignRule(
            name="project-soon",
            column="state",
            sql=f"t.ends_on BETWEEN {{today}} AND {{soon}} AND t.state NOT IN ({ended})",
        ),
        SignRule(name="papers-missing", column="name", sql=missing),
        SignRule(name="over-approved", column="approved_vnd", sql=f"{DISBURSED} > {APPROVED}"),
        SignRule(
            name="override",
            column="approved_vnd",
            sql="EXISTS (SELECT 1 FROM limit_override AS o WHERE o.project_id = t.id)",
        ),
    )


def _of_programmes() -> tuple[SignRule, ...]:
    return (
        SignRule(
            name="over-budget",
            column="budget_vnd",
            sql=f"CASE sign({PROGRAMME_APPROVED} - t.budget_vnd) "
            "WHEN 1 THEN 1 WHEN 0 THEN min(t.budget_vnd, 1) * 2 END",
            others=("no-rest",),
        ),
        SignRule(name="no-budget", column="budget_vnd", sql="t.budget_vnd = 0"),
    )


def _of_targets() -> tuple[SignRule, ...]:
    done = LISTINGS["targets"].column("done").sql
    return (
        SignRule(name="reached", column="done", sql=f"t.planned_to > 0 AND {done} >= max(t.planned_from, 1)"),
        SignRule(
            name="not-reached",
            column="done",
            sql=f"g.year < CAST(substr({{today}}, 1, 4) AS INTEGER) AND {done} < t.planned_from",
        ),
    )


def _of_collaborators() -> tuple[SignRule, ...]:
    from kc_desktop.storage.network import expiring_sql

    until = LISTINGS["collaborators"].column("until").sql
    return (
        SignRule(name="term-soon", column="until", sql=expiring_sql("t").replace("?", "{today}")),
        _over("until", "term-over", until),
    )


def _of_appointments() -> tuple[SignRule, ...]:
    return (_over("valid_to", "term-over"), SignRule(name="proposed", column="state", sql="t.state = 'proposed'"))


def _of_uncovered() -> tuple[SignRule, ...]:
    return (SignRule(name="priority", column="name", sql="t.is_priority = 1"),)


def _of_establishments() -> tuple[SignRule, ...]:
    return (SignRule(name="no-commune", column="address", sql="t.commune_id IS NULL"),)


def _of_entries() -> tuple[SignRule, ...]:
    reversed_ = "EXISTS (SELECT 1 FROM fund_entry AS r WHERE r.reverses_id = t.id)"
    return (
        SignRule(name="reversal", column="kind", sql="t.kind = 'reversal'"),
        SignRule(name="reversed", column="kind", sql=reversed_),
    )


def _of_statements() -> tuple[SignRule, ...]:
    open_lines = "EXISTS (SELECT 1 FROM statement_line AS l WHERE l.statement_id = t.id AND l.fund_entry_id IS NULL)"
    return (SignRule(name="lines-open", column="name", sql=open_lines),)


def _of_locks() -> tuple[SignRule, ...]:
    return (SignRule(name="unlocked", column="quarter", sql="t.is_locked = 0"),)


def _of_plans() -> tuple[SignRule, ...]:
    return (SignRule(name="no-decision", column="year", sql="t.decision = ''"),)


def _of_units() -> tuple[SignRule, ...]:
    return (_over("valid_to", "unit-over"),)


def _of_register() -> tuple[SignRule, ...]:
    return (
        SignRule(name="number-held", column="state", sql="t.state = 'reserved'"),
        SignRule(name="cancelled", column="state", sql="t.state IN ('cancelled', 'replaced')"),
    )


def _of_evaluations() -> tuple[SignRule, ...]:
    return (SignRule(name="not-judged", column="grade", sql="t.grade = ''"),)


def _of_payments() -> tuple[SignRule, ...]:
    state = LISTINGS["remuneration-lists"].column("state").sql
    return (
        SignRule(name="not-booked", column="state", sql=f"({state}) = 'made'"),
        SignRule(name="payment-reversed", column="state", sql=f"({state}) = 'reversed'"),
    )


_RULES: Final[dict[str, Callable[[], tuple[SignRule, ...]]]] = {
    "meetings": _of_meetings,
    "projects": _of_projects,
    "programmes": _of_programmes,
    "targets": _of_targets,
    "collaborators": _of_collaborators,
    "appointments": _of_appointments,
    "uncovered": _of_uncovered,
    "establishments": _of_establishments,
    "fund-entries": _of_entries,
    "statements": _of_statements,
    "period-locks": _of_locks,
    "plans": _of_plans,
    "admin-units": _of_units,
    "evaluations": _of_evaluations,
    "register": _of_register,
    "remuneration-lists": _of_payments,
}
