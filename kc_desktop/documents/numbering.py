"""Numbers of issued papers: the head of a paper with its number, symbol and day instead of dots."""

from __future__ import annotations

import dataclasses
from datetime import date

from kc_desktop.documents import wording
from kc_desktop.documents.paper import Paper, StateHead


def takes_number(paper: Paper) -> bool:
    """Return whether a paper bears a number: tables, forms and citizens' papers bear none."""
    return isinstance(paper.head, StateHead) and bool(paper.head.number)


def symbol_on(paper: Paper) -> str:
    """Return the symbol in a paper's head, "BB-TTKC"; "" when it bears none."""
    if not isinstance(paper.head, StateHead) or "/" not in paper.head.number:
        return ""
    return paper.head.number.partition("/")[2].strip()


def number_on(paper: Paper) -> int | None:
    """Return the number written on a paper already; None while its place holds dots."""
    if not isinstance(paper.head, StateHead):
        return None
    written = paper.head.number.partition(":")[2].partition("/")[0].strip()
    return int(written) if written.isascii() and written.isdigit() else None


def numbered(paper: Paper, number: int, symbol: str, place: str, dated: date) -> Paper:
    """Return a paper with its number and, where its form has a line for them, its place and day.

    Copies of the same kind that follow it, one for each recipient, bear the same.

    Raises:
        ValueError: if the paper bears no number.
    """
    head = paper.head
    if not isinstance(head, StateHead) or not head.number:
        raise ValueError(f"{paper.key} bears no number")
    where = wording.place_and_date(place, dated) if head.place_date else ""
    return dataclasses.replace(
        paper,
        head=dataclasses.replace(head, number=wording.number_and_symbol(number, symbol), place_date=where),
        followed_by=tuple(
            numbered(each, number, symbol, place, dated) if each.key == paper.key and takes_number(each) else each
            for each in paper.followed_by
        ),
    )
