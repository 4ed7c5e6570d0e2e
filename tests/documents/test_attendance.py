"""Danh sách đại biểu ký tên."""

from __future__ import annotations

from dataclasses import replace

from kc_desktop.documents import attendance
from kc_desktop.documents import decree30 as d
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from tests.documents import dossiers
from tests.documents.reading import read_pdf


def test_everybody_asked_has_a_numbered_row_by_group_and_guests_have_blank_ones() -> None:
    text = plain_text(attendance.build(dossiers.meeting_dossier(collaborators=25)))
    assert text.index("Chủ trì, lãnh đạo") < text.index("Cơ quan quản lý") < text.index("\nCộng tác viên\n")
    assert "\n30\nĐại biểu 09\n" in text
    assert f"\n{30 + attendance.BLANK_ROWS}\n" in text
    assert "Đại biểu 07 (dự thay Đại biểu 08)" in text
    assert "Danh sách có 30 đại biểu được mời" in text


def test_the_rows_are_high_enough_to_sign_in() -> None:
    pages = read_pdf(render_pdf(attendance.build(dossiers.meeting_dossier()), bundled_font=True)).pages
    heights = [rect[3] - rect[2] for page in pages for rect in page.rects]
    assert min(heights) >= 5.5
    assert sorted(heights)[len(heights) // 2] >= d.HANDWRITING_ROW_MM - 0.05


def test_no_cell_ends_with_a_line_of_one_syllable() -> None:
    dossier = dossiers.meeting_dossier(collaborators=3)
    people = [replace(each.person, organisation="Cấp xã") for each in dossier.attendees]
    details = tuple(replace(each, person=person) for each, person in zip(dossier.attendees, people, strict=True))
    pages = read_pdf(render_pdf(attendance.build(replace(dossier, attendees=details)), bundled_font=True)).pages
    assert "xã" not in {line.text.strip() for page in pages for line in page.lines}
