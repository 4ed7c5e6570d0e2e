"""Millimetres and points."""

from typing import Final

POINTS_PER_MM: Final = 72 / 25.4


def mm(length: float) -> float:
    """Return millimetres as points."""
    return length * POINTS_PER_MM
