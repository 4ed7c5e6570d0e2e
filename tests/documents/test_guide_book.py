"""The guide on paper: all its words and pictures, contents that tell the truth, and one sheet of keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from kc_desktop.documents.guide_book import Chapter, render_guide, render_keys
from kc_desktop.errors import KnownError
from kc_desktop.services import guide


@pytest.fixture(scope="module")
def book() -> PdfDocument:
    return PdfDocument(guide.to_pdf())


def _words_of(document: PdfDocument, place: int) -> str:
    return " ".join(document[place].get_textpage().get_text_range().split())


def _text(document: PdfDocument) -> str:
    return " ".join(_words_of(document, place) for place in range(len(document)))


def test_every_chapter_begins_on_the_page_the_contents_say(book: PdfDocument) -> None:
    contents = _words_of(book, 0)
    for page in guide.pages():
        (place,) = re.findall(rf"{re.escape(page.title)}\s+(\d+)", contents)
        assert page.title in _words_of(book, int(place) - 1)
        assert str(place) in _words_of(book, int(place) - 1).split()


def test_bookmarks_lead_to_every_chapter(book: PdfDocument) -> None:
    titles = [each.get_title() for each in book.get_toc()]
    assert titles == ["Mục lục", *(page.title for page in guide.pages())]


def test_every_heading_and_every_picture_is_in_the_book(book: PdfDocument) -> None:
    text = _text(book)
    for page in guide.pages():
        for heading in re.findall(r"^#+ (.+)$", page.text, re.MULTILINE):
            assert heading in text
    wanted = sum(len(re.findall(r"!\[", page.text)) for page in guide.pages())
    assert sum(len(list(page.get_objects([FPDF_PAGEOBJ_IMAGE]))) for page in book) == wanted


def test_no_sign_of_markdown_is_left(book: PdfDocument) -> None:
    text = _text(book)
    for sign in ("**", "](", "<!--", "|---", "```"):
        assert sign not in text


def test_the_same_guide_gives_the_same_bytes() -> None:
    assert guide.keys_to_pdf() == guide.keys_to_pdf()


def test_the_keys_stand_on_one_sheet() -> None:
    reader = PdfDocument(guide.keys_to_pdf())
    assert len(reader) == 1
    assert reader[0].get_width() > reader[0].get_height()
    page = guide.page_named("phim-tat")
    assert page is not None
    text = _text(reader)
    for keys in re.findall(r"^\| ([^|]+?) \|", page.text, re.MULTILINE):
        if keys not in ("Phím", "---"):
            assert keys.split()[0] in text


def test_more_keys_make_the_letters_smaller() -> None:
    rows = "\n".join(f"| Phím {row} | Việc {row} |" for row in range(70))
    reader = PdfDocument(render_keys("Phím", f"# Phím\n\n## Nhóm\n\n| a | b |\n|---|---|\n{rows}\n"))
    assert len(reader) == 1
    assert "Việc 69" in _text(reader)


def test_a_letter_no_font_has_is_named() -> None:
    with pytest.raises(KnownError):
        render_guide("Sách", (Chapter(title="Trang", text="# Trang\n\nChữ 漢 lạ."),), Path())
