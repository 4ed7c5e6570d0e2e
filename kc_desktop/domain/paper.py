"""Papers that were made: numbered, issued, locked; and the files beside them."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.fields import Choices, choice, day, integer, line, link, record, text

PAPER_STATES: Choices = (
    ("draft", "Dự thảo"),
    ("reserved", "Giữ số"),
    ("issued", "Đã phát hành"),
    ("replaced", "Đã thay thế"),
    ("cancelled", "Đã hủy"),
)


@record("paper", "văn bản", "Văn bản")
class PaperRecord:
    """A paper that was made from a record; an issued one keeps its bytes and their SHA-256."""

    id: int = 0
    kind: str = line("Loại giấy tờ", required=True, width=24, in_list=True)
    number: int | None = integer("Số", in_list=True)
    symbol: str = line("Ký hiệu", width=16, in_list=True)
    year: int = integer("Năm", default=0, in_list=True)
    dated: date | None = day("Ngày văn bản", in_list=True)
    subject: str = line("Trích yếu", width=60, searched=True, in_list=True)
    signer: str = line("Người ký", width=24, in_list=True)
    recipients: str = text("Nơi nhận")
    record_table: str = line("Bảng nguồn", in_form=False)
    record_id: int = integer("Bản ghi nguồn", default=0, in_form=False)
    state: str = choice("Trạng thái", PAPER_STATES, default="draft", in_list=True)
    sha256: str = line("SHA-256", in_form=False)
    series: str = line("Dãy số", width=12, in_form=False, help="Loại văn bản mà số được đánh theo")
    kept_by: str = line("Đơn vị, người nhận bản lưu", width=30)
    copies: int | None = integer("Số lượng bản", width=6)
    sent_on: date | None = day("Ngày chuyển")
    receipt: str = line("Ký nhận", width=24)
    replaces_id: int | None = link("Thay thế văn bản", "paper", in_form=False)
    reason: str = line("Lý do hủy, thay thế", width=40)
    note: str = text("Ghi chú")


@record("attachment", "tệp đính kèm", "Tệp đính kèm")
class Attachment:
    """A file kept content-addressed in the folder beside the data file."""

    id: int = 0
    owner_table: str = line("Bảng", required=True, in_form=False)
    owner_id: int = integer("Bản ghi", default=0, in_form=False)
    name: str = line("Tên tệp", required=True, width=40, in_list=True)
    size_bytes: int = integer("Kích thước", default=0, unit="byte", in_list=True)
    sha256: str = line("SHA-256", required=True, in_form=False)
