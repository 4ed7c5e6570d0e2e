"""Read a produced PDF back: characters and rules with their place in millimetres and points."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from typing import Any

import pdfplumber

from kc_desktop.documents import decree30 as d
from kc_desktop.documents.chart import Chart
from kc_desktop.documents.paper import Paper, Table

POINTS_PER_MM = 72 / 25.4


@dataclass(slots=True, kw_only=True)
class TextLine:
    """Characters of one baseline, left to right."""

    text: str
    left_mm: float
    right_mm: float
    top_mm: float
    bottom_mm: float
    baseline_mm: float
    size_pt: float
    face: str
    chars: list[dict[str, Any]] = field(repr=False)

    @property
    def centre_mm(self) -> float:
        return (self.left_mm + self.right_mm) / 2

    @property
    def width_mm(self) -> float:
        return self.right_mm - self.left_mm


@dataclass(slots=True, kw_only=True)
class ReadPage:
    """One page."""

    width_mm: float
    height_mm: float
    lines: list[TextLine]
    rules: list[tuple[float, float, float]]
    rects: list[tuple[float, float, float, float]]
    stream_text: str

    @property
    def body_lines(self) -> list[TextLine]:
        """Lines between the top and the bottom margin."""
        bottom = self.height_mm - d.MARGIN_BOTTOM_MM
        return [line for line in self.lines if line.top_mm >= d.MARGIN_TOP_MM - 0.5 and line.bottom_mm <= bottom + 0.5]

    @property
    def page_number(self) -> TextLine | None:
        """The line in the top margin."""
        return next((line for line in self.lines if line.bottom_mm < d.MARGIN_TOP_MM), None)

    def line(self, text: str) -> TextLine:
        """Return the first line that holds the text."""
        return next(line for line in self.lines if text in line.text)


@dataclass(slots=True, kw_only=True)
class ReadPdf:
    """A whole file."""

    pages: list[ReadPage]
    metadata: dict[str, str]
    fonts: set[str]
    catalog: dict[str, Any]

    @property
    def text(self) -> str:
        """The words of the text areas in the order they were drawn, without any white space."""
        return "".join(page.stream_text for page in self.pages)


def read_pdf(content: bytes) -> ReadPdf:
    """Read a PDF back."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [_page(page) for page in pdf.pages]
        fonts = {char["fontname"] for page in pdf.pages for char in page.chars}
        return ReadPdf(pages=pages, metadata=dict(pdf.metadata), fonts=fonts, catalog=dict(pdf.doc.catalog))


def squeezed(text: str) -> str:
    """Return text without white space."""
    return "".join(text.split())


def without_charts(paper: Paper) -> Paper:
    """Return a paper without its charts, whose words are no text of it."""
    return replace(paper, body=tuple(each for each in paper.body if not isinstance(each, Chart)))


def without_headers(text: str, paper: Paper) -> str:
    """Return squeezed text without the headers of the paper's tables, which come again on each page."""
    bodies = [each.body for each in (paper, *paper.followed_by)] + [each.body for each in paper.annexes]
    for body in bodies:
        for block in body:
            if isinstance(block, Table):
                text = text.replace(squeezed("".join(block.header_lines)), "")
    return text


def _mm(points: float) -> float:
    return points / POINTS_PER_MM


def _page(page: Any) -> ReadPage:
    height = page.height / POINTS_PER_MM
    in_area = [
        char
        for char in page.chars
        if char["top"] / POINTS_PER_MM >= d.MARGIN_TOP_MM - 0.5
        and char["bottom"] / POINTS_PER_MM <= height - d.MARGIN_BOTTOM_MM + 1
    ]
    return ReadPage(
        width_mm=page.width / POINTS_PER_MM,
        height_mm=height,
        lines=_lines(page),
        rules=[(_mm(one["x0"]), _mm(one["x1"]), _mm(one["top"])) for one in page.lines],
        rects=[(_mm(one["x0"]), _mm(one["x1"]), _mm(one["top"]), _mm(one["bottom"])) for one in page.rects],
        stream_text=squeezed("".join(char["text"] for char in in_area)),
    )


def _lines(page: Any) -> list[TextLine]:
    """Group characters by baseline, split where a gap is no stretched space."""
    rows: dict[float, list[dict[str, Any]]] = {}
    for char in page.chars:
        rows.setdefault(round(char["matrix"][5], 1), []).append(char)
    lines: list[TextLine] = []
    for _, chars in sorted(rows.items(), reverse=True):
        chars.sort(key=lambda char: char["x0"])
        part: list[dict[str, Any]] = []
        for char in chars:
            gap = char["x0"] - part[-1]["x1"] if part else 0.0
            if gap > 30 or (gap > 1 and part[-1]["text"] != " "):
                lines.append(_line(part, page))
                part = []
            part.append(char)
        lines.append(_line(part, page))
    return [line for line in lines if line.text.strip()]


def _line(chars: list[dict[str, Any]], page: Any) -> TextLine:
    seen = [char for char in chars if char["text"].strip()] or chars
    return TextLine(
        text="".join(char["text"] for char in chars),
        left_mm=seen[0]["x0"] / POINTS_PER_MM,
        right_mm=seen[-1]["x1"] / POINTS_PER_MM,
        top_mm=min(char["top"] for char in seen) / POINTS_PER_MM,
        bottom_mm=max(char["bottom"] for char in seen) / POINTS_PER_MM,
        baseline_mm=(page.height - seen[0]["matrix"][5]) / POINTS_PER_MM,
        size_pt=round(seen[0]["size"], 2),
        face=seen[0]["fontname"].split("+")[-1],
        chars=seen,
    )
