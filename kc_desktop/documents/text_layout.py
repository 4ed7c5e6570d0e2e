"""Break runs of text into lines of measured words, ready to be drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents.fonts import FontSet, face_of
from kc_desktop.documents.names import break_name
from kc_desktop.documents.paper import Align, Run
from kc_desktop.documents.styles import TextStyle

_TOLERANCE_PT: Final = 0.01
_KEPT_TOGETHER: Final = "\N{NO-BREAK SPACE}%"
"""No line ends between a number and its %; ReportLab draws and stretches the space between as any other."""
MAX_STRETCH: Final = 1.6  # a space may grow by so many sizes before a line is left ragged instead


@dataclass(slots=True, kw_only=True)
class Line:
    """A line of one size: stretches of (face, text) with their width, and the words' gaps for justification."""

    stretches: list[tuple[str, str]]
    width: float
    gaps: int
    ends_paragraph: bool = False
    indent: float = 0.0


@dataclass(slots=True)
class _Word:
    atoms: list[tuple[str, str]]
    width: float
    space_face: str
    ends_line: bool = False
    continues: bool = False  # the rest of a word that was wider than a line


def runs_of(text: str, style: TextStyle) -> tuple[Run, ...]:
    """Return text as one run in the style's own face."""
    return (Run(text=text, bold=style.bold, italic=style.italic),)


def break_runs(
    runs: Sequence[Run], fonts: FontSet, size_pt: float, width: float, *, first_indent: float = 0.0
) -> list[Line]:
    """Return the lines of a paragraph, filled word by word; a word wider than a line is cut between letters."""
    lines: list[Line] = []
    words: list[_Word] = []
    used, indent = 0.0, first_indent
    for word in _words(runs, fonts, size_pt):
        for piece in _fitting(word, fonts, size_pt, width - (first_indent if not lines else 0.0)):
            space = fonts.width(" ", words[-1].space_face, size_pt) if words else 0.0
            is_full = used + space + piece.width > width - indent + _TOLERANCE_PT
            if words and (is_full or piece.continues):
                lines.append(_line(words, used, indent))
                words, used, indent, space = [], 0.0, 0.0, 0.0
            words.append(piece)
            used += space + piece.width
        if word.ends_line:
            lines.append(_line(words, used, indent, ends=True))
            words, used, indent = [], 0.0, 0.0
    if words or not lines:
        lines.append(_line(words, used, indent))
    lines[-1].ends_paragraph = True
    return lines


def break_balanced(text: str, style: TextStyle, fonts: FontSet, width: float) -> list[Line]:
    """Return the lines of a name or title, broken where a person would break it."""
    face = face_of(bold=style.bold, italic=style.italic)

    def measure(part: str) -> float:
        return fonts.width(part, face, style.size_pt)

    lines: list[Line] = []
    for part in break_name(text, measure, width):
        lines += break_runs(runs_of(part, style), fonts, style.size_pt, width)
    return lines


def _words(runs: Iterable[Run], fonts: FontSet, size_pt: float) -> Iterable[_Word]:
    """Yield words; a word may change its face in the middle, as in a bold label before a plain colon."""
    atoms: list[tuple[str, str]] = []
    width, face = 0.0, face_of(bold=False, italic=False)
    for run in runs:
        face = face_of(bold=run.bold, italic=run.italic)
        for place, row in enumerate(run.text.split("\n")):
            if place:
                yield _Word(atoms, width, face, ends_line=True)
                atoms, width = [], 0.0
            for number, part in enumerate(row.replace(" %", _KEPT_TOGETHER).split(" ")):
                if number and atoms:
                    yield _Word(atoms, width, face)
                    atoms, width = [], 0.0
                if part:
                    atoms.append((face, part))
                    width += fonts.width(part, face, size_pt)
    if atoms:
        yield _Word(atoms, width, face)


def _fitting(word: _Word, fonts: FontSet, size_pt: float, room: float) -> Iterable[_Word]:
    """Yield a word whole, or in pieces that each fit the line when it is wider than a line."""
    if word.width <= room + _TOLERANCE_PT or not word.atoms:
        yield word
        return
    atoms: list[tuple[str, str]] = []
    used, is_rest = 0.0, False
    for face, text in word.atoms:
        begin = 0
        for place, char in enumerate(text):
            step = fonts.width(char, face, size_pt)
            if used + step > room + _TOLERANCE_PT and (atoms or place > begin):
                yield _Word([*atoms, (face, text[begin:place])], used, face, continues=is_rest)
                atoms, used, begin, is_rest = [], 0.0, place, True
            used += step
        atoms.append((face, text[begin:]))
    yield _Word(atoms, used, word.space_face, continues=is_rest)


def _line(words: list[_Word], used: float, indent: float, *, ends: bool = False) -> Line:
    stretches: list[tuple[str, str]] = []
    parts: list[str] = []
    face = ""
    for place, word in enumerate(words):
        if place:
            parts.append(" ")
        for atom_face, text in word.atoms:
            if atom_face != face and face:
                stretches.append((face, "".join(parts)))
                parts = []
            face = atom_face
            parts.append(text)
    if parts:
        stretches.append((face, "".join(parts)))
    gaps = max(0, len(words) - 1) + sum(text.count(_KEPT_TOGETHER[0]) for _face, text in stretches)
    return Line(stretches=stretches, width=used, gaps=gaps, ends_paragraph=ends, indent=indent)


def draw_line(
    canvas: Any, line: Line, fonts: FontSet, size_pt: float, left: float, top: float, width: float, align: Align
) -> None:
    """Draw a line whose top is at `top` (points from the foot of the sheet)."""
    if not line.stretches:
        return
    left += line.indent
    width -= line.indent
    word_space = 0.0
    if align is Align.CENTER:
        left += (width - line.width) / 2
    elif align is Align.RIGHT:
        left += width - line.width
    elif align is Align.JUSTIFY and not line.ends_paragraph and line.gaps:
        extra = (width - line.width) / line.gaps
        word_space = extra if extra <= MAX_STRETCH * size_pt else 0.0
    text = canvas.beginText(left, top - size_pt * d.ASCENT)
    if word_space:
        text.setWordSpace(word_space)
    for face, part in line.stretches:
        text.setFont(fonts.registered_name(face), size_pt)
        text.textOut(part)
    if word_space:
        text.setWordSpace(0)
    canvas.drawText(text)
