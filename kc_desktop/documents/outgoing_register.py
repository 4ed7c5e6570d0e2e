"""Sổ đăng ký văn bản đi: the ten columns of NĐ 30/2020, Phụ lục IV, Mục I.2, numbered as there.

Our copy of the decree shows no words of the book's cover and first page (Mục I.1), so there is none of its own: the
year, and from which number and day to which the rows run, stand over the table. What became of a number that is
cancelled, replaced or only kept is said in its Ghi chú, so that no row is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from kc_desktop.documents import tables
from kc_desktop.documents.paper import (
    DOTS,
    Align,
    Block,
    Column,
    Orientation,
    Paper,
    Row,
    StateHead,
    Table,
    Title,
    or_dots,
    para,
)
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.paper import PaperRecord, RegisterDossier

KIND: Final = "Sổ đăng ký văn bản đi"
_COLUMNS: Final = (
    ("Số, ký hiệu văn bản", 12, Align.CENTER),
    ("Ngày tháng văn bản", 11, Align.CENTER),
    ("Tên loại và trích yếu nội dung văn bản", 32, Align.LEFT),
    ("Người ký", 14, Align.LEFT),
    ("Nơi nhận văn bản", 23, Align.LEFT),
    ("Đơn vị, người nhận bản lưu", 13, Align.LEFT),
    ("Số lượng bản", 11, Align.CENTER),
    ("Ngày chuyển", 14, Align.CENTER),
    ("Ký nhận", 10, Align.LEFT),
    ("Ghi chú", 15, Align.LEFT),
)


def build(dossier: RegisterDossier) -> Paper:
    """Build the register of a year."""
    office = dossier.office
    return Paper(
        key="outgoing-register",
        name=f"{KIND} năm {dossier.year}",
        author=office.name,
        head=StateHead(parent=office.parent_name, body=or_dots(office.name)),
        title=Title(kind=KIND, subject=f"Năm {dossier.year}"),
        body=tuple(_body(dossier)),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _body(dossier: RegisterDossier) -> Iterator[Block]:
    yield para(_span(dossier.papers), keep_with_next=True)
    yield _table(dossier)


def _span(papers: Sequence[PaperRecord]) -> str:
    """Say from which number and day to which the rows run; dots for a book that is still empty."""
    runs = []
    for _series, rows in groupby(papers, key=lambda each: each.series):
        of_series = list(rows)
        first, last = of_series[0].mark, of_series[-1].mark
        runs.append(f"số {first}" if first == last else f"từ số {first} đến số {last}")
    days = sorted(each.dated for each in papers if each.dated is not None)
    if not days:
        return f"Từ số {DOTS} đến số {DOTS}; từ ngày {DOTS} đến ngày {DOTS}."
    words = f"{'; '.join(runs)}; từ ngày {format_date(days[0])} đến ngày {format_date(days[-1])}."
    return words[:1].upper() + words[1:]


def _table(dossier: RegisterDossier) -> Table:
    columns = tuple(
        Column(title=f"({place})", weight=weight, align=align, group=title)
        for place, (title, weight, align) in enumerate(_COLUMNS, start=1)
    )
    by_id: dict[int | None, PaperRecord] = {each.id: each for each in dossier.papers}
    replaced_by: dict[int | None, PaperRecord] = {each.replaces_id: each for each in dossier.papers if each.replaces_id}
    rows = tuple(Row(cells=_cells(each, by_id, replaced_by)) for each in dossier.papers)
    blank = tuple(Row(cells=("",) * len(columns)) for _ in range(tables.BLANK_ROWS))
    return Table(columns=columns, rows=rows or blank, for_handwriting=not rows)


def _cells(
    paper: PaperRecord, by_id: dict[int | None, PaperRecord], replaced_by: dict[int | None, PaperRecord]
) -> tuple[str, ...]:
    return (
        paper.mark,
        tables.day_cell(paper.dated),
        paper.subject,
        paper.signer,
        "\n".join(line.strip().lstrip("- ") for line in paper.recipients.splitlines() if line.strip()),
        paper.kept_by,
        tables.count_cell(paper.copies),
        tables.day_cell(paper.sent_on),
        paper.receipt,
        "\n".join(_notes(paper, by_id.get(paper.replaces_id), replaced_by.get(paper.id))),
    )


def _notes(paper: PaperRecord, old: PaperRecord | None, new: PaperRecord | None) -> Iterator[str]:
    if paper.state == "reserved":
        yield "Giữ số"
    elif paper.state == "cancelled":
        yield f"Đã hủy: {paper.reason}"
    elif paper.state == "replaced":
        yield f"Thay bằng số {new.mark}: {paper.reason}" if new is not None else f"Đã thay thế: {paper.reason}"
    if old is not None:
        yield f"Thay số {old.mark}"
    if paper.note.strip():
        yield paper.note.strip()
