"""Papers of the network: the submission, the annex of the decision, the directory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kc_desktop.documents import appointment_list, appointment_submission, catalogue, collaborator_directory
from kc_desktop.documents.network_parts import term_words
from kc_desktop.documents.paper import MOTTO, Orientation, Paper, Table
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.collaborator_work import EvaluatedYear, YearWork
from kc_desktop.domain.network import Evaluation
from kc_desktop.domain.people import Appointment, Person
from tests.documents.network_dossiers import BASIS, DECISION, decided, listed, nobody, proposed
from tests.documents.reading import read_pdf, squeezed, without_headers

NETWORK_KINDS = [kind for kind in catalogue.KINDS if kind.record == catalogue.APPOINTMENTS]
IDS = [kind.key for kind in NETWORK_KINDS]


def table_of(paper: Paper) -> Table:
    """Return the table of names, in the paper or its annex."""
    blocks = [*paper.body, *[block for each in paper.annexes for block in each.body]]
    return next(each for each in reversed(blocks) if isinstance(each, Table))


@pytest.mark.parametrize("kind", NETWORK_KINDS, ids=IDS)
def test_a_list_of_nobody_prints_as_a_form_to_fill_in_by_hand(kind: catalogue.PaperKind) -> None:
    paper = kind.build(nobody())
    text = plain_text(paper)
    assert "None" not in text
    assert "…… người" in text
    assert table_of(paper).for_handwriting
    assert read_pdf(render_pdf(paper, bundled_font=True)).pages


@pytest.mark.parametrize("kind", NETWORK_KINDS, ids=IDS)
def test_names_stand_under_their_level_with_how_many_there_are(kind: catalogue.PaperKind) -> None:
    rows = table_of(kind.build(decided())).rows
    titles = [row.cells[0] for row in rows if row.spans]
    assert titles == ["I. Cấp huyện (08 người)", "II. Cấp xã (11 người)", "III. Hiệp hội ngành hàng (06 người)"]
    assert [row.cells[0] for row in rows if not row.spans] == [str(number) for number in range(1, 26)]


@pytest.mark.parametrize("kind", NETWORK_KINDS, ids=IDS)
@pytest.mark.parametrize("number", [1, 300])
def test_one_and_many_names_print_whole(kind: catalogue.PaperKind, number: int) -> None:
    given = replace(decided(), members=tuple(listed(each) for each in range(1, number + 1)))
    paper = kind.build(given)
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    assert without_headers(pdf.text, paper) == without_headers(squeezed(plain_text(paper)), paper)


@pytest.mark.parametrize("kind", NETWORK_KINDS, ids=IDS)
def test_a_name_an_office_and_an_area_of_any_length_stay_between_the_margins(kind: catalogue.PaperKind) -> None:
    long = Person(
        id=1,
        name="Cộng tác viên " + "rất dài " * 12,
        organisation="Hiệp hội Gỗ, Sơn mài, Điêu khắc và Thủ công mỹ nghệ " * 4,
        email="mot.dia.chi.thu.dien.tu.that.dai@mot-don-vi-that-dai.binhduong.example.vn",
    )
    given = replace(decided(), members=(listed(1, person=long, area="xã An Long, phường Bến Cát, " * 8),))
    pdf = read_pdf(render_pdf(kind.build(given), bundled_font=True))
    for page in pdf.pages:
        assert all(line.right_mm <= page.width_mm - 19 for line in page.body_lines)
    assert squeezed(long.name) in pdf.text


# --- Tờ trình ---


def test_the_submission_says_who_asks_whom_for_what_and_how_many_stay() -> None:
    paper = appointment_submission.build(proposed())
    text = plain_text(paper)
    assert paper.title.kind == "TỜ TRÌNH"
    for expected in (
        "Số: 12/TTr-TTXT",
        "Bình Dương, ngày 05 tháng 12 năm 2023",
        "Về việc đề nghị phê duyệt mạng lưới cộng tác viên khuyến công năm 2024",
        "Kính gửi: Sở Công Thương tỉnh Bình Dương",
        f"{BASIS}.",
        "Quyết định số 49/QĐ-SCT ngày 30 tháng 3 năm 2023 của Sở Công Thương tỉnh Bình Dương, thời hạn đến ngày 31",
        "gồm 26 người, trong đó: cấp huyện 07 người, cấp xã 12 người, hiệp hội ngành hàng 07 người",
        "Từ ngày 01 tháng 01 năm 2024 đến ngày 31 tháng 12 năm 2024.",
        "xem xét, phê duyệt mạng lưới cộng tác viên khuyến công năm 2024./.",
        "(Kèm theo Tờ trình số 12/TTr-TTXT ngày 05 tháng 12 năm 2023 của Trung tâm",
        "- Lưu: VT, PKC.",
    ):
        assert expected in text
    counts = next(block for block in paper.body if isinstance(block, Table))
    assert [row.cells[1:] for row in counts.rows] == [
        ("Cấp huyện", "7", "0", "7"),
        ("Cấp xã", "11", "1", "12"),
        ("Hiệp hội ngành hàng", "6", "1", "7"),
        ("Tổng cộng", "24", "2", "26"),
    ]


def test_the_first_submission_compares_with_nothing() -> None:
    paper = appointment_submission.build(decided())
    counts = next(block for block in paper.body if isinstance(block, Table))
    assert [column.title for column in counts.columns] == ["TT", "Cấp cộng tác viên", "Cộng"]
    assert counts.rows[-1].cells == ("", "Tổng cộng", "25")


def test_the_submission_tells_what_the_network_did_in_the_year_before_as_far_as_it_is_kept() -> None:
    assert "đã thực hiện" not in plain_text(appointment_submission.build(replace(proposed(), past_year=2023)))
    work = YearWork(year=2023, reports_received=9, reports_owed=10, leads=2, projects=1)
    graded = Evaluation(person_id=1, year=2023, grade="good")
    done = EvaluatedYear(person=listed(1).person, services=(), work=work, evaluation=graded)
    text = plain_text(appointment_submission.build(replace(proposed(), past_year=2023, past=(done, done))))
    for expected in (
        "Năm 2023, mạng lưới cộng tác viên khuyến công có 02 người, đã thực hiện:",
        "đã gửi 18/20 báo cáo phải gửi;",
        "Ghi nhận 4 nhu cầu của cơ sở công nghiệp nông thôn, trong đó 2 nhu cầu đã thành đề án;",
        "Xếp loại: hoàn thành tốt 02 người.",
    ):
        assert expected in text
    assert "Dự họp" not in text


def test_an_area_begins_its_cell_with_a_capital() -> None:
    paper = appointment_list.build(decided())
    table = next(block for annex in paper.annexes for block in annex.body if isinstance(block, Table))
    assert table.rows[1].cells[3] == "Xã An Long, phường Số 01"


def test_what_the_province_decides_is_asked_of_the_department_to_hand_on() -> None:
    given = proposed()
    asked = replace(given, appointment=replace(given.appointment, authority="ubnd"))
    text = plain_text(appointment_submission.build(asked))
    assert "Kính gửi: Sở Công Thương tỉnh Bình Dương" in text
    assert "xem xét, trình Ủy ban nhân dân tỉnh Bình Dương phê duyệt" in text


# --- the decision's annex ---


def test_the_list_is_an_annex_of_the_decision_and_has_no_head_of_its_own() -> None:
    paper = appointment_list.build(decided())
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    first = [line.text for line in pdf.pages[0].lines[:4]]
    assert first == [
        "Phụ lục",
        "DANH SÁCH CỘNG TÁC VIÊN KHUYẾN CÔNG NĂM 2023",
        "(Kèm theo Quyết định số 49/QĐ-SCT ngày 30 tháng 3 năm 2023",
        "của Sở Công Thương tỉnh Bình Dương)",
    ]
    assert MOTTO not in plain_text(paper)
    assert "Danh sách có 25 người./." in plain_text(paper)


def test_only_the_leaders_of_groups_are_named_as_such() -> None:
    leader = replace(listed(1), member=replace(listed(1).member, role="to_truong"))
    rows = table_of(appointment_list.build(replace(decided(), members=(leader, listed(2))))).rows
    assert [row.cells[-1] for row in rows if not row.spans] == ["Tổ trưởng", ""]


# --- the directory ---


def test_the_directory_lies_across_and_has_every_phone() -> None:
    given = replace(decided(), members=(listed(1, phones=("0901234501", "02743814163")),))
    paper = collaborator_directory.build(given)
    assert paper.orientation is Orientation.LANDSCAPE
    (row,) = [row for row in table_of(paper).rows if not row.spans]
    assert row.cells[-2:] == ("0901234501\n02743814163", "ctv01@example.vn")


def test_protected_data_is_never_printed() -> None:
    person = Person(id=1, name="Cộng tác viên 01", citizen_id="074085000123", bank_account="0071000123456")
    for kind in NETWORK_KINDS:
        text = plain_text(kind.build(replace(decided(), members=(listed(1, person=person),))))
        assert "074085000123" not in text
        assert "0071000123456" not in text


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2023, 3, 30), date(2023, 12, 31), "năm 2023"),
        (date(2024, 1, 1), None, "năm 2024"),
        (date(2026, 1, 1), date(2028, 12, 31), "giai đoạn 2026 - 2028"),
        (None, None, "năm ……"),
    ],
)
def test_a_term_is_named_by_its_years(first: date | None, last: date | None, words: str) -> None:
    assert term_words(Appointment(valid_from=first, valid_to=last)) == words


def test_a_decision_without_a_term_of_its_own_runs_from_its_day() -> None:
    assert term_words(replace(DECISION, valid_from=None)) == "năm 2023"
