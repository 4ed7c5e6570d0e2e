"""Báo cáo kết quả công tác khuyến công of a year: Chỉ tiêu | ĐVT | KCQG | KCĐP, as reports of the trade have it.

TT 36/2013/TT-BCT Điều 21 khoản 5 asks for it; the form of the Ministry was not seen. Numbers of projects count those
that run in the year, amounts are the balances of the ledger by content, put together by the reporting groups of the
law's tables. Of a part of a year everything is as it stood at its end. What the office has to say about them is left as
dotted lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents import tables
from kc_desktop.documents.paper import BlankLines, Block, Paper, Row, Table, Title, closed, para
from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import BalanceTable
from kc_desktop.domain.money import format_percent
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PlanDossier, PlannedTarget
from kc_desktop.domain.programme import CONTENTS
from kc_desktop.domain.project import PROJECT_STATES, Impact, Project

KIND: Final = "Báo cáo"
SUBJECT: Final = "Kết quả công tác khuyến công"
RECIPIENTS: Final = "Như trên"
WITHOUT_GROUP: Final = "Nội dung chưa xếp vào nhóm báo cáo"
JUDGED: Final = ("Ưu điểm", "Tồn tại, hạn chế và nguyên nhân")
PROJECT_UNIT: Final = "đề án"
DISBURSED: Final = "Đã giải ngân"
SO_FAR: Final = "Giải ngân lũy kế"
UNTIL: Final = "Số liệu lũy kế từ đầu năm đến hết {when}; kinh phí kế hoạch và kinh phí được phê duyệt tính cho cả năm."


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Contents that are reported together; "" stands for projects and money without a content."""

    name: str
    contents: tuple[str, ...]


def build(dossier: PlanDossier) -> Paper:
    """Build the report; its number and day are given when it is issued."""
    when = dossier.period.words(dossier.plan.year)
    return Paper(
        key="results-report",
        name=f"{KIND} {SUBJECT.lower()} {when}",
        author=dossier.office.name,
        head=parts.office_head(dossier, "BC"),
        title=Title(kind=KIND, subject=f"{SUBJECT} {when}"),
        addressees=parts.addressees(dossier),
        bases=dossier.bases,
        body=tuple(_body(dossier, when)),
        signatures=parts.office_signatures(dossier, RECIPIENTS),
        is_sample=dossier.is_sample,
    )


def _body(dossier: PlanDossier, when: str) -> Iterable[Block]:
    yield parts.section("I", "Tình hình chung")
    yield BlankLines(count=parts.WRITING_LINES)
    yield parts.section("II", "Kết quả thực hiện")
    yield parts.clause(1, "Đề án và kinh phí")
    if not dossier.period.is_year:
        yield para(UNTIL.format(when=when), keep_with_next=True)
    yield overview_table(dossier)
    yield parts.clause(2, "Kết quả theo nhóm nội dung")
    yield groups_table(dossier, reported_groups(dossier))
    place = 3
    if any(len(each.contents) > 1 for each in reported_groups(dossier)):
        yield parts.clause(place, "Kết quả theo nội dung hoạt động")
        yield groups_table(dossier, content_groups())
        place += 1
    yield parts.clause(place, "Chỉ tiêu")
    yield targets_table(dossier)
    yield parts.clause(place + 1, "Hiệu quả trước và sau hỗ trợ")
    yield impact_table(dossier)
    yield parts.section("III", "Đánh giá")
    for number, title in enumerate(JUDGED, start=1):
        yield parts.clause(number, title)
        yield BlankLines(count=parts.WRITING_LINES)
    yield parts.section("IV", "Kiến nghị, đề xuất")
    yield BlankLines(count=parts.WRITING_LINES)
    yield para(closed(f"Trên đây là báo cáo kết quả công tác khuyến công {when}"))


# --- projects and money ---


def overview_table(dossier: PlanDossier) -> Table:
    """Return how many projects run in the year, by state, whom they support, and the money of the year."""
    unit = tables.unit_of((*_amounts_of(dossier), *[each.own_vnd for each in approved_of(dossier)]))

    def summed(label: str, amount: Callable[[Amounts], int]) -> Sequence[str]:
        sums = [dossier.sums_of(each) for each in REPORT_SOURCES]
        return (label, unit, *[tables.amount_cell(amount(each), unit) for each in sums])

    states = [
        _counted(f"{parts.PART_SIGN}{label}", [each for each in dossier.projects if each.state == code])
        for code, label in PROJECT_STATES
    ]
    rates = [
        format_percent(each.disbursed_vnd, max(each.allocated_vnd, 0)).removesuffix(" %")
        for each in (dossier.sums_of(source) for source in REPORT_SOURCES)
    ]
    supported = [tables.count_cell(dossier.beneficiaries.get(each, 0)) for each in REPORT_SOURCES]
    own = [sum(each.own_vnd for each in approved_of(dossier) if each.source == source) for source in REPORT_SOURCES]
    return parts.report_table(
        parts.by_source_columns(),
        [
            _counted(f"Đề án, nhiệm vụ trong {dossier.period.kind}", dossier.projects),
            *[each for each in states if any(cell != "0" for cell in each[2:])],
            _counted(f"Đề án của {dossier.period.kind} được phê duyệt", approved_of(dossier)),
            ("Cơ sở được hỗ trợ", "cơ sở", *supported),
            ("Vốn đối ứng của đơn vị thụ hưởng", unit, *[tables.amount_cell(each, unit) for each in own]),
            summed("Vốn được giao", lambda each: each.allocated_vnd),
            summed("Kinh phí được phê duyệt", lambda each: each.approved_vnd),
            summed("Đã giải ngân", lambda each: each.disbursed_vnd),
            ("Tỷ lệ giải ngân trên vốn được giao", "%", *rates),
            summed("Quyết toán", lambda each: each.settled_vnd),
        ],
    )


def _counted(label: str, projects: Sequence[Project]) -> Sequence[str]:
    counts = [sum(1 for each in projects if each.source == source) for source in REPORT_SOURCES]
    return (label, PROJECT_UNIT, *[tables.count_cell(count) for count in counts])


def approved_of(dossier: PlanDossier) -> tuple[Project, ...]:
    """Return the projects whose approved money counts in the report's year, or any of its years."""
    return approved_in(dossier.projects, dossier.plan.year, dossier.period.first_year)


def approved_in(projects: Iterable[Project], year: int, first_year: int = 0) -> tuple[Project, ...]:
    """Return the projects whose approved money counts in a year, or from one to another: those that began then."""
    return tuple(
        each
        for each in projects
        if (first_year or year) <= each.year <= year
        and (each.adjusted_vnd is not None or each.approved_vnd is not None)
    )


def _amounts_of(dossier: PlanDossier) -> Iterable[int]:
    for row in (*dossier.by_source.rows, *dossier.by_content.rows):
        given = row.amounts
        yield from (given.allocated_vnd, given.approved_vnd, given.disbursed_vnd, given.settled_vnd)


# --- by contents ---


def reported_groups(dossier: PlanDossier) -> tuple[Group, ...]:
    """Return the groups of the law's table, and one more for what none of them holds."""
    groups = tuple(
        Group(name=each.name, contents=tuple(code.strip() for code in each.contents.split(",") if code.strip()))
        for each in sorted(dossier.groups, key=lambda each: (each.ordinal, each.id))
    )
    held = {code for each in groups for code in each.contents}
    rest = tuple(code for code in (*[code for code, _ in CONTENTS if code], "") if code not in held)
    return (*groups, Group(name=WITHOUT_GROUP, contents=rest))


def content_groups() -> tuple[Group, ...]:
    """Return the contents of the decree one by one, and what has none."""
    return tuple(Group(name=label, contents=(code,)) for code, label in (*CONTENTS[1:], CONTENTS[0]))


def groups_table(dossier: PlanDossier, groups: Sequence[Group], within: BalanceTable | None = None) -> Table:
    """Return projects and money of each group that holds any; a content stands in the first group that names it.

    What was disbursed in a period itself has a line of its own where it is given, by content.
    """
    columns = parts.by_source_columns()
    unit = tables.unit_of(_amounts_of(dossier))
    rows: list[Row] = []
    seen: set[str] = set()
    for group in groups:
        own = [code for code in group.contents if code not in seen]
        seen.update(own)
        projects = [each for each in dossier.projects if dossier.content_of.get(each.id, "") in own]
        sums = [_sums_of(dossier.by_content, own, source) for source in REPORT_SOURCES]
        moved = [_sums_of(within, own, source).disbursed_vnd for source in REPORT_SOURCES] if within else []
        if not projects and not any(moved) and not any(amount(each) for each in sums for _, amount in _OF_GROUP):
            continue
        rows.append(Row(cells=(group.name, *[""] * (len(columns) - 1)), bold=True, spans=True))
        rows += tables.numbered(
            (
                _counted(f"Đề án, nhiệm vụ trong {dossier.period.kind}", projects),
                *[
                    (
                        SO_FAR if moved and label == DISBURSED else label,
                        unit,
                        *[tables.amount_cell(amount(each), unit) for each in sums],
                    )
                    for label, amount in _OF_GROUP
                ],
                *([("Giải ngân trong kỳ", unit, *[tables.amount_cell(each, unit) for each in moved])] if moved else []),
            )
        )
    return tables.table(columns, rows)


_OF_GROUP: Final[tuple[tuple[str, Callable[[Amounts], int]], ...]] = (
    ("Kinh phí kế hoạch", lambda each: each.planned_vnd),
    ("Kinh phí được phê duyệt", lambda each: each.approved_vnd),
    (DISBURSED, lambda each: each.disbursed_vnd),
)


def _sums_of(given: BalanceTable, contents: Sequence[str], source: str) -> Amounts:
    return total(row.amounts for row in given.rows if row.source == source and (row.key or "") in contents)


# --- targets, impact ---


def targets_table(dossier: PlanDossier) -> Table:
    """Return what each programme was to reach and what was done, the programme and its source above them.

    Of a period that does not begin with the year what was done in it has a column of its own.
    """
    has_within = any(one.done_within is not None for each in dossier.programmes for one in each.targets)
    done = ("Trong kỳ", "Lũy kế") if has_within else ("Thực hiện",)
    columns = (
        tables.number_column(),
        tables.text_column("Chỉ tiêu", 44),
        tables.centred_column("ĐVT", 14),
        tables.amount_column("Kế hoạch cả năm" if has_within else "Kế hoạch", 14),
        *[tables.amount_column(title, 14) for title in done],
        tables.centred_column("Tỷ lệ", 12),
    )
    rows: list[Row] = []
    for each in dossier.programmes:
        if not each.targets:
            continue
        source = parts.SOURCE_COLUMNS[each.programme.source]
        year = f", năm {each.programme.year}" if dossier.period.is_stage else ""
        title = f"{each.programme.name} ({source}{year})"
        rows.append(Row(cells=(title, *[""] * (len(columns) - 1)), bold=True, spans=True))
        rows += tables.numbered(
            (
                one.target.name,
                one.target.unit,
                one.target.planned_text,
                *([tables.count_cell(one.done_within)] if has_within else []),
                tables.count_cell(one.done),
                _reached(one),
            )
            for one in each.targets
        )
    return tables.table(columns, rows)


def _reached(given: PlannedTarget) -> str:
    """Return what was done as a share of the least that was planned."""
    return format_percent(given.done, given.target.planned_from)


_MEASURED: Final[tuple[tuple[str, str, Callable[[Impact], tuple[int | None, int | None]]], ...]] = (
    ("Lao động", "người", lambda each: (each.workers_before, each.workers_after)),
    ("Doanh thu", "", lambda each: (each.revenue_before_vnd, each.revenue_after_vnd)),
    ("Nộp ngân sách", "", lambda each: (each.budget_before_vnd, each.budget_after_vnd)),
)
"""What is measured, its unit ("" for money), and its values before and after."""


def impact_table(dossier: PlanDossier) -> Table:
    """Return the figures before and after the support, of the establishments where both are known."""
    columns = (
        tables.number_column(),
        tables.text_column("Chỉ tiêu", 30),
        tables.centred_column("ĐVT", 12),
        *[
            tables.amount_column(title, 13, group=group)
            for group in parts.SOURCE_COLUMNS.values()
            for title in ("Trước", "Sau")
        ],
    )
    if not dossier.impacts:
        blank = [""] * (2 * len(REPORT_SOURCES))
        by_hand = tables.numbered((label, of_people or parts.MILLION, *blank) for label, of_people, _ in _MEASURED)
        return replace(tables.table(columns, by_hand), for_handwriting=True)
    measured = {
        (label, source): _measured(dossier, values, source)
        for label, _, values in _MEASURED
        for source in REPORT_SOURCES
    }
    unit = tables.unit_of(
        amount
        for label, of_people, _ in _MEASURED
        if not of_people
        for source in REPORT_SOURCES
        for pair in measured[label, source]
        for amount in pair
    )
    counts = [
        tables.count_cell(len({each.impact.establishment_id for each in dossier.impacts if each.source == source}))
        for source in REPORT_SOURCES
    ]
    rows: list[Sequence[str]] = [("Cơ sở có số liệu", "cơ sở", *[cell for each in counts for cell in ("", each)])]
    for label, of_people, _ in _MEASURED:
        cells = [_cell(measured[label, source], of_people, unit, at) for source in REPORT_SOURCES for at in (0, 1)]
        rows.append((label, of_people or unit, *cells))
    return tables.table(columns, tables.numbered(rows))


def _measured(
    dossier: PlanDossier, values: Callable[[Impact], tuple[int | None, int | None]], source: str
) -> tuple[tuple[int, int], ...]:
    pairs = (values(each.impact) for each in dossier.impacts if each.source == source)
    return tuple((before, after) for before, after in pairs if before is not None and after is not None)


def _cell(pairs: Sequence[tuple[int, int]], of_people: str, unit: str, at: int) -> str:
    if not pairs:
        return ""
    amount = sum(pair[at] for pair in pairs)
    return tables.count_cell(amount) if of_people else tables.amount_cell(amount, unit)
