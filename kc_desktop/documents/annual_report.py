"""Báo cáo tổng kết công tác khuyến công of a year, sơ kết of a part of it: text with its figures, tables, charts.

TT 36/2013/TT-BCT Điều 21 khoản 5 asks for reports of a quarter, half a year and the year; the layout is that of NĐ
30/2020, Mẫu 1.4, the headings are those usual in the trade. Every figure is one of the ledger's balances, a count of
the projects that run in the year, or a target's standing, all as at the end of the period; the year before is counted
the same way. What the office alone can say is what it wrote for the period, else left as dotted lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from kc_desktop.documents import annual_charts, report_words, results_report, tables
from kc_desktop.documents import plan_parts as parts
from kc_desktop.documents.chart import Chart
from kc_desktop.documents.funding_report import balance_table
from kc_desktop.documents.paper import (
    Align,
    Annex,
    BlankLines,
    Block,
    Orientation,
    Paper,
    Paragraph,
    Row,
    Run,
    Table,
    Title,
    closed,
    para,
    paras,
)
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.balance import BalanceTable
from kc_desktop.domain.money import format_percent, format_vnd
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PlanDossier
from kc_desktop.domain.project import Project
from kc_desktop.domain.report_text import REPORT_SECTIONS

KEY: Final = "annual-report"
NAME: Final = "Báo cáo tổng kết công tác khuyến công"
NAME_OF_PART: Final = "Báo cáo sơ kết công tác khuyến công"
KIND: Final = "Báo cáo"
OF_YEAR: Final = "Tổng kết công tác khuyến công"
OF_PART: Final = "Sơ kết công tác khuyến công"
RECIPIENTS: Final = "Như trên"
JUDGED: Final = ("strengths", "weaknesses", "causes")
SOURCE_WORDS: Final = {"KCQG": "khuyến công quốc gia", "KCDP": "khuyến công địa phương"}


def build(dossier: PlanDossier) -> Paper:
    """Build the report; its number and day are given when it is issued."""
    when = dossier.period.words(dossier.plan.year)
    subject = f"{OF_YEAR if dossier.period.is_year else OF_PART} {when}"
    return Paper(
        key=KEY,
        name=f"{KIND} {subject[:1].lower()}{subject[1:]}",
        author=dossier.office.name,
        head=parts.office_head(dossier, "BC"),
        title=Title(kind=KIND, subject=subject),
        addressees=parts.addressees(dossier),
        bases=dossier.bases,
        body=tuple(_numbered_charts(_body(dossier, when))),
        signatures=parts.office_signatures(dossier, RECIPIENTS),
        annexes=tuple(_annexes(dossier, when)),
        is_sample=dossier.is_sample,
    )


def _numbered_charts(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give each chart its number and title, a line of text above it."""
    number = 0
    for block in blocks:
        if isinstance(block, Chart):
            number += 1
            yield Paragraph(
                runs=(Run(text=f"Hình {number}. {block.title}", italic=True),),
                align=Align.CENTER,
                indented=False,
                keep_with_next=True,
            )
        yield block


def _body(dossier: PlanDossier, when: str) -> Iterator[Block]:
    written = report_words.figures(dossier)
    yield parts.section("I", _TITLES["general"])
    yield from _own_words(dossier, "general", written)
    yield parts.section("II", "Kết quả thực hiện")
    for number, (title, blocks) in enumerate(_RESULTS, start=1):
        yield parts.clause(number, title)
        yield from blocks(dossier, when)
    yield parts.section("III", "Đánh giá")
    for number, judged in enumerate(JUDGED, start=1):
        yield parts.clause(number, _TITLES[judged])
        yield from _own_words(dossier, judged, written)
    ahead = f"năm {dossier.plan.year + 1}" if dossier.period.is_year else "trong thời gian tới"
    yield parts.section("IV", f"{_TITLES['directions']} {ahead}")
    yield from _own_words(dossier, "directions", written)
    yield parts.section("V", _TITLES["proposals"])
    yield from _own_words(dossier, "proposals", written)
    report = "tổng kết" if dossier.period.is_year else "sơ kết"
    yield para(closed(f"Trên đây là báo cáo {report} công tác khuyến công {when}"))


_TITLES: Final = dict(REPORT_SECTIONS)


def _own_words(dossier: PlanDossier, section: str, written: Mapping[str, str]) -> Iterator[Block]:
    """Return what the office wrote into a section, its figures filled in; room to write by hand where it did not."""
    text = report_words.fill(dossier.texts.get(section, ""), written)
    if text.strip():
        yield from paras(text)
    else:
        yield BlankLines(count=parts.WRITING_LINES)


# --- the results, part by part ---


def _plan(dossier: PlanDossier, when: str) -> Iterator[Block]:
    year, sums = dossier.plan.year, dossier.by_source.total
    decision = parts.plan_decision(dossier)
    begin = f"Thực hiện {decision}, kinh phí" if decision else "Kinh phí"
    yield para(
        f"{begin} kế hoạch của các chương trình khuyến công năm {year} là {format_vnd(sums.planned_vnd)} đồng "
        f"({_by_source(dossier, lambda each: each.planned_vnd)})."
    )
    yield para(
        f"Vốn khuyến công được giao là {format_vnd(sums.allocated_vnd)} đồng "
        f"({_by_source(dossier, lambda each: each.allocated_vnd)})"
        f"{_against_before(dossier, lambda each: each.allocated_vnd)}."
    )
    if not dossier.period.is_year:
        yield para(results_report.UNTIL.format(when=when))


def _projects(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    year, before = dossier.plan.year, dossier.before
    counts = ", ".join(
        f"{SOURCE_WORDS[source]} {sum(1 for each in dossier.projects if each.source == source)}"
        for source in REPORT_SOURCES
    )
    change = ""
    if before is not None and before.is_known:
        change = f", {_change(len(dossier.projects), len(before.projects), tables.count_cell, 'năm', before.year)}"
    approved = results_report.approved_in(dossier.projects, year)
    sums = dossier.by_source.total
    yield para(
        f"Năm {year} có {tables.count_cell(len(dossier.projects))} đề án, nhiệm vụ khuyến công "
        f"({counts}){change}; trong đó {tables.count_cell(len(approved))} đề án của năm đã được phê duyệt. "
        f"Kinh phí được phê duyệt tính cho năm {year} là {format_vnd(sums.approved_vnd)} đồng"
        f"{_share(sums.approved_vnd, sums.planned_vnd, 'kinh phí kế hoạch')}."
    )
    chart = annual_charts.by_state(dossier)
    if chart is not None:
        yield chart
    yield results_report.overview_table(dossier)


def _contents(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    yield results_report.groups_table(dossier, results_report.reported_groups(dossier))


def _targets(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    targets = [each for programme in dossier.programmes for each in programme.targets if each.target.planned_from]
    if targets:
        reached = sum(1 for each in targets if each.done >= each.target.planned_from)
        yield para(f"Đã đạt {reached} trên {len(targets)} chỉ tiêu kế hoạch.", keep_with_next=True)
    yield results_report.targets_table(dossier)
    chart = annual_charts.by_target(dossier)
    if chart is not None:
        yield chart


def _money(dossier: PlanDossier, when: str) -> Iterator[Block]:
    sums = dossier.by_source.total
    begin = f"Kinh phí {when}" if dossier.period.is_year else f"Đến hết {when}"  # a year's is spent after it, too
    yield para(
        f"{begin} đã giải ngân {format_vnd(sums.disbursed_vnd)} đồng "
        f"({_by_source(dossier, lambda each: each.disbursed_vnd)})"
        f"{_share(sums.disbursed_vnd, sums.allocated_vnd, 'vốn được giao')}"
        f"{_share(sums.disbursed_vnd, sums.planned_vnd, 'kinh phí kế hoạch')}"
        f"{_against_before(dossier, lambda each: each.disbursed_vnd)}. "
        f"Đã quyết toán {format_vnd(sums.settled_vnd)} đồng; còn lại chưa giải ngân "
        f"{format_vnd(sums.allocated_vnd - sums.disbursed_vnd)} đồng."
    )
    yield plan_table(dossier)
    for chart in (annual_charts.by_programme(dossier), annual_charts.by_month(dossier)):
        if chart is not None:
            yield chart


def _compared(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    yield before_table(dossier)


def _places(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    places, chart = annual_charts.places_of(dossier), annual_charts.by_place(dossier)
    if places:
        name, most = places[0]
        yield para(
            f"Có {tables.count_cell(len(places))} địa bàn có đề án được phê duyệt hoặc giải ngân; nhiều nhất là "
            f"{name}: được phê duyệt {format_vnd(most.approved_vnd)} đồng, đã giải ngân "
            f"{format_vnd(most.disbursed_vnd)} đồng."
        )
    if chart is None:
        yield BlankLines(count=parts.WRITING_LINES)
    else:
        yield chart


def _impact(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    yield results_report.impact_table(dossier)


_RESULTS: Final[tuple[tuple[str, Callable[[PlanDossier, str], Iterator[Block]]], ...]] = (
    ("Kế hoạch và vốn được giao", _plan),
    ("Đề án, nhiệm vụ", _projects),
    ("Kết quả theo nhóm nội dung", _contents),
    ("Chỉ tiêu", _targets),
    ("Kinh phí", _money),
    ("So với năm trước", _compared),
    ("Hỗ trợ theo địa bàn", _places),
    ("Hiệu quả trước và sau hỗ trợ", _impact),
)


# --- words ---


def _by_source(dossier: PlanDossier, amount: Callable[[Amounts], int]) -> str:
    return ", ".join(
        f"{SOURCE_WORDS[source]} {format_vnd(amount(dossier.sums_of(source)))} đồng" for source in REPORT_SOURCES
    )


def _share(part: int, whole: int, what: str) -> str:
    return f", bằng {format_percent(part, whole)} {what}" if whole > 0 else ""


def _against_before(dossier: PlanDossier, amount: Callable[[Amounts], int]) -> str:
    """Return the change since the year before, "" where the file holds no such money of it: it may not be entered."""
    before = dossier.before
    now, then = amount(dossier.by_source.total), amount(before.by_source.total) if before is not None else 0
    if before is None or not then:
        return ""
    since = "năm" if dossier.period.is_year else "cùng kỳ năm"
    return f", {_change(now, then, lambda each: f'{format_vnd(each)} đồng', since, before.year)}"


def _change(now: int, then: int, written: Callable[[int], str], since: str, year: int) -> str:
    """Return "tăng 200.000.000 đồng so với năm 2022", or that it is the same."""
    if now == then:
        return f"bằng {since} {year}"
    return f"{'tăng' if now > then else 'giảm'} {written(abs(now - then))} so với {since} {year}"


# --- tables ---


def plan_table(dossier: PlanDossier) -> Table:
    """Return the money of each source against its plan and what was given, with the sums."""
    columns = (
        tables.text_column("Nguồn", 18),
        *[tables.amount_column(title, 15) for title, _ in _AGAINST_PLAN],
        tables.centred_column("So với kế hoạch (%)", 20),
        tables.centred_column("So với vốn giao (%)", 20),
    )
    lines = [
        *[(parts.SOURCE_COLUMNS[source], dossier.sums_of(source)) for source in REPORT_SOURCES],
        ("Tổng cộng", dossier.by_source.total),
    ]
    unit = tables.unit_of(amount(each) for _, each in lines for _, amount in _AGAINST_PLAN)
    rows = [
        Row(
            cells=(
                label,
                *[tables.amount_cell(amount(each), unit) for _, amount in _AGAINST_PLAN],
                *[_rate(each.disbursed_vnd, whole) for whole in (each.planned_vnd, each.allocated_vnd)],
            ),
            bold=place == len(lines) - 1,
        )
        for place, (label, each) in enumerate(lines)
    ]
    return tables.table(columns, rows, unit=unit)


_AGAINST_PLAN: Final[tuple[tuple[str, Callable[[Amounts], int]], ...]] = (
    ("Kế hoạch", lambda each: each.planned_vnd),
    ("Được giao", lambda each: each.allocated_vnd),
    ("Được duyệt", lambda each: each.approved_vnd),
    ("Đã giải ngân", lambda each: each.disbursed_vnd),
)


def before_table(dossier: PlanDossier) -> Table:
    """Return the year beside the one before; nothing is written of a year the file holds nothing of."""
    year, before = dossier.plan.year, dossier.before
    known = before if before is not None and before.is_known else None
    columns = (
        tables.number_column(),
        tables.text_column("Chỉ tiêu", 40),
        tables.centred_column("ĐVT", 15),
        tables.amount_column(f"Năm {year - 1}", 13),
        tables.amount_column(f"Năm {year}", 13),
        tables.centred_column("So với năm trước (%)", 18),
    )
    now_sums, then_sums = dossier.by_source.total, known.by_source.total if known else Amounts()
    unit = tables.unit_of(amount(each) for each in (now_sums, then_sums) for _, amount in _AGAINST_BEFORE)

    def counted(label: str, now: Sequence[Project], then: Sequence[Project]) -> Sequence[str]:
        return line(label, results_report.PROJECT_UNIT, len(now), len(then), tables.count_cell)

    def line(label: str, of: str, now: int, then: int, written: Callable[[int], str]) -> Sequence[str]:
        return (label, of, written(then) if known else "", written(now), _rate(now, then) if known else "")

    rows = [
        counted("Đề án, nhiệm vụ trong năm", dossier.projects, known.projects if known else ()),
        counted(
            "Đề án của năm được phê duyệt",
            results_report.approved_in(dossier.projects, year),
            results_report.approved_in(known.projects, known.year) if known else (),
        ),
        *[
            line(label, unit, amount(now_sums), amount(then_sums), lambda each: tables.amount_cell(each, unit))
            for label, amount in _AGAINST_BEFORE
        ],
    ]
    return tables.table(columns, tables.numbered(rows))


_AGAINST_BEFORE: Final[tuple[tuple[str, Callable[[Amounts], int]], ...]] = (
    ("Kinh phí kế hoạch", lambda each: each.planned_vnd),
    ("Vốn được giao", lambda each: each.allocated_vnd),
    ("Kinh phí được phê duyệt", lambda each: each.approved_vnd),
    ("Đã giải ngân", lambda each: each.disbursed_vnd),
    ("Quyết toán", lambda each: each.settled_vnd),
)


def _rate(part: int, whole: int) -> str:
    return format_percent(part, max(whole, 0)).removesuffix(" %")


# --- annexes ---


def _annexes(dossier: PlanDossier, when: str) -> Iterator[Annex]:
    found: list[tuple[str, BalanceTable]] = [
        ("theo chương trình", dossier.by_programme),
        ("theo đề án", dossier.by_project),
        ("theo địa bàn", dossier.by_place),
    ]
    shown = [(what, given) for what, given in found if given.rows]
    for number, (what, given) in enumerate(shown, start=1):
        yield Annex(
            number=parts.numeral(number) if len(shown) > 1 else "",
            title=f"Kinh phí khuyến công {when} {what}",
            reference="",
            body=(balance_table(given),),
            orientation=Orientation.LANDSCAPE,
        )
