"""Put boxes on pages so that nothing stands alone that must not.

A box never splits. "May not be parted" is one relation between a box and the next: a heading and its text, the first
two lines and the last two of a paragraph, a table's header and its first row, the signature block and the content.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Draw = Callable[[Any, float, float], None]

_TOLERANCE_PT: Final = 0.01


@dataclass(slots=True, kw_only=True)
class Box:
    """Something of fixed height. `draw(canvas, left, top)` draws it; space before it is dropped at the top of a page.

    `repeated` is put above the box when it begins a page: the header of its table. `content_lines` is how many lines
    of content it holds, for the rule that a signature never stands without content.
    """

    height: float
    draw: Draw
    space_before: float = 0.0
    stays_with_next: bool = False
    content_lines: int = 0
    repeated: "Box | None" = None


@dataclass(slots=True)
class Page:
    """The boxes of a page with their distance from the top of the text area."""

    placed: list[tuple[float, Box]] = field(default_factory=list)
    used: float = 0.0

    def height_with(self, boxes: Sequence[Box]) -> float:
        """Return the height used once these boxes are added."""
        used, is_top = self.used, not self.placed
        for box in boxes:
            if is_top and box.repeated is not None:
                used += box.repeated.height
            elif not is_top:
                used += box.space_before
            used += box.height
            is_top = False
        return used

    def add(self, box: Box) -> None:
        """Put a box under the others, with the header of its table when it begins the page."""
        if not self.placed and box.repeated is not None:
            self.placed.append((0.0, box.repeated))
            self.used = box.repeated.height
        elif self.placed:
            self.used += box.space_before
        self.placed.append((self.used, box))
        self.used += box.height


def paginate(boxes: Sequence[Box], height: float) -> list[Page]:
    """Share out boxes over pages of one height; boxes that may not be parted are parted only if no page holds them."""
    pages = [Page()]
    for group in _groups(boxes):
        if pages[-1].height_with(group) <= height + _TOLERANCE_PT:
            for box in group:
                pages[-1].add(box)
            continue
        if Page().height_with(group) <= height + _TOLERANCE_PT:
            pages.append(Page())
            for box in group:
                pages[-1].add(box)
            continue
        for box in group:
            if pages[-1].placed and pages[-1].height_with([box]) > height + _TOLERANCE_PT:
                pages.append(Page())
            pages[-1].add(box)
    return pages


def keep_content_with_last(boxes: list[Box], minimum_lines: int) -> None:
    """Tie the last box to the boxes above it until they hold so many lines of content."""
    lines = 0
    for box in reversed(boxes[:-1]):
        if lines >= minimum_lines:
            return
        box.stays_with_next = True
        lines += box.content_lines


def _groups(boxes: Sequence[Box]) -> list[list[Box]]:
    groups: list[list[Box]] = []
    is_open = False
    for box in boxes:
        if is_open:
            groups[-1].append(box)
        else:
            groups.append([box])
        is_open = box.stays_with_next
    return groups
