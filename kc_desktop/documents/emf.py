"""A drawing as an enhanced metafile: the picture Word, LibreOffice and printers draw sharp at every size.

ReportLab needs a library we do not ship to make a bitmap; rectangles, lines and words are a few records of [MS-EMF].
Words are set in Times New Roman at the widths they were measured with.
"""

from __future__ import annotations

import itertools
import struct
from typing import Any, Final

from kc_desktop.documents.fonts import REGULAR, FontSet

_PER_POINT: Final = 20
"""Units of the picture in a point: twentieths, as Word counts."""
_PER_INCH: Final = 72 * _PER_POINT
_DEVICE_INCHES: Final = 10
_FACE: Final = "Times New Roman"

_HEADER, _END = 1, 14
_WINDOW_ORIGIN, _WINDOW_SIZE, _VIEW_ORIGIN, _VIEW_SIZE = 10, 9, 12, 11
_MAP_MODE, _BACKGROUND_MODE, _TEXT_ALIGN = 17, 18, 22
_MOVE, _LINE, _RECTANGLE, _TEXT = 27, 54, 43, 84
_SELECT, _PEN, _BRUSH, _DELETE, _FONT = 37, 38, 39, 40, 82
_ANISOTROPIC, _TRANSPARENT, _AT_BASELINE, _ADVANCED = 8, 1, 24, 2
_NO_PEN, _NO_BRUSH, _SYSTEM_FONT = 0x80000008, 0x80000005, 0x8000000D
_HEADER_SIZE, _TEXT_HEAD, _FONT_SIZE = 88, 76, 320


def emf(drawing: Any, fonts: FontSet) -> bytes:
    """Return a drawing of rectangles, lines and words as the bytes of a metafile; the same drawing gives the same."""
    return _Writer(drawing, fonts).whole()


class _Writer:
    def __init__(self, drawing: Any, fonts: FontSet) -> None:
        self.drawing, self.fonts = drawing, fonts
        self.width, self.height = round(drawing.width * _PER_POINT), round(drawing.height * _PER_POINT)
        self.records: list[bytes] = []

    def whole(self) -> bytes:
        """Write every shape and close the picture."""
        from reportlab.graphics.shapes import Line, Rect, String

        self._add(_MAP_MODE, struct.pack("<I", _ANISOTROPIC))
        for origin, size in ((_WINDOW_ORIGIN, _WINDOW_SIZE), (_VIEW_ORIGIN, _VIEW_SIZE)):
            self._add(origin, struct.pack("<ii", 0, 0))
            self._add(size, struct.pack("<ii", self.width, self.height))
        self._add(_BACKGROUND_MODE, struct.pack("<I", _TRANSPARENT))
        self._add(_TEXT_ALIGN, struct.pack("<I", _AT_BASELINE))
        for shape in self.drawing.contents:
            if isinstance(shape, Rect):
                self._rectangle(shape)
            elif isinstance(shape, Line):
                self._stroke(shape)
            elif isinstance(shape, String):
                self._words(shape)
            else:
                raise TypeError(f"no record for a {type(shape).__name__}")
        self._add(_END, struct.pack("<III", 0, 0, 20))
        body = b"".join(self.records)
        return self._header(_HEADER_SIZE + len(body)) + body

    def _header(self, size: int) -> bytes:
        hundredths = 2540 / _PER_INCH
        return struct.pack(
            "<II4i4iIIIIHHIIIiiii",
            *(_HEADER, _HEADER_SIZE),
            *(0, 0, self.width - 1, self.height - 1),
            *(0, 0, round(self.width * hundredths), round(self.height * hundredths)),
            *(0x464D4520, 0x10000, size, len(self.records) + 1, 2, 0, 0, 0, 0),
            *(_DEVICE_INCHES * _PER_INCH, _DEVICE_INCHES * _PER_INCH),
            *(round(_DEVICE_INCHES * 25.4), round(_DEVICE_INCHES * 25.4)),
        )

    def _add(self, kind: int, data: bytes) -> None:
        self.records.append(struct.pack("<II", kind, 8 + len(data)) + data)

    def _at(self, x: float, y: float) -> tuple[int, int]:
        return round(x * _PER_POINT), self.height - round(y * _PER_POINT)

    def _with(self, kind: int, made: bytes) -> None:
        """Make an object and draw with it; `_done` takes one of the system's own instead and deletes it."""
        self._add(kind, struct.pack("<I", 1) + made)
        self._add(_SELECT, struct.pack("<I", 1))

    def _done(self, instead: int) -> None:
        self._add(_SELECT, struct.pack("<I", instead))
        self._add(_DELETE, struct.pack("<I", 1))

    def _stroke(self, line: Any) -> None:
        self._with(_PEN, _pen(line))
        self._add(_MOVE, struct.pack("<ii", *self._at(line.x1, line.y1)))
        self._add(_LINE, struct.pack("<ii", *self._at(line.x2, line.y2)))
        self._done(_NO_PEN)

    def _rectangle(self, rect: Any) -> None:
        if rect.fillColor is None and rect.strokeColor is None:
            return
        left, top = self._at(rect.x, rect.y + rect.height)
        right, foot = self._at(rect.x + rect.width, rect.y)
        box = struct.pack("<4i", left, top, right, foot)
        if rect.fillColor is not None:
            self._add(_SELECT, struct.pack("<I", _NO_PEN))
            self._with(_BRUSH, struct.pack("<III", 0, _colour(rect.fillColor), 0))
            self._add(_RECTANGLE, box)
            self._done(_NO_BRUSH)
        if rect.strokeColor is not None:
            self._add(_SELECT, struct.pack("<I", _NO_BRUSH))
            self._with(_PEN, _pen(rect))
            self._add(_RECTANGLE, box)
            self._done(_NO_PEN)

    def _words(self, string: Any) -> None:
        text = string.text
        self._with(_FONT, _font(string.fontSize))
        ends = [self.fonts.width(text[:end], REGULAR, string.fontSize) * _PER_POINT for end in range(len(text) + 1)]
        widths = [round(end) - round(begin) for begin, end in itertools.pairwise(ends)]
        words = text.encode("utf-16-le")
        words += b"\0" * (-len(words) % 4)
        self._add(
            _TEXT,
            struct.pack("<4iIff", 0, 0, -1, -1, _ADVANCED, 1.0, 1.0)
            + struct.pack("<iiIII", *self._at(string.x, string.y), len(text), _TEXT_HEAD, 0)
            + struct.pack("<4iI", 0, 0, -1, -1, _TEXT_HEAD + len(words))
            + words
            + struct.pack(f"<{len(widths)}I", *widths),
        )
        self._done(_SYSTEM_FONT)


def _pen(shape: Any) -> bytes:
    width = max(1, round(shape.strokeWidth * _PER_POINT))
    return struct.pack("<IiiI", 0, width, 0, _colour(shape.strokeColor))


def _font(size_pt: float) -> bytes:
    face = _FACE.encode("utf-16-le").ljust(64, b"\0")
    found = struct.pack("<iiiii8B", -round(size_pt * _PER_POINT), 0, 0, 0, 400, 0, 0, 0, 1, 0, 0, 0, 0) + face
    return found.ljust(_FONT_SIZE, b"\0")


def _colour(colour: Any) -> int:
    shares: tuple[float, float, float] = (colour.red, colour.green, colour.blue)
    red, green, blue = (round(255 * share) for share in shares)
    return red | green << 8 | blue << 16
