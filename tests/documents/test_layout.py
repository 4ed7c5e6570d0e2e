"""Every produced page, measured against NĐ 30/2020 in millimetres and points."""

from __future__ import annotations

import itertools

import pytest

from kc_desktop.documents import decree30 as d
from kc_desktop.documents.catalogue import KINDS, PaperKind
from kc_desktop.documents.paper import MOTTO, NATIONAL_NAME, Orientation, Signatures, Signer, Title, para
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from tests.documents import dossiers
from tests.documents.every_kind import paper_of
from tests.documents.reading import ReadPage, ReadPdf, TextLine, read_pdf, squeezed

NEAR_MM = 0.35
KIND_IDS = [kind.key for kind in KINDS]


@pytest.fixture(scope="module")
def printed() -> dict[str, ReadPdf]:
    return {kind.key: read_pdf(render_pdf(paper_of(kind), bundled_font=True)) for kind in KINDS}


@pytest.fixture(scope="module")
def minutes(printed: dict[str, ReadPdf]) -> ReadPdf:
    return printed["meeting-minutes"]


@pytest.mark.parametrize("kind", KINDS, ids=KIND_IDS)
def test_every_page_is_a4_and_keeps_its_margins(printed: dict[str, ReadPdf], kind: PaperKind) -> None:
    paper, annexed = paper_of(kind), False
    for page in printed[kind.key].pages:
        annexed = annexed or page.lines[0].text.startswith("Phụ lục")
        sheet = (d.PAGE_WIDTH_MM, d.PAGE_HEIGHT_MM)
        if (paper.annexes[0] if annexed else paper).orientation is Orientation.LANDSCAPE:
            sheet = (d.PAGE_HEIGHT_MM, d.PAGE_WIDTH_MM)
        assert (page.width_mm, page.height_mm) == pytest.approx(sheet, abs=0.1)
        for line in page.body_lines:
            assert line.left_mm >= d.MARGIN_LEFT_MM - NEAR_MM, line
            assert line.right_mm <= page.width_mm - d.MARGIN_RIGHT_MM + NEAR_MM, line
        for left, right, top in page.rules:
            assert left >= d.MARGIN_LEFT_MM - NEAR_MM
            assert right <= page.width_mm - d.MARGIN_RIGHT_MM + NEAR_MM
            assert d.MARGIN_TOP_MM <= top <= page.height_mm - d.MARGIN_BOTTOM_MM


def numbered(pdf: ReadPdf) -> list[tuple[int, ReadPage]]:
    """Return the pages with their numbers, which start again with each paper in the file and in an annex."""
    found: list[tuple[int, ReadPage]] = []
    for page in pdf.pages:
        is_first = any(line.text.startswith((NATIONAL_NAME, "Phụ lục")) for line in page.lines[:4])
        found.append((1 if is_first else found[-1][0] + 1, page))
    return found


@pytest.mark.parametrize("key", [kind.key for kind in KINDS])
def test_only_the_page_number_and_the_sample_mark_stand_in_the_margins(printed: dict[str, ReadPdf], key: str) -> None:
    for number, page in numbered(printed[key]):
        outside = [line.text for line in page.lines if line not in page.body_lines]
        assert outside == ([str(number)] if number > 1 else []) + ["DỮ LIỆU MẪU"]


@pytest.mark.parametrize("key", [kind.key for kind in KINDS])
def test_the_page_number_is_centred_in_the_top_margin_from_page_two(printed: dict[str, ReadPdf], key: str) -> None:
    for number, page in numbered(printed[key]):
        found = page.page_number
        if number == 1:
            assert found is None
            continue
        centre = d.MARGIN_LEFT_MM + (page.width_mm - d.MARGIN_LEFT_MM - d.MARGIN_RIGHT_MM) / 2
        assert found is not None
        assert found.text == str(number)
        assert d.PAGE_NUMBER_RANGE_PT[0] <= found.size_pt <= d.PAGE_NUMBER_RANGE_PT[1]
        assert found.centre_mm == pytest.approx(centre, abs=NEAR_MM)
        assert found.face == "Tinos"


@pytest.mark.parametrize("key", [kind.key for kind in KINDS])
def test_all_text_but_the_sample_mark_is_black_tinos_and_embedded(printed: dict[str, ReadPdf], key: str) -> None:
    pdf = printed[key]
    assert {name.split("+")[-1].split("-")[0] for name in pdf.fonts} == {"Tinos"}
    assert all("+" in name for name in pdf.fonts), "a subset name shows that the font is embedded"
    for page in pdf.pages:
        for line in page.lines:
            colours = {tuple(dict.fromkeys(char["non_stroking_color"])) for char in line.chars}  # grey, or that in RGB
            assert colours == ({(d.SAMPLE_MARK_GREY,)} if line.text == "DỮ LIỆU MẪU" else {(0,)})


def test_quoc_hieu_and_tieu_ngu_stand_right_and_the_rule_is_as_long_as_the_words(minutes: ReadPdf) -> None:
    page = minutes.pages[0]
    national, motto = page.line(NATIONAL_NAME), page.line(MOTTO)
    assert (national.size_pt, national.face) == (d.NATIONAL_NAME_PT, "Tinos-Bold")
    assert (motto.size_pt, motto.face) == (d.MOTTO_PT, "Tinos-Bold")
    assert national.left_mm > d.PAGE_WIDTH_MM / 2 - 15
    assert motto.centre_mm == pytest.approx(national.centre_mm, abs=NEAR_MM)
    rule = rule_under(minutes, motto)
    assert rule[1] - rule[0] == pytest.approx(motto.width_mm, abs=NEAR_MM)
    assert (rule[0] + rule[1]) / 2 == pytest.approx(motto.centre_mm, abs=NEAR_MM)


def test_the_parent_body_is_light_and_the_issuing_body_bold_with_a_short_rule(minutes: ReadPdf) -> None:
    page = minutes.pages[0]
    parent, body, last = page.line("SỞ CÔNG THƯƠNG"), page.line("TRUNG TÂM"), page.line("CÔNG NGHIỆP")
    assert (parent.size_pt, parent.face) == (d.PARENT_BODY_PT, "Tinos")
    assert (body.size_pt, body.face) == (d.ISSUING_BODY_PT, "Tinos-Bold")
    assert parent.centre_mm == pytest.approx(body.centre_mm, abs=NEAR_MM)
    rule = rule_under(minutes, last)
    assert last.width_mm / 3 <= rule[1] - rule[0] <= last.width_mm / 2
    assert (rule[0] + rule[1]) / 2 == pytest.approx(last.centre_mm, abs=NEAR_MM)


def test_the_number_stands_under_the_body_and_the_minutes_have_no_date_line(minutes: ReadPdf) -> None:
    page = minutes.pages[0]
    number = page.line("Số: ")
    assert number.text == "Số: 05/BB-TTXT"
    assert (number.size_pt, number.face) == (d.NUMBER_PT, "Tinos")
    assert number.centre_mm == pytest.approx(page.line("CÔNG NGHIỆP").centre_mm, abs=NEAR_MM)
    assert not [line for line in page.lines if line.baseline_mm == number.baseline_mm and line is not number]


def test_place_and_date_stand_on_the_line_of_the_number_in_italics(printed: dict[str, ReadPdf]) -> None:
    page = printed["project-proposal"].pages[0]
    number, place = page.line("Số: "), page.line("Bình Dương, ngày")
    assert (place.size_pt, place.face) == (d.PLACE_DATE_PT, "Tinos-Italic")
    assert place.baseline_mm == pytest.approx(number.baseline_mm, abs=0.1)
    assert place.centre_mm == pytest.approx(page.line(MOTTO).centre_mm, abs=NEAR_MM)


def test_kind_and_subject_are_bold_and_centred_with_a_short_rule(minutes: ReadPdf) -> None:
    page = minutes.pages[0]
    kind, last = page.line("BIÊN BẢN"), page.line("triển khai nhiệm vụ công tác năm 2023")
    assert (kind.size_pt, kind.face, kind.text) == (d.KIND_PT, "Tinos-Bold", "BIÊN BẢN")
    assert (last.size_pt, last.face) == (d.SUBJECT_PT, "Tinos-Bold")
    assert kind.centre_mm == pytest.approx(110, abs=NEAR_MM)
    assert last.centre_mm == pytest.approx(110, abs=NEAR_MM)
    rule = rule_under(minutes, last)
    assert last.width_mm / 3 <= rule[1] - rule[0] <= last.width_mm / 2


def test_the_body_is_justified_indented_and_spaced_as_the_decree_says(minutes: ReadPdf) -> None:
    page = minutes.pages[1]
    lines = page.body_lines
    full = [line for line, below in itertools.pairwise(lines) if is_continued(line, below)]
    assert len(full) >= 6
    for line in full:
        assert line.right_mm == pytest.approx(d.PAGE_WIDTH_MM - d.MARGIN_RIGHT_MM, abs=NEAR_MM), line.text
    starts = {round(line.left_mm - d.MARGIN_LEFT_MM, 1) for line in lines}
    assert starts == {0.0, d.FIRST_LINE_MM}
    single = d.BODY_PT * d.SINGLE_LINE * 25.4 / 72
    for line, below in itertools.pairwise(lines):
        step = below.baseline_mm - line.baseline_mm
        starts_paragraph = below.left_mm > d.MARGIN_LEFT_MM + 5
        least = single + (d.PARAGRAPH_GAP_MIN_PT * 25.4 / 72 if starts_paragraph else 0)
        assert least - 0.05 <= step <= 1.5 * single + 2.2
        assert d.BODY_RANGE_PT[0] <= line.size_pt <= d.BODY_RANGE_PT[1]


def test_the_last_line_of_a_paragraph_is_not_stretched() -> None:
    words = "Hội nghị nhất trí với nội dung báo cáo và đề nghị các đơn vị tiếp tục phối hợp thực hiện tốt. "
    paper = dossiers.simple_paper(para(words * 3 + "Hết."))
    lines = read_pdf(render_pdf(paper, bundled_font=True)).pages[0].body_lines
    assert lines[-1].right_mm < d.PAGE_WIDTH_MM - d.MARGIN_RIGHT_MM - 10


def test_secretary_left_chair_right_and_recipients_under_the_secretary(minutes: ReadPdf) -> None:
    page = minutes.pages[-1]
    secretary, chair = page.line("THƯ KÝ"), page.line("CHỦ TỌA")
    assert secretary.baseline_mm == pytest.approx(chair.baseline_mm, abs=0.1)
    assert secretary.right_mm < chair.left_mm
    for post, name in ((secretary, "Hồ Trần Hồng Ân"), (chair, "Trương Thanh Nhàn")):
        signed = [line for line in page.lines if line.text == name][-1]
        assert (post.size_pt, post.face) == (signed.size_pt, signed.face) == (d.SIGNER_PT, "Tinos-Bold")
        assert signed.centre_mm == pytest.approx(post.centre_mm, abs=NEAR_MM)
        assert signed.baseline_mm - post.baseline_mm >= d.SIGNATURE_ROOM_MM
    word, first = page.line("Nơi nhận:"), page.line("- Sở Công Thương")
    assert (word.size_pt, word.face) == (d.RECIPIENTS_WORD_PT, "Tinos-BoldItalic")
    assert (first.size_pt, first.face) == (d.RECIPIENT_PT, "Tinos")
    assert word.left_mm == pytest.approx(d.MARGIN_LEFT_MM, abs=NEAR_MM)
    assert word.top_mm > page.line("Hồ Trần Hồng Ân").bottom_mm
    assert page.line("- Lưu: VT").text == "- Lưu: VT, Hồ sơ."


def test_one_signer_stands_right_with_the_recipients_level_at_the_left(printed: dict[str, ReadPdf]) -> None:
    page = printed["project-proposal"].pages[-1]
    word, authority, post = page.line("Nơi nhận:"), page.line("KT. GIÁM ĐỐC"), page.line("PHÓ GIÁM ĐỐC")
    assert word.baseline_mm == pytest.approx(authority.baseline_mm, abs=0.1)
    assert word.left_mm == pytest.approx(d.MARGIN_LEFT_MM, abs=NEAR_MM)
    assert authority.left_mm > 100
    assert post.baseline_mm > authority.baseline_mm
    assert page.line("- Lưu: VT").text == "- Lưu: VT, KC."


def test_amounts_stand_right_under_each_other(printed: dict[str, ReadPdf]) -> None:
    page = printed["estimate"].pages[0]
    edges = sorted({round(rect[1], 1) for rect in page.rects})
    assert len(edges) == 7
    digits = {round(char["x1"] * 25.4 / 72, 1) for line in page.lines for char in line.chars if char["text"] == "0"}
    for edge in edges[2:6]:
        assert min(abs(edge - d.CELL_PADDING_X_MM - right) for right in digits) <= 0.11


def test_a_rule_under_a_subject_of_several_lines_fits_the_longest_and_the_last() -> None:
    subject = "Hỗ trợ ứng dụng máy móc thiết bị tiên tiến trong sản xuất sản phẩm gỗ gia dụng xuất khẩu năm 2023"
    paper = dossiers.simple_paper(para("Nội dung."), title=Title(kind="Báo cáo", subject=subject))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    lines = [line for line in pdf.pages[0].lines if line.text in subject and line.size_pt == d.SUBJECT_PT]
    rule = rule_under(pdf, lines[-1])
    for line in (lines[-1], max(lines, key=lambda each: each.width_mm)):
        assert line.width_mm / 3 <= rule[1] - rule[0] <= line.width_mm / 2


def rule_under(pdf: ReadPdf, line: TextLine) -> tuple[float, float, float]:
    """Return the rule nearest below a line."""
    below = [rule for rule in pdf.pages[0].rules if rule[2] >= line.baseline_mm and rule[0] < line.centre_mm < rule[1]]
    found = min(below, key=lambda rule: rule[2])
    assert found[2] - line.baseline_mm < 4
    return found


def is_continued(line: TextLine, below: TextLine) -> bool:
    """Tell whether the line below belongs to the same paragraph."""
    return below.left_mm < d.MARGIN_LEFT_MM + 1 and line.size_pt == below.size_pt == d.BODY_PT


def test_signers_side_by_side_have_their_names_on_one_line_whatever_their_posts() -> None:
    signers = (
        Signer(post=("Đại diện đơn vị thụ hưởng",), name="Đại diện 01", note="(Ký, ghi rõ họ tên, đóng dấu nếu có)"),
        Signer(post=("KT. Giám đốc", "Phó Giám đốc"), name="Người ký 02"),
        Signer(post=("Đại diện Ủy ban nhân dân xã",), name="Đại diện có tên rất dài " * 4),
    )
    paper = dossiers.simple_paper(para("Nội dung./."), signatures=Signatures(signers=signers, recipients=("A", "B")))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    page = pdf.pages[0]
    names = [page.line(text).baseline_mm for text in ("Đại diện 01", "Người ký 02", "Đại diện có tên")]
    assert names == pytest.approx([names[0]] * 3, abs=0.1)
    assert pdf.text == squeezed(plain_text(paper))
