"""Lời của báo cáo: what the office writes into the yearly report itself, kept per year and period."""

from __future__ import annotations

from typing import Final

from kc_desktop.domain.fields import Choices, choice, integer, line, record, text

REPORT_SECTIONS: Final[Choices] = (
    ("general", "Tình hình chung"),
    ("strengths", "Ưu điểm"),
    ("weaknesses", "Tồn tại, hạn chế"),
    ("causes", "Nguyên nhân"),
    ("directions", "Phương hướng, nhiệm vụ"),
    ("proposals", "Kiến nghị, đề xuất"),
)
"""The parts of the report that figures alone do not say, in its order; the headings are those usual in the trade."""

MINUTES: Final = "minutes"
"""Where phrases go that are not for the report: what is said in a meeting."""
PHRASE_SCOPES: Final[Choices] = (
    (MINUTES, "Diễn biến cuộc họp"),
    *((code, f"Báo cáo: {label}") for code, label in REPORT_SECTIONS),
)

ALWAYS: Final = "always"
PHRASE_CONDITIONS: Final[Choices] = (
    (ALWAYS, "Luôn gợi ý"),
    ("disbursed_up", "Giải ngân tăng so với năm trước"),
    ("disbursed_down", "Giải ngân giảm so với năm trước"),
    ("projects_up", "Số đề án tăng so với năm trước"),
    ("projects_down", "Số đề án giảm so với năm trước"),
    ("plan_exceeded", "Giải ngân vượt kế hoạch"),
    ("plan_reached", "Giải ngân đạt đúng kế hoạch"),
    ("plan_short", "Giải ngân chưa đạt kế hoạch"),
    ("targets_reached", "Mọi chỉ tiêu đều đạt"),
    ("targets_short", "Còn chỉ tiêu chưa đạt"),
    ("unspent", "Còn vốn được giao chưa giải ngân"),
)
"""When a phrase is offered for the report."""


@record("report_text", "lời của báo cáo", "Lời của báo cáo tổng kết")
class ReportText:
    """What is written into one part of the report of a year or a part of it; figures stand in it by their names.

    `part` is the code of a `report_period.Period`, "" for the whole year.
    """

    id: int = 0
    year: int = integer("Năm", default=0, required=True, in_list=True)
    part: str = line("Kỳ", width=8, in_list=True)
    section: str = choice("Phần", REPORT_SECTIONS, default="general", in_list=True)
    body: str = text("Nội dung", required=True, in_list=True)
