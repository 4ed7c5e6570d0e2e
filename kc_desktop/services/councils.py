"""Councils: who counts, whether enough came, what they voted, and the parties that sign."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from kc_desktop.domain import council
from kc_desktop.domain.council import (
    CAME,
    Ballot,
    CouncilDecision,
    CouncilDossier,
    CountedItem,
    DecidedProject,
    MeetingParty,
    PartyDetail,
    Quorum,
    Tally,
    VoteItem,
)
from kc_desktop.domain.meeting import AgendaItem, Attendee, Meeting, MeetingDossier
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import directory, meetings
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import meetings as stored

P = TypeVar("P", VoteItem, CouncilDecision, MeetingParty)

COUNCIL_KINDS = ("tham_dinh", "nghiem_thu")
"""Kinds of meeting that are councils."""
WORKING_KIND = "lam_viec"
"""The kind of meeting whose minutes the parties sign."""
_LONGEST_TITLE = 500
_WAITING = {
    "tham_dinh": ("appraising", "returned", "surveyed", "received"),
    "nghiem_thu": ("running",),
}
"""States of the projects a council waits for, the likeliest first: TT 36/2013 Điều 8, Điều 18."""
_AGENDA_WORDS = {"tham_dinh": "Thẩm định đề án", "nghiem_thu": "Nghiệm thu đề án"}
_BEST_SCORE = Decimal(1000)


def with_council(workspace: Workspace, given: MeetingDossier) -> MeetingDossier:
    """Return a meeting's dossier with its votes, decisions and parties."""
    meeting_id = given.meeting.id
    attendees = tuple(each.attendee for each in given.attendees)
    members_came = [each.id for each in attendees if each.council_role and each.state in CAME]
    parties = workspace.children(MeetingParty, meeting_id=meeting_id)
    decisions = workspace.children(CouncilDecision, meeting_id=meeting_id)
    signing = workspace.many(Person, {each.signer_id for each in parties if each.signer_id})
    signers = directory.as_of(workspace, signing, given.meeting.held_on)
    projects = workspace.many(Project, {each.project_id for each in decisions})
    found = CouncilDossier(
        quorum=_quorum(given.meeting, attendees),
        items=tuple(
            _counted(workspace, each, members_came) for each in workspace.children(VoteItem, meeting_id=meeting_id)
        ),
        decisions=tuple(
            DecidedProject(decision=each, project=projects[each.project_id])
            for each in decisions
            if each.project_id in projects
        ),
        parties=tuple(_party(each, given, signers) for each in parties),
    )
    return dataclasses.replace(given, council=found)


def _counted(workspace: Workspace, item: VoteItem, came: list[int]) -> CountedItem:
    ballots = tuple(each for each in workspace.children(Ballot, vote_item_id=item.id) if each.attendee_id in came)
    return CountedItem(item=item, tally=council.tally(item, ballots, len(came)), ballots=ballots)


def _party(party: MeetingParty, given: MeetingDossier, signers: dict[int, Person]) -> PartyDetail:
    people = tuple(
        each for each in given.attendees if each.attendee.party_id == party.id and each.attendee.state in CAME
    )
    signer = signers.get(party.signer_id or 0)
    if signer is None and people:
        signer = people[0].delegate or people[0].person
    return PartyDetail(party=party, people=people, signer=signer)


# --- who counts ---


def members(workspace: Workspace, meeting_id: int) -> tuple[Attendee, ...]:
    """Return the members of the council: the attendees with a role in it."""
    return tuple(each for each in workspace.children(Attendee, meeting_id=meeting_id) if each.council_role)


def quorum(workspace: Workspace, meeting_id: int) -> Quorum:
    """Return whether enough members came, by the share the meeting names; a share is rounded up to whole people."""
    return _quorum(workspace.get(Meeting, meeting_id), workspace.children(Attendee, meeting_id=meeting_id))


def _quorum(meeting: Meeting, attendees: Iterable[Attendee]) -> Quorum:
    belonging = [each for each in attendees if each.council_role]
    return Quorum(
        members=len(belonging),
        came=sum(each.state in CAME for each in belonging),
        needed=council.needed_of(meeting.quorum_percent or 0, len(belonging)),
    )


# --- votes and scores ---


def vote(
    workspace: Workspace, item_id: int, attendee_id: int, *, answer: str = "", score: Decimal | None = None
) -> Ballot:
    """Write a member's vote or score down, over the one given before; neither takes it back.

    Who comes in a member's place votes for that member. Raises KnownError for somebody who is no member or did not
    come, FieldError for what is no vote or score.
    """
    item, name = _voting(workspace, item_id, attendee_id)
    if score is not None and score > _BEST_SCORE:
        raise FieldError("score", f"Điểm {score:f} lớn quá.", f"Ghi điểm từ 0 đến {_BEST_SCORE}.")
    ballot = ballot_of(workspace, item_id, attendee_id) or Ballot(vote_item_id=item_id, attendee_id=attendee_id)
    changed = dataclasses.replace(ballot, answer=answer, score=score)
    return workspace.save(changed, f"Ghi phiếu {name}: {item.title}")


def comment(workspace: Workspace, item_id: int, attendee_id: int, words: str) -> Ballot:
    """Write down what a member says besides the vote or score; "" takes it back. Raises as `vote` does."""
    item, name = _voting(workspace, item_id, attendee_id)
    ballot = ballot_of(workspace, item_id, attendee_id) or Ballot(vote_item_id=item_id, attendee_id=attendee_id)
    return workspace.save(dataclasses.replace(ballot, comment=words), f"Ghi nhận xét {name}: {item.title}")


def ballot_of(workspace: Workspace, item_id: int, attendee_id: int) -> Ballot | None:
    """Return what a member gave on an item, None for nothing yet."""
    known = workspace.children(Ballot, vote_item_id=item_id, attendee_id=attendee_id)
    return known[0] if known else None


def _voting(workspace: Workspace, item_id: int, attendee_id: int) -> tuple[VoteItem, str]:
    """Return the item and the name of a member who may give a ballot on it. Raises KnownError for others."""
    item = workspace.get(VoteItem, item_id)
    attendee = workspace.get(Attendee, attendee_id)
    name = workspace.title_of("person", attendee.person_id)
    if attendee.meeting_id != item.meeting_id or not attendee.council_role:
        raise KnownError(f"{name} không phải thành viên hội đồng.", "Ghi vai trò trong hội đồng ở mục Thành phần.")
    if attendee.state not in CAME:
        raise KnownError(
            f"{name} chưa được điểm danh có mặt nên không ghi phiếu được.",
            "Điểm danh ở mục Thành phần, hoặc ghi người dự thay.",
        )
    if attendee.state == "delegate" and attendee.delegate_id is None:
        raise KnownError(f"Chưa ghi ai dự thay {name}.", "Ghi người dự thay ở mục Thành phần, rồi ghi phiếu.")
    return item, name


def vote_all(workspace: Workspace, item_id: int, answer: str) -> int:
    """Write the same vote for every member who came and has not voted on an item; one step. Returns how many."""
    item = workspace.get(VoteItem, item_id)
    voted = {each.attendee_id for each in workspace.children(Ballot, vote_item_id=item_id) if each.answer}
    missing = [
        each
        for each in members(workspace, item.meeting_id)
        if each.id not in voted and (each.state == "present" or (each.state == "delegate" and each.delegate_id))
    ]
    if missing:
        with workspace.change(f"Ghi phiếu cho {len(missing)} thành viên: {item.title}"):
            for each in missing:
                vote(workspace, item_id, each.id, answer=answer)
    return len(missing)


def tally(workspace: Workspace, item_id: int) -> Tally:
    """Return the votes or scores on an item among the members who came."""
    item = workspace.get(VoteItem, item_id)
    came = [each.id for each in members(workspace, item.meeting_id) if each.state in CAME]
    return _counted(workspace, item, came).tally


def waiting_projects(workspace: Workspace, meeting_id: int) -> tuple[Project, ...]:
    """Return the projects a council of this kind may deal with and that are not on its agenda, the likeliest first."""
    meeting = workspace.get(Meeting, meeting_id)
    known = set(agenda_projects(workspace, meeting_id))
    found = (each for state in _WAITING.get(meeting.kind, ()) for each in workspace.children(Project, state=state))
    return tuple(each for each in found if each.id not in known)


def put_on_agenda(workspace: Workspace, meeting_id: int, project_ids: Sequence[int]) -> int:
    """Put projects on a meeting's agenda, a point each, those that are not there yet; one step. Returns how many."""
    meeting = workspace.get(Meeting, meeting_id)
    known = set(agenda_projects(workspace, meeting_id))
    missing = [each for each in dict.fromkeys(project_ids) if each not in known]
    word = _AGENDA_WORDS.get(meeting.kind, "Xem xét đề án")
    if missing:
        with workspace.change(f"Đưa {len(missing)} đề án vào chương trình họp"):
            for project_id in missing:
                title = f"{word}: {workspace.get(Project, project_id).name}"[:_LONGEST_TITLE]
                meetings.add(workspace, AgendaItem(meeting_id=meeting_id, title=title, project_id=project_id))
    return len(missing)


def agenda_projects(workspace: Workspace, meeting_id: int) -> tuple[int, ...]:
    """Return the projects on a meeting's agenda, each once, in its order."""
    items = workspace.children(AgendaItem, meeting_id=meeting_id)
    return tuple(dict.fromkeys(each.project_id for each in items if each.project_id))


def items_from_agenda(workspace: Workspace, meeting_id: int, kind: str = "vote") -> int:
    """Make an item to vote on or score of each project on the agenda that has none; one step. Returns how many."""
    known = {each.project_id for each in workspace.children(VoteItem, meeting_id=meeting_id)}
    missing = [each for each in agenda_projects(workspace, meeting_id) if each not in known]
    if missing:
        with workspace.change(f"Lấy {len(missing)} đề án từ chương trình họp để lấy ý kiến"):
            for project_id in missing:
                title = workspace.get(Project, project_id).name[:_LONGEST_TITLE]
                _add(workspace, VoteItem(meeting_id=meeting_id, title=title, kind=kind, project_id=project_id))
    return len(missing)


def decisions_from_agenda(workspace: Workspace, meeting_id: int) -> int:
    """Make a decision to be filled in of each project on the agenda or voted on that has none; one step.

    Returns how many were made.
    """
    known = {each.project_id for each in workspace.children(CouncilDecision, meeting_id=meeting_id)}
    voted = (each.project_id for each in workspace.children(VoteItem, meeting_id=meeting_id))
    wanted = dict.fromkeys((*agenda_projects(workspace, meeting_id), *(each for each in voted if each)))
    missing = [each for each in wanted if each not in known]
    if missing:
        with workspace.change(f"Thêm {len(missing)} đề án cần kết luận"):
            for project_id in missing:
                _add(workspace, CouncilDecision(meeting_id=meeting_id, project_id=project_id))
    return len(missing)


def _add(workspace: Workspace, part: P) -> P:
    with workspace.reading() as connection:
        ordinal = stored.next_ordinal(connection, type(part), part.meeting_id)
    return workspace.save(dataclasses.replace(part, ordinal=ordinal))


# --- parties ---


def make_parties(workspace: Workspace, meeting_id: int) -> int:
    """Write down a party for each body whose people came and belong to none yet; one step. Returns how many were made.

    People of a body that is a party already join it. Raises KnownError when nobody is marked as present.
    """
    dossier = with_council(workspace, meetings.dossier(workspace, meeting_id))
    assert dossier.council is not None
    if not any(each.attendee.state in CAME for each in dossier.attendees):
        raise KnownError("Chưa điểm danh ai có mặt nên chưa lập được các bên.", "Điểm danh ở mục Thành phần trước.")
    loose = council.people_of_no_party(dossier.council.parties, dossier.attendees)
    suggested = council.suggested_parties(loose, dossier.office.name)
    known = {each.party.name.casefold(): each.party for each in dossier.council.parties}
    made = 0
    if suggested:
        with workspace.change("Lập các bên từ thành phần tham dự"):
            for each in suggested:
                party = known.get(each.party.name.casefold())
                if party is None:
                    signer = each.signer.id if each.signer is not None else None
                    party = _add(workspace, dataclasses.replace(each.party, meeting_id=meeting_id, signer_id=signer))
                    made += 1
                put_into_party(workspace, [one.attendee.id for one in each.people], party.id)
    return made


def put_into_party(workspace: Workspace, attendee_ids: Iterable[int], party_id: int | None) -> None:
    """Have people belong to a party, None for no party; one step. Who signed for a party they leave signs no more."""
    people = workspace.many(Attendee, set(attendee_ids))
    with workspace.change(f"Xếp {len(people)} người vào bên làm việc"):
        for each in people.values():
            if each.party_id != party_id:
                left = workspace.find(MeetingParty, each.party_id)
                workspace.save(dataclasses.replace(each, party_id=party_id))
                if left is not None and left.signer_id in (each.person_id, each.delegate_id or each.person_id):
                    workspace.save(dataclasses.replace(left, signer_id=None))
