"""The colours of the signs of lists, in the look in use."""

from __future__ import annotations

from PySide6.QtGui import QColor

from kc_desktop.services.list_signs import Mark, Tone
from ui import theme


def colour_of(mark: Mark) -> QColor:
    """Return the colour a marked cell is written in."""
    colours = theme.colours()
    names = {
        Tone.PROBLEM: colours.problem,
        Tone.LATE: colours.late,
        Tone.MUTED: colours.muted,
        Tone.GOOD: colours.accent,
    }
    return QColor(names[mark.tone])
