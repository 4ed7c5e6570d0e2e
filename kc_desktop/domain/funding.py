"""Kinh phí: one append-only ledger for every đồng."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.fields import Choices, choice, day, line, link, money, record, text

ENTRY_KINDS: Choices = (
    ("allocation", "Giao vốn"),
    ("supplement", "Bổ sung"),
    ("advance", "Tạm ứng"),
    ("payment", "Thanh toán"),
    ("settlement", "Quyết toán"),
    ("refund", "Hoàn trả"),
    ("reversal", "Đảo bút toán"),
)
DISBURSING_KINDS = ("advance", "payment")
"""Kinds that take money out; a refund brings it back; a settlement confirms what was spent and moves nothing."""
ALLOCATING_KINDS = ("allocation", "supplement")


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
