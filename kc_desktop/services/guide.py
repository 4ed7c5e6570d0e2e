"""The guide: one Markdown file a page, in resources/help. A new page is a new file; nothing else names it.

A page begins with its title and, in a comment, its place in the list and the screens F1 leads from:

    # Cuộc họp và biên bản
    <!-- order: 30; screens: meetings -->

Where a page says `<!-- papers -->` stands the list of all papers, as the program makes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kc_desktop.domain.text import search_key
from kc_desktop.services import papers
from kc_desktop.services.lists import LISTS

START_SCREEN = "start"
"""What F1 leads to where no page tells of the screen in front."""

_PAPERS = "<!-- papers -->"
_HEAD = re.compile(r"# (?P<title>.+)\n<!-- order: (?P<order>\d+)(; screens: (?P<screens>[a-z, -]+))? -->\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page; `name` is its file's without the ending, `text` is Markdown that begins with the title."""

    name: str
    title: str
    order: int
    screens: frozenset[str]
    text: str


@cache
def pages() -> tuple[Page, ...]:
    """Return all pages in their order. Raises ValueError for a file that does not begin as a page does."""
    files = (each for each in resources.files("resources").joinpath("help").iterdir() if each.name.endswith(".md"))
    found = [_page(each.name.removesuffix(".md"), each.read_text(encoding="utf-8")) for each in files]
    return tuple(sorted(found, key=lambda page: (page.order, page.name)))


def _page(name: str, text: str) -> Page:
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"resources/help/{name}.md has no title and order")
    screens = head["screens"] or ""
    return Page(
        name=name,
        title=head["title"].strip(),
        order=int(head["order"]),
        screens=frozenset(each.strip() for each in screens.split(",") if each.strip()),
        text=f"# {head['title']}\n{text[head.end() :]}".replace(_PAPERS, _list_of_papers()),
    )


@cache
def _list_of_papers() -> str:
    """Return a table of every paper by the record it is made from: papers are many, and come with every version."""
    lines = (f"| {kind.name} | {LISTS[kind.record].singular} |" for kind in papers.all_kinds())
    return "\n".join(("| Giấy tờ | Lấy từ |", "|---|---|", *lines))


def page_named(name: str) -> Page | None:
    """Return the page of a name, None when there is none."""
    return next((page for page in pages() if page.name == name), None)


def page_for(screen: str) -> Page:
    """Return the page that tells of a screen, else the one to begin with."""
    for wanted in (screen, START_SCREEN):
        for page in pages():
            if wanted in page.screens:
                return page
    return pages()[0]


def anchor(heading: str) -> str:
    """Return how links name a heading: "Để tệp ở đâu" is #de-tep-o-dau."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(heading)).strip("-")
