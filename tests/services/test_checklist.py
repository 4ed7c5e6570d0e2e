"""Còn thiếu gì, and what is due when: the papers of TT 36/2013 for a project, and its deadlines on a day."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from datetime import date

import pytest

from kc_desktop.domain.law import DossierRule
from kc_desktop.domain.lifecycle import rule_of
from kc_desktop.domain.project import ChecklistItem, ProgressReport, Project, ProjectStep
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import checklist, deadlines, lifecycle
from kc_desktop.services.workspace import Workspace
from tests.services.projects_at_work import LAW, install_law, norm, project

_ON = date(2024, 1, 10)


@pytest.fixture
def lawful(empty: Workspace) -> Workspace:
    """An empty file with the law's rows."""
    install_law(empty)
    return empty


def _names(papers: tuple[checklist.Paper, ...]) -> str:
    return "\n".join(each.name for each in papers)


def test_the_dossier_for_the_department_lists_what_article_10_names(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG")
    papers = checklist.papers(lawful, kept.id, "submit", _ON)
    assert "Công văn đề nghị" in _names(papers)
    assert "Văn bản đề nghị hỗ trợ của đơn vị thụ hưởng" in _names(papers)
    assert {each.copies for each in papers if each.is_required} == {3}
    assert {each.due_on for each in papers if each.copies} == {date(2023, 5, 20)}  # the year before the project's


def test_the_rest_of_the_advance_asks_for_what_article_14_names_for_this_kind(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG", norm_id=norm(lawful).id)
    words = _names(checklist.papers(lawful, kept.id, "advance_rest", _ON))
    assert "hợp đồng mua máy móc" in words
    assert "Biên bản nghiệm thu cơ sở" in words
    assert "học viên" not in words


def test_without_a_norm_only_the_papers_common_to_all_are_asked_for(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG")
    assert len(checklist.papers(lawful, kept.id, "advance_rest", _ON)) == 3


def test_a_local_project_has_its_own_unverified_dossier(lawful: Workspace) -> None:
    kept = project(lawful)
    papers = checklist.papers(lawful, kept.id, "receive", _ON)
    assert [each.is_verified for each in papers] == [False, False]
    assert checklist.missing(lawful, kept.id, on=_ON) == papers


def test_a_paper_received_is_kept_with_its_day_and_undone_in_one_step(lawful: Workspace) -> None:
    kept = project(lawful)
    first, second = checklist.missing(lawful, kept.id, on=_ON)
    checklist.receive(lawful, kept.id, first, _ON)
    assert [each.rule_code for each in checklist.missing(lawful, kept.id, on=_ON)] == [second.rule_code]
    (item,) = lawful.children(ChecklistItem, project_id=kept.id)
    assert (item.received_on, item.rule_code) == (_ON, first.rule_code)
    lawful.undo()
    assert len(checklist.missing(lawful, kept.id, on=_ON)) == 2


def test_a_paper_can_be_marked_as_not_received_again_and_as_not_needed(lawful: Workspace) -> None:
    kept = project(lawful)
    (first, *_rest) = checklist.missing(lawful, kept.id, on=_ON)
    checklist.receive(lawful, kept.id, first, _ON)
    (first, *_rest) = checklist.papers(lawful, kept.id, "receive", _ON)
    checklist.receive(lawful, kept.id, first, None)
    assert len(checklist.missing(lawful, kept.id, on=_ON)) == 2
    checklist.require(lawful, kept.id, first, is_required=False)
    assert len(checklist.missing(lawful, kept.id, on=_ON)) == 1


def test_a_step_prepares_the_papers_of_the_next_ones_and_they_stay_when_the_law_changes(lawful: Workspace) -> None:
    kept = project(lawful)
    lifecycle.take(lawful, kept.id, "submit", on=_ON, document="1/TTr")
    (item,) = lawful.children(ChecklistItem, project_id=kept.id)
    assert item.step == "approve"
    (rule,) = (each for each in lawful.all(DossierRule) if each.code == item.rule_code)
    lawful.save(dataclasses.replace(rule, name="Tên khác", valid_to=date(2020, 1, 1)))
    assert [each.name for each in checklist.papers(lawful, kept.id, "approve", _ON)] == [item.name]


def test_a_paper_of_the_offices_own_can_be_added_and_removed_the_laws_not(lawful: Workspace) -> None:
    kept = project(lawful)
    with pytest.raises(FieldError):
        checklist.add(lawful, kept.id, "receive", " ")
    checklist.add(lawful, kept.id, "receive", "Bản vẽ nhà xưởng")
    own, law, *_rest = checklist.papers(lawful, kept.id, "receive", _ON)
    assert own.name == "Bản vẽ nhà xưởng"
    checklist.remove(lawful, own)
    with pytest.raises(KnownError):
        checklist.remove(lawful, law)


def test_a_paper_that_came_after_its_deadline_is_late(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG")
    paper = checklist.papers(lawful, kept.id, "submit", _ON)[0]
    assert not paper.is_late(date(2023, 5, 20))
    assert paper.is_late(date(2023, 5, 21))
    assert dataclasses.replace(paper, received_on=date(2023, 5, 1)).is_late(_ON) is False


def test_every_row_of_the_dossiers_is_sound() -> None:
    rows = json.loads((LAW / "dossier-rules.json").read_text("utf-8"))["rows"]
    norms = {each["code"]: each["content"] for each in json.loads((LAW / "norms.json").read_text("utf-8"))["rows"]}
    due = {each["code"] for each in json.loads((LAW / "deadlines.json").read_text("utf-8"))["rows"]}
    assert not [code for code, number in Counter(each["code"] for each in rows).items() if number > 1]
    for row in rows:
        assert rule_of(row["step"], row["scope"]) is not None, row["code"]
        assert row["citation"], row["code"]
        assert row.get("deadline_code", "") in ("", *due), row["code"]
        if row.get("norm_code"):
            assert norms.get(row["norm_code"]) == row["content"], row["code"]


# --- deadlines ---


def _codes(workspace: Workspace, kept: Project, on: date) -> list[tuple[str, date, int]]:
    found = deadlines.of_project(workspace, workspace.get(Project, kept.id), on)
    return [(each.code, each.due_on, each.days_late(on)) for each in found]


def test_a_national_draft_is_due_at_the_department_and_the_ministry_the_year_before(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG")
    assert _codes(lawful, kept, date(2023, 5, 25)) == [
        ("dossier-to-department", date(2023, 5, 20), 5),
        ("register", date(2023, 6, 15), -21),
    ]


def test_a_deadline_met_is_gone(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG")
    lifecycle.take(lawful, kept.id, "submit", on=date(2023, 5, 10), document="1/CV")
    assert [code for code, _due, _late in _codes(lawful, kept, date(2023, 5, 25))] == ["register"]


def test_the_settlement_is_due_fifteen_days_after_acceptance_and_in_january(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG", state="accepted")
    lawful.save(ProjectStep(project_id=kept.id, action="accept", state="accepted", happened_on=date(2024, 11, 20)))
    assert _codes(lawful, kept, date(2025, 1, 23)) == [
        ("settlement-dossier", date(2024, 12, 5), 49),
        ("settlement", date(2025, 1, 22), 1),
    ]
    for paper in checklist.papers(lawful, kept.id, "settle", date(2024, 12, 1)):
        checklist.receive(lawful, kept.id, paper, date(2024, 12, 1))
    assert [code for code, _due, _late in _codes(lawful, kept, date(2025, 1, 23))] == ["settlement"]


def test_a_running_project_owes_a_report_each_month_since_it_started(lawful: Workspace) -> None:
    kept = project(lawful, source="KCQG", state="running")
    lawful.save(ProjectStep(project_id=kept.id, action="start", state="running", happened_on=date(2024, 3, 26)))
    lawful.save(ProgressReport(project_id=kept.id, month="2024-04", reported_on=date(2024, 4, 20)))
    reports = [
        (each.month, each.due_on)
        for each in deadlines.of_project(lawful, lawful.get(Project, kept.id), date(2024, 6, 1))
        if each.month
    ]
    assert deadlines.report_due(lawful, "KCQG", "5/2024") == date(2024, 5, 25)
    assert deadlines.report_due(lawful, "KCDP", "5/2024") is None
    assert reports == [("2024-05", date(2024, 5, 25)), ("2024-06", date(2024, 6, 25))]


def test_what_is_upcoming_is_sorted_and_leaves_the_finished_out(lawful: Workspace) -> None:
    late = project(lawful, source="KCQG", name="Muộn")
    project(lawful, source="KCQG", name="Xong", state="settled")
    project(lawful, source="KCDP", name="Địa phương")
    several = project(lawful, source="KCQG", name="Nhiều năm", year=2020, end_year=2022, state="paid")
    found = deadlines.upcoming(lawful, date(2023, 5, 18), days=7)
    assert [(each.project_id, each.code) for each in found] == [
        (several.id, "settlement"),
        (late.id, "dossier-to-department"),
    ]
    found = found[1:]
    assert found[0].words(date(2023, 5, 18)) == "còn 2 ngày"
    assert found[0].words(date(2023, 5, 20)) == "hôm nay"
    assert found[0].words(date(2023, 5, 22)) == "trễ 2 ngày"


@pytest.mark.parametrize("typed", ["4/2024", "04/2024", "T4/2024", "tháng 4/2024", "2024-04", "2024-4", "04.2024"])
def test_a_month_is_understood_as_people_write_it(typed: str) -> None:
    assert deadlines.month_code(typed) == "2024-04"


@pytest.mark.parametrize("typed", ["", "13/2024", "4", "tháng tư", "2024"])
def test_what_is_no_month_is_not_taken_for_one(typed: str) -> None:
    assert deadlines.month_code(typed) == ""
