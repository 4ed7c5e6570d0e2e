"""Charts: the same picture in PDF and Word, every value at its bar, legible without colour."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace

import docx
import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.shapes import Line, Rect, String

from kc_desktop.documents.chart import Chart, Fill, Mark, Series
from kc_desktop.documents.charts import draw_chart
from kc_desktop.documents.emf import emf
from kc_desktop.documents.fonts import font_set
from kc_desktop.documents.paper import Paper
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.word import render_docx
from kc_desktop.errors import KnownError
from tests.documents.every_kind import paper_of

MILLION = 1_000_000
WIDTH = 453.5
CHART = Chart(
    title="Kinh phí theo chương trình",
    rows=("Hỗ trợ ứng dụng máy móc thiết bị tiên tiến vào sản xuất công nghiệp", "Đào tạo nghề"),
    series=(
        Series(name="Kế hoạch", values=(900 * MILLION, 300 * MILLION), fill=Fill.EMPTY),
        Series(name="Phê duyệt", values=(700 * MILLION, 0), fill=Fill.HATCHED),
        Series(name="Giải ngân", values=(650 * MILLION, 100 * MILLION)),
    ),
    unit="triệu đồng",
    mark=Mark(name="Kế hoạch năm", value=1200 * MILLION),
)


def with_chart(*charts: Chart) -> Paper:
    paper = paper_of("funding-report")
    return replace(paper, body=(paper.body[0], *charts, *paper.body[1:]))


def words_of(chart: Chart) -> list[str]:
    fonts = font_set(bundled_only=True)
    return [each.text for each in draw_chart(chart, fonts, WIDTH).contents if isinstance(each, String)]


def test_every_value_stands_at_its_bar_and_every_series_and_the_unit_are_named() -> None:
    words = words_of(CHART)
    for each in ("900", "300", "700", "0", "650", "100", "Kế hoạch", "Phê duyệt", "Giải ngân", "Đào tạo nghề"):
        assert each in words
    assert {"Kế hoạch năm: 1.200", "Đơn vị tính: triệu đồng"} <= set(words)


def test_bars_are_as_long_as_their_values() -> None:
    drawing = draw_chart(CHART, font_set(bundled_only=True), WIDTH)
    longest = sorted((each.width for each in drawing.contents if isinstance(each, Rect)), reverse=True)
    bars = [each for each in longest if each != 18]
    assert bars == pytest.approx([bars[0] * value / 900 for value in (900, 700, 650, 300, 100)])


def test_a_chart_has_no_colour() -> None:
    for each in draw_chart(CHART, font_set(bundled_only=True), WIDTH).contents:
        for name in ("fillColor", "strokeColor"):
            colour = getattr(each, name, None)
            assert colour is None or colour.red == colour.green == colour.blue


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.text("aăâ ôđ Nguyễnx", max_size=300), st.integers(-(10**18), 10**18)), max_size=14),
    st.integers(0, 10**18),
)
def test_nothing_of_a_chart_stands_outside_its_picture(rows: list[tuple[str, int]], plan: int) -> None:
    fonts = font_set(bundled_only=True)
    drawing = draw_chart(
        Chart(
            title="Thử",
            rows=tuple(name for name, _ in rows),
            series=(Series(name="Giải ngân", values=tuple(value for _, value in rows)),),
            unit="đồng",
            mark=Mark(name="Kế hoạch", value=plan),
        ),
        fonts,
        WIDTH,
    )
    assert drawing.height < 728
    for each in drawing.contents:
        if isinstance(each, String):
            ends = (each.x, each.x + fonts.width(each.text, "Regular", each.fontSize))
            heights = (each.y, each.y + each.fontSize * 0.7)
        elif isinstance(each, Line):
            ends, heights = (each.x1, each.x2), (each.y1, each.y2)
        else:
            ends, heights = (each.x, each.x + each.width), (each.y, each.y + each.height)
        assert min(ends) >= -0.01
        assert max(ends) <= WIDTH + 0.01
        assert min(heights) >= -0.01
        assert max(heights) <= drawing.height + 0.01


def test_the_pdf_draws_the_chart_in_the_embedded_font_of_the_paper() -> None:
    pdf = render_pdf(with_chart(CHART), bundled_font=True)
    assert pdf == render_pdf(with_chart(CHART), bundled_font=True)
    with pdfplumber.open(io.BytesIO(pdf)) as read:
        text = read.pages[0].extract_text()
        fonts = {char["fontname"].partition("+")[2] for page in read.pages for char in page.chars}
    assert "Kế hoạch năm: 1.200" in text
    assert "tiên tiến" in text
    assert fonts
    assert all(each.startswith("Tinos") for each in fonts)


def test_the_word_file_holds_the_same_drawing_as_a_picture_with_words_for_it() -> None:
    other = replace(CHART, title="Hình thứ hai")
    data = render_docx(with_chart(CHART, other), bundled_font=True)
    assert data == render_docx(with_chart(CHART, other), bundled_font=True)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pictures = sorted(name for name in package.namelist() if name.endswith(".emf"))
        picture = package.read(pictures[0])
    assert len(pictures) == 2
    fonts = font_set(bundled_only=True)
    assert picture == emf(draw_chart(CHART, fonts, WIDTH_OF_TEXT), fonts)
    document = docx.Document(io.BytesIO(data))
    assert [each._inline.docPr.get("descr") for each in document.inline_shapes] == [CHART.title, other.title]
    assert len({each._inline.docPr.id for each in document.inline_shapes}) == 2


WIDTH_OF_TEXT = (210 - 30 - 20) * 72 / 25.4


def test_a_metafile_counts_its_own_records_and_holds_every_word() -> None:
    fonts = font_set(bundled_only=True)
    data = emf(draw_chart(CHART, fonts, WIDTH), fonts)
    assert data[40:44] == b" EMF"
    size, records = struct.unpack_from("<II", data, 48)
    assert size == len(data)
    at = count = 0
    while at < len(data):
        length = struct.unpack_from("<I", data, at + 4)[0]
        assert length % 4 == 0
        at, count = at + length, count + 1
    assert (at, count) == (len(data), records)
    for words in words_of(CHART):
        assert words.encode("utf-16-le") in data


def test_a_sign_the_font_has_not_is_named_and_rows_without_values_are_refused() -> None:
    with pytest.raises(KnownError, match="U\\+4E2D"):
        words_of(replace(CHART, rows=("Tên 中", "Đào tạo nghề")))
    with pytest.raises(ValueError, match="2 values"):
        replace(CHART, rows=("Một",))
