"""Báo cáo tổng kết công tác khuyến công of a year, sơ kết of a part of it: text with its figures, tables, charts.

TT 36/2013/TT-BCT Điều 21 khoản 5 asks for reports of a quarter, half a year and the year; the layout is that of NĐ
30/2020, Mẫu 1.4, the headings are those usual in the trade. Every figure is one of the ledger's balances, a count of
the projects that run in the year, or a target's standing, all as at the end of the period; of a period that does not
begin with the year what happened in it stands beside them. Budgets and approvals have no period: they are the year's.
The year before is counted the same way. What the office alone can say is what it wrote for the period, else left as
dotted lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from kc_desktop.documents import annual_charts, annual_tables, period_tables, report_words, results_report, tables
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
    Run,
    Title,
    closed,
    para,
    paras,
)
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.balance import BalanceTable
from kc_desktop.domain.dates import long_date
from kc_desktop.domain.money import format_percent, format_vnd
from kc_desktop.domain.plan_dossier import REPORT_SOURCES, PeriodFigures, PlanDossier
from kc_desktop.domain.project import PROJECT_STATES
from kc_desktop.domain.report_period import Period
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
        yield parts.clause(number, _before_title(dossier.period) if title == _BEFORE else title)
        yield from blocks(dossier, when)
    yield parts.section("III", "Đánh giá")
    for number, judged in enumerate(JUDGED, start=1):
        yield parts.clause(number, _TITLES[judged])
        yield from _own_words(dossier, judged, written)
    is_one = not dossier.period.code
    ahead = f"năm {dossier.plan.year + 1}" if is_one else "trong thời gian tới"
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


def _before_title(period: Period) -> str:
    return "So với giai đoạn trước" if period.is_stage else _BEFORE if period.is_year else "So với cùng kỳ năm trước"


# --- the results, part by part ---


def _plan(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    year, sums = dossier.plan.year, dossier.by_source.total
    of = dossier.period.plan_words(year)
    if not sums.planned_vnd:
        yield para(f"Chưa có số liệu kinh phí kế hoạch của các chương trình khuyến công {of}.")
    else:
        decision = "" if dossier.period.is_stage else parts.plan_decision(dossier)
        begin = f"Thực hiện {decision}, kinh phí" if decision else "Kinh phí"
        yield para(
            f"{begin} kế hoạch của các chương trình khuyến công {of} là {format_vnd(sums.planned_vnd)} đồng "
            f"({_by_source(dossier.by_source, lambda each: each.planned_vnd)}){_unplanned(dossier)}."
        )
    if not sums.allocated_vnd and not dossier.in_period.allocated_vnd:
        yield para(f"Chưa có số liệu vốn khuyến công được giao đến hết {dossier.period.end_words(year)}.")
    else:
        yield para(
            f"Vốn khuyến công được giao là {format_vnd(sums.allocated_vnd)} đồng "
            f"({_by_source(dossier.by_source, lambda each: each.allocated_vnd)})"
            f"{_against_before(dossier, lambda each: each.allocated_vnd)}{_given_in_period(dossier)}."
        )
    if not dossier.period.is_year:
        yield para(results_report.UNTIL.format(when=dossier.period.end_words(year)))
    if dossier.has_eve:
        first, last = (long_date(day) for day in (dossier.period.first_day(year), dossier.period.last_day(year)))
        yield para(f"Số liệu trong kỳ là số phát sinh từ {first} đến hết {last}.")


def _unplanned(dossier: PlanDossier) -> str:
    years = ", ".join(str(each) for each in dossier.unplanned_years)
    return f"; chưa có số liệu kinh phí kế hoạch năm {years}" if years else ""


def _given_in_period(dossier: PlanDossier) -> str:
    if not dossier.has_eve:
        return ""
    given = dossier.in_period.allocated_vnd
    if not given:
        return "; trong kỳ không giao thêm"
    return f"; trong kỳ {'giao' if given > 0 else 'giảm'} {format_vnd(abs(given))} đồng"


def _projects(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    year, before = dossier.plan.year, dossier.before
    of = dossier.period.plan_words(year)
    if not dossier.projects:
        yield para(f"Chưa có số liệu đề án, nhiệm vụ khuyến công của {of}.")
    else:
        counts = ", ".join(
            f"{SOURCE_WORDS[source]} {sum(1 for each in dossier.projects if each.source == source)}"
            for source in REPORT_SOURCES
        )
        change = ""
        if before is not None and before.projects:
            then = dossier.period.before().plan_words(before.year)
            change = f", {_change(len(dossier.projects), len(before.projects), tables.count_cell, then)}"
        yield para(
            f"{of[:1].upper()}{of[1:]} có {tables.count_cell(len(dossier.projects))} đề án, nhiệm vụ khuyến công "
            f"({counts}){change}; {_approved_words(dossier)}"
        )
    if dossier.within is not None:
        yield para(_reached_words(dossier, dossier.within))
    chart = annual_charts.by_state(dossier)
    if chart is not None:
        yield chart
    if not dossier.projects and dossier.by_source.total.is_nothing:
        return
    if dossier.within is not None:
        until = dossier.period.end_words(year)
        yield para(f"Đề án và kinh phí đến hết {until}, số tiền lũy kế từ đầu năm:", keep_with_next=True)
    yield results_report.overview_table(dossier)


def _approved_words(dossier: PlanDossier) -> str:
    year, sums = dossier.plan.year, dossier.by_source.total
    approved, of = results_report.approved_of(dossier), dossier.period.plan_words(year)
    begin = (
        f"trong đó {tables.count_cell(len(approved))} đề án của {dossier.period.kind} đã được phê duyệt."
        if approved
        else ""
    )
    if not sums.approved_vnd:
        return begin or f"chưa có đề án nào của {dossier.period.kind} được phê duyệt kinh phí."
    return (
        f"{begin or f'chưa có đề án nào của {dossier.period.kind} được phê duyệt.'} "
        f"Kinh phí được phê duyệt tính cho {of} là {format_vnd(sums.approved_vnd)} đồng"
        f"{_share(sums.approved_vnd, dossier.whole_planned_vnd, 'kinh phí kế hoạch')}."
    )


def _reached_words(dossier: PlanDossier, within: PeriodFigures) -> str:
    """Say which projects were approved in a period and which states others came into, by the days of their papers."""
    when = dossier.period.noun(dossier.plan.year)
    before = dossier.before.within if dossier.before is not None and dossier.before.projects else None
    change = ""
    if before is not None and dossier.before is not None and (within.approved or before.approved):
        change = f", {_change(len(within.approved), len(before.approved), tables.count_cell, dossier.before_words)}"
    reached = ", ".join(
        f"{label[:1].lower()}{label[1:]} {within.reached[code]}"
        for code, label in PROJECT_STATES
        if within.reached.get(code) and code != "approved"
    )
    approved = f"có {tables.count_cell(len(within.approved))} đề án" if within.approved else "chưa có đề án nào"
    return f"Trong {when} {approved} được phê duyệt (theo ngày quyết định){change}; " + (
        f"số đề án chuyển sang trạng thái khác: {reached}." if reached else "không có đề án chuyển trạng thái khác."
    )


def _contents(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    within = dossier.within.by_content if dossier.has_eve and dossier.within is not None else None
    table = results_report.groups_table(dossier, results_report.reported_groups(dossier), within)
    if any(row.spans for row in table.rows):
        yield table
    else:
        yield para(f"Chưa có số liệu theo nhóm nội dung của {dossier.period.plan_words(dossier.plan.year)}.")


def _targets(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    every = [each for programme in dossier.programmes for each in programme.targets]
    targets = [each for each in every if each.target.planned_from]
    if not every:
        yield para(f"Chưa có số liệu chỉ tiêu của {dossier.period.plan_words(dossier.plan.year)}.")
        return
    if targets:
        reached = sum(1 for each in targets if each.done >= each.target.planned_from)
        until = "" if dossier.period.is_year else f"Đến hết {dossier.period.end_words(dossier.plan.year)} "
        of = "" if dossier.period.is_year else " cả năm"
        yield para(
            f"{until or ''}{'đ' if until else 'Đ'}ã đạt {reached} trên {len(targets)} chỉ tiêu kế hoạch{of}.",
            keep_with_next=True,
        )
    yield results_report.targets_table(dossier)
    chart = annual_charts.by_target(dossier)
    if chart is not None:
        yield chart


def _money(dossier: PlanDossier, when: str) -> Iterator[Block]:
    if dossier.has_eve:
        yield para(_spent_in_period(dossier))
    yield para(_spent_so_far(dossier, when))
    if dossier.by_source.total.is_nothing and dossier.in_period.is_nothing:
        return
    if dossier.has_eve:
        yield period_tables.money_table(dossier)
        yield para(
            "So với kế hoạch; kế hoạch là của cả năm, không chia theo kỳ:",
            keep_with_next=True,
        )
    yield annual_tables.plan_table(dossier)
    if dossier.years:
        yield para("Kinh phí từng năm:", keep_with_next=True)
        yield annual_tables.years_table(dossier)
    charts = (annual_charts.by_programme, annual_charts.by_month)
    for chart in (annual_charts.by_year(dossier),) if dossier.years else [each(dossier) for each in charts]:
        if chart is not None:
            yield chart


def _spent_in_period(dossier: PlanDossier) -> str:
    """Say what was disbursed in the period itself."""
    year, own = dossier.plan.year, dossier.in_period
    begin = f"Trong {dossier.period.noun(year)}"
    against = _against_before(dossier, lambda each: each.disbursed_vnd, in_period=True)
    if not _moved(own):
        return f"{begin} không phát sinh giải ngân{against}."
    by_source = dossier.within.by_source if dossier.within is not None else dossier.by_source
    planned = dossier.by_source.total.planned_vnd
    share = _share(own.disbursed_vnd, planned, "kinh phí kế hoạch cả năm") if own.disbursed_vnd > 0 else ""
    settled = f" Quyết toán trong kỳ {format_vnd(own.settled_vnd)} đồng." if own.settled_vnd else ""
    return (
        f"{begin} giải ngân {format_vnd(own.disbursed_vnd)} đồng "
        f"({_by_source(by_source, lambda each: each.disbursed_vnd)}){share}{against}.{settled}"
    )


def _spent_so_far(dossier: PlanDossier, when: str) -> str:
    """Say what is disbursed from the beginning of the year; a year's money is spent after it, too."""
    sums = dossier.by_source.total
    until = f"đến hết {dossier.period.end_words(dossier.plan.year)}"
    if dossier.period.is_year:
        begin = f"Kinh phí {when}"
    else:
        begin = f"Lũy kế từ đầu năm {until}" if dossier.has_eve else f"{until[:1].upper()}{until[1:]}"
    if not _moved(sums):
        said = [f"{begin} chưa phát sinh giải ngân."]
    else:
        said = [
            f"{begin} đã giải ngân {format_vnd(sums.disbursed_vnd)} đồng "
            f"({_by_source(dossier.by_source, lambda each: each.disbursed_vnd)})"
            f"{_share(sums.disbursed_vnd, sums.allocated_vnd, 'vốn được giao')}"
            f"{_share(sums.disbursed_vnd, dossier.whole_planned_vnd, 'kinh phí kế hoạch')}"
            f"{_against_before(dossier, lambda each: each.disbursed_vnd)}."
        ]
    settled = f"Đã quyết toán {format_vnd(sums.settled_vnd)} đồng" if sums.settled_vnd else "Chưa quyết toán"
    left = sums.allocated_vnd - sums.disbursed_vnd
    if not left and not sums.settled_vnd:
        return said[0]
    rest = f"còn lại chưa giải ngân {format_vnd(left)} đồng"
    if left <= 0:
        rest = f"giải ngân vượt vốn được giao {format_vnd(-left)} đồng" if left else "đã giải ngân hết vốn được giao"
    return f"{said[0]} {settled}; {rest}."


def _moved(sums: Amounts) -> bool:
    return bool(sums.advanced_vnd or sums.paid_vnd or sums.refunded_vnd)


def _compared(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    before = dossier.before
    is_known = before is not None and before.is_known
    if is_known or dossier.projects or not dossier.by_source.total.is_nothing:
        yield annual_tables.before_table(dossier)
    else:
        yield para(f"Chưa có số liệu để so sánh với {dossier.period.before().plan_words(dossier.plan.year - 1)}.")


def _places(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    places, chart = annual_charts.places_of(dossier), annual_charts.by_place(dossier)
    if places:
        name, most, _ = places[0]
        until = "" if dossier.period.is_year else f"Đến hết {dossier.period.end_words(dossier.plan.year)} "
        in_period = [own for *_, own in places if own.disbursed_vnd]
        moved = ""
        if dossier.has_eve:
            moved = (
                f" Trong kỳ có {tables.count_cell(len(in_period))} địa bàn được giải ngân."
                if in_period
                else " Trong kỳ không có địa bàn nào được giải ngân."
            )
        yield para(
            f"{until}{'c' if until else 'C'}ó {tables.count_cell(len(places))} địa bàn có đề án được phê duyệt hoặc "
            f"giải ngân; nhiều nhất là {name}: được phê duyệt {format_vnd(most.approved_vnd)} đồng, đã giải ngân "
            f"{format_vnd(most.disbursed_vnd)} đồng.{moved}"
        )
    if chart is not None:
        yield chart
    elif not places:
        yield para(f"Chưa có số liệu hỗ trợ theo địa bàn của {dossier.period.plan_words(dossier.plan.year)}.")


def _impact(dossier: PlanDossier, _when: str) -> Iterator[Block]:
    yield results_report.impact_table(dossier)


_BEFORE: Final = "So với năm trước"
_RESULTS: Final[tuple[tuple[str, Callable[[PlanDossier, str], Iterator[Block]]], ...]] = (
    ("Kế hoạch và vốn được giao", _plan),
    ("Đề án, nhiệm vụ", _projects),
    ("Kết quả theo nhóm nội dung", _contents),
    ("Chỉ tiêu", _targets),
    ("Kinh phí", _money),
    (_BEFORE, _compared),
    ("Hỗ trợ theo địa bàn", _places),
    ("Hiệu quả trước và sau hỗ trợ", _impact),
)


# --- words ---


def _by_source(given: BalanceTable, amount: Callable[[Amounts], int]) -> str:
    of_source = {row.source: amount(row.amounts) for row in given.rows}
    return ", ".join(f"{SOURCE_WORDS[source]} {format_vnd(of_source.get(source, 0))} đồng" for source in REPORT_SOURCES)


def _share(part: int, whole: int, what: str) -> str:
    return f", bằng {format_percent(part, whole)} {what}" if whole > 0 and part else ""


def _against_before(dossier: PlanDossier, amount: Callable[[Amounts], int], *, in_period: bool = False) -> str:
    """Return the change since the year before, "" where the file holds no such money of it: it may not be entered."""
    before = dossier.before
    if before is None:
        return ""
    then_sums = before.within.by_source if in_period and before.within is not None else before.by_source
    now, then = amount(dossier.in_period if in_period else dossier.by_source.total), amount(then_sums.total)
    if not then:
        return ""
    return f", {_change(now, then, lambda each: f'{format_vnd(each)} đồng', dossier.before_words)}"


def _change(now: int, then: int, written: Callable[[int], str], since: str) -> str:
    """Return "tăng 200.000.000 đồng so với năm 2022", or that it is the same."""
    if now == then:
        return f"bằng {since}"
    return f"{'tăng' if now > then else 'giảm'} {written(abs(now - then))} so với {since}"


# --- annexes ---


def _annexes(dossier: PlanDossier, when: str) -> Iterator[Annex]:
    within = dossier.within if dossier.has_eve else None
    found: list[tuple[str, BalanceTable, BalanceTable | None]] = [
        ("theo chương trình", dossier.by_programme, within.by_programme if within is not None else None),
        ("theo đề án", dossier.by_project, within.by_project if within is not None else None),
        ("theo địa bàn", dossier.by_place, within.by_place if within is not None else None),
    ]
    shown = [(what, given, own) for what, given, own in found if given.rows or (own is not None and own.rows)]
    until = dossier.period.end_words(dossier.plan.year)
    note = () if dossier.period.is_year else (para(results_report.UNTIL.format(when=until), keep_with_next=True),)
    for number, (what, given, own) in enumerate(shown, start=1):
        table = balance_table(given) if own is None else period_tables.balance_table(given, own)
        yield Annex(
            number=parts.numeral(number) if len(shown) > 1 else "",
            title=f"Kinh phí khuyến công {when} {what}",
            reference="",
            body=(*note, table),
            orientation=Orientation.LANDSCAPE,
        )
