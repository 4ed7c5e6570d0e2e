"""Charts on the screen wear the window's letters; pictures that leave it wear those of paper."""

from __future__ import annotations

import re

from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kc_desktop.documents.chart import Chart, Series
from kc_desktop.services import overview_charts
from kc_desktop.services.overview_charts import PAPER, OverviewChart
from ui.chart_letters import ScreenLetters

ALPHABET = "Ắ ằ ẵ Ề ể Ộ ỡ Ữ ự ỵ Đ đ"
CHART = OverviewChart(
    year=2023,
    chart=Chart(
        title="Kinh phí theo địa bàn",
        rows=(f"Xã 07 {ALPHABET}", "Xã 中\x07 08"),
        series=(Series(name="Đã giải ngân", values=(420, 140)),),
        unit="triệu đồng",
        is_money=False,
    ),
    bars=(),
)


def families(svg: str) -> set[str]:
    """Return the families a picture's letters are named by."""
    return {each.strip(" '\"") for each in re.findall(r"font-family:\s*([^;]+);", svg)}


def test_a_chart_is_drawn_in_the_windows_letters_every_sign_in_its_place(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    letters = ScreenLetters(label.font())
    picture = overview_charts.draw(CHART, 460, PAPER, letters=letters)
    assert families(picture.svg) == {QFontInfo(label.font()).family()}
    for each in ALPHABET.split():
        assert each in picture.svg
    assert "Xã 中 08" in picture.svg
    assert QSvgRenderer(picture.svg.encode()).isValid()
    wide = QFontMetricsF(label.font()).horizontalAdvance("Đã giải ngân") / QFontInfo(label.font()).pixelSize()
    assert abs(letters.width("Đã giải ngân", "Regular", 1) - wide) < 0.05 * wide
    assert letters.width("Đã giải ngân", "Bold", 10) >= letters.width("Đã giải ngân", "Regular", 10)


def test_a_picture_for_paper_keeps_the_papers_letters() -> None:
    assert families(overview_charts.draw(CHART, 460, PAPER).svg) <= {"Tinos", "Times New Roman"}
