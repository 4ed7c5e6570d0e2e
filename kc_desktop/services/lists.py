"""The lists the window and the command line show: what they are called, what they hold, one page at a time."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from kc_desktop.domain.collaborator import CollaboratorReport
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Choices, Kind, describe, describe_table
from kc_desktop.domain.funding import FundEntry, PeriodLock, TreasuryStatement
from kc_desktop.domain.meeting import Meeting
from kc_desktop.domain.people import AdminUnit, Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan, Programme, Target
from kc_desktop.domain.project import Project
from kc_desktop.services import naming
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import listing
from kc_desktop.storage.listing import Listing, ListRequest, OnDemand, Row
from kc_desktop.storage.listings import LAW_LISTS, LISTINGS

__all__ = [
    "LATE_TITLES",
    "LAW_LISTS",
    "LISTS",
    "Column",
    "ListRequest",
    "ListSpec",
    "Row",
    "columns_of",
    "count",
    "every_row",
    "listing_of",
    "more_columns",
    "page",
    "title_of",
    "views_setting",
    "years",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column as the window shows it; `width` is a typical length in characters."""

    key: str
    label: str
    kind: Kind
    unit: str
    width: int
    choices: Choices = ()
    is_masked: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its values stand on the right."""
        return self.kind in (Kind.INTEGER, Kind.MONEY, Kind.DECIMAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list: its Vietnamese title, the record its rows are, how it stands at first, and what it is for when empty."""

    key: str
    title: str
    singular: str
    cls: type[Any]
    columns: tuple[Column, ...]
    default_sort: str
    default_descending: bool
    by_year: bool
    empty_hint: str


@cache
def _columns(key: str) -> tuple[Column, ...]:
    return tuple(_shown(each) for each in LISTINGS[key].columns)


def _shown(column: listing.Column) -> Column:
    return Column(
        key=column.key,
        label=column.label,
        kind=column.kind,
        unit=column.unit,
        width=column.width,
        choices=column.choices,
        is_masked=column.is_masked,
    )


def _spec(key: str, cls: type[Any], sort: str, hint: str, *, descending: bool = False) -> ListSpec:
    described = describe(cls)
    return ListSpec(
        key=key,
        title=described.plural,
        singular=described.singular,
        cls=cls,
        columns=_columns(key),
        default_sort=sort,
        default_descending=descending,
        by_year=bool(LISTINGS[key].year_sql),
        empty_hint=hint,
    )


def _payment_spec() -> ListSpec:
    from kc_desktop.domain.network import RemunerationList  # nothing the window begins with shows pay

    hint = (
        "Bảng thanh toán thù lao của năm. Ghi mức thù lao ở Danh mục, Quy định, mức và thời hạn trước. "
        "Bấm Thêm để lập bảng đầu tiên."
    )
    return _spec("remuneration-lists", RemunerationList, "months", hint, descending=True)


def _disclosure_spec() -> ListSpec:
    from kc_desktop.domain.directory import Disclosure  # likewise

    hint = "Chưa ai xem số định danh, số tài khoản nào. Mỗi lần bấm Hiện được ghi ở đây với người xem và mục đích."
    return _spec("disclosures", Disclosure, "shown_at", hint, descending=True)


def _work_spec(key: str) -> ListSpec:
    """Return a list of what collaborators do, by its table: nothing the window begins with declares these records."""
    sort, hint = _WORK_HINTS[key]
    return _spec(key, describe_table(LISTINGS[key].table).cls, sort, hint, descending=sort.endswith("_on"))


_WORK_HINTS = {
    "leads": (
        "found_on",
        "Nhu cầu cộng tác viên ghi nhận ở cơ sở, theo dõi đến khi thành đề án. Bấm Thêm để ghi nhu cầu đầu tiên. "
        "Đã có trong Excel thì chọn Tệp, Nhập Excel.",
    ),
    "evaluations": ("name", "Đánh giá cộng tác viên của năm."),
    "report-reminders": ("reminded_on", "Các lần nhắc gửi báo cáo của năm. Nhắc ở thẻ Cộng tác viên, Báo cáo."),
}


def _titled(title: str, key: str, cls: type[Any], sort: str, hint: str, *, descending: bool = False) -> ListSpec:
    return dataclasses.replace(_spec(key, cls, sort, hint, descending=descending), title=title)


def _law_spec(key: str) -> ListSpec:
    """Return a list of law, by the table its rows are in: nothing the window begins with declares these records."""
    cls = describe_table(LISTINGS[key].table).cls
    sort, hint = LAW_HINTS[key]
    return _spec(key, cls, sort, f"{hint} Bấm Thêm để ghi mục đầu tiên.")


def _register_spec() -> ListSpec:
    from kc_desktop.domain.paper import PaperRecord  # nothing the window begins with shows the register

    hint = (
        "Sổ văn bản đi của năm. Văn bản in từ chương trình vào sổ khi bấm Ghi số, ban hành ở bản xem trước. "
        "Bấm Thêm để ghi văn bản lập ở nơi khác."
    )
    return _spec("register", PaperRecord, "number", hint, descending=True)


def _office_spec(key: str) -> ListSpec:
    """Return a list of what the office begins a meeting with, by its table: declared only when it is asked for."""
    cls = describe_table(LISTINGS[key].table).cls
    sort, hint = _OFFICE_HINTS[key]
    return _spec(key, cls, sort, f"{hint} Bấm Thêm để ghi mục đầu tiên.")


_OFFICE_HINTS = {
    "meeting-templates": ("name", "Mẫu cuộc họp: chương trình, thành phần, căn cứ, nơi nhận có sẵn cho mỗi loại."),
    "phrases": (
        "ordinal",
        "Câu mẫu để chèn vào diễn biến cuộc họp (gõ / và vài chữ tên gọi) và để soạn báo cáo tổng kết.",
    ),
    "office-forms": ("name", "Mẫu biểu .xlsx của đơn vị, có bản đồ ô cho biết số liệu nào vào ô nào."),
}

LAW_HINTS = {
    "norms": ("name", "Mức hỗ trợ theo nội dung, mỗi mức có căn cứ và thời gian hiệu lực."),
    "advance-rates": ("name", "Mức tạm ứng theo loại đề án."),
    "legal-figures": ("name", "Con số theo quy định: trần, hệ số, ngưỡng."),
    "base-salaries": ("valid_from", "Lương cơ sở theo thời gian."),
    "remuneration-rules": ("level", "Mức thù lao cộng tác viên theo cấp, do UBND cấp tỉnh quy định."),
    "deadlines": ("name", "Thời hạn gửi hồ sơ, báo cáo, quyết toán."),
    "legal-bases": ("code", "Văn bản mà giấy tờ viện dẫn, với thời gian hiệu lực."),
    "body-names": ("name", "Tên cơ quan theo thời gian."),
    "reporting-groups": ("ordinal", "Nhóm nội dung khi báo cáo."),
    "dossier-rules": ("name", "Giấy tờ mà hồ sơ của mỗi bước phải có."),
}
"""Each list of law: the column it is sorted by at first, and what it is for."""

LISTS: Mapping[str, ListSpec] = OnDemand(
    {
        "meetings": partial(
            _spec,
            "meetings",
            Meeting,
            "held_on",
            "Cuộc họp của năm nằm ở đây, từ lúc mời đến biên bản đã ký. Bấm Thêm để ghi cuộc họp đầu tiên.",
            descending=True,
        ),
        "projects": partial(
            _spec,
            "projects",
            Project,
            "name",
            "Đề án của năm nằm ở đây. Bấm Thêm để lập đề án đầu tiên. Đã có trong Excel thì chọn Tệp, Nhập Excel.",
        ),
        "programmes": partial(
            _spec,
            "programmes",
            Programme,
            "ordinal",
            "Chương trình của năm nằm ở đây, mỗi chương trình có kinh phí và chỉ tiêu. Bấm Thêm để lập chương trình.",
        ),
        "targets": partial(
            _spec,
            "targets",
            Target,
            "name",
            "Chỉ tiêu của các chương trình trong năm. Thêm chỉ tiêu ở từng chương trình.",
        ),
        "people": partial(
            _spec,
            "people",
            Person,
            "name",
            "Một danh bạ cho cán bộ, cộng tác viên, khách và người đại diện cơ sở. Bấm Thêm để ghi người đầu tiên. "
            "Đã có trong Excel thì chọn Tệp, Nhập Excel.",
        ),
        "collaborators": partial(
            _spec,
            "collaborators",
            AppointmentMember,
            "name",
            "Cộng tác viên của năm là người có tên trong quyết định. Bấm Tái bổ nhiệm để lập danh sách, "
            "rồi ghi quyết định. Đã có trong Excel thì chọn Tệp, Nhập Excel.",
        ),
        "uncovered": partial(
            _titled,
            "Độ phủ địa bàn",
            "uncovered",
            AdminUnit,
            "projects",
            "Không có xã, phường nào có đề án, cơ sở mà thiếu cộng tác viên. Đề án, cơ sở chưa ghi xã, phường thì chưa "
            "tính được.",
            descending=True,
        ),
        "appointments": partial(
            _spec,
            "appointments",
            Appointment,
            "decided_on",
            "Quyết định công nhận cộng tác viên. Bấm Thêm để ghi quyết định đã có, hoặc Tái bổ nhiệm để lập danh sách.",
            descending=True,
        ),
        "reports": partial(_spec, "reports", CollaboratorReport, "name", "Báo cáo định kỳ của cộng tác viên đã nhận."),
        "establishments": partial(
            _spec,
            "establishments",
            Establishment,
            "name",
            "Cơ sở công nghiệp nông thôn được hỗ trợ hoặc có nhu cầu. Bấm Thêm để ghi cơ sở đầu tiên. "
            "Đã có trong Excel thì chọn Tệp, Nhập Excel.",
        ),
        "fund-entries": partial(
            _spec,
            "fund-entries",
            FundEntry,
            "happened_on",
            "Sổ kinh phí của năm: giao vốn, tạm ứng, thanh toán, hoàn trả. Bấm Thêm để ghi bút toán đầu tiên. "
            "Đã có trong Excel thì chọn Tệp, Nhập Excel.",
            descending=True,
        ),
        "statements": partial(
            _spec,
            "statements",
            TreasuryStatement,
            "from_day",
            "Sao kê kho bạc của năm. Dán sao kê ở thẻ Kinh phí, Đối chiếu kho bạc.",
            descending=True,
        ),
        "period-locks": partial(
            _spec,
            "period-locks",
            PeriodLock,
            "happened_on",
            "Các lần khóa và mở khóa sổ kinh phí. Khóa, mở khóa ở thẻ Kinh phí.",
            descending=True,
        ),
        "plans": partial(
            _spec,
            "plans",
            AnnualPlan,
            "year",
            "Kế hoạch của mỗi năm và nguồn. Bấm Thêm để mở kế hoạch đầu tiên.",
            descending=True,
        ),
        "admin-units": partial(
            _spec,
            "admin-units",
            AdminUnit,
            "name",
            "Đơn vị hành chính theo thời gian hiệu lực. Bấm Thêm để ghi đơn vị đầu tiên.",
        ),
    }
    | {"register": _register_spec}
    | {"remuneration-lists": _payment_spec, "disclosures": _disclosure_spec}
    | {key: partial(_work_spec, key) for key in _WORK_HINTS}
    | {key: partial(_law_spec, key) for key in LAW_LISTS}
    | {key: partial(_office_spec, key) for key in _OFFICE_HINTS}
)


LATE_TITLES = {
    "register": "Sổ văn bản đi",
    "meeting-templates": "Mẫu cuộc họp",
    "phrases": "Câu mẫu",
    "office-forms": "Mẫu biểu Excel",
}
"""Titles of lists whose records the start of the window does without: its menus name them all the same."""


def title_of(key: str) -> str:
    """Return the title of a list, without declaring the records of one that is seldom opened."""
    return LATE_TITLES.get(key) or LISTS[key].title


def dated(request: ListRequest, today: date) -> ListRequest:
    """Return a request whose conditions name days where they named periods: "quý này" is this day's quarter."""
    if not request.conditions:
        return request
    from kc_desktop.domain.conditions import resolved  # the window begins with no list filtered

    conditions = tuple(resolved(each, today, request.year) for each in request.conditions)
    return dataclasses.replace(request, conditions=conditions)


def _complete(key: str, request: ListRequest) -> ListRequest:
    spec = LISTS[key]
    request = dated(request, date.today())
    if request.sort:
        return request
    return dataclasses.replace(request, sort=spec.default_sort, descending=spec.default_descending)


def listing_of(key: str, request: ListRequest) -> Listing:
    """Return where the rows of a request come from: the list, with the extra columns it asks for."""
    extra = _extra_columns(key, request)
    if not extra:
        return LISTINGS[key]
    from kc_desktop.storage.list_extras import widened

    return widened(key, extra)


def _extra_columns(key: str, request: ListRequest) -> tuple[str, ...]:
    """Return the columns to be read besides the list's own: those on show, then those the request only names."""
    own = {each.key for each in LISTINGS[key].columns}
    named = (request.sort, request.group, *(each.column for each in request.conditions))
    return tuple(dict.fromkeys((*request.columns, *(each for each in named if each and each not in own))))


def more_columns(key: str) -> tuple[Column, ...]:
    """Return the columns a list can show besides its own."""
    from kc_desktop.storage.list_extras import extra_columns

    return tuple(_shown(each) for each in extra_columns(key))


def views_setting(key: str) -> str:
    """Return the setting that keeps the saved views of a list; empty for most lists, so little is to be loaded."""
    return f"views/{key}"


def columns_of(key: str, request: ListRequest) -> tuple[Column, ...]:
    """Return the columns of a request in the order of its rows' cells: the list's own, then the extra ones."""
    if not _extra_columns(key, request):
        return LISTS[key].columns
    return tuple(_shown(each) for each in listing_of(key, request).columns)


def page(workspace: Workspace, key: str, request: ListRequest) -> tuple[Row, ...]:
    """Return one page of a list, with the signs of its rows. An empty `sort` means the list's own order."""
    from kc_desktop.storage.list_signs import SignRule, rules_of, with_signs

    rules = rules_of(key)
    with workspace.reading() as connection:
        signed = with_signs(key, _extra_columns(key, request), date.today())
        rows = listing.page(connection, signed, _complete(key, request))
    if not rules:
        return rows
    width = len(signed.columns) - len(rules)
    return tuple(
        Row(row.id, row.cells[:width], tuple(filter(None, map(SignRule.name_of, rules, row.cells[width:]))))
        for row in rows
    )


def count(workspace: Workspace, key: str, request: ListRequest, *, at_most: int | None = None) -> int:
    """Return how many rows fit a request; of more than `at_most` no more are counted."""
    with workspace.reading() as connection:
        return listing.count(connection, listing_of(key, request), _complete(key, request), at_most=at_most)


def every_row(workspace: Workspace, key: str, request: ListRequest) -> Iterator[Row]:
    """Give every row that fits a request, in its order, folded or not. An empty `sort` means the list's own order."""
    request = request.unfolded()
    with workspace.reading() as connection:
        yield from listing.stream(connection, listing_of(key, request), _complete(key, request))


_TOLD_WHOLE = frozenset({"appointments", "reports", "evaluations", "leads"})
"""Lists whose rows a name or a number alone does not tell apart: by person and month, or not yet decided on."""


def names(workspace: Workspace, key: str) -> tuple[tuple[int, str], ...]:
    """Return the id and name of every row of a list, in the order of ids; of the places nobody looks after, today's."""
    if key == "uncovered":
        from kc_desktop.services import network

        return tuple(sorted((each.unit.id, each.unit.name) for each in network.uncovered(workspace, date.today())))
    columns = {each.key for each in LISTINGS[key].columns}
    named_by = next((each for each in ("name", "title", "number") if each in columns), None)
    if named_by is None or key in _TOLD_WHOLE:
        return tuple(
            (each.id, naming.title_of_record(workspace.title_of, each)) for each in workspace.all(LISTS[key].cls)
        )
    with workspace.reading() as connection:
        return listing.names(connection, LISTINGS[key], named_by)


def years(workspace: Workspace) -> tuple[int, ...]:
    """Return the years that hold anything, newest first."""
    with workspace.reading() as connection:
        return listing.years(connection)
