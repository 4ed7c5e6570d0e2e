"""Line icons of one family, drawn from resources/icons in the palette's colours at the moment they are painted."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

import resources
from ui import theme

# importlib.resources costs 16 ms at the start of the window; the package always lies in a plain folder.
_FOLDER = Path(resources.__file__).parent / "icons"
_pixmaps: dict[tuple[str, int, int, str], QPixmap] = {}


class _LineIconEngine(QIconEngine):
    """Draws one SVG in the text colour, the accent or the muted colour, as the state asks."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the icon into a rectangle."""
        # painter.device() would say it as well, but PySide6 builds a dozen types for it: 19 ms at the start.
        ratio = painter.deviceTransform().m11()
        pixels = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        painter.drawPixmap(rect, _drawn(self._name, pixels, _colour(mode)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Give the icon at a size in pixels."""
        return _drawn(self._name, size, _colour(mode))

    def clone(self) -> QIconEngine:
        """Copy the engine, as QIcon asks of every engine."""
        return _LineIconEngine(self._name)


@cache
def icon(name: str) -> QIcon:
    """Return the icon of a name, e.g. "save"; the name is the file's in resources/icons."""
    return QIcon(_LineIconEngine(name))


def names() -> tuple[str, ...]:
    """Return the names of all icons, for the self-test."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.svg")))


def draw(name: str, pixels: int, colour: str = "") -> QPixmap:
    """Draw an icon as a pixmap of so many pixels, in the text colour unless another is given."""
    return _drawn(name, QSize(pixels, pixels), colour or theme.colours().text)


def is_blank(name: str) -> bool:
    """Whether an icon comes out with nothing drawn, as a broken file would."""
    image = draw(name, 24).toImage()
    return all(image.pixelColor(x, y).alpha() == 0 for x in range(24) for y in range(24))


def _colour(mode: QIcon.Mode) -> str:
    chosen = theme.colours()
    if mode is QIcon.Mode.Disabled:
        faint = QColor(chosen.line if chosen.line != chosen.text else "#808080")
        return (faint.lighter(150) if chosen.is_dark else faint.darker(115)).name()  # off the button's own colour
    return chosen.on_accent if mode is QIcon.Mode.Selected else chosen.text


def _drawn(name: str, size: QSize, colour: str) -> QPixmap:
    key = (name, size.width(), size.height(), colour)
    found = _pixmaps.get(key)
    if found is None:
        from PySide6.QtSvg import QSvgRenderer  # only once something is painted

        svg = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
        found = QPixmap(size)
        found.fill(Qt.GlobalColor.transparent)
        painter = QPainter(found)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size.width(), size.height()))
        painter.end()
        _pixmaps[key] = found
    return found
