"""Everything a meeting says, a line each, and what differs between two versions of it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kc_desktop.domain.council import BALLOTS, COUNCIL_VERDICTS, CouncilDossier, CountedItem
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import describe
from kc_desktop.domain.meeting import Attendee, Entry, MeetingDossier
from kc_desktop.domain.money import format_vnd

_ALIKE = 0.5
"""From this share of letters in common on, one line is the other one changed."""
_LONGEST_COMPARED = 2000
"""Letters of a line that are compared with another's: an entry may be pages long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A line that was added (`before` is ""), removed (`after` is "") or changed."""

    before: str
    after: str

    @property
    def word(self) -> str:
        """What happened to the line, in a word."""
        if not self.before:
            return "Thêm"
        return "Sửa" if self.after else "Bỏ"


def differences(before: Sequence[str], after: Sequence[str]) -> tuple[Difference, ...]:
    """Return what differs between two versions, in their order; a changed line stands against what it was."""
    return tuple(_differences(before, after))


def _differences(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for _tag, start, end, new_start, new_end in matcher.get_opcodes():
        if _tag != "equal":
            yield from _block(before[start:end], after[new_start:new_end])


def _block(gone: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """Pair each line gone with the next new one that resembles it; the rest was added or removed.

    As many lines as before, each of the same sort, were changed one by one, however much.
    """
    if len(gone) == len(new) and all(_label(one) == _label(other) for one, other in zip(gone, new, strict=True)):
        yield from (Difference(before=one, after=other) for one, other in zip(gone, new, strict=True))
        return
    place = 0
    for line in gone:
        found = next((at for at in range(place, len(new)) if _is_changed(line, new[at])), None)
        if found is None:
            yield Difference(before=line, after="")
            continue
        yield from (Difference(before="", after=each) for each in new[place:found])
        yield Difference(before=line, after=new[found])
        place = found + 1
    yield from (Difference(before="", after=each) for each in new[place:])


def _label(line: str) -> str:
    return line.partition(":")[0]


def _is_changed(one: str, other: str) -> bool:
    """Whether both begin with the same label or name, and are alike."""
    if _label(one) != _label(other):
        return False
    matcher = difflib.SequenceMatcher(None, one[:_LONGEST_COMPARED], other[:_LONGEST_COMPARED])
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def lines_of(dossier: MeetingDossier) -> list[str]:
    """Return everything a meeting says, a line each, to hold two versions against each other."""
    return [*_head(dossier), *_people(dossier), *_course(dossier), *_council(dossier), *_outcome(dossier)]


def _name(dossier: MeetingDossier, person_id: int | None) -> str:
    person = dossier.person(person_id)
    return person.name if person is not None else ""


def _by(dossier: MeetingDossier, person_id: int | None) -> str:
    name = _name(dossier, person_id)
    return f" ({name})" if name else ""


def _head(dossier: MeetingDossier) -> Iterator[str]:
    meeting = dossier.meeting
    yield f"Cuộc họp: {meeting.title}"
    yield f"Thời gian: {_day(meeting.held_on)} {meeting.starts_at}–{_day(meeting.ended_on)} {meeting.ends_at}"
    yield f"Địa điểm: {meeting.place}"
    yield f"Chủ trì: {_name(dossier, meeting.chair_id)}; thư ký: {_name(dossier, meeting.secretary_id)}"
    for label, typed in (("Căn cứ", meeting.bases), ("Nơi nhận", meeting.recipients)):
        yield from (f"{label}: {line.strip()}" for line in typed.splitlines() if line.strip())


def _people(dossier: MeetingDossier) -> Iterator[str]:
    states = describe(Attendee).field("state")
    for each in dossier.attendees:
        stood_in = f", dự thay: {each.delegate.name}" if each.delegate else ""
        why = f" ({each.attendee.reason})" if each.attendee.reason else ""
        role = f", {each.attendee.council_role} hội đồng" if each.attendee.council_role else ""
        yield f"{each.person.name}: {states.choice_label(each.attendee.state)}{why}{stood_in}{role}"


def _course(dossier: MeetingDossier) -> Iterator[str]:
    known = {item.id for item in dossier.agenda}
    under: dict[int | None, list[Entry]] = {}
    for entry in dossier.entries:
        under.setdefault(entry.agenda_item_id if entry.agenda_item_id in known else None, []).append(entry)
    for item in dossier.agenda:
        yield f"Nội dung: {item.title}{_by(dossier, item.presenter_id)}"
        yield from _entries(dossier, under.get(item.id, ()))
    yield from _entries(dossier, under.get(None, ()))


def _entries(dossier: MeetingDossier, entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        yield f"{_name(dossier, entry.speaker_id) or 'Ý kiến'}: {entry.body}"


def _council(dossier: MeetingDossier) -> Iterator[str]:
    council = dossier.council
    if council is None:
        return
    yield from (_votes(dossier, each) for each in council.items)
    for each in council.decisions:
        verdict = dict(COUNCIL_VERDICTS)[each.decision.verdict]
        amount = f", {format_vnd(each.decision.amount_vnd)} đồng" if each.decision.amount_vnd is not None else ""
        opinion = f"; {each.decision.opinion}" if each.decision.opinion else ""
        yield f"Kết luận về {each.project.name}: {verdict}{amount}{opinion}"
    yield from _parties(council)


def _votes(dossier: MeetingDossier, counted: CountedItem) -> str:
    """Return the ballots by name: who changed their mind is told, too."""
    names = {each.attendee.id: each.person.name for each in dossier.attendees}
    labels = dict(BALLOTS)
    given = "; ".join(
        f"{names.get(each.attendee_id, '')} {labels[each.answer].lower() if each.score is None else f'{each.score:f}'}"
        for each in counted.ballots
        if each.answer or each.score is not None
    )
    return f"Lấy ý kiến: {counted.item.title} ({given or 'chưa có phiếu'})"


def _parties(council: CouncilDossier) -> Iterator[str]:
    for each in council.parties:
        people = ", ".join(one.person.name for one in each.people)
        signer = f"; người ký: {each.signer.name}" if each.signer is not None else ""
        yield f"Bên: {each.party.name} ({people}{signer})"


def _outcome(dossier: MeetingDossier) -> Iterator[str]:
    for conclusion in dossier.conclusions:
        yield f"Kết luận: {conclusion.body}{_by(dossier, conclusion.owner_id)}"
    for task in dossier.tasks:
        yield f"Việc: {task.body}{_by(dossier, task.owner_id)}, hạn {_day(task.due_on)}"
    for petition in dossier.petitions:
        yield f"Kiến nghị: {petition.body}{_by(dossier, petition.asked_by_id)}"


def _day(day: date | None) -> str:
    return format_date(day) if day is not None else "…"
