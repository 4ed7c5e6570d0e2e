"""What a meeting leaves to do: tasks carried into the next one, their state kept alike, petitions without answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.meeting import Meeting, Petition, Task
from kc_desktop.errors import KnownError
from kc_desktop.services import meetings
from kc_desktop.services.naming import short
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import follow_up as stored

__all__ = [
    "OpenTask",
    "Previous",
    "WaitingPetition",
    "carry",
    "first_of",
    "is_late",
    "open_tasks",
    "overdue_tasks",
    "previous",
    "save_petition",
    "save_task",
    "set_closed",
    "set_state",
    "unanswered_petitions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task not done yet, the meeting that asks for it and who is to do it; `days_late` is 0 or less in time."""

    task: Task
    meeting: Meeting
    owner: str
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPetition:
    """A petition without an answer; `days_late` is None where no day was set, 0 or less in time."""

    petition: Petition
    meeting: Meeting
    asked_by: str
    days_late: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether the day it was to be answered by has passed."""
        return self.days_late is not None and self.days_late > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The meeting before and its tasks not carried over yet; `is_named` when the meeting itself says which it was."""

    meeting: Meeting
    tasks: tuple[Task, ...]
    is_named: bool


# --- what waits


def open_tasks(workspace: Workspace, today: date) -> tuple[OpenTask, ...]:
    """Return the tasks with a date that are not done, the earliest first; a carried one once, where it is now."""
    with workspace.reading() as connection:
        tasks = stored.open_tasks(connection)
    about = workspace.many(Meeting, {each.meeting_id for each in tasks})
    return tuple(
        OpenTask(
            task=each,
            meeting=about[each.meeting_id],
            owner=workspace.title_of("person", each.owner_id),
            days_late=(today - each.due_on).days,
        )
        for each in tasks
        if each.due_on is not None
    )


def overdue_tasks(workspace: Workspace, today: date) -> tuple[OpenTask, ...]:
    """Return the tasks that should have been done before today, the latest first."""
    return tuple(each for each in open_tasks(workspace, today) if each.days_late > 0)


def unanswered_petitions(workspace: Workspace, today: date) -> tuple[WaitingPetition, ...]:
    """Return the petitions nobody has answered or closed, those with a day first, the earliest before the others."""
    with workspace.reading() as connection:
        petitions = stored.unanswered_petitions(connection)
    about = workspace.many(Meeting, {each.meeting_id for each in petitions})
    return tuple(
        WaitingPetition(
            petition=each,
            meeting=about[each.meeting_id],
            asked_by=workspace.title_of("person", each.asked_by_id),
            days_late=(today - each.due_on).days if each.due_on is not None else None,
        )
        for each in petitions
    )


def is_late(record: Task | Petition, today: date) -> bool:
    """Whether a task is not done, or a petition not answered, and its day has passed."""
    if record.due_on is None or record.due_on >= today:
        return False
    return record.state == "open" if isinstance(record, Task) else not (record.answer.strip() or record.is_closed)


def first_of(workspace: Workspace, task: Task) -> int:
    """Return the id of the task another was first carried from, its own for one nobody carried."""
    return min(_chain(workspace, task), default=task.id)


# --- việc kỳ trước


def previous(workspace: Workspace, meeting_id: int) -> Previous | None:
    """Return the meeting before and which of its open tasks could be carried over; None for the first of its kind.

    The meeting before is the one a meeting names, else the last of the same kind before its day.
    """
    meeting = workspace.get(Meeting, meeting_id)
    named = workspace.find(Meeting, meeting.previous_id)
    with workspace.reading() as connection:
        before = named or stored.last_of_kind(connection, meeting)
    if before is None or before.id == meeting.id:
        return None
    still_open = [each for each in workspace.children(Task, meeting_id=before.id) if each.state == "open"]
    known = {number for task in workspace.children(Task, meeting_id=meeting.id) for number in _chain(workspace, task)}
    return Previous(
        meeting=before, tasks=tuple(each for each in still_open if each.id not in known), is_named=named is not None
    )


def carry(workspace: Workspace, meeting_id: int) -> tuple[Task, ...]:
    """Carry the open tasks of the meeting before over and return the new ones; one step of the history.

    What was carried already, by whatever way, is not carried again. The meeting names the one before from then on.
    """
    before = previous(workspace, meeting_id)
    if before is None or not before.tasks:
        return ()
    meeting = workspace.get(Meeting, meeting_id)
    with workspace.change(f"Chuyển {len(before.tasks)} việc từ cuộc họp {_day(before.meeting)}"):
        if not before.is_named:
            workspace.save(dataclasses.replace(meeting, previous_id=before.meeting.id))
        return tuple(
            meetings.add(
                workspace, dataclasses.replace(each, id=0, meeting_id=meeting_id, ordinal=0, carried_from_id=each.id)
            )
            for each in before.tasks
        )


def _day(meeting: Meeting) -> str:
    day = meeting.held_on
    return f"{day.day}/{day.month}/{day.year}" if day is not None else "trước"


def _chain(workspace: Workspace, task: Task) -> tuple[int, ...]:
    if not task.id:
        return ()
    with workspace.reading() as connection:
        return stored.chain(connection, task.id)


# --- writing


def save_task(workspace: Workspace, task: Task, today: date) -> Task:
    """Keep a task; its state, day and result go to the task it was carried from and to those carried from it.

    One step of the history. A task done without a day was done today. Raises KnownError for what is refused.
    """
    if task.state == "done" and task.done_on is None:
        task = dataclasses.replace(task, done_on=today)
    elif task.state != "done":
        task = dataclasses.replace(task, done_on=None)
    label = f"{'Sửa' if task.id else 'Thêm'} việc {short(task.body)}".rstrip()
    with workspace.change(label):
        kept = workspace.save(task) if task.id else meetings.add(workspace, task)
        _spread(workspace, kept)
    return kept


def set_state(workspace: Workspace, task_ids: Iterable[int], state: str, today: date) -> None:
    """Set the state of tasks in one step, of each with those it was carried from and to."""
    tasks = list(workspace.many(Task, set(task_ids)).values())
    if not tasks:
        return
    word = {"done": "đã xong", "open": "đang làm", "dropped": "không làm nữa"}[state]
    whom = f"việc {short(tasks[0].body)}" if len(tasks) == 1 else f"{len(tasks)} việc"
    with workspace.change(f"Ghi {word}: {whom}"):
        for each in tasks:
            done_on = (each.done_on or today) if state == "done" else None
            _spread(workspace, workspace.save(dataclasses.replace(each, state=state, done_on=done_on)))


def _spread(workspace: Workspace, task: Task) -> None:
    """Write the state of a task over all it is one with."""
    for number in _chain(workspace, task):
        other = workspace.find(Task, number)
        if other is not None and other.id != task.id:
            alike = dataclasses.replace(other, state=task.state, done_on=task.done_on, result=task.result)
            if alike != other:
                workspace.save(alike)


def set_closed(workspace: Workspace, petition_ids: Iterable[int], is_closed: bool) -> None:
    """Write down in one step that petitions need no more answer, or need one again."""
    petitions = list(workspace.many(Petition, set(petition_ids)).values())
    if not petitions:
        return
    whom = f"kiến nghị {short(petitions[0].body)}" if len(petitions) == 1 else f"{len(petitions)} kiến nghị"
    with workspace.change(f"Ghi {'đã xong' if is_closed else 'chưa xong'}: {whom}"):
        for each in petitions:
            workspace.save(dataclasses.replace(each, is_closed=is_closed))


def save_petition(workspace: Workspace, petition: Petition, today: date) -> Petition:
    """Keep a petition; one that has just been answered without a day was answered today, at the meeting if it is new.

    Raises KnownError for what is refused.
    """
    kept = workspace.find(Petition, petition.id)
    is_new_answer = bool(petition.answer.strip()) and not (kept is not None and kept.answer.strip())
    if is_new_answer and petition.answered_on is None:
        meeting = workspace.find(Meeting, petition.meeting_id)
        if meeting is None:
            raise KnownError("Không còn cuộc họp này trong tệp.", "Bấm Nạp để xem danh sách mới.")
        at_the_meeting = kept is None and meeting.held_on is not None and meeting.held_on <= today
        petition = dataclasses.replace(petition, answered_on=meeting.held_on if at_the_meeting else today)
    return workspace.save(petition) if petition.id else meetings.add(workspace, petition)
