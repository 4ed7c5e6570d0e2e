"""Law as dated data: what may be paid, advanced and cited, and until when; every row can be changed by the office.

The rows a new data file begins with are in `resources/law`. What our sources only recall or do not show is marked
unverified, and says so wherever it is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from kc_desktop.domain.fields import Choices, choice, day, decimal, flag, integer, line, link, money, record, text
from kc_desktop.domain.programme import CONTENTS, SOURCES

CERTAINTIES: Choices = (("confirmed", "Đã kiểm chứng"), ("unverified", "Chưa kiểm chứng"))
SCOPES: Choices = (("", "Mọi nguồn"), *SOURCES)
"""Which source of money a rule is for."""
NORM_BASES: Choices = (("establishment", "Mỗi cơ sở"), ("project", "Mỗi đề án"))
"""What a norm's ceiling is counted for."""


class Dated(Protocol):
    """A row of law: a code that stays the same over the years, and the span of days it is in force."""

    @property
    def code(self) -> str:
        """Name the row through the years; rows of one code follow each other in time."""

    @property
    def valid_from(self) -> date | None:
        """Tell the first day it is in force; None when it always was."""

    @property
    def valid_to(self) -> date | None:
        """Tell the last day it is in force; None while no end is known."""


D = TypeVar("D", bound=Dated)


def holds_on(row: Dated, on: date) -> bool:
    """Tell whether a row is in force on a day; both ends of its span belong to it, an empty end is open."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on <= row.valid_to)


def in_force(rows: Iterable[D], code: str, on: date, scope: str = "") -> D | None:
    """Return the row of a code that is in force on a day for a source of money; None when there is none.

    A row without a scope is for every source; one made for the asked source goes before it, and of several the one
    that came into force last. Asked without a source, only rows for every source answer.
    """
    found = [row for row in rows if row.code == code and scope_of(row) in ("", scope) and holds_on(row, on)]
    return max(found, key=lambda row: (scope_of(row) != "", row.valid_from or date.min), default=None)


def scope_of(row: object) -> str:
    """Return the source of money a row is for; "" for every source, and for rows that know no scope."""
    return str(getattr(row, "scope", ""))


def certainty_words(row: object) -> str:
    """Return "chưa kiểm chứng" for a row our sources do not show, "" for one they do: to say beside its figure."""
    return "" if getattr(row, "certainty", "unverified") == "confirmed" else "chưa kiểm chứng"


@record("norm", "mức hỗ trợ", "Mức hỗ trợ")
class Norm:
    """A support norm of one content for a span of time, with its citation.

    `code` stays the same over the years: the norm in force on a day is the row of that code whose span holds the day.
    `rate_percent` is of the whole cost; a norm without a rate or without a ceiling has only the other limit.
    """

    id: int = 0
    code: str = line("Mã", required=True, width=24, in_list=True)
    name: str = line("Nội dung hỗ trợ", required=True, width=50, in_list=True)
    content: str = choice("Nội dung hoạt động", CONTENTS, width=40)
    scope: str = choice("Nguồn áp dụng", SCOPES)
    rate_percent: Decimal | None = decimal("Tỷ lệ tối đa", unit="%", in_list=True)
    ceiling_vnd: int | None = money("Mức tối đa", in_list=True)
    basis: str = choice("Mức tối đa tính cho", NORM_BASES, default="establishment")
    per: str = line("Tính theo", width=16, help="Ví dụ: cơ sở, mô hình, lần")
    advance_code: str = line("Mã mức tạm ứng", width=24, help="Mã ở danh mục Mức tạm ứng dùng cho loại này")
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)
    note: str = text("Ghi chú")


@record("advance_rate", "mức tạm ứng", "Mức tạm ứng")
class AdvanceRate:
    """The most that may be advanced for one type of project, with its citation."""

    id: int = 0
    code: str = line("Mã", required=True, width=24, in_list=True)
    name: str = line("Loại đề án", required=True, width=50, in_list=True)
    rate_percent: Decimal | None = decimal("Tỷ lệ tối đa", unit="%", in_list=True)
    scope: str = choice("Nguồn áp dụng", SCOPES)
    condition: str = line("Điều kiện", width=50, help="Ví dụ: đã hoàn thành trên 50 % khối lượng")
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)


@record("legal_figure", "con số theo quy định", "Con số theo quy định")
class LegalFigure:
    """A single figure of the law that a rule counts with: a cap, a multiplier, a threshold; named by its code."""

    id: int = 0
    code: str = line("Mã", required=True, width=28, in_list=True)
    name: str = line("Nội dung", required=True, width=50, in_list=True)
    value: Decimal | None = decimal("Giá trị", required=True, width=18, in_list=True)
    unit: str = line("Đơn vị tính", width=10, in_list=True, help="Ví dụ: %, lần, đồng, người")
    scope: str = choice("Nguồn áp dụng", SCOPES)
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)


@record("base_salary", "lương cơ sở", "Lương cơ sở")
class BaseSalary:
    """The base salary from a date on, with its citation."""

    id: int = 0
    amount_vnd: int = money("Mức lương", default=0, required=True, in_list=True)
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày", required=True, in_list=True)
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)


@record("deadline_rule", "thời hạn", "Thời hạn")
class DeadlineRule:
    """A deadline: a fixed day of the year, a day of each month, or days after an event."""

    id: int = 0
    code: str = line("Mã", required=True, width=24, in_list=True)
    name: str = line("Việc phải làm", required=True, width=50, in_list=True)
    month: int | None = integer("Tháng", in_list=True)
    day_of_month: int | None = integer("Ngày", in_list=True)
    is_next_year: bool = flag("Của năm sau", help="Ví dụ: quyết toán xong trước 22/01 năm sau")
    days_after: int | None = integer("Số ngày sau sự kiện", in_list=True)
    after_step: str = line("Sau bước", width=16, help="Mã bước thực hiện đề án mà số ngày tính từ đó")
    scope: str = choice("Nguồn áp dụng", SCOPES)
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày")
    valid_to: date | None = day("Đến ngày")
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)


@record("legal_basis", "căn cứ pháp lý", "Căn cứ pháp lý")
class LegalBasis:
    """A line "Căn cứ …" that papers may cite, and while it is in force."""

    id: int = 0
    code: str = line("Số, ký hiệu", required=True, width=24, in_list=True)
    full_text: str = text("Câu căn cứ", required=True, in_list=True)
    valid_from: date | None = day("Có hiệu lực từ", in_list=True)
    valid_to: date | None = day("Hết hiệu lực", in_list=True)
    replaced_by: str = line("Thay thế bởi", width=40, help="Số, ký hiệu của văn bản thay thế hoặc sửa đổi")
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)


@record("paper_basis", "căn cứ của giấy tờ", "Căn cứ của giấy tờ")
class PaperBasis:
    """One line of the bases a kind of paper cites; the order is the office's."""

    id: int = 0
    kind: str = line("Loại giấy tờ", required=True, width=24, in_list=True)
    ordinal: int = integer("TT", default=0, width=4)
    legal_basis_id: int = link("Căn cứ pháp lý", "legal_basis", optional=False, in_list=True)


@record("body_name", "tên cơ quan", "Tên cơ quan")
class BodyName:
    """How a body is called for a span of time; papers of a day use the name of that day."""

    id: int = 0
    code: str = line("Mã", required=True, width=20, in_list=True)
    name: str = line("Tên cơ quan", required=True, width=60, in_list=True)
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày", in_list=True)
    valid_to: date | None = day("Đến ngày", in_list=True)
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)


@record("reporting_group", "nhóm báo cáo", "Nhóm nội dung báo cáo")
class ReportingGroup:
    """A group of contents that reports count by, with the contents of NĐ 45/2012 Điều 4 it holds."""

    id: int = 0
    code: str = line("Mã", required=True, width=12, in_list=True)
    ordinal: int = integer("TT", default=0, width=4)
    name: str = line("Nhóm nội dung", required=True, width=60, in_list=True)
    contents: str = line("Nội dung tương ứng", width=16, in_list=True, help="Số các nội dung, ví dụ: 1, 2")
    citation: str = line("Căn cứ", width=40, in_list=True)
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)


@record("dossier_rule", "thành phần hồ sơ theo quy định", "Thành phần hồ sơ theo quy định")
class DossierRule:
    """A paper the dossier of a step must hold, for all projects or for one content or norm."""

    id: int = 0
    code: str = line("Mã", required=True, width=28, in_list=True)
    step: str = line("Bước", required=True, width=14, in_list=True, help="Mã bước thực hiện đề án")
    name: str = line("Giấy tờ", required=True, width=60, in_list=True)
    content: str = choice("Nội dung hoạt động", CONTENTS, width=40)
    norm_code: str = line("Mã mức hỗ trợ", width=24, help="Để trống thì áp dụng cho mọi đề án của nội dung")
    scope: str = choice("Nguồn áp dụng", SCOPES)
    is_required: bool = flag("Bắt buộc", default=True, in_list=True)
    copies: int | None = integer("Số bộ", width=6)
    deadline_code: str = line("Mã thời hạn", width=24)
    citation: str = line("Căn cứ", width=40, in_list=True)
    valid_from: date | None = day("Từ ngày")
    valid_to: date | None = day("Đến ngày")
    certainty: str = choice("Kiểm chứng", CERTAINTIES, default="unverified", in_list=True)
