"""The register: numbers in order, none twice, none lost; what is issued stays as it was."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.domain.project import Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import finalising, register
from kc_desktop.services.register import _series_state
from kc_desktop.services.workspace import Workspace
from tests.documents.reading import read_pdf

_DAY = date(2023, 4, 14)


@pytest.fixture
def meeting(sample: Workspace) -> Meeting:
    """The sample's meeting."""
    (found,) = sample.all(Meeting)
    return found


def _issue(workspace: Workspace, meeting: Meeting, number: int, **more: object) -> PaperRecord:
    return register.issue(
        workspace,
        "meeting-minutes",
        meeting.id,
        number=number,
        **{"dated": _DAY, **more},  # type: ignore[arg-type]  # named arguments of issue
    )


def test_the_next_number_is_suggested_and_a_year_begins_with_01(sample: Workspace, meeting: Meeting) -> None:
    proposed = register.propose(sample, "meeting-minutes", meeting.id, _DAY)
    assert (proposed.number, proposed.series) == (1, "BB")
    assert proposed.symbol.startswith("BB-")
    _issue(sample, meeting, 7)
    assert register.suggest(sample, "BB", 2023) == 8
    assert register.suggest(sample, "BB", 2024) == 1


def test_an_issued_paper_bears_its_number_and_prints_the_same_bytes_for_ever(
    sample: Workspace, meeting: Meeting
) -> None:
    issued = _issue(sample, meeting, 5)
    pdf = register.pdf_of(sample, issued.id)
    assert f"Số:05/{issued.symbol}" in read_pdf(pdf).text  # the reader leaves the spaces out
    sample.save(dataclasses.replace(sample.get(Meeting, meeting.id), place="Nơi khác"))
    assert register.pdf_of(sample, issued.id) == pdf
    assert sample.get(Meeting, meeting.id).number == 5


def test_a_number_is_never_used_twice_not_even_a_cancelled_one(sample: Workspace, meeting: Meeting) -> None:
    issued = _issue(sample, meeting, 1)
    with pytest.raises(FieldError, match="đã dùng") as told:
        _issue(sample, meeting, 1)
    assert told.value.remedy == "Số tiếp theo là 02."
    register.cancel(sample, issued.id, "Không phát hành nữa")
    with pytest.raises(FieldError, match="đã dùng"):
        _issue(sample, meeting, 1)
    assert [each.state for each in sample.all(PaperRecord)] == ["cancelled"]


def test_an_issued_paper_is_locked_but_for_the_last_columns_of_the_register(
    sample: Workspace, meeting: Meeting
) -> None:
    issued = _issue(sample, meeting, 1)
    with pytest.raises(KnownError, match="đã phát hành"):
        sample.save(dataclasses.replace(issued, subject="Khác"))
    with pytest.raises(KnownError, match="không xóa được"):
        sample.delete(PaperRecord, issued.id)
    sample.save(dataclasses.replace(issued, copies=3, sent_on=_DAY, receipt="Văn thư", kept_by="Văn thư, P.KC"))


def test_a_reserved_number_is_used_up_by_its_paper(sample: Workspace, meeting: Meeting) -> None:
    symbol = register.propose(sample, "meeting-minutes", meeting.id, _DAY).symbol
    held = register.reserve(sample, symbol=symbol, number=3, dated=_DAY, subject="Biên bản họp tháng 4")
    with pytest.raises(FieldError, match="đã dùng"):
        _issue(sample, meeting, 3)
    issued = _issue(sample, meeting, 3, reserved_id=held.id)
    assert (issued.id, issued.state) == (held.id, "issued")


def test_a_wrong_paper_is_replaced_with_a_reason_and_both_stay(sample: Workspace, meeting: Meeting) -> None:
    first = _issue(sample, meeting, 1)
    with pytest.raises(FieldError, match="lý do thay thế"):
        _issue(sample, meeting, 2, replaces_id=first.id)
    second = _issue(sample, meeting, 2, replaces_id=first.id, reason="Sai kết luận 2")
    assert sample.get(PaperRecord, first.id).state == "replaced"
    assert second.replaces_id == first.id
    assert register.pdf_of(sample, first.id) != register.pdf_of(sample, second.id)


def test_issuing_is_one_step_that_an_undo_takes_back(sample: Workspace, meeting: Meeting) -> None:
    _issue(sample, meeting, 1)
    sample.undo()
    assert sample.all(PaperRecord) == ()
    assert sample.get(Meeting, meeting.id) == meeting


def test_closed_minutes_can_still_be_numbered(sample: Workspace, meeting: Meeting) -> None:
    finalising.finalise(sample, meeting.id, on=_DAY)
    _issue(sample, meeting, 4)
    assert sample.get(Meeting, meeting.id).number == 4


def test_a_form_without_a_number_is_not_issued(sample: Workspace) -> None:
    project = sample.all(Project)[-1]
    with pytest.raises(KnownError, match="không đánh số"):
        register.propose(sample, "estimate", project.id, _DAY)


def test_one_series_for_all_when_the_office_says_so(sample: Workspace, meeting: Meeting) -> None:
    sample.set_setting(register.SERIES_SETTING, register.COMMON, "Đánh số chung")
    assert register.propose(sample, "meeting-minutes", meeting.id, _DAY).series == "chung"


def test_gaps_are_told(sample: Workspace, meeting: Meeting) -> None:
    for number in (1, 4):
        _issue(sample, meeting, number)
    (state,) = register.state_of(sample, 2023)
    assert (state.gaps, state.duplicates, state.last, state.taken) == ((2, 3), (), 4, 2)


@given(st.lists(st.integers(1, 60), max_size=40))
def test_gaps_and_duplicates_are_exactly_what_is_missing_or_stands_twice(numbers: list[int]) -> None:
    state = _series_state("BB", 2023, tuple(sorted(numbers)))
    assert set(state.gaps) | set(numbers) == set(range(1, max(numbers, default=0) + 1))
    assert not set(state.gaps) & set(numbers)
    assert len(numbers) == len(set(numbers)) or state.duplicates
    assert all(numbers.count(each) > 1 for each in state.duplicates)
