"""What may go into the office's own forms: every list, and the tables of figures, each as columns and rows.

source = form_sources.source("balance-programme")      # its title and its columns, for the map
rows = form_sources.rows(workspace, "projects", request, ("name", "approved_vnd"))
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kc_desktop.documents import wording
from kc_desktop.domain.balance import VIEW_LABELS, View
from kc_desktop.domain.fields import Kind, Value
from kc_desktop.domain.office_form import IN_WORDS, ORDINAL, TOTAL
from kc_desktop.domain.text import search_key
from kc_desktop.errors import KnownError
from kc_desktop.services import balances, exporting, lists, projects
from kc_desktop.services.lists import LISTS, ListRequest
from kc_desktop.services.workspace import Workspace

BALANCE: Final = "balance-"
MONTHS: Final = "months"
PAYMENT: Final = "remuneration-rows"
_NOT_FOR_FORMS: Final = frozenset({"disclosures", "office-forms", "period-locks"})
_NOT_IN_WORDS: Final = re.compile(r"[^a-z0-9]+")

OFFICE_VALUES: Final = (
    ("office", "Tên đơn vị"),
    ("parent", "Cơ quan chủ quản"),
    ("place", "Địa danh"),
    ("place_date", "Địa danh, ngày tháng năm"),
    ("today", "Ngày xuất"),
    ("year", "Năm"),
    ("filter", "Bộ lọc bằng lời"),
    ("unit", "Đơn vị tính"),
    ("count", "Số dòng"),
    ("signer", "Người ký"),
    ("signer_post", "Chức vụ người ký"),
)
"""Values that stand beside any table, by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """A column of a source: a stable key, how it is headed, and what its values are."""

    key: str
    label: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something a form may be filled with."""

    key: str
    title: str
    columns: tuple[FormColumn, ...]

    def column(self, key: str) -> FormColumn | None:
        """Return a column by its key."""
        return next((each for each in self.columns if each.key == key), None)

    @property
    def summed(self) -> tuple[FormColumn, ...]:
        """The columns whose sum may go into a cell."""
        return tuple(each for each in self.columns if each.kind in (Kind.MONEY, Kind.INTEGER, Kind.DECIMAL))


def slug(words: str) -> str:
    """Return words as they stand in braces: "Tên đơn vị" is {{ten_don_vi}}."""
    return _NOT_IN_WORDS.sub("_", search_key(words)).strip("_")


def sources() -> tuple[tuple[str, str], ...]:
    """Return everything a form may be filled with: keys and titles, the lists first."""
    found = [(key, lists.title_of(key)) for key in LISTS if key not in _NOT_FOR_FORMS]
    figures = [(f"{BALANCE}{view.value}", _balance_title(view)) for view in View]
    return (*found, *figures, (MONTHS, "Kinh phí theo tháng"), (PAYMENT, "Thù lao từng cộng tác viên"))


def _balance_title(view: View) -> str:
    label = VIEW_LABELS[view]
    return f"Cân đối kinh phí theo {label[:1].lower()}{label[1:]}"


def source(key: str) -> Source:
    """Return what a form may be filled with by its key. Raises KnownError for a key that is none."""
    title = dict(sources()).get(key)
    if title is None:
        raise KnownError(f"Không có số liệu “{key[:60]}”.", "Chọn lại số liệu của mẫu biểu ở Danh mục, Mẫu biểu Excel.")
    if key in LISTS:
        found = (*LISTS[key].columns, *lists.more_columns(key))
        columns = [FormColumn(key=each.key, label=each.label, kind=each.kind) for each in found]
    elif key.startswith(BALANCE):
        columns = _balance_columns(View(key.removeprefix(BALANCE)))
    else:
        columns = _MONTH_COLUMNS if key == MONTHS else _PAYMENT_COLUMNS
    return Source(key=key, title=title, columns=tuple(columns))


def labels(given: Source) -> dict[str, str]:
    """Return every value the map of a source may name, with its words."""
    found = {ORDINAL: "Số thứ tự"} | {each.key: each.label for each in given.columns} | dict(OFFICE_VALUES)
    found |= {TOTAL + each.key: f"Tổng {_lower(each.label)}" for each in given.summed}
    amounts = (each for each in given.summed if each.kind is Kind.MONEY)
    return found | {IN_WORDS + each.key: f"Tổng {_lower(each.label)} bằng chữ" for each in amounts}


def _lower(words: str) -> str:
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


# --- rows -------------------------------------------------------------------------------------------------------------


def count(workspace: Workspace, key: str, request: ListRequest) -> int:
    """Return how many rows a list has to give; 0 for figures, which are few."""
    return lists.count(workspace, key, request) if key in LISTS else 0


def rows(workspace: Workspace, key: str, request: ListRequest, columns: Sequence[str]) -> Iterator[tuple[Value, ...]]:
    """Give the rows of a source with the values of these columns; of figures those of the request's year."""
    if key in LISTS:
        yield from _list_rows(workspace, key, request, columns)
        return
    year = request.year or date.today().year
    if key.startswith(BALANCE):
        found = _balance_rows(workspace, year, View(key.removeprefix(BALANCE)))
    elif key == MONTHS:
        found = _month_rows(workspace, year)
    else:
        found = _payment_rows(workspace, year, request)
    for row in found:
        yield tuple(row[each] for each in columns)


def _list_rows(
    workspace: Workspace, key: str, request: ListRequest, columns: Sequence[str]
) -> Iterator[tuple[Value, ...]]:
    own = {each.key for each in LISTS[key].columns}
    asked = dataclasses.replace(request.unfolded(), columns=tuple(each for each in columns if each not in own))
    places = [each.key for each in lists.columns_of(key, asked)]
    wanted = [places.index(each) for each in columns]
    for row in lists.every_row(workspace, key, asked):
        yield tuple(row.cells[place] for place in wanted)


def _balance_columns(view: View) -> list[FormColumn]:
    return [
        FormColumn(key="label", label=VIEW_LABELS[view], kind=Kind.LINE),
        FormColumn(key="source", label="Nguồn", kind=Kind.LINE),
        *(FormColumn(key=key, label=label, kind=Kind.MONEY) for key, label in balances.figures_of(view)),
        FormColumn(key="rate", label="Tỷ lệ giải ngân", kind=Kind.LINE),
    ]


def _balance_rows(workspace: Workspace, year: int, view: View) -> Iterator[dict[str, Value]]:
    for row in balances.table(workspace, year, view).rows:
        figures = {key: balances.amount(row.amounts, key) for key, _ in balances.FIGURES}
        yield {"label": row.label, "source": row.source_label, **figures, "rate": row.amounts.rate}


_MONTH_FIGURES: Final = tuple(each for each in balances.FIGURES if each[0] not in ("planned", "approved", "left"))
_MONTH_COLUMNS: Final = [
    FormColumn(key="month", label="Tháng", kind=Kind.LINE),
    *(FormColumn(key=key, label=label, kind=Kind.MONEY) for key, label in _MONTH_FIGURES),
    FormColumn(key="so_far", label="Giải ngân lũy kế", kind=Kind.MONEY),
]


def _month_rows(workspace: Workspace, year: int) -> Iterator[dict[str, Value]]:
    for row in balances.months(workspace, year).rows:
        figures = {key: balances.amount(row.amounts, key) for key, _ in _MONTH_FIGURES}
        yield {"month": row.label, **figures, "so_far": row.so_far.disbursed_vnd}


_PAYMENT_COLUMNS: Final = [
    FormColumn(key="name", label="Họ và tên", kind=Kind.LINE),
    FormColumn(key="organisation", label="Đơn vị công tác", kind=Kind.LINE),
    FormColumn(key="level", label="Cấp", kind=Kind.LINE),
    FormColumn(key="months", label="Tháng", kind=Kind.LINE),
    FormColumn(key="count", label="Số tháng", kind=Kind.INTEGER),
    FormColumn(key="coefficient", label="Hệ số", kind=Kind.DECIMAL),
    FormColumn(key="base_salary_vnd", label="Lương cơ sở", kind=Kind.MONEY),
    FormColumn(key="monthly_vnd", label="Mức mỗi tháng", kind=Kind.MONEY),
    FormColumn(key="amount_vnd", label="Thành tiền", kind=Kind.MONEY),
]


def _payment_rows(workspace: Workspace, year: int, request: ListRequest) -> Iterator[dict[str, Value]]:
    from kc_desktop.domain.network import months_words
    from kc_desktop.services import remuneration

    asked = dict(request.filters).get("id")
    last = remuneration.last_list(workspace, year) if not isinstance(asked, int) else None
    list_id = asked if isinstance(asked, int) else last.id if last is not None else 0
    for line in remuneration.lines_of(workspace, list_id):
        yield {
            "name": line.person.name,
            "organisation": line.person.organisation,
            "level": remuneration.level_words(line.level),
            "months": months_words(line.months),
            "count": len(line.months),
            "coefficient": line.coefficient,
            "base_salary_vnd": line.base_salary_vnd,
            "monthly_vnd": line.monthly_vnd,
            "amount_vnd": line.amount_vnd,
        }


# --- values beside the rows -------------------------------------------------------------------------------------------


def office_values(workspace: Workspace, key: str, request: ListRequest, today: date) -> dict[str, Value]:
    """Return the values that stand beside any table, by their keys; the number of rows and the unit are not among."""
    office = workspace.office
    signer = wording.signer_block(projects.default_signer(workspace), post="")
    return {
        "office": office.name,
        "parent": office.parent_name,
        "place": office.place,
        "place_date": wording.place_and_date(office.place, today),
        "today": today,
        "year": request.year or today.year,
        "filter": "; ".join(exporting.said(workspace, key, request, today)) if key in LISTS else "",
        "signer": signer.name,
        "signer_post": ", ".join(each for each in signer.post if each),
    }
