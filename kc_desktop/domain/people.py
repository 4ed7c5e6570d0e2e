"""People: one directory for staff, collaborators, guests and representatives. Nobody is typed twice."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.fields import Choices, Sort, choice, day, flag, integer, line, link, record, text

HONORIFICS: Choices = (("", "—"), ("ong", "Ông"), ("ba", "Bà"))
PERSON_GROUPS: Choices = (
    ("staff", "Cán bộ Trung tâm"),
    ("authority", "Cơ quan quản lý"),
    ("collaborator", "Cộng tác viên"),
    ("establishment", "Cơ sở CNNT"),
    ("guest", "Khách, đơn vị khác"),
)


@record("person", "người", "Danh bạ")
class Person:
    """Anyone the office deals with."""

    id: int = 0
    name: str = line("Họ và tên", required=True, width=28, sort=Sort.PERSON, searched=True, in_list=True)
    honorific: str = choice("Danh xưng", HONORIFICS, width=6)
    group_code: str = choice("Nhóm", PERSON_GROUPS, default="guest", width=18, in_list=True)
    post: str = line("Chức vụ", width=26, searched=True, in_list=True)
    organisation: str = line("Đơn vị công tác", width=36, searched=True, in_list=True, sort=Sort.VIETNAMESE)
    phone: str = line("Điện thoại", width=14, check="phone", searched=True, in_list=True)
    email: str = line("Thư điện tử", width=28, check="email", searched=True)
    commune_id: int | None = link("Xã, phường", "admin_unit")
    birth_year: int | None = integer("Năm sinh", width=6)
    citizen_id: str = line("Số định danh", width=14, check="citizen_id", protected=True, group="Dữ liệu được bảo vệ")
    bank_account: str = line("Số tài khoản", width=18, protected=True, group="Dữ liệu được bảo vệ")
    bank_name: str = line("Ngân hàng", width=28, group="Dữ liệu được bảo vệ")
    note: str = text("Ghi chú")

    @property
    def address_name(self) -> str:
        """The name as papers write it: "Ông Nguyễn …", or the bare name when no honorific is known."""
        title = dict(HONORIFICS)[self.honorific] if self.honorific else ""
        return f"{title} {self.name}".strip()


ADMIN_KINDS: Choices = (
    ("tinh", "tỉnh"),
    ("thanh_pho", "thành phố trực thuộc trung ương"),
    ("huyen", "cấp huyện"),
    ("xa", "xã"),
    ("phuong", "phường"),
    ("thi_tran", "thị trấn"),
    ("dac_khu", "đặc khu"),
)


@record("admin_unit", "đơn vị hành chính", "Đơn vị hành chính")
class AdminUnit:
    """A province or commune for a span of time: two levels since 01/7/2025, the older three kept for older papers."""

    id: int = 0
    code: str = line("Mã", width=8, required=True)
    name: str = line("Tên", required=True, width=30, sort=Sort.VIETNAMESE, searched=True, in_list=True)
    kind: str = choice("Cấp", ADMIN_KINDS, in_list=True)
    parent_code: str = line("Thuộc", width=8)
    valid_from: date | None = day("Từ ngày")
    valid_to: date | None = day("Đến ngày")
    successor_code: str = line("Đơn vị kế tục", width=8)
    is_priority: bool = flag("Địa bàn ưu tiên", help="Địa bàn được ưu tiên theo NĐ 45/2012 Điều 6")


APPOINTMENT_STATES: Choices = (("proposed", "Đang đề nghị"), ("decided", "Đã có quyết định"))
APPOINTMENT_AUTHORITIES: Choices = (("so", "Sở Công Thương"), ("ubnd", "UBND cấp tỉnh"))
COLLABORATOR_LEVELS: Choices = (
    ("huyen", "Cấp huyện"),
    ("xa", "Cấp xã"),
    ("hiep_hoi", "Hiệp hội ngành hàng"),
)
COLLABORATOR_ROLES: Choices = (("ctv", "Cộng tác viên"), ("to_truong", "Tổ trưởng"))


@record("appointment", "quyết định công nhận", "Quyết định công nhận cộng tác viên")
class Appointment:
    """The decision that makes people collaborators for a span of time (NĐ 45/2012 Điều 8.3)."""

    id: int = 0
    state: str = choice("Tình trạng", APPOINTMENT_STATES, default="decided", in_list=True)
    number: str = line("Số quyết định", width=18, searched=True, in_list=True, help="Để trống khi còn đang đề nghị")
    decided_on: date | None = day("Ngày quyết định", in_list=True)
    authority: str = choice("Cơ quan quyết định", APPOINTMENT_AUTHORITIES, default="so", in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)
    submission_number: str = line("Số tờ trình", width=18, help="Ví dụ: 12/TTr-TTXT")
    submitted_on: date | None = day("Ngày tờ trình")
    note: str = text("Ghi chú")


@record("appointment_member", "cộng tác viên", "Cộng tác viên")
class AppointmentMember:
    """One person's place in the network under one decision."""

    id: int = 0
    appointment_id: int = link("Quyết định", "appointment", optional=False)
    person_id: int = link("Cộng tác viên", "person", optional=False)
    level: str = choice("Cấp", COLLABORATOR_LEVELS, default="xa", in_list=True)
    role: str = choice("Vai trò", COLLABORATOR_ROLES, default="ctv", in_list=True)
    area: str = line("Địa bàn, hiệp hội", width=30, in_list=True, searched=True)
    ended_on: date | None = day("Thôi làm từ ngày")
    end_reason: str = line("Lý do thôi", width=30)
    ordinal: int = integer("TT", default=0, width=4)


@record("member_area", "địa bàn", "Địa bàn phụ trách")
class MemberArea:
    """One commune a collaborator looks after."""

    id: int = 0
    member_id: int = link("Cộng tác viên", "appointment_member", optional=False)
    commune_id: int = link("Xã, phường", "admin_unit", optional=False)
