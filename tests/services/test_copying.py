"""Cells on the clipboard: what is copied comes back as it was, and a spreadsheet gets numbers only where they count."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.text import clean_text
from kc_desktop.services import copying, pasting
from kc_desktop.services.copying import CopiedCell

_TEXTS = st.text(st.sampled_from('ab "\t\n=+-@ôĐ0'), min_size=0, max_size=12)


@given(st.lists(st.lists(_TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_copied_lines_come_back_as_they_were(rows: list[list[str]]) -> None:
    rows = [["x", *row, "y"] for row in rows]
    lines = copying.as_lines((), [[CopiedCell(text=each) for each in row] for row in rows])
    wanted = [tuple(clean_text(each).strip() for each in row) for row in rows]
    assert list(pasting.parse_block(lines)) == wanted
    assert list(csv.reader(io.StringIO(lines, newline=""), dialect="excel-tab")) == rows


def test_headings_stand_over_the_rows_and_numbers_lose_their_dots() -> None:
    cells = [CopiedCell(text="Cơ sở 03"), CopiedCell(text="1.250.000", plain="1250000", value=1_250_000)]
    assert copying.as_lines(("Tên cơ sở", "Vốn\n(đồng)"), [cells]) == "Tên cơ sở\tVốn (đồng)\nCơ sở 03\t1250000"


@pytest.mark.parametrize("text", ["0903000001", "0012345", "=1+1", "+84", "-5", "@mai", "<b>&amp;"])
def test_a_text_is_text_to_a_spreadsheet_whatever_it_looks_like(text: str) -> None:
    table = copying.as_table(("Cột",), [[CopiedCell(text=text)]])
    cell = table[table.index("<td") :]
    assert r"mso-number-format:'\@'" in cell
    assert "x:num" not in cell
    assert "<b>" not in cell


@pytest.mark.parametrize(
    ("cell", "number", "style"),
    [
        (CopiedCell(text="1.250.000", value=1_250_000), "1250000", r"\#\,\#\#0"),
        (CopiedCell(text="2023", value=2023, is_counted=False), "2023", "0"),
        (CopiedCell(text="1,5", value=Decimal("1.5")), "1.5", "General"),
        (CopiedCell(text="12,5%", value=Decimal("0.125"), is_share=True), "0.125", r"0\.0%"),
        (CopiedCell(text="13/04/2023", value=date(2023, 4, 13)), "45029", r"dd\/mm\/yyyy"),
    ],
)
def test_a_number_reaches_a_spreadsheet_as_a_number_in_any_language(cell: CopiedCell, number: str, style: str) -> None:
    table = copying.as_table((), [[cell]])
    assert f'x:num="{number}"' in table
    assert f"mso-number-format:'{style}'" in table
    assert f">{cell.text}</td>" in table


def test_a_number_written_in_vietnamese_is_read_and_anything_else_is_not() -> None:
    assert copying.read_number("1.250,5") == Decimal("1250.5")
    assert copying.read_number("12,5%") == Decimal("0.125")
    assert copying.read_number("chưa có") is None
    assert copying.read_number("NaN") is None
