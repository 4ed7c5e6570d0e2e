"""Kinh phí: one append-only ledger for every đồng."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.fields import Choices, choice, day, flag, integer, line, link, money, record, text

ENTRY_KINDS: Choices = (
    ("allocation", "Giao vốn"),
    ("supplement", "Bổ sung"),
    ("reduction", "Điều chỉnh giảm"),
    ("carryover_in", "Chuyển nguồn từ năm trước"),
    ("carryover_out", "Chuyển nguồn sang năm sau"),
    ("advance", "Tạm ứng"),
    ("payment", "Thanh toán"),
    ("settlement", "Quyết toán"),
    ("refund", "Hoàn trả"),
    ("reversal", "Đảo bút toán"),
)
DISBURSING_KINDS = ("advance", "payment")
"""Kinds that take money out; a refund brings it back; a settlement confirms what was spent and moves nothing."""
ALLOCATING_KINDS = ("allocation", "supplement", "carryover_in")
DEALLOCATING_KINDS = ("reduction", "carryover_out")
"""Kinds that raise and that lower what the office may spend in a year."""


@record("fund_entry", "bút toán", "Sổ kinh phí")
class FundEntry:
    """One dated movement of money. Never edited or deleted: a mistake is reversed with a reason, both stay visible."""

    id: int = 0
    happened_on: date | None = day("Ngày", required=True, in_list=True)
    kind: str = choice("Loại", ENTRY_KINDS, default="payment", required=True, in_list=True)
    plan_id: int = link("Kế hoạch năm", "annual_plan", optional=False)
    programme_id: int | None = link("Chương trình", "programme", width=40)
    project_id: int | None = link("Đề án", "project", width=40)
    amount_vnd: int = money("Số tiền", default=0, required=True, in_list=True)
    document: str = line("Số chứng từ", width=18, searched=True, in_list=True)
    payee: str = line("Đơn vị nhận", width=36, searched=True, in_list=True)
    treasury_code: str = line("Loại, khoản", width=12, help="Ví dụ: 280-309")
    reverses_id: int | None = link("Đảo bút toán", "fund_entry", in_form=False)
    reason: str = line("Lý do", width=40, help="Bắt buộc khi đảo bút toán", in_form=False)
    note: str = text("Ghi chú", searched=True)


@record("period_lock", "khóa sổ", "Khóa sổ theo quý")
class PeriodLock:
    """One locking or unlocking of a quarter; the last row of a quarter says how it stands. Unlocking needs a reason."""

    id: int = 0
    year: int = integer("Năm", default=0, required=True, in_list=True)
    quarter: int = integer("Quý", default=0, required=True, in_list=True)
    is_locked: bool = flag("Đã khóa", default=True, in_list=True)
    happened_on: date | None = day("Ngày", required=True, in_list=True)
    reason: str = line("Lý do", width=50, in_list=True)


@record("treasury_statement", "sao kê kho bạc", "Sao kê kho bạc")
class TreasuryStatement:
    """A statement of the treasury for a span of time, to be held against the ledger (TT 36/2013 Phụ lục 1, Mẫu 10)."""

    id: int = 0
    plan_id: int = link("Kế hoạch năm", "annual_plan", optional=False, in_list=True)
    name: str = line("Tên sao kê", required=True, width=40, in_list=True)
    from_day: date | None = day("Từ ngày", in_list=True)
    to_day: date | None = day("Đến ngày", in_list=True)
    note: str = text("Ghi chú")


@record("statement_line", "dòng sao kê", "Dòng sao kê")
class StatementLine:
    """A line of a statement, and the entry of the ledger it is the same as, if one was found."""

    id: int = 0
    statement_id: int = link("Sao kê", "treasury_statement", optional=False)
    ordinal: int = integer("TT", default=0, width=4)
    happened_on: date | None = day("Ngày", in_list=True)
    document: str = line("Số chứng từ", width=18, in_list=True)
    content: str = line("Nội dung", width=50, in_list=True)
    amount_vnd: int = money("Số tiền", default=0, in_list=True)
    is_incoming: bool = flag("Ghi có", help="Tiền hoàn trả về", in_list=True)
    fund_entry_id: int | None = link("Bút toán khớp", "fund_entry", in_list=True)
