"""The year of each collaborator: counted from the file, never typed; sheets for all, the proposal for some."""

from __future__ import annotations

import dataclasses
from datetime import date

import pypdfium2
import pytest

from kc_desktop.domain.collaborator import Lead
from kc_desktop.domain.law import LegalBasis
from kc_desktop.domain.meeting import Attendee, Meeting
from kc_desktop.domain.network import Evaluation
from kc_desktop.domain.people import AppointmentMember, Person
from kc_desktop.errors import KnownError
from kc_desktop.services import collaborator_work, evaluations, leads, papers
from kc_desktop.services.workspace import Workspace

_END = date(2023, 12, 31)


def _pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


def _of(workspace: Workspace, person_id: int) -> tuple[int, int, int, int, int, int, int]:
    given = evaluations.of_person(workspace, person_id, 2023, _END)
    assert given is not None
    work = given.work
    return (
        *(work.reports_received, work.reports_owed, work.leads, work.projects),
        *(work.meetings_come, work.meetings_asked, work.trainings_come),
    )


def test_the_year_of_the_sample_is_counted_from_what_the_file_holds(sample: Workspace) -> None:
    found = evaluations.of_year(sample, 2023, _END)
    assert len(found) == 25
    first, second = found[0].person.id, found[1].person.id
    assert _of(sample, first) == (0, 9, 0, 0, 1, 1, 0)  # March to November; December ends today
    for month in ("2023-03", "2023-04"):
        collaborator_work.toggle(sample, first, month, date(2023, 6, 1))
    kept = [sample.save(Lead(person_id=first, found_on=date(2023, number, 1), need="Cần máy")) for number in (4, 5, 6)]
    sample.save(Lead(person_id=first, found_on=date(2022, 12, 31), need="Của năm trước"))
    leads.make_project(sample, kept[0].id, 2023)
    training = sample.save(Meeting(kind="tap_huan", title="Tập huấn", held_on=date(2023, 9, 1), state="held"))
    sample.save(
        Attendee(meeting_id=training.id, person_id=first, role="collaborator", state="delegate", delegate_id=second)
    )
    assert _of(sample, first) == (2, 9, 3, 1, 1, 2, 0)
    assert _of(sample, second) == (0, 9, 0, 0, 2, 1, 1)


def test_whoever_left_the_network_keeps_their_evaluation_in_the_year(sample: Workspace) -> None:
    person = sample.save(Person(name="Cộng tác viên 30"))
    sample.save(Evaluation(person_id=person.id, year=2023, grade="done"))
    found = evaluations.of_year(sample, 2023, _END)
    assert found[-1].person == person
    assert (found[-1].level, found[-1].work.reports_owed) == ("", 0)
    assert evaluations.of_person(sample, person.id, 2022, _END) is None


def test_empty_sheets_are_kept_for_all_who_have_none_in_one_step(sample: Workspace) -> None:
    first = evaluations.of_year(sample, 2023, _END)[0]
    sample.save(dataclasses.replace(first.evaluation, grade="good"))
    before = sample.revision
    assert evaluations.open_year(sample, 2023, _END) == 23  # the sample has judged one
    assert sample.revision == before + 1
    assert evaluations.open_year(sample, 2023, _END) == 0
    assert sample.revision == before + 1
    assert sorted(each.grade for each in sample.children(Evaluation, year=2023)) == [""] * 23 + ["good"] * 2


def test_a_year_is_judged_once_for_a_person(sample: Workspace) -> None:
    given = evaluations.of_year(sample, 2023, _END)[0]
    sample.save(given.evaluation)
    with pytest.raises(KnownError, match="Đã có đánh giá"):
        sample.save(given.evaluation)


@pytest.fixture
def judged(sample: Workspace) -> tuple[Workspace, Evaluation]:
    """The sample with one proposed and one not, the sample's own taken away."""
    for each in sample.children(Evaluation, year=2023):
        sample.delete(Evaluation, each.id)
    one, other = evaluations.of_year(sample, 2023, _END)[:2]
    kept = sample.save(
        dataclasses.replace(one.evaluation, grade="excellent", is_proposed=True, strengths="Báo cáo đủ, đúng hạn.")
    )
    sample.save(dataclasses.replace(other.evaluation, grade="good"))
    return sample, kept


def test_a_sheet_is_for_one_or_for_all_of_the_year(judged: tuple[Workspace, Evaluation]) -> None:
    workspace, kept = judged
    everybody = papers.build(workspace, "evaluation-sheet", kept.id)
    assert 1 + len(everybody.followed_by) == 25
    parts = papers.parts(workspace, "evaluation-sheet", kept.id)
    assert [each.id for each in parts] == [
        each.person.id for each in evaluations.of_year(workspace, 2023, date.today())
    ]
    words = _pdf_text(papers.render(workspace, parts[0].key, kept.id, ".pdf"))
    for expected in ("PHIẾU ĐÁNH GIÁ", "Cộng tác viên 01", "Hoàn thành xuất sắc", "Báo cáo đủ, đúng hạn", "49/QĐ-SCT"):
        assert expected in words
    assert "Cộng tác viên 02" not in words


def test_the_proposal_lists_exactly_those_proposed_and_cites_what_is_in_force(
    judged: tuple[Workspace, Evaluation],
) -> None:
    workspace, kept = judged
    words = _pdf_text(papers.render(workspace, "reward-proposal", kept.id, ".pdf"))
    assert "tặng giấy khen cho 01 cộng tác viên" in words
    assert "hoàn thành xuất sắc 01 người; hoàn thành tốt 01 người" in words
    (decree,) = [each for each in workspace.all(LegalBasis) if each.code == "45/2012/NĐ-CP"]
    assert decree.full_text.rstrip(";.")[:60] in words
    assert "Cộng tác viên 01" in words
    assert "Cộng tác viên 02" not in words


def test_what_the_papers_lack_is_said_with_the_next_step(judged: tuple[Workspace, Evaluation]) -> None:
    workspace, kept = judged
    assert papers.problems(workspace, "reward-proposal", kept.id)[0].startswith("23 người trong mạng lưới chưa xếp")
    workspace.save(dataclasses.replace(kept, is_proposed=False))
    assert "Chưa đề nghị khen thưởng ai" in papers.problems(workspace, "reward-proposal", kept.id)[0]
    assert "23 người chưa xếp loại" in papers.problems(workspace, "evaluation-sheet", kept.id)[0]
    reminder = collaborator_work.remind(workspace, 2023, (), date(2023, 6, 15))
    told = papers.problems(workspace, "report-reminder", reminder.id)
    assert any("Chưa có hạn gửi bổ sung" in each for each in told)
    assert papers.file_name(workspace, "report-reminder", reminder.id, ".pdf") == (
        "2023.06.15. Giấy nhắc gửi báo cáo - tháng 3, 4, 5 năm 2023.pdf"
    )


def test_one_of_a_merged_pair_keeps_the_evaluations_of_both(sample: Workspace) -> None:
    one, other = evaluations.of_year(sample, 2023, _END)[:2]
    sample.save(dataclasses.replace(one.evaluation, strengths="Đủ báo cáo."))
    sample.save(dataclasses.replace(other.evaluation, grade="good", year=2023))
    sample.save(Evaluation(person_id=other.person.id, year=2022, grade="done"))
    sample.merge(one.person, other.person.id, "Gộp người")
    assert [(each.year, each.grade) for each in sample.children(Evaluation, person_id=one.person.id)] == [
        (2023, "good"),
        (2022, "done"),
    ]
    assert len(sample.all(AppointmentMember)) in (24, 25)
