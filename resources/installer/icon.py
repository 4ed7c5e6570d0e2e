"""Draw app.ico and the wizard's side picture from resources/icons/app.svg: run this after a change of the drawing.

python resources/installer/icon.py
"""

from __future__ import annotations

import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).resolve().parent.parent / "icons"
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels Windows asks for at 100 to 200 % scaling."""

SIDE_SIZE = QSize(164, 314)
SIDE_ICON = QRectF(34, 40, 96, 96)
SIDE_COLOUR = 0x0B6E6E
_FIRST_PNG = 64
"""Smaller pictures are bitmaps: the resource compilers of installers and old dialogs read only these."""


def main() -> None:
    """Write app.ico."""
    renderer = QSvgRenderer(str(ICONS / "app.svg"))
    pictures = [_encoded(_drawn(renderer, size)) for size in SIZES]
    header = struct.pack("<3H", 0, 1, len(SIZES))
    offset = len(header) + 16 * len(SIZES)
    for size, data in zip(SIZES, pictures, strict=True):
        header += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    (ICONS / "app.ico").write_bytes(header + b"".join(pictures))
    _side(renderer).save(str(Path(__file__).resolve().parent / "side.bmp"))


def _drawn(renderer: QSvgRenderer, size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _side(renderer: QSvgRenderer) -> QImage:
    image = QImage(SIDE_SIZE, QImage.Format.Format_RGB32)
    image.fill(SIDE_COLOUR)
    painter = QPainter(image)
    renderer.render(painter, SIDE_ICON)
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Indexed8)  # a third of the size, and all that NSIS asks for


def _encoded(image: QImage) -> bytes:
    size = image.width()
    if size >= _FIRST_PNG:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # 6.12 takes no bytes, whatever its stubs say
        return bytes(data.data())
    # BITMAPINFOHEADER of double height: the colours, then a mask of 1 bit a pixel in rows of 32 bits, both bottom-up
    info = struct.pack("<3I2H6I", 40, size, 2 * size, 1, 32, 0, 0, 0, 0, 0, 0)
    colours = bytes(image.flipped(Qt.Orientation.Vertical).constBits())
    return info + colours + bytes((size + 31) // 32 * 4 * size)


if __name__ == "__main__":
    main()
