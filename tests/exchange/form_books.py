"""Forms as an office draws them, made for the tests: no official form is among our sources."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import datetime

from xlsxwriter import Workbook

HEADINGS = ("TT", "Tên đề án", "Đơn vị thực hiện", "Kinh phí", "Đối ứng", "Cộng")
FIRST, LAST, TOTAL = 7, 8, 9
"""The rows drawn for data, and the sum under them, as Excel counts."""


def drawn(*, rows: int = 2) -> bytes:
    """Return a form with a title, two rows for data, a sum, signatures, and all that must follow the sum down."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 2)})
    page = book.add_worksheet("Biểu 1")
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    title = book.add_format({"bold": True, "align": "center", "font_size": 14})
    line = book.add_format({"border": 4, "text_wrap": True, "valign": "top"})
    money = book.add_format({"border": 4, "num_format": "#,##0"})
    bold = book.add_format({"border": 1, "bold": True, "num_format": "#,##0"})
    page.write("A1", "{{ten_don_vi}}")
    page.merge_range("A3:F3", "TỔNG HỢP ĐỀ ÁN NĂM {{nam}}", title)
    page.write_rich_string("A4", "Kèm theo ", book.add_format({"italic": True}), "Tờ trình {{chua_biet}}")
    page.write_row("A6", HEADINGS, head)
    last = FIRST + rows - 1
    for row in range(FIRST - 1, last):
        page.set_row(row, 30 if row == FIRST - 1 else None)
        page.write_row(row, 0, ["", "", ""], line)
        page.write_row(row, 3, ["", ""], money)
        page.write_formula(row, 5, f"=D{row + 1}+E{row + 1}", money)
    page.merge_range(last, 0, last, 2, "Tổng cộng", bold)
    for column in "DEF":
        page.write_formula(f"{column}{last + 1}", f"=SUM({column}{FIRST}:{column}{last})", bold)
    page.write(f"B{last + 3}", "Người lập biểu", title)
    page.write(f"E{last + 3}", "GIÁM ĐỐC", title)
    page.write_comment(f"E{last + 3}", "Ký, đóng dấu")
    page.insert_image(f"B{last + 4}", "dấu.png", {"image_data": io.BytesIO(_picture()), "object_position": 2})
    page.insert_textbox(f"D{last + 4}", "Khung chữ", {"width": 120, "height": 40})
    page.conditional_format(f"D{FIRST}:E{last}", {"type": "cell", "criteria": "<", "value": 0, "format": bold})
    page.data_validation(f"C{FIRST}:C{last}", {"validate": "list", "source": ["Sở", "Trung tâm"]})
    page.print_area(f"A1:F{last + 8}")
    page.repeat_rows(5)
    page.set_column("A:A", 5)
    page.set_column("B:B", 40)
    page.set_column("C:F", 16)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.freeze_panes(6, 0)
    other = book.add_worksheet("Tổng quát")
    other.write("A1", "Cả biểu")
    other.write_formula("B1", f"='Biểu 1'!D{last + 1}")
    book.define_name("TongHoTro", f"='Biểu 1'!$D${last + 1}")
    book.close()
    return stream.getvalue()


def _picture() -> bytes:
    """Return a small red square as PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xc0\x20\x20" * 24 for _ in range(24))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 24, 24, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
