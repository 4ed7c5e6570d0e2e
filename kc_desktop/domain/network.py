"""The network of collaborators over the years: what they are paid, how their year is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from kc_desktop.domain.fields import Choices, choice, day, decimal, flag, integer, line, link, money, record, text
from kc_desktop.domain.law import CERTAINTIES
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import COLLABORATOR_LEVELS, Person
from kc_desktop.domain.project_dossier import PaperSigner

RULE_KINDS: Choices = (("coefficient", "Hệ số × lương cơ sở"), ("fixed", "Số tiền cố định"))
EVALUATION_GRADES: Choices = (
    ("", "Chưa đánh giá"),
    ("excellent", "Hoàn thành xuất sắc"),
    ("good", "Hoàn thành tốt"),
    ("done", "Hoàn thành"),
    ("not_done", "Không hoàn thành"),
)
"""Grades of a collaborator's year; no rule of law names them, offices use these."""


@record("remuneration_rule", "mức thù lao", "Mức thù lao")
class RemunerationRule:
    """How a level of collaborators is paid for a span of time; the province sets it (NĐ 45/2012 Điều 10)."""

    id: int = 0
    level: str = choice("Cấp", COLLABORATOR_LEVELS, default="xa", width=28, in_list=True)
    kind: str = choice("Cách tính", RULE_KINDS, default="coefficient", width=22, in_list=True)
    coefficient: Decimal | None = decimal("Hệ số", in_list=True, help="Nhân với lương cơ sở của từng tháng")
    amount_vnd: int | None = money("Số tiền một tháng", in_list=True, help="Khi trả số tiền cố định")
    citation: str = line("Căn cứ", width=50, in_list=True, help="Quyết định của UBND cấp tỉnh quy định mức này")
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", width=18, in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)


def monthly_pay(rule: RemunerationRule, base_salary_vnd: int) -> int:
    """Return what a rule pays for a month, in whole đồng: a fixed sum, or coefficient × base salary rounded half up."""
    if rule.kind == "fixed":
        return rule.amount_vnd or 0
    exact = (rule.coefficient or Decimal(0)) * base_salary_vnd
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@record("remuneration_list", "bảng thù lao", "Bảng thanh toán thù lao")
class RemunerationList:
    """A payment list for a span of months; once it is booked, it is one entry of the ledger."""

    id: int = 0
    name: str = line("Tên bảng", required=True, width=50, in_list=True)
    first_month: str = line("Từ tháng", required=True, width=8, in_list=True, help="Năm và tháng, ví dụ 2023-04")
    last_month: str = line("Đến tháng", required=True, width=8, in_list=True)
    plan_id: int | None = link("Chi từ kế hoạch năm", "annual_plan", width=40)
    programme_id: int | None = link("Chương trình", "programme", width=40)
    project_id: int | None = link("Đề án", "project", width=40)
    document: str = line("Số chứng từ", width=18, in_list=True)
    paid_on: date | None = day("Ngày chi", in_list=True)
    fund_entry_id: int | None = link("Bút toán", "fund_entry", in_form=False)
    note: str = text("Ghi chú")


@record("remuneration", "thù lao", "Thù lao cộng tác viên")
class Remuneration:
    """What one person is paid for one month, and how it was counted."""

    id: int = 0
    list_id: int | None = link("Bảng thù lao", "remuneration_list")
    person_id: int = link("Cộng tác viên", "person", optional=False, in_list=True)
    period: str = line("Tháng", required=True, width=8, in_list=True)
    level: str = choice("Cấp", COLLABORATOR_LEVELS, default="xa", in_list=True)
    coefficient: Decimal | None = decimal("Hệ số", in_list=True)
    base_salary_vnd: int | None = money("Lương cơ sở", in_list=True)
    amount_vnd: int = money("Số tiền", default=0, in_list=True)
    paid_on: date | None = day("Ngày chi", in_list=True)
    fund_entry_id: int | None = link("Bút toán", "fund_entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemunerationLine:
    """Months of one collaborator that are paid alike: one row of a payment list.

    `monthly_vnd` is what each of the months pays. `account` is the bank account as it may be shown, masked or not.
    """

    person: Person
    level: str
    months: tuple[str, ...]
    coefficient: Decimal | None
    base_salary_vnd: int | None
    monthly_vnd: int
    account: str = ""

    @property
    def amount_vnd(self) -> int:
        """What the months pay together."""
        return self.monthly_vnd * len(self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemunerationDossier:
    """A payment list with everything its paper says; `citations` are what the rules of its levels rest on."""

    office: Office
    listed: RemunerationList
    lines: tuple[RemunerationLine, ...]
    citations: tuple[str, ...] = ()
    signer: PaperSigner | None = None
    is_sample: bool = False

    @property
    def total_vnd(self) -> int:
        """The sum of the list."""
        return sum(each.amount_vnd for each in self.lines)


def month_words(month: str) -> str:
    """Return a month as people write it: "04/2023" for "2023-04"."""
    return f"{month[5:]}/{month[:4]}"


def months_words(months: Sequence[str]) -> str:
    """Return months as tables say them: "04–06/2023" for a run, each by itself where they are apart."""
    runs: list[list[str]] = []
    for month in months:
        if runs and _number_of(month) == _number_of(runs[-1][-1]) + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(_run_words(run[0], run[-1]) for run in runs)


def _run_words(first: str, last: str) -> str:
    if first == last:
        return month_words(first)
    is_one_year = first[:4] == last[:4]
    return f"{first[5:]}–{month_words(last)}" if is_one_year else f"{month_words(first)} – {month_words(last)}"


def _number_of(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])


def span_words(first_month: str, last_month: str) -> str:
    """Return a span of months in a sentence: "tháng 4 năm 2023", "từ tháng 4 đến tháng 6 năm 2023"."""
    first, last = int(first_month[5:]), int(last_month[5:])
    if first_month == last_month:
        return f"tháng {first} năm {first_month[:4]}"
    if first_month[:4] == last_month[:4]:
        return f"từ tháng {first} đến tháng {last} năm {last_month[:4]}"
    return f"từ tháng {first} năm {first_month[:4]} đến tháng {last} năm {last_month[:4]}"


@record("evaluation", "đánh giá", "Đánh giá cộng tác viên")
class Evaluation:
    """How one collaborator's year is judged, and whether a giấy khen is proposed."""

    id: int = 0
    person_id: int = link("Cộng tác viên", "person", optional=False, in_list=True)
    year: int = integer("Năm", default=0, required=True, in_list=True)
    grade: str = choice("Xếp loại", EVALUATION_GRADES, in_list=True)
    strengths: str = text("Ưu điểm, kết quả nổi bật")
    weaknesses: str = text("Hạn chế")
    is_proposed: bool = flag("Đề nghị khen thưởng", in_list=True)
    reward: str = line("Hình thức khen thưởng", width=40, in_list=True, help="Ví dụ: Giấy khen của Giám đốc Sở")
    decision: str = line("Quyết định khen thưởng", width=24)


@record("report_reminder", "lần nhắc báo cáo", "Nhắc gửi báo cáo")
class ReportReminder:
    """Letters to all whose reports of these months had not come by the day of the reminder."""

    id: int = 0
    year: int = integer("Năm", default=0, required=True, in_list=True)
    months: str = line("Tháng", required=True, width=30, in_list=True, help="Năm và tháng, ví dụ 2023-04 2023-05")
    reminded_on: date | None = day("Ngày nhắc", required=True, in_list=True)
    answer_by: date | None = day("Gửi bổ sung trước ngày", in_list=True)
