"""Việc cần làm: what is late, due within a week and within a month, on one list, each leading to its record.

It is about today, whatever year is being looked at: what an earlier year left undone is late today. Nothing here has a
deadline of its own; days come from the law's rows, from tasks, petitions, terms and meetings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kc_desktop.services.workspace import Workspace
from kc_desktop.storage.listing import ListRequest

WEEK, MONTH = 7, 30
"""Days ahead that stand together."""

Watch = Callable[[int, int], None]


class Urgency(Enum):
    """Which group a thing to do stands in, the most urgent first; `value` is the group's title."""

    LATE = "Quá hạn"
    WEEK = "7 ngày tới"
    MONTH = "30 ngày tới"
    OPEN = "Chưa đặt hạn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One thing to do: what, of which record, and how much time is left or by how much it is late.

    `due_on` is None where no day is set. It leads to a record (`record_id`) of a list, or to the rows of a `request`.
    """

    kind: str
    urgency: Urgency
    what: str
    about: str
    words: str
    list_key: str
    due_on: date | None = None
    record_id: int = 0
    year: int | None = None
    request: ListRequest | None = None
    is_verified: bool = True


def to_do(workspace: Workspace, today: date, watch: Watch | None = None) -> tuple[ToDo, ...]:
    """Return everything that waits on a day, by urgency and day. `watch` is told of progress and may raise to stop."""
    from kc_desktop.services import to_do_sources  # the list is shown without them, and looked for on another thread

    order = list(Urgency)
    found = to_do_sources.everything(workspace, today, watch)
    return tuple(sorted(found, key=lambda each: (order.index(each.urgency), each.due_on or date.max, each.what)))


def time_words(due_on: date, today: date) -> str:
    """Say how much time is left until a day or by how much it has passed."""
    late = (today - due_on).days
    if late > 0:
        return f"trễ {late} ngày"
    return "hôm nay" if late == 0 else f"còn {-late} ngày"


def urgency_of(due_on: date, today: date) -> Urgency:
    """Return the group a day stands in."""
    left = (due_on - today).days
    if left < 0:
        return Urgency.LATE
    return Urgency.WEEK if left <= WEEK else Urgency.MONTH


def is_near(due_on: date | None, today: date) -> bool:
    """Whether a day has passed or comes within a month."""
    return due_on is not None and (due_on - today).days <= MONTH
