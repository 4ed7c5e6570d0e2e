"""Đề án khuyến công: the eight parts of a proposal, its beneficiaries, estimate and steps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kc_desktop.domain.fields import Choices, Sort, choice, day, decimal, flag, integer, line, link, money, record, text
from kc_desktop.domain.programme import CONTENTS, SOURCES

PROJECT_KINDS: Choices = (("thuong", "Đề án thường"), ("diem", "Đề án điểm"), ("nhom", "Đề án nhóm"))
PROJECT_STATES: Choices = (
    ("draft", "Nháp"),
    ("received", "Đã tiếp nhận hồ sơ"),
    ("surveyed", "Đã khảo sát"),
    ("appraising", "Trình thẩm định"),
    ("returned", "Yêu cầu bổ sung"),
    ("rejected", "Không phê duyệt"),
    ("registered", "Đã đăng ký với Bộ"),
    ("approved", "Đã phê duyệt"),
    ("contracted", "Đã ký hợp đồng"),
    ("running", "Đang thực hiện"),
    ("accepted", "Đã nghiệm thu"),
    ("paid", "Đã giải ngân, thanh lý"),
    ("settled", "Đã quyết toán"),
    ("suspended", "Tạm dừng"),
    ("stopped", "Ngừng triển khai"),
)

PROJECT_STEPS: Choices = (
    ("", "Ghi trạng thái"),
    ("receive", "Tiếp nhận hồ sơ"),
    ("survey", "Khảo sát"),
    ("submit", "Trình thẩm định"),
    ("register", "Đăng ký với Bộ"),
    ("return", "Yêu cầu bổ sung"),
    ("resubmit", "Nộp lại hồ sơ"),
    ("reject", "Không phê duyệt"),
    ("approve", "Phê duyệt"),
    ("contract", "Ký hợp đồng"),
    ("start", "Triển khai thực hiện"),
    ("advance", "Tạm ứng"),
    ("adjust", "Điều chỉnh"),
    ("extend", "Chuyển sang năm sau"),
    ("suspend", "Tạm dừng"),
    ("resume", "Tiếp tục thực hiện"),
    ("stop", "Ngừng triển khai"),
    ("accept", "Nghiệm thu cơ sở"),
    ("advance_rest", "Tạm ứng phần còn lại"),
    ("pay", "Giải ngân, thanh lý"),
    ("settle", "Quyết toán"),
)
"""What can be done with a project; `domain.lifecycle` says from which state, to which, and what it needs."""


@record("project", "đề án", "Đề án")
class Project:
    """A project: someone's need, turned into a dossier, a sum and a result."""

    id: int = 0
    code: str = line("Mã đề án", width=14, searched=True, in_list=True)
    name: str = line("Tên đề án", required=True, width=60, sort=Sort.VIETNAMESE, searched=True, in_list=True)
    year: int = integer("Năm thực hiện", default=0, required=True, in_list=True)
    end_year: int | None = integer("Đến năm", help="Chỉ ghi khi đề án kéo dài nhiều năm")
    programme_id: int | None = link("Chương trình", "programme", width=50)
    content: str = choice("Nội dung hoạt động", CONTENTS, width=40)
    norm_id: int | None = link("Mức hỗ trợ áp dụng", "norm", width=50)
    is_priority: bool = flag("Thuộc diện ưu tiên", help="Địa bàn, ngành nghề ưu tiên theo NĐ 45/2012 Điều 6")
    source: str = choice("Nguồn", SOURCES, default="KCDP")
    kind: str = choice("Loại đề án", PROJECT_KINDS, default="thuong")
    state: str = choice("Trạng thái", PROJECT_STATES, default="draft", width=18, in_list=True)
    implementer: str = line("Đơn vị thực hiện", width=50, searched=True, group="Đơn vị và địa điểm")
    partners: str = text("Đơn vị phối hợp", group="Đơn vị và địa điểm")
    place: str = line("Địa điểm thực hiện", width=50, searched=True, group="Đơn vị và địa điểm")
    commune_id: int | None = link("Xã, phường", "admin_unit", group="Đơn vị và địa điểm")
    starts_on: date | None = day("Bắt đầu", group="Đơn vị và địa điểm")
    ends_on: date | None = day("Kết thúc", group="Đơn vị và địa điểm")
    requested_vnd: int | None = money("Hỗ trợ đề nghị", in_list=True, group="Kinh phí")
    request_number: str = line("Văn bản đề nghị", width=20, group="Kinh phí")
    requested_on: date | None = day("Ngày đề nghị", group="Kinh phí")
    appraised_vnd: int | None = money("Hỗ trợ thẩm định", group="Kinh phí")
    appraisal_number: str = line("Văn bản thẩm định", width=20, group="Kinh phí")
    appraised_on: date | None = day("Ngày thẩm định", group="Kinh phí")
    approved_vnd: int | None = money("Hỗ trợ được duyệt", in_list=True, group="Kinh phí")
    approval_number: str = line("Quyết định phê duyệt", width=20, group="Kinh phí")
    approved_on: date | None = day("Ngày phê duyệt", group="Kinh phí")
    adjusted_vnd: int | None = money("Hỗ trợ sau điều chỉnh", group="Kinh phí")
    adjustment_number: str = line("Quyết định điều chỉnh", width=20, group="Kinh phí")
    adjusted_on: date | None = day("Ngày điều chỉnh", group="Kinh phí")
    own_vnd: int = money("Vốn đối ứng của đơn vị thụ hưởng", default=0, group="Kinh phí")
    other_vnd: int = money("Nguồn khác", default=0, group="Kinh phí")
    necessity: str = text("Sự cần thiết và căn cứ", group="Nội dung đề án")
    goals: str = text("Mục tiêu", group="Nội dung đề án")
    scale: str = text("Quy mô", group="Nội dung đề án")
    work_plan: str = text("Nội dung và tiến độ", group="Nội dung đề án")
    organisation: str = text("Tổ chức thực hiện", group="Nội dung đề án")
    effects: str = text("Hiệu quả", group="Nội dung đề án")
    note: str = text("Ghi chú")

    @property
    def support_vnd(self) -> int:
        """The support in force: adjusted, else approved, else appraised, else requested; 0 when none is known."""
        for amount in (self.adjusted_vnd, self.approved_vnd, self.appraised_vnd, self.requested_vnd):
            if amount is not None:
                return amount
        return 0

    @property
    def total_vnd(self) -> int:
        """Total = support + the beneficiary's own + other sources, always."""
        return self.support_vnd + self.own_vnd + self.other_vnd


@record("project_beneficiary", "đơn vị thụ hưởng", "Đơn vị thụ hưởng")
class ProjectBeneficiary:
    """An establishment's share of a project; `snapshot` keeps its details as they were at approval (JSON)."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    establishment_id: int = link("Đơn vị thụ hưởng", "establishment", optional=False, in_list=True)
    support_vnd: int = money("Khuyến công hỗ trợ", default=0, in_list=True)
    own_vnd: int = money("Vốn đối ứng", default=0, in_list=True)
    snapshot: str = text("Thông tin lúc phê duyệt", in_form=False)


@record("estimate_line", "khoản chi", "Dự toán kinh phí")
class EstimateLine:
    """One line of the estimate (Mẫu số 1, Phụ lục 1, TT 36/2013/TT-BCT); total = support + own + other."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    content: str = line("Nội dung chi", required=True, width=50, in_list=True)
    unit: str = line("Đơn vị tính", width=8, in_list=True)
    quantity: Decimal | None = decimal("Số lượng", in_list=True)
    price_vnd: int | None = money("Đơn giá", in_list=True)
    total_vnd: int = money("Tổng kinh phí", default=0, in_list=True)
    support_vnd: int = money("Khuyến công hỗ trợ", default=0, in_list=True)
    own_vnd: int = money("Đơn vị thụ hưởng", default=0, in_list=True)
    other_vnd: int = money("Nguồn khác", default=0, in_list=True)
    note: str = line("Ghi chú", width=24, in_list=True)
    is_management: bool = flag("Chi quản lý", help="Quản lý, chỉ đạo, kiểm tra, giám sát của đơn vị thực hiện")
    done_quantity: Decimal | None = decimal("Khối lượng thực hiện")
    done_support_vnd: int | None = money("Khuyến công đã chi")
    done_own_vnd: int | None = money("Đơn vị thụ hưởng đã chi")
    done_other_vnd: int | None = money("Nguồn khác đã chi")

    @property
    def done_vnd(self) -> int | None:
        """What the line really cost, of all sources; None while nothing is written down."""
        parts = (self.done_support_vnd, self.done_own_vnd, self.done_other_vnd)
        return None if all(each is None for each in parts) else sum(each or 0 for each in parts)


@record("year_share", "kinh phí năm", "Hỗ trợ theo từng năm")
class YearShare:
    """What of a project's approved support is for one of its years; the first year also has what no other one has."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    year: int = integer("Năm", default=0, required=True, in_list=True, width=6)
    support_vnd: int = money("Hỗ trợ trong năm", default=0, in_list=True)
    note: str = line("Ghi chú", width=40, in_list=True)


@record("project_step", "bước", "Quá trình thực hiện")
class ProjectStep:
    """One step of a project's life, with the paper that made it: from which state, to which, over what amount."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    action: str = choice("Bước", PROJECT_STEPS, in_list=True)
    from_state: str = choice("Từ trạng thái", (("", "—"), *PROJECT_STATES), in_form=False)
    state: str = choice("Trạng thái", PROJECT_STATES, required=True, in_list=True)
    happened_on: date | None = day("Ngày", required=True, in_list=True)
    document: str = line("Số văn bản", width=20, in_list=True)
    signer: str = line("Người ký", width=24, in_list=True)
    amount_vnd: int | None = money("Số tiền", in_list=True)
    reason: str = line("Lý do", width=40, in_list=True)


@record("checklist_item", "giấy tờ", "Thành phần hồ sơ")
class ChecklistItem:
    """A paper a project's dossier needs at a step, received or not."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    step: str = choice("Bước", PROJECT_STEPS, in_list=True)
    rule_code: str = line("Mã quy định", width=28, in_form=False)
    name: str = line("Giấy tờ", required=True, width=50, in_list=True)
    is_required: bool = flag("Bắt buộc", default=True, in_list=True)
    due_on: date | None = day("Hạn", in_list=True)
    received_on: date | None = day("Ngày nhận", in_list=True)
    attachment_id: int | None = link("Tệp đính kèm", "attachment")
    note: str = line("Ghi chú", width=30)


@record("progress_report", "báo cáo tiến độ", "Báo cáo tiến độ")
class ProgressReport:
    """A month's progress: what was reported and what was verified, in percent."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    month: str = line("Tháng", required=True, width=8, in_list=True, help="Năm và tháng, ví dụ 2023-04")
    reported_percent: Decimal | None = decimal("Báo cáo", unit="%", in_list=True)
    reported_on: date | None = day("Ngày nhận báo cáo", in_list=True)
    verified_percent: Decimal | None = decimal("Xác nhận", unit="%", in_list=True)
    verified_on: date | None = day("Ngày kiểm tra", in_list=True)
    verified_by: str = line("Người kiểm tra", width=20)
    note: str = text("Ghi chú")


@record("impact", "kết quả trước, sau", "Hiệu quả trước và sau hỗ trợ")
class Impact:
    """An establishment's figures before and after the support."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    establishment_id: int = link("Đơn vị thụ hưởng", "establishment", optional=False)
    workers_before: int | None = integer("Lao động trước", in_list=True)
    workers_after: int | None = integer("Lao động sau", in_list=True)
    revenue_before_vnd: int | None = money("Doanh thu trước", in_list=True)
    revenue_after_vnd: int | None = money("Doanh thu sau", in_list=True)
    budget_before_vnd: int | None = money("Nộp ngân sách trước", in_list=True)
    budget_after_vnd: int | None = money("Nộp ngân sách sau", in_list=True)
    new_products: str = line("Sản phẩm mới", width=40, in_list=True)
    measured_on: date | None = day("Ngày ghi nhận", in_list=True)


@record("contract", "hợp đồng", "Hợp đồng")
class Contract:
    """A contract of a project: with the beneficiary, or with whoever assigns the project (TT 36/2013 Điều 12)."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    number: str = line("Số hợp đồng", required=True, width=20, in_list=True)
    signed_on: date | None = day("Ngày ký", in_list=True)
    establishment_id: int | None = link("Đơn vị thụ hưởng", "establishment", in_list=True)
    party: str = line("Bên ký khác", width=40, help="Ghi khi hợp đồng không ký với đơn vị thụ hưởng")
    amount_vnd: int | None = money("Giá trị hợp đồng", in_list=True)
    support_vnd: int | None = money("Khuyến công hỗ trợ", in_list=True)
    ends_on: date | None = day("Hạn thực hiện", in_list=True)
    liquidation_number: str = line("Biên bản thanh lý", width=20)
    liquidated_on: date | None = day("Ngày thanh lý")
    note: str = text("Ghi chú")


@record("limit_override", "lần vượt mức", "Vượt mức có lý do")
class LimitOverride:
    """An amount over a limit of the law that the office lets stand, with its reason; shown wherever the amount is."""

    id: int = 0
    project_id: int = link("Đề án", "project", optional=False)
    rule: str = line("Quy định", required=True, width=28, in_list=True)
    limit_vnd: int = money("Mức tối đa", default=0, in_list=True)
    amount_vnd: int = money("Được vượt đến", default=0, in_list=True)
    document: str = line("Văn bản cho phép", width=24, in_list=True)
    decided_on: date | None = day("Ngày", in_list=True)
    reason: str = line("Lý do", required=True, width=50, in_list=True)
