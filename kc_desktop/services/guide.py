"""The guide: one Markdown file a page, in resources/help. A new page is a new file; nothing else names it.

A page begins with its title and, in a comment, its place in the list and the screens F1 leads from:

    # Cuộc họp và biên bản
    <!-- order: 30; screens: meetings -->

A heading may be followed by the screens it tells of: F1 there opens the page at the heading.

    ## Điểm danh
    <!-- screens: meeting-attendance -->

Where a page says `<!-- papers -->` stands the list of all papers, as the program makes them.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import resources
from kc_desktop.domain.text import search_key

START_SCREEN = "start"
"""What F1 leads to where no page tells of the screen in front."""

_PAPERS = "<!-- papers -->"
_HEAD = re.compile(r"# (?P<title>.+)\n<!-- order: (?P<order>\d+)(; screens: (?P<screens>[a-z, -]+))? -->\n")
_HEADING = re.compile(r"^##+ (?P<title>.+)$", re.MULTILINE)
_LEAD = re.compile(r"^(- )?\*\*(?P<lead>[^*\n]+?)[.:]?\*\*")
_KEY = re.compile(r"(Ctrl|Alt|Shift|F\d)\b")
_LEAST_LEAD = 4
"""Shorter words a passage begins with are signs, not its matter."""
_SECTION = re.compile(r"^(?P<line>#+ (?P<title>.+)\n)<!-- screens: (?P<screens>[a-z, -]+) -->\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `name` is its file's without the ending, `text` is Markdown that begins with the title.

    `screens` gives for each screen the page tells of the anchor of its heading, "" for the top.
    """

    name: str
    title: str
    order: int
    screens: Mapping[str, str]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of the guide: its page's name and title, its own title, and its anchor, "" for the page itself.

    Also the bold words a passage begins with: then `section` is the heading they stand under, and the anchor is that
    heading's.
    """

    page: str
    page_title: str
    title: str
    anchor: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page and the anchor of one of its headings, "" for the top."""

    page: Page
    anchor: str = ""


def folder() -> Path:
    """Return the folder of the pages; pictures are named from there."""
    return Path(resources.__file__).parent / "help"


@cache
def pages() -> tuple[Page, ...]:
    """Return all pages in their order. Raises ValueError for a file that does not begin as a page does."""
    found = [_page(each.stem, each.read_text(encoding="utf-8")) for each in folder().glob("*.md")]
    return tuple(sorted(found, key=lambda page: (page.order, page.name)))


@cache
def headings() -> tuple[Heading, ...]:
    """Return the pages and their headings in the order of the guide."""
    found: list[tuple[int, tuple[Heading, ...]]] = []
    for file in folder().glob("*.md"):
        text = file.read_text(encoding="utf-8")
        head = _HEAD.match(text)
        if head is not None:
            page, title = file.stem, head["title"].strip()
            own = Heading(page=page, page_title=title, title=title)
            found.append((int(head["order"]), (own, *_headings_in(own, text[head.end() :]))))
    return tuple(each for _order, part in sorted(found, key=lambda pair: pair[0]) for each in part)


def _headings_in(page: Heading, text: str) -> Iterator[Heading]:
    """Give the headings of a page, and after each the bold words its passages begin with, but for keys and signs."""
    section = page
    for line in text.splitlines():
        heading, lead = _HEADING.match(line), _LEAD.match(line)
        if heading is not None:
            title = heading["title"].strip()
            section = dataclasses.replace(page, title=title, anchor=anchor(title))
            yield section
        elif lead is not None and len(lead["lead"]) >= _LEAST_LEAD and _KEY.match(lead["lead"]) is None:
            yield dataclasses.replace(section, title=lead["lead"], section=section.title)


def _page(name: str, text: str) -> Page:
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"resources/help/{name}.md has no title and order")
    rest = text[head.end() :]
    screens = dict.fromkeys(_names(head["screens"] or ""), "")
    for section in _SECTION.finditer(rest):
        screens |= dict.fromkeys(_names(section["screens"]), anchor(section["title"]))
    return Page(
        name=name,
        title=head["title"].strip(),
        order=int(head["order"]),
        screens=screens,
        text=f"# {head['title']}\n{_SECTION.sub(_line_alone, rest)}".replace(_PAPERS, _list_of_papers()),
    )


def _names(listed: str) -> Iterator[str]:
    return (each.strip() for each in listed.split(",") if each.strip())


def _line_alone(section: re.Match[str]) -> str:
    return section["line"]


@cache
def _list_of_papers() -> str:
    """Return a table of every paper by the record it is made from: papers are many, and come with every version."""
    from kc_desktop.services import papers  # slow, and whoever looks for a heading does without
    from kc_desktop.services.lists import LISTS

    lines = (f"| {kind.name} | {LISTS[kind.record].singular} |" for kind in papers.all_kinds())
    return "\n".join(("| Giấy tờ | Lấy từ |", "|---|---|", *lines))


def page_named(name: str) -> Page | None:
    """Return the page of a name, None when there is none."""
    return next((page for page in pages() if page.name == name), None)


def place_for(*screens: str) -> Place:
    """Return where the guide tells of the first of these screens it knows, else the page to begin with."""
    for wanted in (*screens, START_SCREEN):
        for page in pages():
            if wanted in page.screens:
                return Place(page=page, anchor=page.screens[wanted])
    return Place(page=pages()[0])


def anchor(heading: str) -> str:
    """Return how links name a heading: "Để tệp ở đâu" is #de-tep-o-dau."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(heading)).strip("-")


BOOK_TITLE = "Hướng dẫn sử dụng KC Desktop"
_KEYS_PAGE = "phim-tat"


def to_pdf() -> bytes:
    """Return the whole guide as PDF, with its pictures."""
    from kc_desktop.documents.guide_book import Chapter, render_guide

    return render_guide(BOOK_TITLE, tuple(Chapter(title=each.title, text=each.text) for each in pages()), folder())


def keys_to_pdf() -> bytes:
    """Return the sheet of keys as PDF, one page to print and pin up."""
    from kc_desktop.documents.guide_book import render_keys

    page = page_named(_KEYS_PAGE)
    assert page is not None
    return render_keys(page.title, page.text)
