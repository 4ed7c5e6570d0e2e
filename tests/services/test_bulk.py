"""Many records at once: each judged as a form would be, the refused left out by name, the rest one step."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry, PeriodLock
from kc_desktop.domain.law import Norm
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import Programme
from kc_desktop.domain.project import Project
from kc_desktop.errors import KnownError
from kc_desktop.services import bulk, finalising, record_history
from kc_desktop.services.import_plans import CHANGED, SAME, WRONG
from kc_desktop.services.workspace import Workspace

MILLION = 10**6


def _projects(workspace: Workspace, number: int, **fields: object) -> list[Project]:
    with workspace.change("Thêm đề án"):
        return [
            workspace.save(Project(**{"name": f"Đề án {each:02}", "year": 2024, **fields}))  # type: ignore[arg-type]  # fields by name
            for each in range(number)
        ]


def test_what_tells_records_apart_and_what_steps_and_the_ledger_govern_is_not_offered() -> None:
    offered = {each.name for each in bulk.fields(Project)}
    assert {"programme_id", "content", "commune_id", "starts_on", "note"} <= offered
    assert offered.isdisjoint({"name", "code", "state", "source", "year", "approved_vnd", "approved_on", "goals"})
    assert {each.name for each in bulk.fields(Person)}.isdisjoint({"citizen_id", "bank_account", "phone", "name"})
    assert bulk.fields(FundEntry) == bulk.fields(PeriodLock) == ()


def test_a_field_of_many_is_set_in_one_step_and_taken_back_in_one(empty: Workspace) -> None:
    programme = empty.save(Programme(name="Chương trình A", year=2024))
    projects = _projects(empty, 3)
    empty.save(dataclasses.replace(projects[2], programme_id=programme.id))
    ids = [each.id for each in projects]
    found = bulk.judge_edit(empty, Project, ids, "programme_id", programme.id)
    assert [each.verdict for each in found.rows] == [CHANGED, CHANGED, SAME]
    (change,) = found.rows[0].changes
    assert (change.label, change.before, change.after) == ("Chương trình", "", "Chương trình A")
    assert empty.get(Project, ids[0]).programme_id is None, "nothing is written by judging"
    assert bulk.write(empty, found) == 2
    assert {empty.get(Project, each).programme_id for each in ids} == {programme.id}
    assert empty.undo_label == "Sửa chương trình của 2 đề án"
    empty.undo()
    assert [empty.get(Project, each).programme_id for each in ids] == [None, None, programme.id]


def test_a_value_no_form_would_take_is_refused_row_by_row(empty: Workspace) -> None:
    early, late = _projects(empty, 2)
    early = empty.save(dataclasses.replace(early, starts_on=None))
    late = empty.save(dataclasses.replace(late, starts_on=date(2024, 6, 1)))
    found = bulk.judge_edit(empty, Project, [early.id, late.id], "ends_on", date(2024, 5, 1))
    assert [each.verdict for each in found.rows] == [CHANGED, WRONG]
    assert "trước thời điểm bắt đầu" in found.rows[1].reasons[0]
    assert bulk.write(empty, found) == 1
    assert empty.get(Project, late.id).ends_on is None


def test_closed_minutes_are_left_out_and_named(sample: Workspace) -> None:
    (closed,) = sample.all(Meeting)
    finalising.finalise(sample, closed.id, on=date(2023, 4, 14))
    opened = sample.save(Meeting(title="Họp giao ban", held_on=closed.held_on))
    found = bulk.judge_edit(sample, Meeting, [closed.id, opened.id], "place", "Phòng họp số 2")
    assert [each.verdict for each in found.rows] == [WRONG, CHANGED]
    assert "đã chốt" in found.rows[0].reasons[0]
    removal = bulk.judge_removal(sample, Meeting, [closed.id, opened.id])
    assert removal.order == (opened.id,)


def test_a_limit_refuses_the_records_that_go_over_it_and_no_other(empty: Workspace) -> None:
    wide = empty.save(Norm(code="rong", name="Mức rộng", ceiling_vnd=500 * MILLION, basis="project"))
    small = empty.save(Norm(code="hep", name="Mức hẹp", ceiling_vnd=100 * MILLION, basis="project"))
    modest = _projects(empty, 3, norm_id=wide.id, approved_vnd=90 * MILLION)
    (large,) = _projects(empty, 1, norm_id=wide.id, approved_vnd=400 * MILLION)
    ids = [modest[0].id, large.id, modest[1].id, modest[2].id]
    found = bulk.judge_edit(empty, Project, ids, "norm_id", small.id)
    assert [each.verdict for each in found.rows] == [CHANGED, WRONG, CHANGED, CHANGED]
    assert bulk.write(empty, found) == 3
    assert empty.get(Project, large.id).norm_id == wide.id


def test_a_failure_nobody_foresaw_leaves_everything_as_it_was(empty: Workspace) -> None:
    projects = _projects(empty, 3)
    found = bulk.judge_edit(empty, Project, [each.id for each in projects], "note", "Chung một ghi chú")

    def do(writer: Workspace, record_id: int) -> None:
        if record_id == projects[2].id:
            raise KnownError("Ổ đĩa đã đầy.", "Xóa bớt tệp.")
        found.do(writer, record_id)

    with pytest.raises(KnownError):
        bulk.write(empty, dataclasses.replace(found, do=do))
    assert {each.note for each in empty.all(Project)} == {""}
    assert empty.undo_label == "Thêm đề án"


def test_stopped_in_the_middle_nothing_is_left_and_the_same_may_be_done_again(empty: Workspace) -> None:
    ids = [each.id for each in _projects(empty, 25)]
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        bulk.judge_edit(empty, Project, ids, "note", "Chung một ghi chú", progress=stop)
    found = bulk.judge_edit(empty, Project, ids, "note", "Chung một ghi chú")
    with pytest.raises(InterruptedError):
        bulk.write(empty, found, progress=stop)
    assert told == [(0, 50), (20, 50), (0, 25), (20, 25)]
    assert {each.note for each in empty.all(Project)} == {""}
    assert empty.undo_label == "Thêm đề án"
    assert bulk.write(empty, found) == 25


def test_what_is_used_elsewhere_stays_and_the_rest_goes_to_the_bin_in_one_step(empty: Workspace) -> None:
    person = empty.save(Person(name="Đại biểu 07"))
    free = empty.save(Person(name="Đại biểu 08"))
    empty.save(Establishment(name="Cơ sở 03", representative_id=person.id))
    found = bulk.judge_removal(empty, Person, [person.id, free.id])
    assert [each.verdict for each in found.rows] == [WRONG, CHANGED]
    assert found.rows[0].reasons[0].startswith("Đang được dùng ở 1 cơ sở CNNT. Bỏ liên kết")
    bulk.write(empty, found)
    assert [each.title for each in record_history.deleted(empty)] == ["Đại biểu 08"]
    assert empty.undo_label == "Xóa 1 người"
    empty.undo()
    assert empty.find(Person, free.id) == free


def test_more_than_can_be_looked_over_is_refused(empty: Workspace) -> None:
    with pytest.raises(KnownError, match=r"nhiều nhất 5\.000 mục"):
        bulk.judge_removal(empty, Person, range(1, 5_002))
    with pytest.raises(KeyError):
        bulk.judge_edit(empty, Project, [1], "state", "approved")
