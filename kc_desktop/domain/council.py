"""What a meeting may have besides its minutes: templates, parties that sign, votes and scores, closed versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kc_desktop.domain.fields import Choices, choice, day, decimal, integer, line, link, money, record, text
from kc_desktop.domain.meeting import MEETING_KINDS, AttendeeDetail
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import Project
from kc_desktop.domain.report_text import ALWAYS, MINUTES, PHRASE_CONDITIONS, PHRASE_SCOPES

VOTE_KINDS: Choices = (("vote", "Biểu quyết"), ("score", "Chấm điểm"))
BALLOTS: Choices = (("", "Chưa ghi"), ("yes", "Đồng ý"), ("no", "Không đồng ý"), ("abstain", "Ý kiến khác"))
COUNCIL_VERDICTS: Choices = (
    ("", "Chưa kết luận"),
    ("approve", "Đồng ý"),
    ("return", "Yêu cầu bổ sung"),
    ("reject", "Không đồng ý"),
    ("accept", "Nghiệm thu đạt"),
    ("not_accept", "Nghiệm thu chưa đạt"),
)


@record("meeting_template", "mẫu cuộc họp", "Mẫu cuộc họp")
class MeetingTemplate:
    """What a kind of meeting begins with; an agenda item a line, its minutes and presenter after bars."""

    id: int = 0
    kind: str = choice("Loại cuộc họp", MEETING_KINDS, default="khac", in_list=True)
    name: str = line("Tên mẫu", required=True, width=40, in_list=True)
    title: str = line("Tên cuộc họp", width=60)
    place: str = line("Địa điểm", width=50)
    agenda: str = text(
        "Chương trình họp", help="Mỗi dòng một nội dung | số phút | chủ trì hoặc thư ký, ví dụ: Khai mạc | 10 | chủ trì"
    )
    groups: str = line("Mời các nhóm", width=40, help="Tên nhóm trong danh bạ, cách nhau bằng dấu chấm phẩy")
    roles: str = text("Vai trò trong hội đồng", help="Mỗi dòng một vai trò, ví dụ: Chủ tịch; để trống thì không có")
    bases: str = text("Căn cứ", help="Mỗi dòng một căn cứ")
    recipients: str = text("Nơi nhận", help="Mỗi dòng một nơi nhận")
    quorum_percent: int | None = integer("Số thành viên tối thiểu", unit="%", help="Để trống khi không quy định")


@record("phrase", "câu mẫu", "Câu mẫu")
class Phrase:
    """Words an office writes again and again: into the minutes by a few letters of their name, or into the report.

    Those of the report name its figures in braces and are offered where `condition` holds.
    """

    id: int = 0
    name: str = line("Tên gọi", required=True, width=20, in_list=True)
    scope: str = choice("Dùng cho", PHRASE_SCOPES, default=MINUTES, in_list=True)
    condition: str = choice(
        "Gợi ý khi",
        PHRASE_CONDITIONS,
        default=ALWAYS,
        help="Câu của báo cáo: chỉ gợi ý khi số liệu đúng như vậy",
    )
    ordinal: int = integer("TT", default=0, width=4)
    body: str = text(
        "Nội dung",
        required=True,
        in_list=True,
        help="Câu của báo cáo: {giải ngân}, {số đề án}… được thay bằng số liệu khi in",
    )


@record("meeting_party", "bên làm việc", "Các bên làm việc")
class MeetingParty:
    """A side that signs the minutes of a working session, with whoever signs for it."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    name: str = line("Bên", required=True, width=50, in_list=True, help="Ví dụ: Đại diện UBND xã …")
    signer_id: int | None = link("Người ký", "person", in_list=True)


@record("vote_item", "nội dung biểu quyết", "Biểu quyết, chấm điểm")
class VoteItem:
    """Something the members of a council vote on or score, perhaps one project."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    title: str = line("Nội dung", required=True, width=50, in_list=True)
    kind: str = choice("Cách lấy ý kiến", VOTE_KINDS, default="vote", in_list=True)
    project_id: int | None = link("Đề án", "project", in_list=True)
    pass_at: Decimal | None = decimal("Đạt từ", help="Điểm trung bình, hoặc phần trăm số phiếu đồng ý", in_list=True)


@record("ballot", "phiếu", "Phiếu biểu quyết, chấm điểm")
class Ballot:
    """One member's vote or score on one item."""

    id: int = 0
    vote_item_id: int = link("Nội dung biểu quyết", "vote_item", optional=False)
    attendee_id: int = link("Thành viên", "attendee", optional=False, in_list=True)
    answer: str = choice("Ý kiến", BALLOTS, in_list=True)
    score: Decimal | None = decimal("Điểm", in_list=True)
    comment: str = line("Nhận xét", width=50, in_list=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The votes or scores on one item. `average` has two decimals; `is_passed` is None while nothing tells."""

    members: int
    yes: int
    no: int
    abstain: int
    average: Decimal | None
    is_passed: bool | None

    @property
    def voted(self) -> int:
        """How many members gave a vote."""
        return self.yes + self.no + self.abstain

    @property
    def yes_percent(self) -> Decimal:
        """The share of all members that voted yes, in percent with two decimals; 0 when there are none."""
        return _two_decimals(Decimal(100 * self.yes) / self.members) if self.members else Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many members a council has, how many came, how many must have; `needed` is 0 where no rule is set."""

    members: int
    came: int
    needed: int

    @property
    def is_met(self) -> bool:
        """Whether enough came."""
        return self.came >= self.needed


_THIRDS = {33: (1, 3), 66: (2, 3), 67: (2, 3)}
"""Shares that whole percents cannot write: 67 % of six members would ask for five where two thirds are four."""


def needed_of(percent: int, members: int) -> int:
    """Return how many of so many members a share in percent asks for, rounded up to whole people; 0 for no share."""
    part, whole = _THIRDS.get(percent, (percent, 100))
    return -(-part * members // whole)


def share_words(percent: int) -> str:
    """Write a share as people say it: "2/3" for 66 and 67, else in percent."""
    return "{}/{}".format(*_THIRDS[percent]) if percent in _THIRDS else f"{percent} %"


def _two_decimals(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def tally(item: VoteItem, ballots: Iterable[Ballot], members: int) -> Tally:
    """Count the ballots of an item; `members` is how many were entitled and present.

    A vote passes with the percentage of `pass_at` of the members, and fails when all have voted without reaching it; a
    score passes with that average of the scores given. An item without `pass_at` is only counted.
    """
    given = tuple(ballots)
    scores = [each.score for each in given if each.score is not None]
    average = _two_decimals(sum(scores, Decimal(0)) / len(scores)) if scores else None
    counted = {answer: sum(each.answer == answer for each in given) for answer, _label in BALLOTS if answer}
    passed: bool | None = None
    if item.pass_at is not None and item.kind == "score" and average is not None:
        passed = average >= item.pass_at
    elif item.pass_at is not None and item.kind == "vote" and members and any(counted.values()):
        passed = 100 * counted["yes"] >= item.pass_at * members
        if not passed and sum(counted.values()) < members:
            passed = None  # the votes still missing may carry it
    return Tally(
        members=members,
        yes=counted["yes"],
        no=counted["no"],
        abstain=counted["abstain"],
        average=average,
        is_passed=passed,
    )


@record("council_decision", "kết luận về đề án", "Kết luận về từng đề án")
class CouncilDecision:
    """What a council concludes on one project; written back to the project as a step of its life."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    project_id: int = link("Đề án", "project", optional=False, in_list=True)
    verdict: str = choice("Kết luận", COUNCIL_VERDICTS, in_list=True)
    amount_vnd: int | None = money("Hỗ trợ thống nhất", in_list=True)
    opinion: str = text("Ý kiến, yêu cầu", in_list=True)
    step_id: int | None = link("Bước đã ghi vào đề án", "project_step", in_form=False)


@record("meeting_version", "bản đã chốt", "Các bản biên bản đã chốt")
class MeetingVersion:
    """The minutes as they were closed: the PDF with its SHA-256 and what it was made from, and why it was reopened."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    version: int = integer("Bản", default=1, in_list=True)
    finalised_on: date | None = day("Ngày chốt", in_list=True)
    sha256: str = line("SHA-256", width=64)
    snapshot: str = text("Nội dung lúc chốt", in_form=False)
    reopened_on: date | None = day("Ngày mở lại", in_list=True)
    reason: str = line("Lý do mở lại", width=50, in_list=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedItem:
    """An item with the ballots of the members who came and what they add up to."""

    item: VoteItem
    tally: Tally
    ballots: tuple[Ballot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedProject:
    """A decision with the project it is on."""

    decision: CouncilDecision
    project: Project


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDetail:
    """A party with its people who came, and who signs for it; `signer` is None where nobody is named."""

    party: MeetingParty
    people: tuple[AttendeeDetail, ...] = ()
    signer: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilDossier:
    """What a meeting has besides its plain minutes: the votes, the decisions on projects, the parties that sign."""

    quorum: Quorum
    items: tuple[CountedItem, ...] = ()
    decisions: tuple[DecidedProject, ...] = ()
    parties: tuple[PartyDetail, ...] = ()


CAME: Final = frozenset({"present", "delegate"})
"""States of an attendee who is there, or has somebody there in their place."""


def suggested_parties(attendees: Iterable[AttendeeDetail], office_name: str) -> tuple[PartyDetail, ...]:
    """Return a party for each body whose people came, in the order they are written down; people of no body are of the
    office. The first of its people signs.
    """
    bodies: dict[str, tuple[str, list[AttendeeDetail]]] = {}
    for each in attendees:
        if each.attendee.state in CAME:
            body = (each.delegate or each.person).organisation.strip() or each.person.organisation.strip()
            name = body or office_name.strip()
            if name:
                bodies.setdefault(name.casefold(), (name, []))[1].append(each)
    return tuple(
        PartyDetail(
            party=MeetingParty(name=name, ordinal=place),
            people=tuple(people),
            signer=people[0].delegate or people[0].person,
        )
        for place, (name, people) in enumerate(bodies.values(), start=1)
    )


def people_of_no_party(
    parties: Iterable[PartyDetail], attendees: Iterable[AttendeeDetail]
) -> tuple[AttendeeDetail, ...]:
    """Return who came and belongs to none of the parties."""
    known = {id(each) for party in parties for each in party.people}
    return tuple(each for each in attendees if each.attendee.state in CAME and id(each) not in known)
