"""Where things stand on the sheet, in points: the same for the PDF and the Word copy."""

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.fonts import FontSet, face_of
from kc_desktop.documents.paper import Orientation, StateHead
from kc_desktop.documents.styles import TextStyle
from kc_desktop.documents.units import mm


def sheet(orientation: Orientation) -> tuple[float, float]:
    """Return width and height of the sheet."""
    width, height = mm(d.PAGE_WIDTH_MM), mm(d.PAGE_HEIGHT_MM)
    return (width, height) if orientation is Orientation.PORTRAIT else (height, width)


def text_area(orientation: Orientation) -> tuple[float, float]:
    """Return width and height of the room between the margins."""
    width, height = sheet(orientation)
    return (
        width - mm(d.MARGIN_LEFT_MM) - mm(d.MARGIN_RIGHT_MM),
        height - mm(d.MARGIN_TOP_MM) - mm(d.MARGIN_BOTTOM_MM),
    )


def text_width(text: str, style: TextStyle, fonts: FontSet) -> float:
    """Return the width of a line set in one style."""
    return fonts.width(text, face_of(bold=style.bold, italic=style.italic), style.size_pt)


def head_widths(head: StateHead, fonts: FontSet, width: float) -> tuple[float, float]:
    """Return the widths of the two columns: the right holds Quốc hiệu, and the date unless its place is very long."""
    right = max(mm(d.HEAD_RIGHT_MIN_MM), width * (1 - d.HEAD_LEFT_SHARE))
    date = text_width(head.place_date, styles.PLACE_DATE, fonts) + 1
    if right < date <= mm(d.HEAD_RIGHT_MAX_MM):
        right = date
    return width - right, right


def signature_columns(in_row: int, of: int, width: float) -> list[tuple[float, float]]:
    """Return (offset, width) of a row's columns: recipients and the only signer, or one for each signer in the row."""
    if of == 1:
        left = width * d.HEAD_LEFT_SHARE
        return [(0.0, left), (left, width - left)]
    share = width / max(1, in_row)
    return [(place * share, share) for place in range(max(1, in_row))]
