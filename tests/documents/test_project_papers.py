"""Đơn, Đề án and Dự toán: what each must hold."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from kc_desktop.documents import commitments, estimate, proposal, support_request
from kc_desktop.documents.paper import CitizenHead, Orientation
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.money import format_vnd, in_words
from kc_desktop.domain.office import Office
from kc_desktop.domain.project import Project
from kc_desktop.domain.project_dossier import PaperSigner, ProjectDossier
from tests.documents import dossiers
from tests.documents.reading import read_pdf, squeezed

EMPTY = ProjectDossier(office=Office(name="Trung tâm Khuyến công"), project=Project(name="Đề án trống", year=2023))


def test_the_request_is_the_establishments_own_paper() -> None:
    paper = support_request.build(dossiers.project_dossier())
    text = plain_text(paper)
    assert isinstance(paper.head, CitizenHead)
    assert text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert "Kính gửi: Trung tâm Xúc tiến Đầu tư, Thương mại và Phát triển công nghiệp" in text
    assert "SỞ CÔNG THƯƠNG" not in text
    assert "Nơi nhận" not in text
    for line in (
        "Tên đơn vị: Cơ sở 03.",
        "Mã số thuế: 0100109106.",
        "Người đại diện: Đại diện 03.",
        "Số lao động: 45 người.",
    ):
        assert line in text


def test_the_request_says_each_sum_in_figures_and_words_and_they_add_up() -> None:
    text = plain_text(support_request.build(dossiers.project_dossier(support_vnd=150_000_000)))
    for label, amount in (
        ("Tổng kinh phí thực hiện", 300_000_000),
        ("khuyến công", 150_000_000),
        ("đơn vị", 150_000_000),
    ):
        assert f"{label}: {format_vnd(amount)} đồng (Bằng chữ: {in_words(amount)})" in text


def test_the_request_holds_the_two_commitments_and_the_signature_of_the_representative() -> None:
    text = plain_text(support_request.build(dossiers.project_dossier()))
    for commitment in commitments.COMMITMENTS:
        assert commitment in text
    assert text.endswith("GIÁM ĐỐC\n(Ký, ghi rõ họ tên, đóng dấu nếu có)\nĐại diện 03")
    assert "xem xét, hỗ trợ./." in text


def test_a_project_of_three_beneficiaries_gives_three_requests_each_numbered_from_one() -> None:
    paper = support_request.build(dossiers.project_dossier(beneficiaries=3))
    assert len(paper.followed_by) == 2
    pages = read_pdf(render_pdf(paper, bundled_font=True)).pages
    starts = [page for page in pages if page.lines[0].text.startswith("CỘNG HÒA")]
    assert len(starts) == 3
    assert all(page.page_number is None for page in starts)
    numbers = [page.page_number.text for page in pages if page.page_number]
    assert set(numbers) == {"2"}


def test_the_proposal_has_the_eight_parts_of_the_circular_in_order() -> None:
    text = plain_text(proposal.build(dossiers.project_dossier()))
    places = [text.index(f"\n{number}. {title.upper()}\n") for number, title in proposal.PARTS]
    assert len(places) == 8
    assert places == sorted(places)
    assert text.index("ĐỀ ÁN KHUYẾN CÔNG") < places[0]
    assert "tại chỗ./." in text


def test_the_proposal_prints_the_estimate_in_part_six() -> None:
    text = plain_text(proposal.build(dossiers.project_dossier()))
    part = text[text.index("VI. DỰ TOÁN") : text.index("VII. TỔ CHỨC")]
    assert "Đơn vị tính: triệu đồng" in part
    assert "Tổng cộng\n400\n200\n200\n0" in part
    assert "Bằng chữ: Bốn trăm triệu đồng." in part


@pytest.mark.parametrize(
    ("signer", "lines"),
    [
        (None, "GIÁM ĐỐC"),
        (PaperSigner(name="Người ký 01", post="Giám đốc"), "GIÁM ĐỐC\nNgười ký 01"),
        (
            PaperSigner(name="Người ký 02", post="Phó Giám đốc", authority="KT.", authority_post="Giám đốc"),
            "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nNgười ký 02",
        ),
        (PaperSigner(name="Người ký 03", post="Giám đốc", authority="Q."), "Q. GIÁM ĐỐC\nNgười ký 03"),
        (
            PaperSigner(name="Người ký 04", post="Trưởng phòng", authority="TL.", authority_post="Giám đốc"),
            "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG\nNgười ký 04",
        ),
    ],
)
def test_the_authority_of_the_signer_is_written_as_the_decree_says(signer: PaperSigner | None, lines: str) -> None:
    text = plain_text(proposal.build(replace(dossiers.project_dossier(), signer=signer)))
    assert text.endswith(lines)


def test_the_estimate_has_the_columns_the_totals_and_the_commitments_of_the_form() -> None:
    text = plain_text(estimate.build(dossiers.project_dossier()))
    for part in (
        "TT\nNội dung chi\nTổng kinh phí\nKinh phí KCĐP hỗ trợ\nĐóng góp của đơn vị thụ hưởng\nNguồn khác\nGhi chú",
        "Máy gia công gỗ số 01\n(2 cái x 50.000.000 đồng)\n100\n50\n50\n0",
        "Tổng cộng\n400\n200\n200\n0",
        "Bằng chữ: Bốn trăm triệu đồng.",
        "Cơ sở 03 cam kết:",
    ):
        assert part in text
    assert text.index(commitments.COMMITMENTS[0]) < text.index(commitments.COMMITMENTS[1] + "./.")


def test_odd_amounts_are_printed_in_dong_so_that_nothing_is_rounded() -> None:
    text = plain_text(estimate.build(dossiers.project_dossier(support_vnd=100_000_001, lines=1)))
    assert "Đơn vị tính: đồng" in text
    assert "200.000.002" in text


@pytest.mark.parametrize(("support_vnd", "lines"), [(0, 0), (1, 1), (10**15, 4), (10**15 - 1, 1), (10**15 - 1, 40)])
def test_amounts_up_to_a_million_billion_stay_in_their_cells(support_vnd: int, lines: int) -> None:
    paper = estimate.build(dossiers.project_dossier(support_vnd=support_vnd, lines=lines))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    header = squeezed(
        "TT Nội dung chi Tổng kinh phí Kinh phí KCĐP hỗ trợ Đóng góp của đơn vị thụ hưởng Nguồn khác Ghi chú"
    )
    assert pdf.text.replace(header, "") == squeezed(plain_text(paper)).replace(header, "")
    assert paper.orientation is Orientation.PORTRAIT
    for page in pdf.pages:
        edges = sorted({round(edge, 1) for rect in page.rects for edge in rect[:2]})
        for line in page.lines:
            digits = [char for char in line.chars if char["text"].isdigit()]
            if page.rects and digits and line.text.replace(".", "").isdigit() and line.top_mm > 30:
                left, right = line.left_mm, line.right_mm
                assert any(a - 0.2 <= left and right <= b + 0.2 for a, b in itertools.pairwise(edges))


@pytest.mark.parametrize("build", [support_request.build, proposal.build, estimate.build])
def test_an_empty_project_prints_as_a_form_to_fill_in_by_hand(build: object) -> None:
    paper = build(EMPTY)  # type: ignore[operator] # parametrize loses the type
    text = plain_text(paper)
    assert "None" not in text
    assert "………" in text
    assert read_pdf(render_pdf(paper, bundled_font=True)).pages
