"""The columns a list can show besides those it begins with: the record's other fields, names of what it links to, sums.

None of this is made before somebody asks for it. What is protected is masked here as in every list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final

from kc_desktop.domain.fields import Field, Kind, describe_table
from kc_desktop.storage.ledger import EFFECT, SIGNED
from kc_desktop.storage.listing import Column, Listing
from kc_desktop.storage.listings import LISTINGS, columns_of

_NAMES: Final = {
    "admin_unit": ("x.name", "x.name_key"),
    "annual_plan": ("x.year || ' (' || x.source || ')'", "x.year || x.source"),
    "appointment": ("x.number", "x.number"),
    "establishment": ("x.name", "x.name_key"),
    "five_year_programme": ("x.name", "x.name"),
    "fund_entry": ("x.document", "x.document"),
    "meeting": ("x.title", "x.title_key"),
    "norm": ("x.name", "x.name"),
    "paper": ("x.subject", "x.subject"),
    "person": ("x.name", "x.name_key"),
    "programme": ("x.name", "x.name_key"),
    "project": ("x.name", "x.name_key"),
}
"""What a linked row is called in a list, and what sorts it."""
_LEFT_OUT: Final = frozenset({"ordinal"})
_TOLD_BY: Final = {
    "collaborators": frozenset({"person_id", "appointment_id", "area"}),
    "reports": frozenset({"person_id"}),
    "evaluations": frozenset({"person_id"}),
    "leads": frozenset({"person_id", "establishment_id", "project_id"}),
    "disclosures": frozenset({"person_id"}),
    "targets": frozenset({"programme_id"}),
    "fund-entries": frozenset({"programme_id", "project_id"}),
    "projects": frozenset({"programme_id"}),
    "remuneration-lists": frozenset({"first_month", "last_month"}),
    "register": frozenset({"number", "symbol", "year", "kind"}),
}
"""Fields that a list's own columns already tell."""
_SHOWN_THOUGH_NOT_TYPED: Final = frozenset({"reason", "reverses_id", "replaces_id", "series", "version"})
"""Fields that stand in no form and still say something of a row."""
_MASKS: Final = {
    "citizen_id": "CASE WHEN length({0}) = 12 THEN substr({0}, 1, 4) || '••••••' || substr({0}, 11) "
    "WHEN {0} = '' THEN '' ELSE '•••••••' || substr({0}, -2) END",
    "bank_account": "CASE WHEN {0} = '' THEN '' ELSE '••••••' || substr({0}, -4) END",
}
DISBURSED: Final = (
    f"(SELECT coalesce(sum(CASE {EFFECT} WHEN 'advance' THEN {SIGNED} WHEN 'payment' THEN {SIGNED} "
    f"WHEN 'refund' THEN -({SIGNED}) ELSE 0 END), 0) FROM fund_entry AS e WHERE e.project_id = t.id)"
)
"""What was paid out of the ledger for a project `t`, less what came back."""
PROGRAMME_APPROVED: Final = (
    "(SELECT coalesce(sum(coalesce(d.adjusted_vnd, d.approved_vnd)), 0) FROM project AS d WHERE d.programme_id = t.id)"
)
"""What is approved for the projects of a programme `t`."""
_SETTLED: Final = (
    f"(SELECT coalesce(sum({SIGNED}), 0) FROM fund_entry AS e WHERE e.project_id = t.id AND {EFFECT} = 'settlement')"
)


@cache
def extra_columns(key: str) -> tuple[Column, ...]:
    """Return the columns a list can show besides its own, in the order of the record's fields."""
    listing = LISTINGS[key]
    taken = {each.key for each in listing.columns} | _TOLD_BY.get(key, frozenset())
    specs = [each for each in describe_table(listing.table).fields if each.name not in taken and _says_something(each)]
    own = tuple(_of_field(listing.table, each) for each in specs)
    return (*own, *(_COMPUTED[key]() if key in _COMPUTED else ()))


@cache
def widened(key: str, columns: tuple[str, ...]) -> Listing:
    """Return a list with some of its extra columns behind its own; names of none are left out."""
    listing = LISTINGS[key]
    if not columns:
        return listing
    extra = {each.key: each for each in extra_columns(key)}
    return replace(listing, columns=(*listing.columns, *(extra[each] for each in columns if each in extra)))


def _says_something(spec: Field) -> bool:
    if spec.name in _LEFT_OUT or not spec.label:
        return False
    if spec.kind is Kind.LINK and spec.target not in _NAMES:
        return False
    return (spec.in_form or spec.name in _SHOWN_THOUGH_NOT_TYPED) and spec.is_told


def _of_field(table: str, spec: Field) -> Column:
    if spec.kind is Kind.LINK:
        name, order = _NAMES[spec.target]
        found = f"FROM {spec.target} AS x WHERE x.id = t.{spec.name}"
        return Column(
            key=spec.name,
            label=spec.label,
            kind=Kind.LINE,
            sql=f"coalesce((SELECT {name} {found}), '')",
            sort_sql=f"(SELECT {order} {found})",
            width=min(spec.width, 36),
        )
    (column,) = columns_of(describe_table(table).cls, spec.name)
    if spec.protected:
        masked = _MASKS[spec.name].format(f"t.{spec.name}")
        return replace(column, sql=masked, sort_sql=masked, is_masked=True)
    return replace(column, width=min(column.width, 40))


def _number(key: str, label: str, sql: str) -> Column:
    return Column(key=key, label=label, kind=Kind.INTEGER, sql=sql, sort_sql=sql, width=8)


def _money(key: str, label: str, sql: str) -> Column:
    return Column(key=key, label=label, kind=Kind.MONEY, sql=sql, sort_sql=sql, width=16, unit="đồng")


def _line(key: str, label: str, sql: str, width: int) -> Column:
    return Column(key=key, label=label, kind=Kind.LINE, sql=sql, sort_sql=sql, width=width)


def _of_projects() -> tuple[Column, ...]:
    names = (
        "coalesce((SELECT group_concat(w.name, '; ') FROM (SELECT h.name FROM project_beneficiary AS b "
        "JOIN establishment AS h ON h.id = b.establishment_id WHERE b.project_id = t.id ORDER BY b.id) AS w), '')"
    )
    contract = "coalesce((SELECT group_concat(k.number, '; ') FROM contract AS k WHERE k.project_id = t.id), '')"
    last = "(SELECT max(s.happened_on) FROM project_step AS s WHERE s.project_id = t.id)"
    return (
        _line("beneficiaries", "Đơn vị thụ hưởng", names, 36),
        _line("contracts", "Số hợp đồng", contract, 18),
        _money("disbursed_vnd", "Đã giải ngân", DISBURSED),
        _money("settled_vnd", "Đã quyết toán", _SETTLED),
        Column(key="last_step_on", label="Bước sau cùng", kind=Kind.DATE, sql=last, sort_sql=last, width=11),
    )


def _of_programmes() -> tuple[Column, ...]:
    number = "(SELECT count(*) FROM project AS d WHERE d.programme_id = t.id)"
    return (_number("projects", "Đề án", number), _money("approved_vnd", "Đã duyệt cho đề án", PROGRAMME_APPROVED))


def _of_meetings() -> tuple[Column, ...]:
    people = "(SELECT count(*) FROM attendee AS a WHERE a.meeting_id = t.id)"
    open_tasks = "(SELECT count(*) FROM task AS w WHERE w.meeting_id = t.id AND w.state = 'open')"
    return (_number("people", "Số người mời", people), _number("open_tasks", "Việc đang làm", open_tasks))


def _of_establishments() -> tuple[Column, ...]:
    number = "(SELECT count(*) FROM project_beneficiary AS b WHERE b.establishment_id = t.id)"
    support = "(SELECT coalesce(sum(b.support_vnd), 0) FROM project_beneficiary AS b WHERE b.establishment_id = t.id)"
    return (_number("projects", "Đề án", number), _money("support_vnd", "Khuyến công hỗ trợ", support))


def _of_collaborators() -> tuple[Column, ...]:
    def of_person(name: str, label: str, width: int) -> Column:
        sql = f"(SELECT x.{name} FROM person AS x WHERE x.id = t.person_id)"
        return _line(name, label, sql, width)

    return (
        of_person("post", "Chức vụ", 26),
        of_person("email", "Thư điện tử", 28),
        Column(
            key="since",
            label="Nhiệm kỳ từ ngày",
            kind=Kind.DATE,
            sql="coalesce(a.valid_from, a.decided_on)",
            sort_sql="coalesce(a.valid_from, a.decided_on)",
            width=15,
        ),
    )


def _of_statements() -> tuple[Column, ...]:
    lines = "(SELECT count(*) FROM statement_line AS l WHERE l.statement_id = t.id)"
    return (
        _number("lines", "Số dòng", lines),
        _number("open_lines", "Chưa khớp", lines.replace(" = t.id)", " = t.id AND l.fund_entry_id IS NULL)")),
    )


_COMPUTED: Final[dict[str, Callable[[], tuple[Column, ...]]]] = {
    "projects": _of_projects,
    "programmes": _of_programmes,
    "meetings": _of_meetings,
    "establishments": _of_establishments,
    "collaborators": _of_collaborators,
    "statements": _of_statements,
}
