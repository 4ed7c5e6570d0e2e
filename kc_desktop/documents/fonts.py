"""The four faces of the paper's font: the PC's Times New Roman when all four are there, else Tinos from resources.

Tinos has the widths of Times New Roman and every Vietnamese letter; ReportLab drops a missing glyph without a word
(seen with 5.1), so every word is checked against the face before it is measured.
"""

import functools
import io
import os
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Final

from kc_desktop.errors import KnownError

REGULAR: Final = "Regular"
BOLD: Final = "Bold"
ITALIC: Final = "Italic"
BOLD_ITALIC: Final = "BoldItalic"
FACES: Final = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)

_TIMES_FILES: Final = {REGULAR: "times.ttf", BOLD: "timesbd.ttf", ITALIC: "timesi.ttf", BOLD_ITALIC: "timesbi.ttf"}
_MAX_REMEMBERED_WORDS: Final = 50_000
_LINE_HEIGHT: Final = 1.15

VIETNAMESE_LETTERS: Final = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ"
)


def face_of(*, bold: bool, italic: bool) -> str:
    """Return the face for a pair of switches."""
    if bold:
        return BOLD_ITALIC if italic else BOLD
    return ITALIC if italic else REGULAR


@dataclass(slots=True, kw_only=True)
class FontSet:
    """Four registered faces with their word widths."""

    family: str
    faces: dict[str, Any]
    _widths: dict[tuple[str, str], float] = field(default_factory=dict)

    @property
    def line_height(self) -> float:
        """How high a line is in a chart, in sizes of its letters."""
        return _LINE_HEIGHT

    def registered_name(self, face: str) -> str:
        """Return the name under which ReportLab knows a face."""
        return f"KC-{self.family}-{face}"

    def width(self, text: str, face: str, size_pt: float) -> float:
        """Return the width of text in points.

        Raises:
            KnownError: if the face has no glyph for a character of the text.
        """
        known = self._widths.get((face, text))
        if known is None:
            known = self._measure(text, face)
        return known * size_pt

    def require(self, text: str) -> None:
        """Raise KnownError, with the words around it, if the upright face lacks a character of the text."""
        missing = self.missing(text)
        if missing:
            raise _missing_glyph(missing[0], text)

    def missing(self, text: str, face: str = REGULAR) -> str:
        """Return the characters of text that a face cannot draw, each once."""
        glyphs = self.faces[face].face.charToGlyph
        lacking = {char for char in set(text) if ord(char) not in glyphs and char != "\n"}
        return "".join(dict.fromkeys(char for char in text if char in lacking)) if lacking else ""

    def _measure(self, text: str, face: str) -> float:
        missing = self.missing(text, face)
        if missing:
            raise _missing_glyph(missing[0], text)
        if len(self._widths) >= _MAX_REMEMBERED_WORDS:
            self._widths.clear()
        width: float = self.faces[face].stringWidth(text, 1)
        self._widths[face, text] = width
        return width


def _missing_glyph(char: str, text: str) -> KnownError:
    place = text.index(char)
    around = " ".join(text[max(0, place - 20) : place + 21].split())
    return KnownError(
        f"Không in được ký tự “{char}” (U+{ord(char):04X}) trong “{around}”: phông chữ của văn bản không có ký tự này.",
        "Xóa ký tự đó hoặc thay bằng chữ rồi in lại.",
    )


def font_set(*, bundled_only: bool = False) -> FontSet:
    """Return the font to print with: Times New Roman of this PC when all four faces exist, else Tinos.

    `bundled_only` takes Tinos in any case, so that the bytes are the same on every PC.
    """
    folder = None if bundled_only else times_folder()
    return _load(folder)


def times_folder() -> Path | None:
    """Return the Windows fonts folder if it holds the four faces of Times New Roman."""
    windows = os.environ.get("WINDIR")
    if not windows:
        return None
    folder = Path(windows) / "Fonts"
    return folder if all((folder / name).is_file() for name in _TIMES_FILES.values()) else None


@functools.cache
def _load(folder: Path | None) -> FontSet:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    if folder is not None:
        try:
            data = {face: (folder / name).read_bytes() for face, name in _TIMES_FILES.items()}
            fonts = FontSet(
                family="Times",
                faces={face: TTFont(f"KC-Times-{face}", io.BytesIO(content)) for face, content in data.items()},
            )
            if not any(fonts.missing(VIETNAMESE_LETTERS, face) for face in FACES):
                for font in fonts.faces.values():
                    pdfmetrics.registerFont(font)
                return fonts
        except (OSError, TTFError):
            pass  # a damaged or protected system font must not keep anyone from printing
        return _load(None)
    root = resources.files("resources") / "fonts"
    faces = {face: TTFont(f"KC-Tinos-{face}", io.BytesIO((root / f"Tinos-{face}.ttf").read_bytes())) for face in FACES}
    for font in faces.values():
        pdfmetrics.registerFont(font)
    return FontSet(family="Tinos", faces=faces)
