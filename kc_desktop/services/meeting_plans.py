"""How a meeting begins: from a template of the office, or as a copy of an earlier one without what happened there."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kc_desktop.domain.council import MeetingParty, MeetingTemplate, Phrase
from kc_desktop.domain.law import LegalBasis
from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting
from kc_desktop.domain.people import PERSON_GROUPS
from kc_desktop.domain.report_text import MINUTES
from kc_desktop.domain.text import clean_line, search_key
from kc_desktop.errors import KnownError
from kc_desktop.services import meetings
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import follow_up

_YEAR = re.compile(
    r"(?<![\d.\-–])(?<![\-–] )(?<!\d/\d/)(?<!\d/\d\d/)"  # no second half of a period, no end of a date
    r"(19|20)\d\d"
    r"(?![\d/]| ?[\-–] ?\d)"  # no number of a paper, no first half of a period
)
_PRESENTERS = {"chu tri": "chair_id", "thu ky": "secretary_id"}
_GROUP_OF_NAME = {search_key(label): code for code, label in PERSON_GROUPS} | {code: code for code, _ in PERSON_GROUPS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A line of a template's agenda; `presenter` is "chair_id", "secretary_id" or "" for nobody yet."""

    title: str
    minutes: int | None = None
    presenter: str = ""


# --- templates


def templates(workspace: Workspace) -> tuple[MeetingTemplate, ...]:
    """Return the office's templates in the order of their kinds' first writing."""
    return workspace.all(MeetingTemplate)


def agenda_of(template: MeetingTemplate, on: date) -> tuple[Point, ...]:
    """Read the lines of a template's agenda: "Khai mạc | 10 | chủ trì"; what is no number or role is left out."""
    found = []
    for line in template.agenda.splitlines():
        title, *more = (clean_line(part) for part in line.split("|"))
        if not title:
            continue
        minutes = next((int(part) for part in more if part.isdecimal() and len(part) < 5), None)
        presenter = next((_PRESENTERS[search_key(part)] for part in more if search_key(part) in _PRESENTERS), "")
        found.append(Point(title=fill(title, on), minutes=minutes, presenter=presenter))
    return tuple(found)


def groups_of(template: MeetingTemplate) -> tuple[str, ...]:
    """Return the codes of the groups of the directory a template asks; names nobody knows are left out."""
    names = map(search_key, _group_names(template))
    return tuple(dict.fromkeys(_GROUP_OF_NAME[each] for each in names if each in _GROUP_OF_NAME))


def unknown_groups(template: MeetingTemplate) -> tuple[str, ...]:
    """Return the names a template asks that are no group of the directory."""
    return tuple(each for each in _group_names(template) if search_key(each) not in _GROUP_OF_NAME)


def _group_names(template: MeetingTemplate) -> tuple[str, ...]:
    """Read the groups; a label of the directory may hold a comma itself."""
    return tuple(filter(None, map(clean_line, re.split(r"[;\n]", template.groups))))


def fill(words: str, on: date) -> str:
    """Put month and year of a day into the words of a template: {tháng}, {năm}, {năm trước}."""
    for blank, value in (("{tháng}", on.month), ("{năm}", on.year), ("{năm trước}", on.year - 1)):
        words = words.replace(blank, str(value))
    return words


def title_of(template: MeetingTemplate, on: date) -> str:
    """Return how a meeting made from a template is called on a day."""
    return fill(template.title or template.name, on)


def bases_of(workspace: Workspace, template: MeetingTemplate, on: date) -> str:
    """Return the bases of a template on a day, a line each: a code of the law stands for its row's words then.

    What is not in force on the day is left out; words that are no code stay as they are.
    """
    rows = workspace.all(LegalBasis)
    known = {each.code for each in rows}
    found = []
    for line in filter(None, map(clean_line, template.bases.splitlines())):
        if line in known:
            in_force = (each for each in rows if each.code == line and _holds(each, on))
            found += [each.full_text for each in in_force]
        else:
            found.append(line)
    return "\n".join(found)


def _holds(basis: LegalBasis, on: date) -> bool:
    return (basis.valid_from is None or basis.valid_from <= on) and (basis.valid_to is None or on <= basis.valid_to)


def head_of_template(workspace: Workspace, template: MeetingTemplate, on: date) -> Meeting:
    """Return the head a meeting from a template begins with on a day.

    Who chairs and writes, the hours and a place the template does not name are those of the last meeting of the kind.
    """
    begun = Meeting(kind=template.kind, title=title_of(template, on), held_on=on, place=template.place)
    with workspace.reading() as connection:
        last = follow_up.last_of_kind(connection, begun)
    if last is None:
        return begun
    return dataclasses.replace(
        begun,
        place=begun.place or last.place,
        chair_id=last.chair_id,
        secretary_id=last.secretary_id,
        starts_at=last.starts_at,
        ends_at=last.ends_at,
    )


def from_template(workspace: Workspace, template_id: int, head: Meeting) -> Meeting:
    """Make a meeting from a template and return it; one step of the history.

    `head` says day, hours, title, place, chair and secretary; what it leaves empty comes from the template. Raises
    FieldError for a head that cannot be kept.
    """
    template = workspace.get(MeetingTemplate, template_id)
    on = _day(head)
    values = {"place": template.place, "recipients": template.recipients, "quorum_percent": template.quorum_percent}
    empty: dict[str, Any] = {name: value for name, value in values.items() if getattr(head, name) in ("", None)}
    title = head.title or title_of(template, on)
    with workspace.change(f"Thêm cuộc họp {_words(on)} từ mẫu {template.name}"):
        meeting = workspace.save(
            dataclasses.replace(
                head, id=0, kind=template.kind, title=title, bases=bases_of(workspace, template, on), **empty
            )
        )
        for point in agenda_of(template, on):
            meetings.add(
                workspace,
                AgendaItem(
                    meeting_id=meeting.id,
                    title=point.title,
                    planned_minutes=point.minutes,
                    presenter_id=getattr(meeting, point.presenter) if point.presenter else None,
                ),
            )
        for code in groups_of(template):
            meetings.invite_group(workspace, meeting.id, code)
    return meeting


def roles_for(workspace: Workspace, kind: str) -> tuple[str, ...]:
    """Return the roles of a council that the templates of a kind of meeting name, in their order."""
    lines = (line for each in templates(workspace) if each.kind == kind for line in each.roles.splitlines())
    return tuple(dict.fromkeys(filter(None, map(clean_line, lines))))


# --- an earlier meeting


def shifted(title: str, years: int) -> str:
    """Return a title with every year in it moved on: "năm 2022 và … 2023" of last year."""
    return _YEAR.sub(lambda found: str(int(found[0]) + years), title)


def renamed(title: str, before: date, on: date) -> str:
    """Return the title of a meeting of one day for a meeting of another: "tháng 5/2023" is followed exactly."""
    of_month = re.compile(rf"(tháng\s+)0?{before.month}/{before.year}(?!\d)", re.IGNORECASE)
    if of_month.search(title):
        return of_month.sub(rf"\g<1>{on.month}/{on.year}", title)
    return shifted(title, on.year - before.year)


def head_of_copy(source: Meeting, on: date) -> Meeting:
    """Return the head a copy of a meeting begins with on a day: nothing of what happened, no number, no state."""
    return Meeting(
        kind=source.kind,
        title=renamed(source.title, source.held_on or on, on),
        held_on=on,
        starts_at=source.starts_at,
        ends_at=source.ends_at,
        ended_on=on + (source.ended_on - source.held_on) if source.ended_on and source.held_on else None,
        place=source.place,
        chair_id=source.chair_id,
        secretary_id=source.secretary_id,
        symbol=source.symbol,
        recipients=source.recipients,
        bases=source.bases,
        quorum_percent=source.quorum_percent,
        copies=source.copies,
        previous_id=source.id,
    )


def copy(workspace: Workspace, source_id: int, head: Meeting) -> Meeting:
    """Make a meeting like an earlier one and return it: agenda, people as asked, parties, bases, recipients; one step.

    `head` says day, hours, title, place, chair and secretary. Who came, what was said and decided there is not copied;
    the new meeting names the earlier one. Raises FieldError for a head that cannot be kept.
    """
    source = workspace.get(Meeting, source_id)
    on = _day(head)
    begun = head_of_copy(source, on)
    told = {
        name: getattr(head, name) for name in ("held_on", "starts_at", "ends_at", "place", "chair_id", "secretary_id")
    }
    with workspace.change(f"Thêm cuộc họp {_words(on)} chép từ cuộc họp {_words(source.held_on)}"):
        meeting = workspace.save(dataclasses.replace(begun, title=head.title or begun.title, **told))
        for item in workspace.children(AgendaItem, meeting_id=source_id):
            meetings.add(
                workspace,
                AgendaItem(
                    meeting_id=meeting.id,
                    title=renamed(item.title, source.held_on or on, on),
                    presenter_id=item.presenter_id,
                    planned_minutes=item.planned_minutes,
                ),
            )
        _ask_again(workspace, source_id, meeting)
    return meeting


def _ask_again(workspace: Workspace, source_id: int, meeting: Meeting) -> None:
    """Ask the same people in the same roles, and let the same parties sign."""
    parties = {
        each.id: workspace.save(dataclasses.replace(each, id=0, meeting_id=meeting.id)).id
        for each in workspace.children(MeetingParty, meeting_id=source_id)
    }
    for each in workspace.children(Attendee, meeting_id=source_id):
        meetings.add(
            workspace,
            Attendee(
                meeting_id=meeting.id,
                person_id=each.person_id,
                role=each.role,
                council_role=each.council_role,
                party_id=parties.get(each.party_id or 0),
            ),
        )


def candidates(workspace: Workspace, typed: str = "", limit: int = 60) -> tuple[Meeting, ...]:
    """Return the meetings one may copy that a few letters may mean, the newest first."""
    from kc_desktop.services import lists

    request = lists.ListRequest(search=typed, sort="held_on", descending=True, limit=limit)
    rows = lists.page(workspace, "meetings", request)
    found = workspace.many(Meeting, {row.id for row in rows})
    return tuple(found[row.id] for row in rows if row.id in found)


def _day(head: Meeting) -> date:
    if head.held_on is None:
        raise KnownError("Chưa có ngày họp.", "Ghi ngày họp rồi bấm lại.")
    return head.held_on


def _words(day: date | None) -> str:
    return f"{day.day}/{day.month}/{day.year}" if day is not None else ""


# --- phrases


def phrases(workspace: Workspace, typed: str = "") -> tuple[Phrase, ...]:
    """Return the phrases for minutes whose name a few letters begin or are part of, the beginnings first."""
    wanted = search_key(typed)
    kept: Sequence[Phrase] = workspace.children(Phrase, scope=MINUTES)
    ordered = sorted(kept, key=lambda each: (each.ordinal, each.id))
    names = {each.id: search_key(each.name) for each in ordered}
    begins = [each for each in ordered if names[each.id].startswith(wanted) or _initials(names[each.id]) == wanted]
    holds = [each for each in ordered if each not in begins and wanted in names[each.id]]
    return (*begins, *holds)


def _initials(name: str) -> str:
    return "".join(word[:1] for word in name.split())
