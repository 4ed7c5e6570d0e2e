"""A chart as SVG: the drawing of the papers, in the colours of a screen or of paper, with the places of its bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kc_desktop.documents.chart import Chart
from kc_desktop.documents.charts import Ink, Letters, Spot, sketch_chart
from kc_desktop.documents.fonts import BOLD, FACES, REGULAR

_FAMILIES: Final = {"Times": "Times New Roman"}
"""How a family of fonts is called outside of ReportLab, where not by its own name."""
_WEIGHTS: Final = {REGULAR: "normal", BOLD: "bold"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawn chart of whole points; `svg` names its letters by `family`, which whoever shows it has to have."""

    svg: str
    family: str
    width: int
    height: int
    spots: tuple[Spot, ...]


def picture(chart: Chart, fonts: Letters, width: int, ink: Ink | None = None, *, title: str = "") -> Picture:
    """Return a chart as SVG of that width in points.

    Raises:
        KnownError: if a name holds a character the font cannot draw.
    """
    from xml.dom import minidom

    from reportlab.graphics import renderSVG

    minidom.getDOMImplementation()  # ReportLab asks for it by name, which PyInstaller does not see
    found = sketch_chart(chart, fonts, width, ink, title=title)
    family = _FAMILIES.get(fonts.family, fonts.family)
    hacks = {
        fonts.registered_name(face): {"family": family, "weight": _WEIGHTS[face]} for face in FACES if face in _WEIGHTS
    }
    text = renderSVG.drawToString(found.drawing, fontHacks=hacks, useClip=True)  # Qt would paint its clip path black
    return Picture(
        svg=_titled(text, title or chart.title),
        family=family,
        width=width,
        height=round(found.drawing.height),
        spots=found.spots,
    )


def _titled(svg: str, title: str) -> str:
    """Say what the picture shows, for screen readers, in the place of ReportLab's dots."""
    from xml.sax.saxutils import escape

    return svg.replace("<title>...</title>", f"<title>{escape(title)}</title>", 1).replace("<desc>...</desc>", "", 1)
