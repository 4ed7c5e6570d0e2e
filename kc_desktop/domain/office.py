"""The office itself: what stands in the head of its papers and who signs them."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.fields import Choices, choice, day, flag, line, link, record

AUTHORITIES: Choices = (
    ("", "Ký trực tiếp"),
    ("TM.", "TM. – thay mặt tập thể"),
    ("Q.", "Q. – quyền cấp trưởng"),
    ("KT.", "KT. – ký thay cấp trưởng"),
    ("TL.", "TL. – thừa lệnh"),
    ("TUQ.", "TUQ. – thừa ủy quyền"),
)
"""Authority of a signer: NĐ 30/2020, Phụ lục I, Phần I, Mục II, khoản 7, điểm b."""


@record("office", "đơn vị", "Đơn vị")
class Office:
    """The office whose file this is (always the row with id 1)."""

    id: int = 0
    parent_name: str = line("Cơ quan chủ quản", width=50, group="Tên gọi", help="Ví dụ: Sở Công Thương tỉnh …")
    name: str = line("Tên đơn vị", required=True, width=60, group="Tên gọi")
    abbreviation: str = line(
        "Chữ viết tắt trong ký hiệu", width=12, group="Tên gọi", help="Do người đứng đầu quy định, ví dụ TTKC"
    )
    department: str = line("Phòng soạn thảo", width=30, group="Tên gọi")
    department_abbreviation: str = line("Chữ viết tắt của phòng", width=12, group="Tên gọi")
    place: str = line("Địa danh trên văn bản", width=30, group="Nơi đóng", help="Đứng trước “, ngày … tháng … năm …”")
    province_id: int | None = link("Tỉnh, thành phố", "admin_unit", group="Nơi đóng")
    address: str = line("Địa chỉ", width=60, group="Nơi đóng")
    phone: str = line("Điện thoại", width=16, group="Nơi đóng", check="phone")
    email: str = line("Thư điện tử", width=30, group="Nơi đóng", check="email")
    tax_code: str = line("Mã số thuế", width=16, group="Nơi đóng", check="tax_code")


@record("signer", "người ký", "Người ký")
class Signer:
    """Someone with the power to sign, for a span of time."""

    id: int = 0
    person_id: int = link("Người ký", "person", optional=False)
    post: str = line("Chức vụ trên văn bản", required=True, width=30)
    authority: str = choice("Quyền hạn", AUTHORITIES)
    authority_post: str = line("Chức vụ cấp trưởng", width=30, help="Ghi sau KT., TL., TUQ., ví dụ GIÁM ĐỐC")
    valid_from: date | None = day("Từ ngày")
    valid_to: date | None = day("Đến ngày")
    is_default: bool = flag("Ký mặc định")
