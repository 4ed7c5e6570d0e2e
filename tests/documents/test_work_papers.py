"""Letters to remind (công văn, Mẫu 1.5), evaluation sheets, the proposal for giấy khen."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import evaluation_sheet, report_reminder, reward_proposal
from kc_desktop.documents.paper import DOTS, Paper
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.word import render_docx
from kc_desktop.domain.collaborator_work import EvaluationDossier, ReminderDossier
from kc_desktop.domain.network import Evaluation
from tests.documents.reading import POINTS_PER_MM, read_pdf
from tests.documents.work_dossiers import evaluation_dossier, reminder_dossier


@pytest.fixture(scope="module")
def letter() -> Paper:
    """The letter to the one who misses April and May."""
    return report_reminder.build(reminder_dossier(part=102))


def test_a_cong_van_has_its_subject_under_the_number_and_no_title(letter: Paper) -> None:
    (page,) = read_pdf(render_pdf(letter, bundled_font=True)).pages
    number, subject, place = page.line("Số: "), page.line("V/v "), page.line("Bình Dương, ngày")
    assert number.text == "Số: ……/TTXT-KC"
    assert abs(number.baseline_mm - place.baseline_mm) < 0.1
    low, high = d.LETTER_SUBJECT_RANGE_PT
    assert low <= subject.size_pt <= high
    assert subject.face == "Tinos"
    assert abs(subject.centre_mm - number.centre_mm) < 0.5
    gap_pt = (subject.baseline_mm - number.baseline_mm) * POINTS_PER_MM - subject.size_pt * d.SINGLE_LINE
    assert gap_pt == pytest.approx(d.LETTER_SUBJECT_GAP_PT, abs=2)
    to = page.line("Kính gửi: ")
    assert to.top_mm > max(line.bottom_mm for line in page.lines if "năm 2023" in line.text and line.size_pt < 13)
    assert to.text == "Kính gửi: Bà Cộng tác viên 02, cộng tác viên khuyến công"
    between = [line for line in page.lines if subject.baseline_mm < line.baseline_mm < to.baseline_mm]
    assert [line.size_pt for line in between] == [12.0]  # the second line of the subject: no kind, no title


def test_word_holds_the_subject_in_the_head_too(letter: Paper) -> None:
    document = Document(io.BytesIO(render_docx(letter, bundled_font=True)))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "Số: ……/TTXT-KC\nV/v gửi báo cáo của cộng tác viên\nkhuyến công tháng 4, 5 năm 2023" in cells[2]
    assert document.core_properties.subject.startswith("V/v gửi báo cáo")


def test_a_letter_names_exactly_the_months_of_its_reader() -> None:
    first, *others = (report_reminder.build(reminder_dossier()), *report_reminder.build(reminder_dossier()).followed_by)
    texts = [plain_text(replace(each, followed_by=())) for each in (first, *others)]
    assert len(texts) == 3
    assert "chưa nhận được báo cáo của ông tháng 3 năm 2023." in texts[0]
    assert "- Tháng 4 năm 2023;\n- Tháng 5 năm 2023." in texts[1]
    assert "Tháng 3" not in texts[1]
    assert "- Tháng 3 năm 2023;\n- Tháng 4 năm 2023;\n- Tháng 5 năm 2023." in texts[2]
    assert "Kính gửi: Ông (bà) Cộng tác viên 03" in texts[2]
    for text in texts:
        assert "đến hết ngày 15 tháng 6 năm 2023" in text
        assert "trước ngày 30 tháng 6 năm 2023." in text
        assert "./." in text
        assert "- Như trên;\n- Lưu: VT, KC." in text


def test_a_letter_without_a_day_to_answer_by_leaves_it_to_be_written() -> None:
    given = reminder_dossier(part=101)
    text = plain_text(report_reminder.build(replace(given, reminder=replace(given.reminder, answer_by=None))))
    assert "gửi báo cáo nêu trên trước ngày …… tháng …… năm ……." in text


def test_a_reminder_to_nobody_is_a_letter_to_fill_in_by_hand() -> None:
    given: ReminderDossier = replace(reminder_dossier(), missing=())
    assert f"Kính gửi: {DOTS}" in plain_text(report_reminder.build(given))


def test_a_sheet_says_what_was_counted_and_what_was_judged() -> None:
    text = plain_text(evaluation_sheet.build(evaluation_dossier(part=102)))
    for expected in (
        "Cộng tác viên khuyến công năm 2023",
        "Vai trò trong mạng lưới: Cộng tác viên, cấp xã.",
        "Công nhận theo: Quyết định số 49/QĐ-SCT ngày 30 tháng 3 năm 2023.",
        "Báo cáo định kỳ đã gửi/phải gửi\n8/10\nCòn thiếu: tháng 3, 4 năm 2023",
        "Cuộc họp, lớp tập huấn đã dự/được mời\n2/2\nCó 01 lần dự thay người khác",
        "Tập huấn khuyến công\nKhông dự",
        "Tập huấn sản xuất sạch hơn\nDự thay Cộng tác viên 09",
        "Xếp loại: Hoàn thành tốt.",
        "Đề nghị khen thưởng: Giấy khen./.",
    ):
        assert expected in text


def test_a_sheet_nobody_judged_yet_leaves_room_to_write() -> None:
    text = plain_text(evaluation_sheet.build(evaluation_dossier(part=105)))
    assert f"Xếp loại: {DOTS}" in text
    assert f"Đề nghị: {DOTS}" in text
    assert "Xếp loại: Không hoàn thành." in plain_text(evaluation_sheet.build(evaluation_dossier(part=104)))


def test_the_sheets_of_all_follow_each_other() -> None:
    sheets = evaluation_sheet.build(evaluation_dossier())
    pages = read_pdf(render_pdf(sheets, bundled_font=True)).pages
    heads = [page for page in pages if any("PHIẾU ĐÁNH GIÁ" in line.text for line in page.lines)]
    assert len(heads) == 5
    assert all(page.page_number is None for page in heads)


def test_the_proposal_counts_the_network_and_lists_whom_it_proposes() -> None:
    text = plain_text(reward_proposal.build(evaluation_dossier()))
    for expected in (
        "Về việc đề nghị tặng giấy khen cho cộng tác viên khuyến công năm 2023",
        "mạng lưới cộng tác viên khuyến công có 05 người",
        "đã gửi 35/50 báo cáo phải gửi",
        "Ghi nhận 15 nhu cầu của cơ sở công nghiệp nông thôn, trong đó 6 nhu cầu đã thành đề án",
        "Dự họp, tập huấn: 10 lượt người dự, 10 lượt người được mời",
        "hoàn thành xuất sắc 01 người; hoàn thành tốt 01 người; hoàn thành 01 người; không hoàn thành 01 người",
        "tặng giấy khen cho 02 cộng tác viên",
        "Căn cứ Quyết định số 49/QĐ-SCT ngày 30 tháng 3 năm 2023 công nhận cộng tác viên khuyến công.",
    ):
        assert expected in text
    listed = text.split("DANH SÁCH CỘNG TÁC VIÊN KHUYẾN CÔNG ĐỀ NGHỊ TẶNG GIẤY KHEN NĂM 2023")[1]
    assert [number for number in range(1, 6) if f"Cộng tác viên {number:02d}" in listed] == [1, 2]


def test_a_year_without_anybody_makes_papers_to_fill_in() -> None:
    empty: EvaluationDossier = replace(evaluation_dossier(), rows=(), appointments=(), bases=(), signer=None)
    for build in (evaluation_sheet.build, reward_proposal.build):
        assert render_pdf(build(empty), bundled_font=True).startswith(b"%PDF-")
    assert Evaluation().grade == ""
