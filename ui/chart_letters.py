"""The interface's own letters, as charts on the screen are drawn with them."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

_MEASURED: Final = 100
"""Pixels high letters are measured at; a drawing's are any size of these."""


class ScreenLetters:
    """Letters of a font of the window: what `overview_charts.draw` asks of letters, answered by Qt.

    A sign the font lacks comes from another of the PC's, as everywhere in the window: none is refused.
    """

    def __init__(self, font: QFont) -> None:
        self._family = QFontInfo(font).family()
        self._fonts = {}
        for face, is_bold in (("Regular", False), ("Bold", True)):
            own = QFont(font)
            own.setFamily(self._family)
            own.setPixelSize(_MEASURED)
            own.setBold(is_bold)
            self._fonts[face] = own
        self._widths: dict[tuple[str, str], float] = {}
        metrics = QFontMetricsF(self._fonts["Regular"])
        self._line_height = (metrics.ascent() + metrics.descent()) / _MEASURED

    @property
    def family(self) -> str:
        """The family's name."""
        return self._family

    @property
    def line_height(self) -> float:
        """How high a line is, in sizes of its letters."""
        return self._line_height

    def registered_name(self, face: str) -> str:
        """Return the name of a face."""
        return f"{self._family}-{face}"

    def width(self, text: str, face: str, size_pt: float) -> float:
        """Return the width of a text at a size."""
        known = self._widths.get((face, text))
        if known is None:
            known = QFontMetricsF(self._fonts[face]).horizontalAdvance(text) / _MEASURED
            self._widths[face, text] = known
        return known * size_pt
