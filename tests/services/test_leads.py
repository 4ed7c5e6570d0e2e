"""Needs found at establishments: a project in one step, followed to its result."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project, ProjectBeneficiary, ProjectStep
from kc_desktop.errors import KnownError
from kc_desktop.services import leads, lists
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace

_NEED = "Thay máy cắt cũ bằng máy cắt CNC, giảm hao phí nguyên liệu."


def _lead(workspace: Workspace, establishment: Establishment | None = None, **more: object) -> Lead:
    person = workspace.save(Person(name="Cộng tác viên 07", group_code="collaborator"))
    given = Lead(person_id=person.id, found_on=date(2023, 5, 4), need=_NEED)
    if establishment is not None:
        given = dataclasses.replace(given, establishment_id=establishment.id)
    return workspace.save(dataclasses.replace(given, **more))  # type: ignore[arg-type]  # the test's own fields


def _states(workspace: Workspace, request: ListRequest) -> list[object]:
    place = [each.key for each in lists.LISTS["leads"].columns].index("state")
    return [row.cells[place] for row in lists.page(workspace, "leads", request)]


def test_a_need_becomes_a_project_with_its_establishment_and_words_in_one_step(empty: Workspace) -> None:
    establishment = empty.save(Establishment(name="Cơ sở 03", address="Xã 05"))
    lead = _lead(empty, establishment, content="3")
    before = empty.revision
    project = leads.make_project(empty, lead.id, 2024)
    assert empty.revision == before + 1
    assert (project.year, project.state, project.place) == (2024, "draft", "Xã 05")
    assert project.name == f"{_NEED.rstrip('.')} tại Cơ sở 03"
    assert (project.necessity, project.content) == (_NEED, "3")
    (share,) = empty.children(ProjectBeneficiary, project_id=project.id)
    assert share.establishment_id == establishment.id
    kept = empty.get(Lead, lead.id)
    assert (kept.project_id, kept.state) == (project.id, "project")
    with pytest.raises(KnownError, match="đã thành đề án"):
        leads.make_project(empty, lead.id, 2024)
    empty.undo()
    assert empty.all(Project) == ()
    assert empty.get(Lead, lead.id) == lead


def test_a_need_without_an_establishment_becomes_a_project_all_the_same(empty: Workspace) -> None:
    lead = _lead(empty)
    project = leads.make_project(empty, lead.id, 2023)
    assert project.name == _NEED.rstrip(".")
    assert empty.children(ProjectBeneficiary, project_id=project.id) == ()


@pytest.mark.parametrize(
    ("state", "expected", "words"),
    [
        ("draft", "project", "Đề án năm 2023: nháp."),
        ("running", "project", "Đề án năm 2023: đang thực hiện từ 02/08/2023, hỗ trợ 100.000.000 đồng."),
        ("settled", "closed", "Đề án năm 2023: đã quyết toán từ 02/08/2023, hỗ trợ 100.000.000 đồng."),
        ("rejected", "closed", "Đề án năm 2023: không phê duyệt từ 02/08/2023, hỗ trợ 100.000.000 đồng."),
    ],
)
def test_a_need_follows_its_project_to_the_result(empty: Workspace, state: str, expected: str, words: str) -> None:
    lead = _lead(empty)
    assert leads.standing(empty, lead).state_label == "Mới ghi nhận"
    project = leads.make_project(empty, lead.id, 2023)
    if state != "draft":
        empty.save(dataclasses.replace(project, state=state, requested_vnd=100_000_000))
        empty.save(ProjectStep(project_id=project.id, state=state, happened_on=date(2023, 8, 2)))
    found = leads.standing(empty, empty.get(Lead, lead.id))
    assert (found.state, found.words) == (expected, words)
    assert _states(empty, ListRequest(year=2023)) == [found.state_label]
    assert _states(empty, ListRequest(filters=(("state", expected),))) == [found.state_label]
    assert _states(empty, ListRequest(filters=(("state", "new"),))) == []


def test_needs_are_found_by_their_words_their_finder_and_their_establishment(empty: Workspace) -> None:
    establishment = empty.save(Establishment(name="Cơ sở 03"))
    lead = _lead(empty, establishment)
    _lead(empty, need="Đào tạo nghề mây tre", found_on=None)
    for typed in ("may cat", "CNC", "cơ sở 03"):
        assert [row.id for row in lists.page(empty, "leads", ListRequest(search=typed))] == [lead.id]
    assert lists.count(empty, "leads", ListRequest(search="cong tac vien 07")) == 2
    assert lists.count(empty, "leads", ListRequest(year=2022)) == 1  # the one without a day is in every year
    assert lists.count(empty, "leads", ListRequest(year=2023, sort="project_state")) == 2


def test_an_establishment_shows_its_needs_the_newest_first(empty: Workspace) -> None:
    establishment = empty.save(Establishment(name="Cơ sở 03"))
    first = _lead(empty, establishment, found_on=date(2022, 1, 1))
    second = _lead(empty, establishment)
    found = leads.of_establishment(empty, establishment.id)
    assert [each.id for each, _person, _standing in found] == [second.id, first.id]
    assert found[0][1] is not None


def test_a_project_a_need_became_is_not_deleted_under_it(empty: Workspace) -> None:
    project = leads.make_project(empty, _lead(empty).id, 2023)
    with pytest.raises(KnownError, match="1 nhu cầu"):
        empty.delete(Project, project.id)
