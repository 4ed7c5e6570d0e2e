"""Every list of the program: its columns from the records' one description, its joins and filters in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from kc_desktop.domain.collaborator import CollaboratorReport
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Field, Kind, Sort, describe
from kc_desktop.domain.funding import FundEntry, PeriodLock, TreasuryStatement
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.people import AdminUnit, Appointment, Person
from kc_desktop.domain.programme import AnnualPlan, Programme, Target
from kc_desktop.domain.project import Project
from kc_desktop.storage.ledger import APPROVED
from kc_desktop.storage.listing import Column, Lead, Listing, OnDemand
from kc_desktop.storage.plan import RUNS_IN_YEAR

_FILTERED = (Kind.CHOICE, Kind.LINK, Kind.INTEGER, Kind.FLAG)


def _sort_sql(spec: Field, alias: str) -> str:
    if spec.kind is Kind.CHOICE:
        ranks = " ".join(f"WHEN '{code}' THEN {rank}" for rank, (code, _) in enumerate(spec.choices))
        return f"CASE {alias}.{spec.name} {ranks} END"
    if spec.kind is Kind.DECIMAL:
        return f"CAST({alias}.{spec.name} AS REAL)"
    return f"{alias}.{spec.sort_column}"


def columns_of(cls: type[Any], *names: str, alias: str = "t", prefix: str = "") -> tuple[Column, ...]:
    """Return the columns of a record's own fields."""
    described = describe(cls)
    specs = [described.field(name) for name in names]
    return tuple(
        Column(
            key=prefix + spec.name,
            label=spec.label,
            kind=spec.kind,
            sql=f"{alias}.{spec.name}",
            sort_sql=_sort_sql(spec, alias),
            unit=spec.unit,
            width=spec.width,
            choices=spec.choices,
            searched_key=f"{alias}.search_key" if spec.searched else "",
            is_masked=spec.protected,
        )
        for spec in specs
    )


def linked(
    key: str, label: str, alias: str, name: str, *, width: int = 30, sort: Sort = Sort.PLAIN, searched_key: str = ""
) -> Column:
    """Return the column that names a linked row."""
    sorted_by = name if sort is Sort.PLAIN else f"{name}_key"
    sql = f"coalesce({alias}.{name}, '')"
    return Column(
        key=key,
        label=label,
        kind=Kind.LINE,
        sql=sql,
        sort_sql=f"{alias}.{sorted_by}",
        width=width,
        searched_key=searched_key,
    )


def filters_of(cls: type[Any]) -> dict[str, str]:
    """Return the filters by a record's own fields."""
    return {each.name: f"t.{each.name} = ?" for each in describe(cls).fields if each.kind in _FILTERED} | {
        "id": "t.id = ?"
    }


_MASKED_TAX_CODE = (
    "CASE WHEN length(t.tax_code) = 12 THEN substr(t.tax_code, 1, 4) || '••••••' || substr(t.tax_code, 11) "
    "ELSE t.tax_code END"
)
"""A household's tax code of 12 digits is a citizen id; those of firms are public."""
_YEAR_OF_DAY = "t.{0} BETWEEN ? || '-01-01' AND ? || '-12-31'"

_DONE = "(SELECT coalesce(sum(r.quantity), 0) FROM target_result AS r WHERE r.target_id = t.id)"

_EFFECT = (
    "CASE t.kind WHEN 'reversal' THEN (SELECT w.kind FROM fund_entry AS w WHERE w.id = t.reverses_id) ELSE t.kind END "
    "= ?"
)
"""Entries of a kind with the reversals of such entries: the rows that make up the kind's sum."""
PROVINCE = (
    "coalesce((SELECT p.name FROM admin_unit AS p WHERE p.code = t.parent_code "
    "ORDER BY p.valid_from DESC LIMIT 1), t.parent_code)"
)
"""The name the unit above has now."""
_OF_PROGRAMME = (
    "(t.programme_id = ? OR (t.programme_id IS NULL "
    "AND t.project_id IN (SELECT o.id FROM project AS o WHERE o.programme_id = ?)))"
)
"""A programme's entries and those of its projects that name no programme: the rows that make up its sums."""
_PROGRAMME = "coalesce(t.programme_id, (SELECT o.programme_id FROM project AS o WHERE o.id = t.project_id))"
_COMMUNE = "(SELECT o.commune_id FROM project AS o WHERE o.id = t.project_id)"
_CONTENT = (
    "coalesce((SELECT nullif(o.content, '') FROM project AS o WHERE o.id = t.project_id), "
    f"(SELECT h.content FROM programme AS h WHERE h.id = {_PROGRAMME}), '')"
)
"""An entry's content: its project's, else its programme's."""
_ENTRY_FILTERS = {
    "kind": _EFFECT,
    "programme_id": _OF_PROGRAMME,
    "source": "t.plan_id IN (SELECT p.id FROM annual_plan AS p WHERE p.source = ?)",
    "content": f"{_CONTENT} = ?",
    "commune_id": f"{_COMMUNE} = ?",
    "without_programme": f"({_PROGRAMME} IS NULL) = ?",
    "without_project": "(t.project_id IS NULL) = ?",
    "without_commune": f"({_COMMUNE} IS NULL) = ?",
    "month": "t.happened_on BETWEEN ? || '-01' AND ? || '-31'",
    "until_month": "t.happened_on <= ? || '-31'",
}
_PROJECT_FILTERS = {
    "approved_in": f"({APPROVED} IS NOT NULL AND (t.year = ? OR t.id IN "
    "(SELECT s.project_id FROM year_share AS s WHERE s.year = ? AND s.support_vnd > 0)))",
    "disbursed": "EXISTS (SELECT 1 FROM fund_entry AS e WHERE e.project_id = t.id "
    "AND e.kind IN ('advance', 'payment')) = ?",
    "content_or_programmes": "coalesce(nullif(t.content, ''), "
    "(SELECT h.content FROM programme AS h WHERE h.id = t.programme_id), '') = ?",
    "without_programme": "(t.programme_id IS NULL) = ?",
    "without_commune": "(t.commune_id IS NULL) = ?",
}


_SIZE = "(SELECT count(*) FROM appointment_member AS m WHERE m.appointment_id = t.id)"


def _register() -> Listing:
    from kc_desktop.domain.paper import PaperRecord  # nothing the window begins with shows the register

    mark = "coalesce(printf('%02d', t.number), '……') || CASE t.symbol WHEN '' THEN '' ELSE '/' || t.symbol END"
    in_order = "printf('%s %09d', t.series, coalesce(t.number, 0))"
    return Listing(
        table="paper",
        columns=(
            Column(key="number", label="Số, ký hiệu", kind=Kind.LINE, sql=mark, sort_sql=in_order, width=14),
            *columns_of(PaperRecord, "dated", "subject", "signer", "state", "recipients", "sent_on"),
        ),
        year_sql="t.year = ?",
        filters=filters_of(PaperRecord),
        searched_sql=f"{mark} || ' ' || t.subject || ' ' || t.signer || ' ' || t.recipients || ' ' || t.note",
    )


def _payment_lists() -> Listing:
    from kc_desktop.storage.directory_listings import payment_lists  # nothing the window begins with shows pay

    return payment_lists()


def _disclosures() -> Listing:
    from kc_desktop.storage.directory_listings import disclosures  # likewise

    return disclosures()


def _work(name: str) -> Listing:
    from kc_desktop.storage import work_listings  # likewise

    listing: Listing = getattr(work_listings, name)()
    return listing


def _network(name: str) -> Listing:
    from kc_desktop.storage import network_listings  # likewise

    listing: Listing = getattr(network_listings, name)()
    return listing


def _law(key: str) -> Listing:
    from kc_desktop.storage.law_listings import law_listing  # nothing the window begins with shows law

    return law_listing(key)


def _templates() -> Listing:
    from kc_desktop.domain.council import MeetingTemplate

    return Listing(
        table="meeting_template",
        columns=columns_of(MeetingTemplate, "name", "kind", "title"),
        filters=filters_of(MeetingTemplate),
        searched_sql="(t.name || ' ' || t.title)",
    )


def _phrases() -> Listing:
    from kc_desktop.domain.council import Phrase

    return Listing(
        table="phrase",
        columns=columns_of(Phrase, "scope", "ordinal", "name", "body"),
        filters=filters_of(Phrase),
        searched_sql="(t.name || ' ' || t.body)",
    )


def _office_forms() -> Listing:
    from kc_desktop.domain.office_form import OfficeForm

    return Listing(
        table="office_form",
        columns=columns_of(OfficeForm, "name", "unit", "note"),
        filters=filters_of(OfficeForm),
        searched_sql="(t.name || ' ' || t.note)",
    )


LAW_LISTS = (
    "norms",
    "advance-rates",
    "legal-figures",
    "base-salaries",
    "remuneration-rules",
    "deadlines",
    "legal-bases",
    "body-names",
    "reporting-groups",
    "dossier-rules",
)
"""The lists of law, in the order the window shows them."""

LISTINGS: Mapping[str, Listing] = OnDemand(
    {
        "meetings": lambda: Listing(
            table="meeting",
            columns=columns_of(Meeting, "held_on", "title", "kind", "place", "state"),
            year_sql=_YEAR_OF_DAY.format("held_on"),
            filters=filters_of(Meeting),
        ),
        "projects": lambda: Listing(
            table="project",
            joins="LEFT JOIN programme AS g ON g.id = t.programme_id",
            columns=(
                *columns_of(Project, "code", "name", "state", "requested_vnd"),
                *(replace(each, sql=APPROVED, sort_sql=APPROVED) for each in columns_of(Project, "approved_vnd")),
                linked(
                    "programme",
                    "Chương trình",
                    "g",
                    "name",
                    width=40,
                    sort=Sort.VIETNAMESE,
                    searched_key="g.search_key",
                ),
                *columns_of(Project, "year"),
            ),
            year_sql=RUNS_IN_YEAR,
            filters=filters_of(Project) | _PROJECT_FILTERS,
        ),
        "programmes": lambda: Listing(
            table="programme",
            columns=columns_of(Programme, "ordinal", "name", "budget_vnd", "content", "source", "year"),
            year_sql="t.year = ?",
            filters=filters_of(Programme),
        ),
        "targets": lambda: Listing(
            table="target",
            joins="JOIN programme AS g ON g.id = t.programme_id",
            columns=(
                linked(
                    "programme",
                    "Chương trình",
                    "g",
                    "name",
                    width=40,
                    sort=Sort.VIETNAMESE,
                    searched_key="g.search_key",
                ),
                *columns_of(Target, "name", "unit", "planned_from", "planned_to"),
                Column(
                    key="done",
                    label="Đã làm",
                    kind=Kind.INTEGER,
                    sql=_DONE,
                    sort_sql=_DONE,
                    width=8,
                ),
            ),
            year_sql="g.year = ?",
            filters=filters_of(Target),
        ),
        "people": lambda: Listing(
            table="person",
            columns=columns_of(Person, "name", "group_code", "post", "organisation", "phone"),
            filters=filters_of(Person),
        ),
        "collaborators": lambda: _network("collaborators"),
        "uncovered": lambda: _network("uncovered"),
        "appointments": lambda: Listing(
            table="appointment",
            columns=(
                *columns_of(Appointment, "number", "state", "decided_on", "valid_from", "valid_to"),
                Column(key="size", label="Số người", kind=Kind.INTEGER, sql=_SIZE, sort_sql=_SIZE, width=8),
                *columns_of(Appointment, "authority"),
            ),
            filters=filters_of(Appointment),
        ),
        "reports": lambda: Listing(
            table="collaborator_report",
            joins="JOIN person AS p ON p.id = t.person_id",
            columns=(
                linked("name", "Họ và tên", "p", "name", width=28, sort=Sort.PERSON, searched_key="p.search_key"),
                *columns_of(CollaboratorReport, "period", "received_on"),
            ),
            year_sql="t.period BETWEEN ? || '-01' AND ? || '-12'",
            filters=filters_of(CollaboratorReport),
            searched_table="person",
            found_id="t.person_id",
            lead=Lead(
                sort="name",
                source="person AS p CROSS JOIN collaborator_report AS t ON t.person_id = p.id",
            ),
        ),
        "establishments": lambda: Listing(
            table="establishment",
            columns=tuple(
                replace(each, sql=_MASKED_TAX_CODE, sort_sql=_MASKED_TAX_CODE, is_masked=True)
                if each.key == "tax_code"
                else each
                for each in columns_of(Establishment, "name", "kind", "tax_code", "address")
            ),
            filters=filters_of(Establishment),
        ),
        "fund-entries": lambda: Listing(
            table="fund_entry",
            joins=(
                "JOIN annual_plan AS y ON y.id = t.plan_id LEFT JOIN project AS d ON d.id = t.project_id "
                "LEFT JOIN programme AS g ON g.id = t.programme_id"
            ),
            columns=(
                *columns_of(FundEntry, "happened_on", "kind", "amount_vnd", "document"),
                linked("project", "Đề án", "d", "name", width=36, sort=Sort.VIETNAMESE, searched_key="d.search_key"),
                linked(
                    "programme",
                    "Chương trình",
                    "g",
                    "name",
                    width=36,
                    sort=Sort.VIETNAMESE,
                    searched_key="g.search_key",
                ),
                *columns_of(FundEntry, "payee"),
                *columns_of(AnnualPlan, "source", alias="y"),
            ),
            year_sql="t.plan_id IN (SELECT id FROM annual_plan WHERE year = ?)",
            filters=filters_of(FundEntry) | _ENTRY_FILTERS,
        ),
        "statements": lambda: Listing(
            table="treasury_statement",
            columns=columns_of(TreasuryStatement, "name", "from_day", "to_day"),
            year_sql="t.plan_id IN (SELECT id FROM annual_plan WHERE year = ?)",
            filters=filters_of(TreasuryStatement),
            searched_sql="(t.name || ' ' || t.note)",
        ),
        "period-locks": lambda: Listing(
            table="period_lock",
            columns=columns_of(PeriodLock, "year", "quarter", "is_locked", "happened_on", "reason"),
            year_sql="t.year = ?",
            filters=filters_of(PeriodLock),
            searched_sql="t.reason",
        ),
        "plans": lambda: Listing(
            table="annual_plan",
            columns=columns_of(AnnualPlan, "year", "source", "decision", "decided_on"),
            filters=filters_of(AnnualPlan),
        ),
        "admin-units": lambda: Listing(
            table="admin_unit",
            columns=(
                *columns_of(AdminUnit, "name", "kind", "code"),
                Column(
                    key="parent_code", label="Thuộc", kind=Kind.LINE, sql=PROVINCE, sort_sql="t.parent_code", width=20
                ),
                *columns_of(AdminUnit, "valid_from", "valid_to"),
            ),
            filters=filters_of(AdminUnit),
        ),
    }
    | {"register": _register}
    | {"remuneration-lists": _payment_lists, "disclosures": _disclosures}
    | {
        "leads": partial(_work, "leads"),
        "evaluations": partial(_work, "evaluations"),
        "report-reminders": partial(_work, "reminders"),
    }
    | {key: partial(_law, key) for key in LAW_LISTS}
    | {"meeting-templates": _templates, "phrases": _phrases, "office-forms": _office_forms}
)
