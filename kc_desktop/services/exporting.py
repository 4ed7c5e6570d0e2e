"""Excel out: what a list shows, a table of figures, or all the file holds; protected data stays masked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kc_desktop.documents import wording
from kc_desktop.domain.dates import format_date
from kc_desktop.domain.fields import Kind, Value, describe
from kc_desktop.errors import KnownError
from kc_desktop.exchange import writing
from kc_desktop.exchange.cells import SheetColumn
from kc_desktop.exchange.writing import GroupHeading, Sheet, Signature
from kc_desktop.services import list_filters, list_groups, lists, projects
from kc_desktop.services.lists import LISTS, Column, ListRequest
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import failures

SUFFIX = ".xlsx"

Tell = Callable[[int, int], None]
"""Hears (rows written, of how many); what it raises ends the work, and no file is left."""

LEDGER = "fund-entries"
"""The list whose rows add up only within one kind."""
_SUMMED = {
    "projects": ("requested_vnd", "approved_vnd"),
    "programmes": ("budget_vnd",),
    "fund-entries": ("amount_vnd",),
    "remuneration-lists": ("total_vnd",),
}
"""The columns whose sum says something; amounts of law, say, are never added up."""
_SIGNED = frozenset(
    {"projects", "programmes", "targets", "fund-entries", "collaborators", "establishments", "remuneration-lists"}
)
"""Lists offices hand in with a signature."""
_DRAWN_UP_BY = "Người lập biểu"
_HEAD = "Giám đốc"
_SAMPLE = "DỮ LIỆU MẪU"
_NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A table that was worked out, as it stands on screen: headings, rows, and what is said under its title."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    said: tuple[str, ...] = ()
    unit: str = ""


def suggested_name(key: str, year: int | None, today: date) -> str:
    """Return a file name for a list: "Đề án 2023 (23.11.2026).xlsx"."""
    return file_name(lists.title_of(key), year, today)


def file_name(title: str, year: int | None, today: date) -> str:
    """Return a file name of a title that every system takes."""
    return f"{plain_name(title)}{f' {year}' if year else ''} ({today:%d.%m.%Y}){SUFFIX}"


def plain_name(title: str) -> str:
    """Return a title as every system takes it for the name of a file, its ending aside."""
    return " ".join(_NOT_IN_A_NAME.sub(" ", title).split())[:120]


def whole_request(key: str, year: int | None, today: date) -> ListRequest:
    """Return what asks for every row of a list, or those of a year; of places nobody looks after, today's."""
    if key == "uncovered":
        from kc_desktop.services import network

        return network.uncovered_request(today)
    return ListRequest(year=year if LISTS[key].by_year else None)


def export_list(
    workspace: Workspace,
    key: str,
    request: ListRequest,
    path: Path,
    tell: Tell,
    *,
    columns: Sequence[str] = (),
    today: date | None = None,
) -> int:
    """Write the rows of a request, in its order, to a workbook; return how many there are.

    `columns` are the keys of the columns on show, in their order; none means all.

    Raises KnownError for a list that does not exist, more rows than Excel takes, a full disk, a file open elsewhere.
    """
    if key not in LISTS:
        raise KnownError(f"Không có bảng “{key}”.", f"Các bảng: {', '.join(sorted(LISTS))}.")
    total = lists.count(workspace, key, request)
    if total > writing.MOST_ROWS:
        raise KnownError(
            f"{LISTS[key].title} có {total} dòng, nhiều hơn một trang Excel chứa được.",
            "Lọc hoặc chọn một năm để còn ít dòng hơn rồi xuất lại.",
        )
    sheet = list_sheet(workspace, key, request, columns=columns, today=today or date.today())
    return _write(workspace, path, (sheet,), tell, total)


def export_figures(workspace: Workspace, figures: Figures, path: Path, tell: Tell, *, today: date | None = None) -> int:
    """Write a table of figures to a workbook; return how many rows it has. Raises KnownError as `export_list` does."""
    kinds = [_kind_of([row[place] for row in figures.rows]) for place in range(len(figures.headings))]
    sheet = Sheet(
        tab=figures.title,
        title=figures.title.upper(),
        columns=tuple(
            SheetColumn(heading=" ".join(heading.split()), kind=kind)
            for heading, kind in zip(figures.headings, kinds, strict=True)
        ),
        rows=figures.rows,
        owner=owner(workspace),
        said=(*figures.said, *said_of_sample(workspace)),
        dated=dated(today or date.today()),
        unit=figures.unit,
        is_numbered=False,
        signatures=_signatures(workspace),
    )
    return _write(workspace, path, (sheet,), tell, len(figures.rows))


def list_sheet(
    workspace: Workspace, key: str, request: ListRequest, *, columns: Sequence[str] = (), today: date
) -> Sheet:
    """Return a list as a sheet whose rows are read while they are written."""
    spec = LISTS[key]
    read = lists.columns_of(key, request)
    known = [each.key for each in read]
    places = [known.index(each) for each in columns if each in known] or list(range(len(known)))
    chosen = [read[place] for place in places]
    weigh = weigher(key, request, [each.key for each in chosen])
    summed = _SUMMED.get(key, ()) if key != LEDGER or weigh is not None else ()
    return Sheet(
        tab=spec.title,
        title=spec.title.upper(),
        columns=tuple(_column(each, is_summed=each.key in summed) for each in chosen),
        rows=_cells(workspace, key, request, places),
        owner=owner(workspace),
        said=(*said(workspace, key, request, today), *said_of_sample(workspace)),
        dated=dated(today),
        unit="đồng" if any(each.kind is Kind.MONEY for each in chosen) else "",
        weigh=weigh,
        sum_label="Tổng cộng (đã trừ bút toán đảo)" if weigh is not None else "Tổng cộng",
        signatures=_signatures(workspace) if key in _SIGNED else (),
    )


def known_failure(error: OSError, path: Path) -> KnownError | None:
    """Return why a workbook cannot be written, in words; None for a mistake of the program."""
    if isinstance(error, PermissionError) and path.is_file():
        return KnownError(
            f"Không ghi được vào tệp {path.name}: tệp đang mở ở chương trình khác hoặc chỉ cho đọc.",
            "Đóng tệp đó trong Excel, hoặc đặt tên khác, rồi xuất lại.",
        )
    return failures.known(error, path)


def _write(workspace: Workspace, path: Path, sheets: Sequence[Sheet], tell: Tell, total: int) -> int:
    if path.suffix.lower() != SUFFIX:
        raise KnownError(f"Tệp Excel không thể có tên “{path.name}”.", f"Đặt tên tệp có đuôi {SUFFIX}.")

    def told(done: int) -> None:
        tell(min(done, total), total)

    try:
        return writing.write(path, sheets, told, author=workspace.office.name)
    except OSError as error:
        known = known_failure(error, path)
        if known is None:
            raise
        raise known from error


# --- what stands around the rows


def owner(workspace: Workspace) -> str:
    """Return the office with the body above it, for the head of a sheet."""
    office = workspace.office
    return " – ".join(part for part in (office.parent_name, office.name) if part)


def dated(today: date) -> str:
    """Return the line that says when a sheet was made."""
    return f"Xuất ngày {format_date(today)}"


def said_of_sample(workspace: Workspace) -> tuple[str, ...]:
    """Return the line that says the data is the sample's; none for an office's own."""
    return (_SAMPLE,) if workspace.is_sample else ()


def said(workspace: Workspace, key: str, request: ListRequest, today: date) -> tuple[str, ...]:
    """Return the filter in words, and the order and groups where they are not the list's own."""
    spec = LISTS[key]
    parts = []
    if spec.by_year:
        parts.append(f"Năm {request.year}" if request.year else "Mọi năm")
    parts += [list_filters.filter_words(workspace, key, name, value) for name, value in request.filters]
    if request.conditions:
        parts += list_filters.said(key, request, today)
    if request.search:
        parts.append(f"Có chữ “{request.search}”")
    labels = {each.key: each.label for each in lists.columns_of(key, request)}
    if request.group in labels:
        parts.append(f"Nhóm theo {labels[request.group]}")
    sort = labels.get(request.sort, "")
    if sort and (request.sort, request.descending) != (spec.default_sort, spec.default_descending):
        parts.append(f"Xếp theo {sort}, {'giảm dần' if request.descending else 'tăng dần'}")
    return ("; ".join(parts),) if parts else ()


def _signatures(workspace: Workspace) -> tuple[Signature, ...]:
    block = wording.signer_block(projects.default_signer(workspace), post=_HEAD)
    return (
        Signature(post=(_DRAWN_UP_BY.upper(),)),
        Signature(
            post=tuple(each.upper() for each in block.post),
            name=block.name,
            place_date=wording.place_and_date(workspace.office.place, None),
        ),
    )


# --- columns and rows


def _column(column: Column, *, is_summed: bool) -> SheetColumn:
    return SheetColumn(heading=column.label, kind=column.kind, name=column.key, unit=column.unit, is_summed=is_summed)


def _cells(workspace: Workspace, key: str, request: ListRequest, places: Sequence[int]) -> Iterator[Sequence[Value]]:
    columns = lists.columns_of(key, request)
    is_whole = list(places) == list(range(len(columns)))
    group = next((place for place, each in enumerate(columns) if each.key == request.group), -1)
    heading = ""
    for row in lists.every_row(workspace, key, request):
        if group >= 0 and (words := list_groups.words_of(columns[group], row.cells[group])) != heading:
            heading = words
            yield GroupHeading(words)
        yield row.cells if is_whole else [row.cells[place] for place in places]


def weigher(key: str, request: ListRequest, columns: Sequence[str]) -> Callable[[Sequence[Value]], int] | None:
    """Return how entries of one kind add up: a reversal takes its amount away. Of several kinds there is no sum."""
    if key != LEDGER:
        return None
    wanted = dict(request.filters).get("kind")
    kinds = wanted if isinstance(wanted, tuple) else (wanted,) if wanted else ()
    if len(kinds) != 1 or "kind" not in columns:
        return None
    reversal = describe(LISTS[key].cls).field("kind").choice_label("reversal")
    at = list(columns).index("kind")

    def weigh(values: Sequence[Value]) -> int:
        return -1 if values[at] == reversal else 1

    return weigh


def _kind_of(values: Sequence[Value]) -> Kind:
    """Return what a column of figures holds: numbers where most are, else text."""
    numbers = [each for each in values if each is not None and not isinstance(each, str)]
    return Kind.DECIMAL if numbers else Kind.LINE
