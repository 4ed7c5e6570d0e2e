"""The lists of what collaborators do: needs found, how a year was judged, reminders of reports."""

from __future__ import annotations

from typing import Final

from kc_desktop.domain.collaborator import LEAD_STATES, Lead
from kc_desktop.domain.fields import Kind, Sort
from kc_desktop.domain.lifecycle import FINAL_STATES
from kc_desktop.domain.network import Evaluation, ReportReminder
from kc_desktop.domain.project import PROJECT_STATES, Project
from kc_desktop.storage.listing import Column, Listing
from kc_desktop.storage.listings import columns_of, filters_of

_FINAL: Final = ", ".join(f"'{state}'" for state in sorted(FINAL_STATES))
_STATE: Final = f"CASE WHEN d.id IS NULL THEN t.state WHEN d.state IN ({_FINAL}) THEN 'closed' ELSE 'project' END"
"""A need's state: with a project, the project says it."""
_STATE_OF_ROW: Final = _STATE.replace("d.id", "t.project_id").replace(
    "d.state", "(SELECT o.state FROM project AS o WHERE o.id = t.project_id)"
)
_RANKS: Final = " ".join(f"WHEN '{code}' THEN {rank}" for rank, (code, _) in enumerate(PROJECT_STATES))

_LEAD_RANKS: Final = " ".join(f"WHEN '{code}' THEN {rank}" for rank, (code, _) in enumerate(LEAD_STATES))


def leads() -> Listing:
    """Return the list of needs: those of a year by the day they were found, and those without a day."""
    (state,) = columns_of(Lead, "state")
    (project_state,) = columns_of(Project, "state", alias="d", prefix="project_")
    return Listing(
        table="lead",
        joins=(
            "JOIN person AS p ON p.id = t.person_id LEFT JOIN establishment AS e ON e.id = t.establishment_id "
            "LEFT JOIN project AS d ON d.id = t.project_id"
        ),
        columns=(
            *columns_of(Lead, "found_on"),
            _named("establishment", "Cơ sở CNNT", "e", 30, Sort.VIETNAMESE),
            *columns_of(Lead, "need"),
            Column(
                key=state.key,
                label=state.label,
                kind=state.kind,
                sql=_STATE,
                sort_sql=f"CASE {_STATE} {_LEAD_RANKS} END",
                width=16,
                choices=state.choices,
            ),
            _named("name", "Cộng tác viên", "p", 24, Sort.PERSON),
            Column(
                key="project_state",
                label="Đề án",
                kind=project_state.kind,
                sql="coalesce(d.state, '')",
                sort_sql=f"CASE d.state {_RANKS} END",
                width=18,
                choices=(("", ""), *project_state.choices),
            ),
        ),
        year_sql="(t.found_on IS NULL OR t.found_on BETWEEN ? || '-01-01' AND ? || '-12-31')",
        filters=filters_of(Lead) | {"state": f"{_STATE_OF_ROW} = ?"},
        searched_sql=(
            "(t.need || ' ' || t.result || ' ' || "
            "(SELECT w.name FROM person AS w WHERE w.id = t.person_id) || ' ' || "
            "coalesce((SELECT c.name FROM establishment AS c WHERE c.id = t.establishment_id), ''))"
        ),
    )


def evaluations() -> Listing:
    """Return the list of evaluations."""
    return Listing(
        table="evaluation",
        joins="JOIN person AS p ON p.id = t.person_id",
        columns=(
            _named("name", "Họ và tên", "p", 28, Sort.PERSON),
            *columns_of(Evaluation, "year", "grade", "is_proposed", "reward"),
        ),
        year_sql="t.year = ?",
        filters=filters_of(Evaluation),
        searched_table="person",
        found_id="t.person_id",
    )


def reminders() -> Listing:
    """Return the list of reminders of reports."""
    return Listing(
        table="report_reminder",
        columns=columns_of(ReportReminder, "reminded_on", "months", "answer_by", "year"),
        year_sql="t.year = ?",
        filters=filters_of(ReportReminder),
        searched_sql="t.months",
    )


def _named(key: str, label: str, alias: str, width: int, sort: Sort) -> Column:
    sorted_by = f"{alias}.{'name' if sort is Sort.PLAIN else 'name_key'}"
    return Column(
        key=key, label=label, kind=Kind.LINE, sql=f"coalesce({alias}.name, '')", sort_sql=sorted_by, width=width
    )
