"""Papers that were made: numbered, issued, locked; and the files beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kc_desktop.domain.fields import Choices, choice, day, integer, line, link, record, text
from kc_desktop.domain.office import Office

PAPER_STATES: Choices = (
    ("draft", "Dự thảo"),
    ("reserved", "Giữ số"),
    ("issued", "Đã ban hành"),
    ("replaced", "Đã thay thế"),
    ("cancelled", "Đã hủy"),
)
ENTERED: Final = "entered"
"""The kind of a paper that was made outside the program and only entered in the register."""
RESERVED: Final = "reserved"
"""The kind of a number kept for a paper that is still to come."""


@record("paper", "văn bản", "Sổ văn bản đi")
class PaperRecord:
    """A row of the register of outgoing papers (NĐ 30/2020, Phụ lục IV, Mục I).

    One made by the program names the record it was made from, and keeps its bytes and their SHA-256.
    """

    id: int = 0
    kind: str = line("Loại giấy tờ", required=True, width=24, in_form=False, is_told=False)
    number: int | None = integer("Số", in_list=True)
    symbol: str = line("Ký hiệu", width=16, searched=True, help="Ví dụ: BB-TTKC, KH-TTKC")
    year: int = integer("Năm", default=0, in_form=False)
    dated: date | None = day("Ngày văn bản", in_list=True)
    subject: str = line("Tên loại và trích yếu", width=60, searched=True, in_list=True)
    signer: str = line("Người ký", width=24, searched=True, in_list=True)
    recipients: str = text("Nơi nhận", in_list=True, help="Mỗi nơi một dòng")
    record_table: str = line("Bảng nguồn", in_form=False, is_told=False)
    record_id: int = integer("Bản ghi nguồn", default=0, in_form=False, is_told=False)
    state: str = choice("Trạng thái", PAPER_STATES, default="draft", in_form=False, in_list=True)
    sha256: str = line("SHA-256", in_form=False, is_told=False)
    series: str = line("Dãy số", width=12, in_form=False, help="Loại văn bản mà số được đánh theo")
    kept_by: str = line("Đơn vị, người nhận bản lưu", width=30)
    copies: int | None = integer("Số lượng bản", width=6)
    sent_on: date | None = day("Ngày chuyển", in_list=True)
    receipt: str = line("Ký nhận", width=24)
    replaces_id: int | None = link("Thay thế văn bản", "paper", in_form=False)
    reason: str = line("Lý do hủy, thay thế", width=40, in_form=False)
    note: str = text("Ghi chú")

    @property
    def mark(self) -> str:
        """Number and symbol as they stand on the paper, "05/BB-TTKC"; dots while there is no number."""
        number = f"{self.number:02d}" if self.number is not None else "……"
        return f"{number}/{self.symbol}" if self.symbol else number

    @property
    def is_entered(self) -> bool:
        """Whether it was made outside the program: no bytes of it are kept, so its row may be put right."""
        return self.kind == ENTERED


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDossier:
    """What the register of a year is printed from: its rows in the order of their series and numbers."""

    office: Office
    year: int
    papers: tuple[PaperRecord, ...] = ()
    is_sample: bool = False


@record("attachment", "tệp đính kèm", "Tệp đính kèm")
class Attachment:
    """A file kept content-addressed in the folder beside the data file."""

    id: int = 0
    owner_table: str = line("Bảng", required=True, in_form=False)
    owner_id: int = integer("Bản ghi", default=0, in_form=False)
    name: str = line("Tên tệp", required=True, width=40, in_list=True)
    size_bytes: int = integer("Kích thước", default=0, unit="byte", in_list=True)
    sha256: str = line("SHA-256", required=True, in_form=False)
