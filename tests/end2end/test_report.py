"""kc-desktop report: the yearly report of a file, as PDF and Word, with what it refuses."""

from __future__ import annotations

import io
from contextlib import closing
from pathlib import Path

import docx
import pypdfium2
import pytest

from kc_desktop.commands.parsing import PERIOD_CODES
from kc_desktop.domain.report_period import PERIODS
from tests.end2end.program import kc

pytestmark = pytest.mark.timeout(300)


def _pdf_text(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def test_the_report_of_a_year_is_written_with_its_figures_and_charts(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "Báo cáo 2023.pdf"
    answer = kc("report", "2023", "--data", sample, "--to", target)
    assert (answer.code, answer.err) == (0, "")
    text = _pdf_text(target)
    assert "Tổng kết công tác khuyến công năm 2023" in text
    assert "Kinh phí năm 2023 đã giải ngân 420.000.000 đồng" in text
    assert "Kế hoạch cả năm: 4.800" in text


def test_the_report_of_a_part_of_a_year_comes_as_a_word_file_with_its_charts_as_pictures(
    sample: Path, tmp_path: Path
) -> None:
    target = tmp_path / "h1.docx"
    assert kc("report", "2023", "--data", sample, "--to", target, "--period", "h1").code == 0
    document = docx.Document(io.BytesIO(target.read_bytes()))
    assert any("Sơ kết công tác khuyến công 6 tháng đầu năm 2023" in each.text for each in document.paragraphs)
    assert len(document.inline_shapes) == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "15/3", "--until", "20/9"), "từ ngày 15 tháng 3 đến ngày 20 tháng 9 năm 2023"),
        (("--from", "3", "--until", "7"), "từ tháng 3 đến tháng 7 năm 2023"),
        (("--from", "1/4/2023", "--until", "30/6/2023"), "quý II năm 2023"),
        (("--from", "7"), "6 tháng cuối năm 2023"),
        (("--from", "1"), "Tổng kết công tác khuyến công năm 2023"),
    ],
)
def test_a_report_may_be_of_any_days_or_months_of_a_year(
    sample: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    target = tmp_path / "kỳ.pdf"
    answer = kc("report", "2023", "--data", sample, "--to", target, *arguments)
    assert (answer.code, answer.err) == (0, "")
    assert words in _pdf_text(target)


def test_a_report_may_be_of_several_years(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "giai đoạn.pdf"
    answer = kc("report", "2021-2025", "--data", sample, "--to", target)
    assert (answer.code, answer.err) == (0, "")
    assert "Tổng kết công tác khuyến công giai đoạn 2021–2025" in _pdf_text(target)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("2062",), 1, "chưa có kế hoạch khuyến công năm 2062"),
        (("nay",), 2, "Câu lệnh chưa đúng"),
        (("2023", "--period", "q5"), 2, "Câu lệnh chưa đúng"),
        (("2023", "--period", "q1", "--from", "3"), 2, "Câu lệnh chưa đúng"),
        (("2023", "--from", "20/9", "--until", "15/3"), 1, "15/03/2023 trước ngày đầu kỳ 20/09/2023"),
        (("2023", "--from", "15/3/2022"), 1, "15/03/2022 không thuộc năm 2023"),
        (("2023", "--until", "30/2"), 1, "không có ngày 30"),
        (("2023", "--until", "13"), 1, "Không có tháng 13"),
        (("2021-2025", "--period", "q1"), 2, "Câu lệnh chưa đúng"),
        (("2021-",), 2, "Câu lệnh chưa đúng"),
        (("2025-2021",), 1, "từ năm 2025 đến năm 2021"),
        (("2001-2025",), 1, "nhiều nhất 10 năm"),
    ],
)
def test_a_year_without_a_plan_and_wrong_words_are_told(
    sample: Path, tmp_path: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    target = tmp_path / "ra.pdf"
    answer = kc("report", *arguments, "--data", sample, "--to", target)
    assert answer.code == code
    assert words in answer.err
    assert not target.exists()


def test_a_file_that_is_neither_pdf_nor_word_is_refused(sample: Path, tmp_path: Path) -> None:
    answer = kc("report", "2023", "--data", sample, "--to", tmp_path / "ra.txt")
    assert answer.code == 1
    assert ".docx" in answer.err


def test_the_command_knows_every_period_of_the_reports() -> None:
    assert tuple(each.code for each in PERIODS if each.code) == PERIOD_CODES
