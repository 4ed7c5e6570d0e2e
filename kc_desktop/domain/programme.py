"""The plan: five-year programmes, the year's money, its programmes and their targets."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.fields import Choices, Sort, choice, day, flag, integer, line, link, money, record, text

SOURCES: Choices = (("KCDP", "Khuyến công địa phương"), ("KCQG", "Khuyến công quốc gia"))
CONTENTS: Choices = (
    ("", "Chưa xác định"),
    ("1", "1. Đào tạo nghề, truyền nghề"),
    ("2", "2. Nâng cao năng lực quản lý doanh nghiệp, khởi sự, mở rộng thị trường"),
    ("3", "3. Mô hình trình diễn kỹ thuật, chuyển giao công nghệ, máy móc tiên tiến"),
    ("4", "4. Sản phẩm công nghiệp nông thôn tiêu biểu, hội chợ, thương hiệu"),
    ("5", "5. Tư vấn trợ giúp cơ sở công nghiệp nông thôn"),
    ("6", "6. Cung cấp thông tin"),
    ("7", "7. Liên doanh liên kết, hiệp hội, cụm công nghiệp, xử lý ô nhiễm"),
    ("8", "8. Hợp tác quốc tế"),
    ("9", "9. Nâng cao năng lực quản lý và tổ chức thực hiện"),
)
"""The nine contents of khuyến công, shortened from NĐ 45/2012 Điều 4."""


@record("five_year_programme", "chương trình 5 năm", "Chương trình 5 năm")
class FiveYearProgramme:
    """The period programme approved above the yearly plans (NĐ 45/2012 Điều 2)."""

    id: int = 0
    name: str = line("Tên chương trình", required=True, width=60, in_list=True)
    first_year: int | None = integer("Từ năm", in_list=True)
    last_year: int | None = integer("Đến năm", in_list=True)
    source: str = choice("Nguồn", SOURCES, default="KCDP", in_list=True)
    decision: str = line("Quyết định phê duyệt", width=30, in_list=True)
    decided_on: date | None = day("Ngày quyết định")


@record("annual_plan", "kế hoạch năm", "Kế hoạch khuyến công năm")
class AnnualPlan:
    """The year's plan of one source of money; its allocations are entries of the ledger."""

    id: int = 0
    year: int = integer("Năm", default=0, required=True, in_list=True)
    source: str = choice("Nguồn", SOURCES, default="KCDP", in_list=True)
    decision: str = line("Quyết định giao kế hoạch", width=30, searched=True, in_list=True)
    decided_on: date | None = day("Ngày quyết định", in_list=True)
    note: str = text("Ghi chú")


@record("programme", "chương trình", "Chương trình")
class Programme:
    """A yearly programme: a group of work by content, with a budget and targets."""

    id: int = 0
    year: int = integer("Năm", default=0, required=True, in_list=True)
    ordinal: int = integer("Thứ tự", default=0, width=5)
    name: str = line("Tên chương trình", required=True, width=60, sort=Sort.VIETNAMESE, searched=True, in_list=True)
    content: str = choice("Nội dung hoạt động", CONTENTS, width=40, in_list=True)
    source: str = choice("Nguồn", SOURCES, default="KCDP", in_list=True)
    five_year_programme_id: int | None = link("Chương trình 5 năm", "five_year_programme")
    budget_vnd: int = money("Kinh phí kế hoạch", default=0, in_list=True)
    is_draft: bool = flag("Dự thảo", help="Chưa được giao kế hoạch; mở kế hoạch năm mới thì chép sang là dự thảo")
    description: str = text("Nội dung thực hiện")


@record("target", "chỉ tiêu", "Chỉ tiêu")
class Target:
    """What a programme is to reach in its year; a single figure has planned_from = planned_to."""

    id: int = 0
    programme_id: int = link("Chương trình", "programme", optional=False)
    ordinal: int = integer("Thứ tự", default=0, width=5)
    name: str = line("Chỉ tiêu", required=True, width=50, searched=True, in_list=True)
    unit: str = line("Đơn vị tính", width=10, in_list=True)
    planned_from: int = integer("Kế hoạch từ", default=0, in_list=True)
    planned_to: int = integer("Kế hoạch đến", default=0, in_list=True)
    periods: int | None = integer("Số kỳ", width=6, help="Ví dụ 6 kỳ bản tin chia đều trong năm")
    starts_on: date | None = day("Bắt đầu", help="Để trống thì tính từ đầu năm")
    ends_on: date | None = day("Kết thúc", help="Để trống thì tính đến cuối năm")

    @property
    def planned_text(self) -> str:
        """The plan as people write it: "10–15" or "6.000"."""
        first, last = (f"{each:,}".replace(",", ".") for each in (self.planned_from, self.planned_to))
        return first if first == last else f"{first}–{last}"

    def expected_by(self, year: int, on: date) -> int:
        """Return how much should be done by the end of a day of the plan's year, of the least that is planned.

        Work is spread evenly over the target's span, a whole year unless said otherwise; a target done in periods
        (six issues a year) is expected by whole periods that have passed.
        """
        first, last = self.starts_on or date(year, 1, 1), self.ends_on or date(year, 12, 31)
        if on < first:
            return 0
        days, of_days = min((on - first).days + 1, (last - first).days + 1), (last - first).days + 1
        if self.periods:
            return self.planned_from * (self.periods * days // of_days) // self.periods
        return self.planned_from * days // of_days


@record("target_result", "kết quả", "Kết quả thực hiện chỉ tiêu")
class TargetResult:
    """One dated step towards a target, with its evidence."""

    id: int = 0
    target_id: int = link("Chỉ tiêu", "target", optional=False)
    happened_on: date | None = day("Ngày", required=True, in_list=True)
    quantity: int = integer("Số lượng", default=0, required=True, in_list=True)
    project_id: int | None = link("Đề án", "project")
    evidence: str = line("Minh chứng", width=40, in_list=True)
