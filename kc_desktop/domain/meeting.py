"""Cuộc họp: who came, what was said, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kc_desktop.domain.fields import Choices, Sort, choice, day, flag, integer, line, link, record, text
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person

if TYPE_CHECKING:  # declared only when a council or its papers are looked at
    from kc_desktop.domain.council import CouncilDossier
    from kc_desktop.domain.project_dossier import PaperSigner

MEETING_KINDS: Choices = (
    ("giao_ban", "Giao ban"),
    ("tong_ket_ctv", "Tổng kết cộng tác viên"),
    ("tham_dinh", "Thẩm định"),
    ("nghiem_thu", "Nghiệm thu"),
    ("tap_huan", "Tập huấn"),
    ("hoi_nghi", "Hội nghị"),
    ("lam_viec", "Làm việc tại cơ sở"),
    ("khac", "Khác"),
)
MEETING_STATES: Choices = (
    ("draft", "Dự kiến"),
    ("invited", "Đã mời"),
    ("held", "Đã họp"),
    ("finalised", "Đã chốt biên bản"),
)
ATTENDEE_ROLES: Choices = (
    ("chair_side", "Chủ trì, lãnh đạo"),
    ("authority", "Cơ quan quản lý"),
    ("staff", "Cán bộ Trung tâm"),
    ("collaborator", "Cộng tác viên"),
    ("guest", "Khách mời"),
)
ATTENDANCE_STATES: Choices = (
    ("invited", "Đã mời"),
    ("confirmed", "Đã xác nhận"),
    ("present", "Có mặt"),
    ("excused", "Vắng có phép"),
    ("absent", "Vắng"),
    ("delegate", "Cử người dự thay"),
)
TASK_STATES: Choices = (("open", "Đang làm"), ("done", "Đã xong"), ("dropped", "Không làm nữa"))


@record("meeting", "cuộc họp", "Cuộc họp")
class Meeting:
    """A meeting from idea to signed minutes."""

    id: int = 0
    kind: str = choice("Loại cuộc họp", MEETING_KINDS, default="khac", width=20, in_list=True)
    title: str = line("Tên cuộc họp", required=True, width=60, sort=Sort.VIETNAMESE, searched=True, in_list=True)
    held_on: date | None = day("Ngày họp", required=True, in_list=True)
    starts_at: str = line("Bắt đầu", width=6, help="Giờ và phút, ví dụ 8:30")
    ends_at: str = line("Kết thúc", width=6, help="Giờ và phút, ví dụ 11:15")
    ended_on: date | None = day("Ngày kết thúc", help="Chỉ ghi khi họp qua ngày")
    place: str = line("Địa điểm", width=50, searched=True, in_list=True)
    chair_id: int | None = link("Chủ trì", "person")
    secretary_id: int | None = link("Thư ký", "person")
    number: int | None = integer("Số biên bản", width=6, help="Để trống thì in dấu chấm để văn thư ghi tay")
    symbol: str = line("Ký hiệu biên bản", width=14, help="Để trống thì lấy BB- và chữ viết tắt của đơn vị")
    state: str = choice("Trạng thái", MEETING_STATES, default="draft", width=16, in_list=True)
    recipients: str = text("Nơi nhận", help="Mỗi dòng một nơi nhận; dòng Lưu tự có")
    bases: str = text("Căn cứ", help="Mỗi dòng một căn cứ")
    previous_id: int | None = link("Cuộc họp kỳ trước", "meeting")
    quorum_percent: int | None = integer(
        "Số thành viên tối thiểu", unit="%", width=6, help="Phần trăm thành viên hội đồng phải có mặt; 67 là 2/3"
    )
    copies: int | None = integer("Số bản biên bản", width=6, help="Ghi trong biên bản làm việc")
    version: int = integer("Bản biên bản", default=1, in_form=False)
    note: str = text("Ghi chú")


@record("agenda_item", "nội dung họp", "Chương trình họp")
class AgendaItem:
    """One point of the agenda."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    title: str = line("Nội dung", required=True, width=50, in_list=True)
    presenter_id: int | None = link("Người trình bày", "person", in_list=True)
    planned_minutes: int | None = integer("Thời lượng", unit="phút", in_list=True)
    project_id: int | None = link("Đề án", "project")


@record("attendee", "người dự", "Thành phần tham dự")
class Attendee:
    """Someone asked to a meeting: a person of the directory, their role and whether they came."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    person_id: int = link("Người dự", "person", optional=False, in_list=True)
    role: str = choice("Tư cách", ATTENDEE_ROLES, default="guest", in_list=True)
    state: str = choice("Có mặt", ATTENDANCE_STATES, default="invited", in_list=True)
    reason: str = line("Lý do vắng", width=30, in_list=True)
    delegate_id: int | None = link("Người dự thay", "person")
    council_role: str = line("Vai trò trong hội đồng", width=20, help="Ví dụ: Chủ tịch, Ủy viên; trống là không phải")
    party_id: int | None = link("Thuộc bên", "meeting_party")
    ordinal: int = integer("TT", default=0, width=4)


@record("entry", "ý kiến", "Diễn biến cuộc họp")
class Entry:
    """Something said at a meeting, under a point of the agenda."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    agenda_item_id: int | None = link("Nội dung họp", "agenda_item")
    ordinal: int = integer("TT", default=0, width=4)
    speaker_id: int | None = link("Người phát biểu", "person", in_list=True)
    said_at: str = line("Lúc", width=6)
    body: str = text("Ý kiến", required=True, in_list=True)


@record("conclusion", "kết luận", "Kết luận")
class Conclusion:
    """A numbered conclusion of a meeting."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    body: str = text("Kết luận", required=True, in_list=True)
    owner_id: int | None = link("Người thực hiện", "person", in_list=True)


@record("task", "việc", "Việc phải làm")
class Task:
    """Something a meeting asks someone to do."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    body: str = text("Việc", required=True, in_list=True)
    owner_id: int | None = link("Người làm", "person", in_list=True)
    due_on: date | None = day("Hạn", in_list=True)
    state: str = choice("Tình trạng", TASK_STATES, default="open", in_list=True)
    done_on: date | None = day("Ngày xong")
    result: str = line("Kết quả", width=40)
    carried_from_id: int | None = link("Chuyển từ việc", "task", in_form=False)


@record("petition", "kiến nghị", "Kiến nghị")
class Petition:
    """What somebody asked for at a meeting, and the answer."""

    id: int = 0
    meeting_id: int = link("Cuộc họp", "meeting", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    asked_by_id: int | None = link("Người kiến nghị", "person", in_list=True)
    body: str = text("Kiến nghị", required=True, in_list=True)
    answered_by_id: int | None = link("Người trả lời", "person", in_list=True)
    due_on: date | None = day("Hạn trả lời", in_list=True)
    answer: str = text("Trả lời", in_list=True)
    answered_on: date | None = day("Ngày trả lời")
    is_closed: bool = flag("Đã xong")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeDetail:
    """An attendee with the person they are, and whoever came in their place."""

    attendee: Attendee
    person: Person
    delegate: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDossier:
    """Everything a paper about one meeting may say. `people` holds everybody its records point to, by id.

    `council` holds votes, decisions and parties; None where nobody asked for them. `part` is the id of the recipient
    or the item that a paper is made for; 0 for the whole meeting. `of_year` holds the meetings of the same year, this
    one among them, with their petitions; () where nobody asked for them.
    """

    office: Office
    meeting: Meeting
    agenda: tuple[AgendaItem, ...] = ()
    attendees: tuple[AttendeeDetail, ...] = ()
    entries: tuple[Entry, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    tasks: tuple[Task, ...] = ()
    petitions: tuple[Petition, ...] = ()
    people: dict[int, Person] | None = None
    council: CouncilDossier | None = None
    signer: PaperSigner | None = None
    of_year: tuple[MeetingDossier, ...] = ()
    part: int = 0
    is_sample: bool = False

    def person(self, person_id: int | None) -> Person | None:
        """Return the person of an id, None when there is none."""
        return (self.people or {}).get(person_id) if person_id is not None else None
