"""The register: numbers in order, none twice, none lost; what is issued stays as it was."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.domain.people import Appointment
from kc_desktop.domain.project import Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import finalising, issuing, lists, papers, record_history, register
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
    return issuing.issue(
        workspace,
        "meeting-minutes",
        meeting.id,
        number=number,
        **{"dated": _DAY, **more},  # type: ignore[arg-type]  # named arguments of issue
    )


def test_the_next_number_is_suggested_and_a_year_begins_with_01(sample: Workspace, meeting: Meeting) -> None:
    proposed = issuing.propose(sample, "meeting-minutes", meeting.id, _DAY)
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
        register.reserve(sample, symbol=issued.symbol, number=1, dated=_DAY, subject="Biên bản khác")
    assert told.value.remedy == "Số tiếp theo là 02."
    register.cancel(sample, issued.id, "không ban hành nữa")
    with pytest.raises(FieldError, match="đã dùng"):
        _issue(sample, meeting, 1)
    assert [each.state for each in sample.all(PaperRecord)] == ["cancelled"]


def test_a_copy_that_is_not_what_it_was_is_never_shown_as_the_issued_one(sample: Workspace, meeting: Meeting) -> None:
    issued = _issue(sample, meeting, 5)
    with sample.change("Hỏng"), sample.reading() as connection:
        connection.execute("UPDATE paper_file SET pdf = ? WHERE paper_id = ?", (b"%PDF-kh\xc3\xa1c", issued.id))
    with pytest.raises(KnownError, match="không còn nguyên vẹn") as told:
        register.pdf_of(sample, issued.id)
    assert "bản sao lưu" in told.value.remedy


def test_an_issued_paper_is_locked_but_for_the_last_columns_of_the_register(
    sample: Workspace, meeting: Meeting
) -> None:
    issued = _issue(sample, meeting, 1)
    with pytest.raises(KnownError, match="đã ban hành"):
        sample.save(dataclasses.replace(issued, subject="Khác"))
    with pytest.raises(KnownError, match="không xóa được"):
        sample.delete(PaperRecord, issued.id)
    sample.save(dataclasses.replace(issued, copies=3, sent_on=_DAY, receipt="Văn thư", kept_by="Văn thư, P.KC"))


def test_a_reserved_number_is_used_up_by_its_paper(sample: Workspace, meeting: Meeting) -> None:
    symbol = issuing.propose(sample, "meeting-minutes", meeting.id, _DAY).symbol
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


def test_an_undone_issue_frees_its_number_and_a_redone_one_has_the_same_bytes(
    sample: Workspace, meeting: Meeting
) -> None:
    issued = _issue(sample, meeting, 6)
    pdf = register.pdf_of(sample, issued.id)
    sample.undo()
    assert issuing.issued_copy(sample, "meeting-minutes", meeting.id) is None
    assert register.suggest(sample, "BB", 2023) == 1
    sample.redo()
    assert register.pdf_of(sample, issued.id) == pdf
    assert sample.get(Meeting, meeting.id).number == 6


def test_an_undone_replacement_leaves_the_first_paper_standing(sample: Workspace, meeting: Meeting) -> None:
    first = _issue(sample, meeting, 1)
    _issue(sample, meeting, 2, replaces_id=first.id, reason="Sai kết luận 2")
    sample.undo()
    assert sample.get(PaperRecord, first.id) == first
    assert sample.get(Meeting, meeting.id).number == 1
    assert issuing.issued_copy(sample, "meeting-minutes", meeting.id) == first


def test_a_paper_is_issued_once_unless_it_replaces(sample: Workspace, meeting: Meeting) -> None:
    first = _issue(sample, meeting, 1)
    with pytest.raises(KnownError, match="đã ban hành: số 01/"):
        _issue(sample, meeting, 2)
    second = _issue(sample, meeting, 2, replaces_id=first.id, reason="Sai kết luận 2")
    assert issuing.issued_copy(sample, "meeting-minutes", meeting.id) == second
    assert register.replacement_of(sample, first.id) == second


def test_a_cancelled_number_leaves_the_record_it_was_written_into(sample: Workspace, meeting: Meeting) -> None:
    issued = _issue(sample, meeting, 3)
    register.cancel(sample, issued.id, "không ban hành nữa")
    assert sample.get(Meeting, meeting.id).number is None
    assert register.pdf_of(sample, issued.id).startswith(b"%PDF")
    assert issuing.issued_copy(sample, "meeting-minutes", meeting.id) is None
    sample.undo()
    assert sample.get(Meeting, meeting.id).number == 3


def test_a_number_written_on_the_minutes_already_is_proposed_while_it_is_free(
    sample: Workspace, meeting: Meeting
) -> None:
    sample.save(dataclasses.replace(meeting, number=9, symbol="BB-TTKC"))
    proposed = issuing.propose(sample, "meeting-minutes", meeting.id, _DAY)
    assert (proposed.number, proposed.symbol) == (9, "BB-TTKC")
    register.reserve(sample, symbol="BB-TTKC", number=9, dated=_DAY, subject="Biên bản khác")
    assert issuing.propose(sample, "meeting-minutes", meeting.id, _DAY).number == 10


def test_an_office_without_an_abbreviation_is_told_where_to_write_it(sample: Workspace, meeting: Meeting) -> None:
    sample.save(dataclasses.replace(sample.office, abbreviation=""))
    with pytest.raises(KnownError, match="chữ viết tắt") as told:
        _issue(sample, meeting, 1)
    assert "Thiết lập đơn vị" in told.value.remedy
    assert sample.all(PaperRecord) == ()


def _letter(number: int = 1, **more: object) -> PaperRecord:
    return PaperRecord(
        **{  # type: ignore[arg-type]  # named fields of the record
            "number": number,
            "symbol": "TTKC-KC",
            "dated": _DAY,
            "subject": "Công văn về việc rà soát nhu cầu hỗ trợ",
            **more,
        }
    )


def test_a_paper_made_elsewhere_is_entered_and_its_row_can_be_put_right(sample: Workspace) -> None:
    entered = register.enter(sample, _letter(12))
    assert (entered.state, entered.series, entered.year) == ("issued", "TTKC", 2023)
    register.enter(sample, dataclasses.replace(entered, number=13, dated=date(2024, 1, 5), receipt="Văn thư"))
    moved = sample.get(PaperRecord, entered.id)
    assert (moved.number, moved.year, moved.receipt) == (13, 2024, "Văn thư")
    with pytest.raises(FieldError, match="đã dùng"):
        register.enter(sample, _letter(13, dated=date(2024, 2, 1)))
    register.enter(sample, _letter(13))


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"number": None}, "number"),
        ({"dated": None}, "dated"),
        ({"symbol": " "}, "symbol"),
        ({"subject": ""}, "subject"),
    ],
)
def test_what_a_row_of_the_register_lacks_is_said_at_its_field(
    sample: Workspace, lacking: dict[str, object], field: str
) -> None:
    with pytest.raises(FieldError) as told:
        register.enter(sample, _letter(**{"number": 1, **lacking}))  # type: ignore[arg-type]  # as above
    assert told.value.field == field
    assert told.value.remedy


def test_a_paper_made_elsewhere_is_replaced_in_one_step(sample: Workspace) -> None:
    old = register.enter(sample, _letter(1))
    with pytest.raises(FieldError, match="lý do thay thế"):
        register.replace_entered(sample, old.id, number=2, dated=_DAY, reason=" ")
    new = register.replace_entered(sample, old.id, number=2, dated=_DAY, reason="sai nơi nhận")
    assert (new.replaces_id, new.mark, sample.get(PaperRecord, old.id).state) == (old.id, "02/TTKC-KC", "replaced")
    with pytest.raises(KnownError, match="đã ban hành nên không sửa"):
        register.fill_in(sample, dataclasses.replace(sample.get(PaperRecord, old.id), subject="Khác"))
    sample.undo()
    assert [each.state for each in sample.all(PaperRecord)] == ["issued"]


def test_a_kept_number_becomes_a_paper_made_elsewhere(sample: Workspace) -> None:
    held = register.reserve(sample, symbol="TTKC-KC", number=4, dated=_DAY, subject="")
    still = register.fill_in(sample, dataclasses.replace(held, note="chờ ký"))
    assert (still.state, still.note) == ("reserved", "chờ ký")
    used = register.enter(sample, dataclasses.replace(still, subject="Công văn xin ý kiến"))
    assert (used.id, used.state, used.is_entered) == (held.id, "issued", True)


def test_the_history_tells_a_paper_without_the_programs_bookkeeping(sample: Workspace, meeting: Meeting) -> None:
    issued = _issue(sample, meeting, 1)
    (line,) = record_history.life(sample, "paper", issued.id)
    told = {label for label, _before, _after in line.fields}
    assert {"Số", "Ký hiệu", "Tên loại và trích yếu", "Trạng thái"} <= told
    assert not told & {"Loại giấy tờ", "Bảng nguồn", "Bản ghi nguồn", "SHA-256"}


def test_the_subject_begins_small_after_its_kind_but_a_name_keeps_its_capitals(
    sample: Workspace, meeting: Meeting
) -> None:
    assert issuing.propose(sample, "meeting-minutes", meeting.id, _DAY).subject.startswith("Biên bản họp tổng kết")
    sample.save(dataclasses.replace(meeting, title="Bình Dương: họp giao ban"))
    assert issuing.propose(sample, "meeting-minutes", meeting.id, _DAY).subject == "Biên bản Bình Dương: họp giao ban"


def test_the_register_on_paper_holds_every_row_in_order_and_says_what_is_missing(
    sample: Workspace, meeting: Meeting
) -> None:
    first = _issue(sample, meeting, 1)
    _issue(sample, meeting, 2, replaces_id=first.id, reason="sai kết luận 2")
    register.cancel(sample, register.reserve(sample, symbol="KH-TTKC", number=3, dated=_DAY, subject="").id, "bỏ")
    register.enter(sample, _letter(12, dated=date(2024, 1, 2)))
    given = register.dossier(sample, 2023)
    assert [each.mark for each in given.papers] == [f"01/{first.symbol}", f"02/{first.symbol}", "03/KH-TTKC"]
    assert list(papers.problems(sample, "outgoing-register", 2023)) == [
        "Dãy KH đến số 03; thiếu số 01–02: kiểm tra ở Danh mục, Sổ văn bản đi."
    ]
    words = read_pdf(papers.render(sample, "outgoing-register", 2023, ".pdf")).text
    for expected in ("SỔĐĂNGKÝVĂNBẢNĐI", "Năm2023", "(10)", "Đãhủy:bỏ", "Thaybằngsố02", "Thaysố01"):
        assert expected in words.replace(" ", "").replace("\n", "")
    assert papers.records_for(sample, "register") == ((2023, "năm 2023"), (2024, "năm 2024"))


@pytest.mark.parametrize("typed", ["05", "05/TTKC", "12/TTKC-KC", "ra soat", "rà soát", "van thu 7", "ghi chú riêng"])
def test_a_row_of_the_register_is_found_by_its_number_and_its_words(sample: Workspace, typed: str) -> None:
    register.enter(sample, _letter(5, subject="Công văn khác", recipients="Văn thư 7"))
    register.enter(sample, _letter(12, note="Ghi chú riêng"))
    wanted = {"05": 5, "05/TTKC": 5, "van thu 7": 5}.get(typed, 12)
    request = lists.ListRequest(search=typed, year=2023)
    (row,) = lists.page(sample, "register", request)
    assert sample.get(PaperRecord, row.id).number == wanted
    assert lists.count(sample, "register", request) == 1


def test_the_list_names_its_rows_by_number_and_symbol_and_shows_the_rows_of_a_year(sample: Workspace) -> None:
    register.enter(sample, _letter(1))
    register.enter(sample, _letter(1, dated=date(2024, 1, 8)))
    assert [name for _id, name in lists.names(sample, "register")] == ["01/TTKC-KC", "01/TTKC-KC"]
    assert len(lists.page(sample, "register", lists.ListRequest(year=2024))) == 1
    assert {2023, 2024} <= set(lists.years(sample))


def test_a_submission_gives_its_number_and_day_to_the_network_it_proposes(sample: Workspace) -> None:
    (appointment,) = sample.all(Appointment)
    issued = issuing.issue(sample, "appointment-submission", appointment.id, number=21, dated=_DAY)
    kept = sample.get(Appointment, appointment.id)
    assert (kept.submission_number, kept.submitted_on) == (issued.mark, _DAY)
    register.cancel(sample, issued.id, "chưa trình")
    assert sample.get(Appointment, appointment.id) == dataclasses.replace(
        appointment, submission_number="", submitted_on=None
    )


_NEW_YEARS = itertools.count(2000)
_ACTS = st.lists(st.tuples(st.sampled_from(["reserve", "enter", "cancel", "undo"]), st.integers(1, 6)), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ACTS)
def test_whatever_the_clerk_does_no_number_stands_twice_and_none_is_lost(
    empty: Workspace, acts: list[tuple[str, int]]
) -> None:
    year = next(_NEW_YEARS)  # a year of its own for each example: the file is the same
    day = date(year, 1, 5)
    for act, number in acts:
        with contextlib.suppress(KnownError):
            if act == "reserve":
                register.reserve(empty, symbol="BB-TTKC", number=number, dated=day, subject="")
            elif act == "enter":
                register.enter(empty, _letter(number, symbol="BB-TTKC", dated=day))
            elif act == "cancel":
                held = [each for each in empty.children(PaperRecord, year=year) if each.number == number]
                register.cancel(empty, held[0].id if held else 0, "bỏ")
            elif empty.children(PaperRecord, year=year):
                empty.undo()
    rows = empty.children(PaperRecord, year=year)
    numbers = [each.number for each in rows]
    assert len(numbers) == len(set(numbers))
    states = register.state_of(empty, year)
    assert [(each.taken, each.duplicates) for each in states] == ([(len(rows), ())] if rows else [])
    assert register.suggest(empty, "BB", year) == max((each or 0 for each in numbers), default=0) + 1


def test_the_register_of_no_year_is_refused_in_words(sample: Workspace) -> None:
    with pytest.raises(KnownError, match="năm 7"):
        papers.render(sample, "outgoing-register", 7, ".pdf")


def test_closed_minutes_can_still_be_numbered(sample: Workspace, meeting: Meeting) -> None:
    finalising.finalise(sample, meeting.id, on=_DAY)
    _issue(sample, meeting, 4)
    assert sample.get(Meeting, meeting.id).number == 4


def test_a_form_without_a_number_is_not_issued(sample: Workspace) -> None:
    project = sample.all(Project)[-1]
    with pytest.raises(KnownError, match="không đánh số"):
        issuing.propose(sample, "estimate", project.id, _DAY)


def test_a_recipients_paper_has_no_number_of_its_own_once_the_one_for_all_is_issued(
    sample: Workspace, meeting: Meeting
) -> None:
    part = papers.parts(sample, "invitation", meeting.id)[0]
    assert issuing.bears_number(sample, part.key, meeting.id)
    issued = issuing.issue(sample, "invitation", meeting.id, number=8, dated=_DAY)
    assert not issuing.bears_number(sample, part.key, meeting.id)
    assert f"Số:08/{issued.symbol}" in read_pdf(papers.render(sample, part.key, meeting.id, ".pdf")).text


def test_one_series_for_all_when_the_office_says_so(sample: Workspace, meeting: Meeting) -> None:
    sample.set_setting(register.SERIES_SETTING, register.COMMON, "Đánh số chung")
    assert issuing.propose(sample, "meeting-minutes", meeting.id, _DAY).series == "chung"


def test_gaps_are_told(sample: Workspace, meeting: Meeting) -> None:
    _issue(sample, meeting, 1)
    symbol = issuing.propose(sample, "meeting-minutes", meeting.id, _DAY).symbol
    register.reserve(sample, symbol=symbol, number=4, dated=_DAY, subject="Biên bản sắp tới")
    (state,) = register.state_of(sample, 2023)
    assert (state.gaps, state.duplicates, state.last, state.taken) == ((2, 3), (), 4, 2)
    assert state.words == "BB đến số 04; thiếu số 02–03"


@given(st.lists(st.integers(1, 60), max_size=40))
def test_gaps_and_duplicates_are_exactly_what_is_missing_or_stands_twice(numbers: list[int]) -> None:
    state = _series_state("BB", 2023, tuple(sorted(numbers)))
    assert set(state.gaps) | set(numbers) == set(range(1, max(numbers, default=0) + 1))
    assert not set(state.gaps) & set(numbers)
    assert len(numbers) == len(set(numbers)) or state.duplicates
    assert all(numbers.count(each) > 1 for each in state.duplicates)
