"""The look: Fusion with our own palettes, one accent, spacing from the font.

Colours that QPalette has no role for are in `Colours`, read with `colours()`. Nothing here is a gradient or a shadow.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPalette, QPixmap, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget


class Look(StrEnum):
    """The looks a user can choose; SYSTEM follows the desktop: light or dark, usual or high contrast."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


LOOK_LABELS = {
    Look.SYSTEM: "Theo hệ thống",
    Look.LIGHT: "Sáng",
    Look.DARK: "Tối",
    Look.CONTRAST: "Tương phản cao",
}


class TextSize(StrEnum):
    """How large the letters are; MEDIUM is the desktop's own size."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    HUGE = "huge"


AFTER_PAINT_MS = 60
"""What the first paint does without is made so much later: a timer of nothing comes before the paint."""

TEXT_SIZE_SETTING = "window/text-size"
_TEXT_SHARES = {TextSize.SMALL: 0.9, TextSize.MEDIUM: 1.0, TextSize.LARGE: 1.12, TextSize.HUGE: 1.25}
"""The largest leaves a screen of 1366 x 768 the room it has at 125 %, for which every screen is made."""


@dataclass(frozen=True, slots=True)
class Colours:
    """One look's colours as #RRGGBB."""

    window: str
    base: str
    stripe: str
    text: str
    muted: str
    line: str
    button: str
    accent: str
    on_accent: str
    accent_soft: str
    problem: str
    late: str
    is_dark: bool = False


LIGHT = Colours(
    window="#F5F7F6",
    base="#FFFFFF",
    stripe="#F8FAF9",
    text="#1B2322",
    muted="#5A6664",
    line="#D3DAD8",
    button="#FBFCFC",
    accent="#0B6E6E",
    on_accent="#FFFFFF",
    accent_soft="#D9ECEB",
    problem="#B3261E",
    late="#8A5300",
)
DARK = Colours(
    window="#2A3130",
    base="#171C1B",
    stripe="#1C2221",
    text="#E8EDEC",
    muted="#A3B0AD",
    line="#4A5553",
    button="#353E3C",
    accent="#4FB3AE",
    on_accent="#06201F",
    accent_soft="#1A3B39",
    problem="#FF8A80",
    late="#F2B15C",
    is_dark=True,
)
CONTRAST = Colours(
    window="#FFFFFF",
    base="#FFFFFF",
    stripe="#FFFFFF",
    text="#000000",
    muted="#000000",
    line="#000000",
    button="#FFFFFF",
    accent="#004B4B",
    on_accent="#FFFFFF",
    accent_soft="#BFE3E1",
    problem="#9B0000",
    late="#5C3700",
)
CONTRAST_DARK = Colours(
    window="#000000",
    base="#2B2B2B",
    stripe="#2B2B2B",
    text="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    button="#2B2B2B",
    accent="#7FE3DE",
    on_accent="#000000",
    accent_soft="#123B39",
    problem="#FFB3AB",
    late="#FFD27A",
    is_dark=True,
)
"""Worn only with a dark desktop of high contrast; fields and buttons stand out by their ground, too."""

_look = Look.SYSTEM
_current = LIGHT
_text_size = TextSize.MEDIUM
_flattened: WeakSet[QWidget] = WeakSet()
_desktop_points = 0.0
"""The desktop's own size of letters, known once another was chosen."""


def colours() -> Colours:
    """Return the colours of the look in use."""
    return _current


def step(widget: QWidget | None = None, count: float = 1) -> int:
    """Return `count` steps of spacing in pixels: 4 px for a usual font, in proportion for a larger one."""
    metrics = widget.fontMetrics() if widget is not None else QFontMetrics(QApplication.font())
    return max(1, round(max(4.0, metrics.height() / 4.2) * count))


def row_height(widget: QWidget) -> int:
    """Return the height of a list row: one line of text with air around it."""
    return widget.fontMetrics().height() + step(widget, 2.5)


def apply(app: QApplication, look: Look) -> None:
    """Give the application its look. Widgets that keep colours of their own repaint on PaletteChange."""
    global _current, _look
    if app.style().name().lower() != "fusion":
        app.setStyle("Fusion")
    _look = look
    _current = _colours_of(app.styleHints(), look)
    app.setPalette(_palette(_current))
    _renew_sheets()


def follow_contrast(app: QApplication) -> None:
    """Wear high contrast as soon as the desktop does, while the look follows it."""
    app.styleHints().accessibility().contrastPreferenceChanged.connect(_on_contrast_changed)


def _on_contrast_changed() -> None:
    app = QApplication.instance()
    if _look is Look.SYSTEM and isinstance(app, QApplication):
        apply(app, Look.SYSTEM)


def text_size() -> TextSize:
    """Return the size of letters in use."""
    return _text_size


def set_text_size(app: QApplication, size: TextSize) -> None:
    """Give every widget letters of a size; widgets that have measured theirs already are to be made anew."""
    global _text_size, _desktop_points
    if size is _text_size:
        return
    font = app.font()
    _desktop_points = _desktop_points or font.pointSizeF()
    font.setPointSizeF(_desktop_points * _TEXT_SHARES[size])
    _text_size = size
    app.setFont(font)
    _renew_sheets()


def _renew_sheets() -> None:
    """Sheet the flattened widgets anew. Not by allWidgets(): that wraps Qt's own, too, dying ones among them."""
    for widget in tuple(_flattened):
        if shiboken6.isValid(widget):
            widget.setStyleSheet(_sheet())


def _colours_of(hints: QStyleHints, look: Look) -> Colours:
    if look is Look.SYSTEM:
        is_dark = hints.colorScheme() is Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return CONTRAST_DARK if is_dark else CONTRAST
        return DARK if is_dark else LIGHT
    return {Look.LIGHT: LIGHT, Look.DARK: DARK, Look.CONTRAST: CONTRAST}[look]


def _palette(chosen: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for each, colour in (
        (role.Window, chosen.window),
        (role.WindowText, chosen.text),
        (role.Base, chosen.base),
        (role.AlternateBase, chosen.stripe),
        (role.Text, chosen.text),
        (role.PlaceholderText, chosen.muted),
        (role.Button, chosen.button),
        (role.ButtonText, chosen.text),
        (role.ToolTipBase, chosen.base),
        (role.ToolTipText, chosen.text),
        (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.on_accent),
        (role.Accent, chosen.accent),
        (role.Link, chosen.accent),
        (role.LinkVisited, chosen.accent),
        (role.BrightText, chosen.problem),
        (role.Light, chosen.base),
        (role.Midlight, chosen.line),
        (role.Mid, chosen.line),
        (role.Dark, chosen.muted),
        (role.Shadow, chosen.line),
    ):
        palette.setColor(each, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, each, QColor(chosen.muted))
    palette.setColor(disabled, role.Highlight, QColor(chosen.line))
    if chosen is CONTRAST:
        palette.setBrush(role.Window, _with_dark_frames(chosen.window))
    return palette


def _with_dark_frames(colour: str) -> QBrush:
    """Return a plain ground as a pattern: Fusion draws its frames nearly black on a pattern, pale grey on a colour."""
    tile = QPixmap(8, 8)
    tile.fill(QColor(colour))
    return QBrush(QColor(colour), tile)


def flatten(widget: QWidget) -> None:
    """Take Fusion's gradients from a bar, a table or a tree, and give its cells air. Not for a QTabBar: use FlatTabBar.

    The rules go to these few widgets only: a style sheet on the application slows the start and overrules palettes.
    """
    _flattened.add(widget)
    widget.setStyleSheet(_sheet())


def _sheet() -> str:
    unit, chosen = step(), _current
    return f"""
QToolBar {{ background: {chosen.window}; border: none; border-bottom: 1px solid {chosen.line};
  padding: {round(unit / 2)}px {2 * unit}px; spacing: {unit}px; }}
QHeaderView::section {{ background: {chosen.window}; border: none; border-bottom: 1px solid {chosen.line};
  padding: {unit}px {round(1.5 * unit)}px; }}
QHeaderView::section:vertical {{ padding: 0 {unit}px; }}
QTableView::item {{ padding: 0 {round(1.5 * unit)}px; }}
QTreeView::item {{ padding: {unit}px {round(1.5 * unit)}px; }}
QTableView QTableCornerButton::section {{ background: {chosen.window}; border: none; }}
{_BOX % chosen.muted if chosen.is_dark else ""}"""


_BOX = "QAbstractItemView::indicator:unchecked { border: 1px solid %s; }\n"
"""Fusion draws an empty box darker than the window: on a dark ground it cannot be seen."""
