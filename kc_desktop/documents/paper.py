"""What a paper says: head, title, paragraphs, tables, signatures and recipients, without a single point size.

A paper is built once from these blocks; pdf.py and word.py read the same blocks. Text is cleaned where it enters a
block (NFC, no control characters), so both renderings and `plain_text` hold the same words.
"""

import functools
import itertools
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from kc_desktop.documents.chart import Chart

END_MARK: Final = "./."
DOTS: Final = "………"
NATIONAL_NAME: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
SAMPLE_MARK: Final = "DỮ LIỆU MẪU"

Tell = Callable[[int, int], None]
"""Hears how much of a longer work is done: how many of how many."""

_SAME_LOOK: Final = {"\u2010": "-", "\u2011": "-", "\u2015": "—", "\u2028": "\n", "\u2029": "\n", "\u00a0": " "}

_INVISIBLE: Final = "\ufe0e\ufe0f\ufffe\uffff"


@functools.lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """Return text fit for paper: NFC, newlines kept, tabs and odd spaces as one space, invisible characters gone."""
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        char = _SAME_LOOK.get(char, char)
        category = unicodedata.category(char)
        if char == "\n":
            out.append(char)
        elif char == "\t" or category == "Zs" or category == "Cc":
            out.append(" ")
        elif category not in ("Cf", "Cs") and char not in _INVISIBLE:
            out.append(char)
    return "".join(out)


def clean_line(text: str) -> str:
    """Return text fit for one line of a head, title or name."""
    return " ".join(clean(text).split())


class Orientation(Enum):
    """How the sheet lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Align(Enum):
    """How lines stand between the margins or in a table cell."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one face. A newline in it ends the line."""

    text: str
    bold: bool = False
    italic: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lời văn. Justified with an indented first line unless said otherwise (Phụ lục I, II.6.e)."""

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    indented: bool = True
    keep_with_next: bool = False


class HeadingLevel(Enum):
    """Levels of the layout phần, mục, khoản, điểm (Phụ lục I, Mục V.6.b) and Điều."""

    PART = "part"
    SECTION = "section"
    ARTICLE = "article"
    CLAUSE = "clause"
    POINT = "point"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A numbered title: Phần I, "I. …", "Điều 1. …", "1. …", "a) …"; never alone at the foot of a page."""

    level: HeadingLevel
    number: str
    title: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title))

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the heading as printed: numbers with their sign, capitals where the decree wants them."""
        if self.level is HeadingLevel.PART:
            return (f"Phần {self.number}", self.title.upper())
        if self.level is HeadingLevel.SECTION:
            return (f"{self.number}. {self.title.upper()}",)
        if self.level is HeadingLevel.ARTICLE:
            return (f"Điều {self.number}. {self.title}",)
        if self.level is HeadingLevel.POINT:
            return (f"{self.number}) {self.title}",)
        return (f"{self.number}. {self.title}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """Short statements, each a paragraph that begins with a dash."""

    items: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(clean(item) for item in self.items))


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankLines:
    """Dotted lines to be written on by hand."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table column. `weight` shares out the width; neighbours of the same `group` stand under one merged header."""

    title: str
    weight: int
    align: Align = Align.LEFT
    group: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean(self.title))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table row. A bold row is a total or the title of a group; a title `spans` all columns with its first cell."""

    cells: tuple[str, ...]
    bold: bool = False
    spans: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", tuple(clean(cell) for cell in self.cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ruled table whose header repeats on each page; `for_handwriting` makes the rows high enough to write in.

    `is_whole` keeps a short table on one page, if a page can hold it.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit_note: str = ""
    for_handwriting: bool = False
    is_whole: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"a row has {len(row.cells)} cells, the table {len(self.columns)} columns")

    @property
    def header_lines(self) -> tuple[str, ...]:
        """Return the words of the header row by row: groups and titles of their own, then the titles in groups."""
        first: list[str] = []
        for group, members in itertools.groupby(self.columns, key=lambda column: column.group):
            first += [group] if group else [column.title for column in members]
        return (*first, *[column.title for column in self.columns if column.group])


Block = Paragraph | Heading | Bullets | BlankLines | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class StateHead:
    """Head of a body's paper: names left, Quốc hiệu right, then number and place with date (Phụ lục I, II.1-4).

    `number` is empty for papers that carry none; `place_date` is empty where the form has none (Mẫu 1.9). `subject` is
    the "V/v …" under the number of a công văn, which has no title (Mẫu 1.5).
    """

    parent: str
    body: str
    number: str = ""
    place_date: str = ""
    subject: str = ""

    def __post_init__(self) -> None:
        for name in ("parent", "body", "number", "place_date", "subject"):
            object.__setattr__(self, name, clean_line(getattr(self, name)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenHead:
    """Head of a citizen's or an establishment's paper: Quốc hiệu and Tiêu ngữ over the full width."""

    place_date: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "place_date", clean_line(self.place_date))


Head = StateHead | CitizenHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """Kind of paper in capitals, under it the subject with its rule (Phụ lục I, II.5); a công văn has none of it."""

    kind: str = ""
    subject: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", clean_line(self.kind).upper())
        object.__setattr__(self, "subject", clean_line(self.subject))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: lines of authority and post (capitals), a note such as "(Ký, ghi rõ họ tên)", and the name.

    An empty name leaves the place for a name by hand.
    """

    post: tuple[str, ...]
    name: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "post", tuple(clean_line(line).upper() for line in self.post))
        object.__setattr__(self, "name", clean_line(self.name))
        object.__setattr__(self, "note", clean(self.note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """The foot of a paper.

    One signer stands right with Nơi nhận level at the left; two or more stand side by side, Nơi nhận under the first
    (Mẫu 1.9 of Phụ lục III). More than `per_row` make a grid of rows as even as can be, Nơi nhận under the first of the
    last row.
    """

    signers: tuple[Signer, ...]
    recipients: tuple[str, ...] = ()
    per_row: int = 3

    @property
    def rows(self) -> tuple[tuple[Signer, ...], ...]:
        """Return the signers row by row: five at most three to a row are three and two."""
        count = len(self.signers)
        rows = max(1, -(-count // max(1, self.per_row)))
        short, longer = divmod(count, rows)
        edges = [place * short + min(place, longer) for place in range(rows + 1)]
        return tuple(self.signers[start:end] for start, end in itertools.pairwise(edges))

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Return the list as printed: "- …;" and a full stop after the last (Phụ lục I, II.9.d)."""
        stripped = [clean_line(line).lstrip("- ").rstrip(".;, ") for line in self.recipients]
        last = len(stripped) - 1
        return tuple(f"- {line}{'.' if place == last else ';'}" for place, line in enumerate(stripped))


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """Phụ lục: its own page numbers; a Roman number only when there are two or more (Phụ lục I, III.1)."""

    number: str
    title: str
    reference: str
    body: tuple[Block, ...]
    signatures: Signatures | None = None
    orientation: Orientation = Orientation.PORTRAIT

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", clean_line(self.title).upper())
        object.__setattr__(self, "reference", clean_line(self.reference))

    @property
    def word(self) -> str:
        """Return "Phụ lục" with its number, if it has one."""
        return f"Phụ lục {self.number}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper. `key` is its kind in the catalogue; name, author and kind go into the file's properties.

    `followed_by` are papers printed with it in one file, each from a new page with its own page numbers. Of one that
    `is_annex` only its annexes are printed: it belongs to a paper that somebody else issues.
    """

    key: str
    name: str
    author: str
    head: Head
    title: Title
    body: tuple[Block, ...]
    signatures: Signatures | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    followed_by: tuple["Paper", ...] = ()
    orientation: Orientation = Orientation.PORTRAIT
    language: str = "vi-VN"
    is_annex: bool = False
    is_sample: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", clean_line(self.name))
        object.__setattr__(self, "author", clean_line(self.author))
        object.__setattr__(self, "addressees", tuple(clean_line(line) for line in self.addressees))
        object.__setattr__(self, "bases", tuple(clean_line(line) for line in self.bases))

    @property
    def kind_words(self) -> str:
        """Return the kind of paper, of a công văn what it is about: for the properties of its file."""
        return self.title.kind or (self.head.subject if isinstance(self.head, StateHead) else "")

    @property
    def basis_lines(self) -> tuple[str, ...]:
        """Return the bases, each ending with ";", the last with "." (Phụ lục I, II.6.a)."""
        stripped = [line.rstrip(".; ") for line in self.bases]
        last = len(stripped) - 1
        return tuple(f"{line}{'.' if place == last else ';'}" for place, line in enumerate(stripped))

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        """Return the lines after "Kính gửi:": one name as it is, several with dash and sign (Phụ lục I, II.9.d)."""
        if len(self.addressees) < 2:
            return self.addressees
        stripped = [line.lstrip("- ").rstrip(".; ") for line in self.addressees]
        last = len(stripped) - 1
        return tuple(f"- {line}{'.' if place == last else ';'}" for place, line in enumerate(stripped))


def para(*parts: str | Run, keep_with_next: bool = False) -> Paragraph:
    """Build a justified paragraph from plain strings and runs."""
    runs = tuple(part if isinstance(part, Run) else Run(text=part) for part in parts)
    return Paragraph(runs=runs, keep_with_next=keep_with_next)


def paras(text: str | None) -> tuple[Paragraph, ...]:
    """Return one paragraph for each line a person typed; a dotted one where nothing was typed."""
    lines = [line.strip() for line in clean(text or "").split("\n") if line.strip()]
    return tuple(para(line) for line in lines) or (para(DOTS),)


def bold(text: str) -> Run:
    """Build a bold run."""
    return Run(text=text, bold=True)


def italic(text: str) -> Run:
    """Build an italic run."""
    return Run(text=text, italic=True)


def or_dots(text: str | None) -> str:
    """Return the text, or dots to be written over by hand when there is none."""
    stripped = (text or "").strip()
    return stripped or DOTS


def sentence_end(text: str, sign: str) -> str:
    """Return text that ends with the given sign, whatever stop it ended with before."""
    return text.strip().rstrip(".;,/ ") + sign


def closed(text: str) -> str:
    """Return the last sentence of a paper with its end mark "./." """
    return sentence_end(text, END_MARK)
