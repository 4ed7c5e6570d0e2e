"""Whatever a project holds, its papers stay within their margins, lose no word and let everybody sign."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.documents import acceptance, catalogue
from kc_desktop.documents import decree30 as d
from kc_desktop.documents.paper import Orientation, Signatures, Signer, closed, para
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.word import render_docx
from kc_desktop.domain.project_dossier import ProjectDossier
from tests.documents import dossiers
from tests.documents.reading import read_pdf, squeezed, without_headers
from tests.documents.test_pagination import SENTENCE

LIFE = [kind for kind in catalogue.KINDS if kind.record == "projects" and kind.step != catalogue.PREPARING]
SYLLABLES = (
    "Cơ",
    "sở",
    "sản",
    "xuất",
    "Phòng",
    "Kinh",
    "tế",
    "Ủy",
    "ban",
    "nhân",
    "dân",
    "xã",
    "Nghĩa",
    "trách",
    "hạn",
)
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=30).map(" ".join)


def signers(number: int, post: str = "Đại diện đơn vị") -> tuple[Signer, ...]:
    return tuple(Signer(post=(f"{post} {place:02d}",), name=f"Người ký {place:02d}") for place in range(1, number + 1))


@given(st.integers(1, 40), st.integers(1, 6))
def test_a_grid_holds_every_signer_once_in_rows_as_even_as_can_be(number: int, per_row: int) -> None:
    signatures = Signatures(signers=signers(number), per_row=per_row)
    sizes = [len(row) for row in signatures.rows]
    assert tuple(signer for row in signatures.rows for signer in row) == signatures.signers
    assert max(sizes) <= per_row
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize("number", [2, 3, 4, 5, 6, 7, 10])
@pytest.mark.parametrize("lines", [1, 24, 30, 33])
def test_a_grid_stands_with_content_and_its_names_are_level(number: int, lines: int) -> None:
    body = (*[para("Dòng.") for _ in range(lines)], para(closed(SENTENCE * 2)))
    signatures = Signatures(signers=signers(number), recipients=("Như trên", "Lưu: VT"))
    paper = dossiers.simple_paper(*body, signatures=signatures)
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    assert pdf.text == squeezed(plain_text(paper))
    first = next(page for page in pdf.pages if any("ĐẠI DIỆN ĐƠN VỊ 01" in line.text for line in page.lines))
    top = first.line("ĐẠI DIỆN ĐƠN VỊ 01").top_mm
    assert sum(line.bottom_mm < top for line in first.body_lines) >= d.SIGNATURE_MIN_LINES
    place = 0
    for row in signatures.rows:
        names = [f"Người ký {place + offset:02d}" for offset in range(1, len(row) + 1)]
        page = next(page for page in pdf.pages if any(names[0] in line.text for line in page.lines))
        assert len({round(page.line(name).baseline_mm, 1) for name in names}) == 1
        place += len(row)


@pytest.mark.parametrize("number", [4, 5, 7])
def test_the_word_copy_has_a_table_for_each_row_of_signers(number: int) -> None:
    signatures = Signatures(signers=signers(number), recipients=("Như trên", "Lưu: VT"))
    paper = dossiers.simple_paper(para(closed(SENTENCE)), signatures=signatures)
    document = docx.Document(io.BytesIO(render_docx(paper, bundled_font=True)))
    rows = [table.rows[0] for table in document.tables[1:]]
    assert [len(row.cells) for row in rows] == [len(row) for row in signatures.rows]
    assert all(row._tr.get_or_add_trPr().find(qn("w:cantSplit")) is not None for row in rows)
    for row in rows[:-1]:
        assert all(cell.paragraphs[-1].paragraph_format.keep_with_next for cell in row.cells), "rows stay together"
    texts = [node.text or "" for node in document.element.body.iter(qn("w:t"))]
    assert squeezed("".join(texts)) == squeezed(plain_text(paper))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(LIFE),
    st.integers(0, 4),
    st.integers(0, 25),
    st.integers(0, 15),
    st.lists(WORDS, max_size=8),
    WORDS,
)
def test_nothing_leaves_the_margins_and_no_word_is_lost(
    kind: catalogue.PaperKind, beneficiaries: int, lines: int, vouchers: int, partners: list[str], name: str
) -> None:
    paper = kind.build(long_dossier(beneficiaries, lines, vouchers, partners, name))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    width = d.PAGE_HEIGHT_MM if paper.orientation is Orientation.LANDSCAPE else d.PAGE_WIDTH_MM
    for page in pdf.pages:
        assert page.width_mm == pytest.approx(width, abs=0.1)
        for line in page.body_lines:
            assert line.left_mm >= d.MARGIN_LEFT_MM - 0.35, line.text
            assert line.right_mm <= width - d.MARGIN_RIGHT_MM + 0.35, line.text
        assert all(bottom <= page.height_mm - d.MARGIN_BOTTOM_MM + 0.1 for *_, bottom in page.rects)
    assert sorted(without_headers(pdf.text, paper)) == sorted(without_headers(squeezed(plain_text(paper)), paper))


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(LIFE), st.integers(0, 3), st.lists(WORDS, max_size=6), WORDS)
def test_the_word_copy_loses_no_word_either(
    kind: catalogue.PaperKind, beneficiaries: int, partners: list[str], name: str
) -> None:
    paper = kind.build(long_dossier(beneficiaries, 5, 5, partners, name))
    document = docx.Document(io.BytesIO(render_docx(paper, bundled_font=True)))
    texts = [node.text or "" for node in document.element.body.iter(qn("w:t"))]
    assert squeezed("".join(texts)) == squeezed(plain_text(paper))


def long_dossier(beneficiaries: int, lines: int, vouchers: int, partners: list[str], name: str) -> ProjectDossier:
    """Build a project with such numbers of everything, and a name and partners of any length."""
    base = dossiers.running_dossier(beneficiaries=beneficiaries, lines=lines, vouchers=vouchers)
    project = replace(base.project, name=f"Hỗ trợ {name}", partners="\n".join(partners))
    named = tuple(
        replace(each, establishment=replace(each.establishment, name=f"{name} {each.establishment.id}"))
        for each in base.beneficiaries
    )
    return replace(base, project=project, beneficiaries=named)


def test_eight_partners_all_sign_the_acceptance_and_no_row_of_signatures_is_parted() -> None:
    base = dossiers.running_dossier()
    partners = "\n".join(f"Ủy ban nhân dân xã số {place:02d}" for place in range(1, 9))
    paper = acceptance.build(replace(base, project=replace(base.project, partners=partners)))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    assert paper.signatures is not None
    assert [len(row) for row in paper.signatures.rows] == [3, 3, 3, 2]
    page = next(page for page in pdf.pages if "ĐẠIDIỆNCƠSỞ03" in page.stream_text)
    assert all(f"ĐẠIDIỆNỦYBANNHÂNDÂNXÃSỐ{place:02d}" in pdf.text for place in range(1, 9))
    assert "ĐẠIDIỆNSỞCÔNGTHƯƠNG" in page.stream_text, "four rows fit one page, so they stay on it"
