"""Targets against the calendar: what is done, what should be by now, what is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.programme import Programme, Target
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a target stands on a day: done by then, expected by then, and the least and most that is planned."""

    programme: Programme
    target: Target
    on: date
    done: int
    expected: int

    @property
    def is_reached(self) -> bool:
        """Whether the least that is planned is done."""
        return self.done >= self.target.planned_from

    @property
    def is_behind(self) -> bool:
        """Whether less is done than should be by now."""
        return self.done < self.expected

    @property
    def words(self) -> str:
        """The standing in a few words: "chậm 2 cơ sở", "đúng tiến độ", "đã đạt"."""
        if self.is_reached and self.target.planned_from:
            return "đã đạt"
        if self.is_behind:
            return f"chậm {format_vnd(self.expected - self.done)} {self.target.unit}".rstrip()
        return "đúng tiến độ" if self.target.planned_from else ""


def of_programme(workspace: Workspace, programme: Programme, on: date) -> tuple[Standing, ...]:
    """Return how the targets of a programme stand on a day, in their order."""
    with workspace.reading() as connection:
        done = plan.done_by_target(connection, programme.id, on)
    return tuple(
        Standing(
            programme=programme,
            target=each,
            on=on,
            done=done.get(each.id, 0),
            expected=each.expected_by(programme.year, on),
        )
        for each in workspace.children(Target, programme_id=programme.id)
    )


def behind(workspace: Workspace, year: int, on: date) -> tuple[Standing, ...]:
    """Return the targets of a year that are behind on a day, programme by programme."""
    return tuple(
        each
        for programme in workspace.children(Programme, year=year)
        for each in of_programme(workspace, programme, on)
        if each.is_behind
    )
