"""Cơ sở công nghiệp nông thôn: the establishments that support is for."""

from __future__ import annotations

from kc_desktop.domain.fields import Choices, Sort, choice, flag, integer, line, link, money, record, text

ESTABLISHMENT_KINDS: Choices = (
    ("doanh_nghiep", "Doanh nghiệp"),
    ("hop_tac_xa", "Hợp tác xã"),
    ("to_hop_tac", "Tổ hợp tác"),
    ("ho_kinh_doanh", "Hộ kinh doanh"),
    ("khac", "Khác"),
)
TRADE_GROUPS: Choices = (
    ("", "Chưa xác định"),
    ("a", "a) Chế biến nông, lâm, thủy sản, thực phẩm"),
    ("b", "b) Hàng tiêu dùng, xuất khẩu, thay thế nhập khẩu"),
    ("c", "c) Hóa chất phục vụ nông nghiệp, vật liệu xây dựng"),
    ("d", "d) Cơ khí, điện, điện tử, công nghiệp hỗ trợ"),
    ("dd", "đ) Tiểu thủ công nghiệp"),
    ("e", "e) Khai thác, chế biến khoáng sản ở địa bàn khó khăn"),
    ("g", "g) Sản xuất sạch hơn, xử lý ô nhiễm"),
)
"""The seven groups of trades of NĐ 45/2012 Điều 5, shortened."""

BENEFICIARY_GROUPS: Choices = (
    ("cnnt", "Cơ sở công nghiệp nông thôn"),
    ("sxsh", "Cơ sở áp dụng sản xuất sạch hơn, tiêu dùng bền vững"),
    ("service", "Tổ chức dịch vụ khuyến công"),
    ("cluster", "Chủ đầu tư hạ tầng cụm công nghiệp"),
    ("artisan", "Nghệ nhân"),
)
"""Whom support may be for: NĐ 45/2012 Điều 1 khoản 2 and NĐ 235/2025 Điều 1 khoản 1, shortened."""


@record("establishment", "cơ sở CNNT", "Cơ sở công nghiệp nông thôn")
class Establishment:
    """A rural industrial establishment (cơ sở CNNT): someone support can be for."""

    id: int = 0
    name: str = line("Tên cơ sở", required=True, width=40, sort=Sort.VIETNAMESE, searched=True, in_list=True)
    kind: str = choice("Loại hình", ESTABLISHMENT_KINDS, default="doanh_nghiep", in_list=True)
    beneficiary_group: str = choice("Đối tượng", BENEFICIARY_GROUPS, default="cnnt", width=40)
    tax_code: str = line("Mã số thuế", width=16, check="tax_code", searched=True, in_list=True)
    address: str = line("Địa chỉ", width=50, searched=True, in_list=True)
    commune_id: int | None = link("Xã, phường", "admin_unit")
    phone: str = line("Điện thoại", width=14, check="phone", searched=True)
    email: str = line("Thư điện tử", width=28, check="email")
    representative_id: int | None = link("Người đại diện", "person")
    representative_post: str = line("Chức vụ người đại diện", width=24)
    trade: str = line("Ngành nghề sản xuất", width=40, searched=True, group="Sản xuất")
    trade_group: str = choice("Nhóm ngành nghề", TRADE_GROUPS, width=40, group="Sản xuất")
    workers: int | None = integer("Lao động", unit="người", group="Sản xuất")
    insured_workers: int | None = integer("Lao động tham gia BHXH", unit="người", group="Sản xuất")
    capital_vnd: int | None = money("Vốn", group="Sản xuất")
    revenue_vnd: int | None = money("Doanh thu năm trước", group="Sản xuất")
    is_craft_village: bool = flag("Thuộc làng nghề được công nhận", group="Sản xuất")
    craft_village_decision: str = line("Quyết định công nhận làng nghề", width=30, group="Sản xuất")
    note: str = text("Ghi chú")
