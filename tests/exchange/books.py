"""Workbooks as offices make them, written for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

Rows = Sequence[Sequence[Any]]
Span = tuple[int, int, int, int]


def write_xlsx(path: Path, rows: Rows, *, merged: Sequence[Span] = (), name: str = "Trang 1") -> Path:
    """Write rows into one sheet: texts as texts, days as days; merged cells are (row, column, row, column) from 0."""
    book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(name)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for top, left, bottom, right in merged:
        page.merge_range(top, left, bottom, right, "")
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(at, place, cell, day)
            elif isinstance(cell, str) and cell:
                page.write_string(at, place, cell)
            elif cell != "":
                page.write(at, place, cell)
    book.close()
    return path


COLLABORATORS: Rows = (
    ("SỞ CÔNG THƯƠNG",),
    ("TRUNG TÂM KHUYẾN CÔNG",),
    (),
    ("DANH SÁCH CỘNG TÁC VIÊN KHUYẾN CÔNG NĂM 2023",),
    ("(Kèm theo Quyết định số 49/QĐ-SCT ngày 30/3/2023)",),
    (),
    ("STT", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị công tác", "Cấp", "Địa bàn phụ trách", "Điện thoại", "Ghi chú"),
    (1, "Cộng tác viên 01", 1998, "Chuyên viên, UBND xã Long Hoà", "Cấp xã", "Long Hoà", 976599511, ""),
    (2, "Cộng tác viên 02", 1993, "Chuyên viên, UBND xã An Long", "Hiệp hội", "Bàu Bàng", "0920351920", ""),
    (),
    (3, "Cộng tác viên 03", 1989, "Chuyên viên, UBND xã Thanh An", "Cấp huyện", "Phú Giáo", 955117771, ""),
    (),
    ("", "Tổng cộng: 3 cộng tác viên"),
    (),
    ("", "", "", "", "", "NGƯỜI LẬP BIỂU"),
)
"""A list of collaborators as offices write it: title, decision, gaps, total, signature; zeros lost from phones."""

PROJECTS: Rows = (
    ("BIỂU TỔNG HỢP ĐỀ ÁN KHUYẾN CÔNG ĐỊA PHƯƠNG NĂM 2022",),
    ("", "", "", "", "", "", "", "", "ĐVT: triệu đồng"),
    (),
    ("TT", "Tên đề án", "Đơn vị thụ hưởng", "Mã số thuế", "Kinh phí", "", "", "Ngày phê duyệt", "Ghi chú"),
    ("", "", "", "", "Tổng", "KC hỗ trợ", "Đối ứng", "", ""),
    ("I. Mô hình trình diễn, ứng dụng máy móc tiên tiến",),
    (1, "Hỗ trợ máy cắt laser", "Cơ sở 01", 4279728306, "325,0", 100, 225, date(2022, 9, 30), ""),
    (2, "Hỗ trợ máy sấy gỗ", "Cơ sở 02", "9625992442", 468.75, 187.5, 281.25, "13/3/2022", ""),
    ("II. Phát triển sản phẩm công nghiệp nông thôn tiêu biểu",),
    (1, "Hỗ trợ máy sấy gỗ", "Cơ sở 03", 970307580, "750,0", 300, 450, "18/6/2022", ""),
    ("", "Tổng cộng", "", "", "", 587.5),
)
PROJECTS_MERGED: Sequence[Span] = (
    *((3, place, 4, place) for place in (0, 1, 2, 3, 7, 8)),
    *((0, 0, 0, 8), (3, 4, 3, 6), (5, 0, 5, 8), (8, 0, 8, 8)),
)
