"""Papers of a year's plan: what each holds, for no, one and many projects, both sources, the year and its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kc_desktop.documents import (
    annual_plan,
    catalogue,
    funding_report,
    plan_projects,
    reconciliation,
    results_report,
)
from kc_desktop.documents.paper import Annex, BlankLines, Block, Column, Orientation, Paper, Row, Table
from kc_desktop.documents.pdf import render_pdf
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.plan_parts import numeral, time_of
from kc_desktop.domain.money import format_million, format_vnd
from kc_desktop.domain.plan_dossier import PlanDossier
from kc_desktop.domain.programme import FiveYearProgramme
from kc_desktop.domain.report_period import PERIODS, Period
from kc_desktop.errors import KnownError
from tests.documents.plan_dossiers import MILLION, empty_plan, plan_dossier, project
from tests.documents.reading import read_pdf, squeezed, without_charts, without_headers

PLAN_KINDS = [kind for kind in catalogue.KINDS if kind.record == catalogue.PLANS]
PLAN_IDS = [kind.key for kind in PLAN_KINDS]
BY_CODE = {each.code: each for each in PERIODS}


def tables_of(paper: Paper) -> list[Table]:
    """Return the tables of a paper and its annexes."""
    blocks: list[Block] = [*paper.body, *[block for each in paper.annexes for block in each.body]]
    return [block for block in blocks if isinstance(block, Table)]


def table_with(paper: Paper, *titles: str) -> Table:
    """Return the first table that has columns of these titles."""
    return next(each for each in tables_of(paper) if set(titles) <= {column.title for column in each.columns})


def row_of(table: Table, words: str) -> Row:
    """Return the first row that begins with these words, after its number."""
    return next(row for row in table.rows if any(cell.startswith(words) for cell in row.cells[:2]))


@pytest.mark.parametrize("kind", PLAN_KINDS, ids=PLAN_IDS)
def test_an_empty_plan_prints_as_a_form_to_fill_in_by_hand(kind: catalogue.PaperKind) -> None:
    paper = kind.build(empty_plan())
    text = plain_text(paper)
    assert "None" not in text
    assert "………" in text
    assert read_pdf(render_pdf(paper, bundled_font=True)).pages


@pytest.mark.parametrize("kind", PLAN_KINDS, ids=PLAN_IDS)
@pytest.mark.parametrize("number", [0, 1, 200])
def test_no_one_and_many_projects_print_whole_with_the_header_on_each_page(
    kind: catalogue.PaperKind, number: int
) -> None:
    paper = without_charts(kind.build(plan_dossier(local=number, national=0)))
    pdf = read_pdf(render_pdf(paper, bundled_font=True))
    assert without_headers(pdf.text, paper) == without_headers(squeezed(plain_text(paper)), paper)
    if number == 200 and kind.key in {"project-summary-table", "reconciliation"}:
        header = squeezed("".join(table_with(paper, "TT").header_lines))
        with_rows = [page for page in pdf.pages if "Cơsở" in page.stream_text and "máymóc" in page.stream_text]
        assert len(with_rows) > 10
        assert all(header in page.stream_text for page in with_rows)


@pytest.mark.parametrize("kind", PLAN_KINDS, ids=PLAN_IDS)
def test_wide_forms_and_annexes_lie_across(kind: catalogue.PaperKind) -> None:
    paper = kind.build(plan_dossier())
    across = {"project-summary-table", "reconciliation"}
    assert (paper.orientation is Orientation.LANDSCAPE) == (kind.key in across)
    assert all(annex.orientation is Orientation.LANDSCAPE for annex in paper.annexes)


@pytest.mark.parametrize("kind", PLAN_KINDS, ids=PLAN_IDS)
def test_every_amount_has_its_unit(kind: catalogue.PaperKind) -> None:
    paper = kind.build(plan_dossier())
    for table in tables_of(paper):
        titles = {column.title for column in table.columns}
        has_money = titles & {"Tổng kinh phí", "Được duyệt", "Số tiền", "Kinh phí kế hoạch", "Theo sổ kinh phí"}
        if has_money:
            assert table.unit_note in {"Đơn vị tính: triệu đồng", "Đơn vị tính: đồng"}
        elif {"KCQG", "KCĐP"} & {*titles, *[column.group for column in table.columns]}:
            assert "ĐVT" in titles
            assert all(row.spans or row.cells[2] for row in table.rows)


# --- Biểu tổng hợp đề án ---


def test_the_summary_has_the_columns_of_the_form() -> None:
    table = table_with(plan_projects.build(plan_dossier()), "Tên đề án")
    assert [column.title for column in table.columns] == [
        "TT",
        "Tên đề án",
        "Đơn vị thực hiện",
        "Mục tiêu và nội dung chính",
        "Dự kiến kết quả",
        "Thời gian",
        "Tổng kinh phí",
        "Khuyến công",
        "Khác",
        "Ghi chú",
    ]
    assert table.unit_note == "Đơn vị tính: triệu đồng"


def test_projects_stand_by_programme_then_by_content_and_the_groups_add_up_to_the_total() -> None:
    given = plan_dossier(local=7)
    table = table_with(plan_projects.build(given), "Tên đề án")
    titles = [row.cells[0] for row in table.rows if row.spans]
    assert titles == [
        "I. Chương trình 01",
        "II. Mô hình trình diễn kỹ thuật, chuyển giao công nghệ, máy móc tiên tiến",
    ]
    assert row_of(table, "Cộng I ").cells[1] == "Cộng I (4 đề án)"
    assert row_of(table, "Cộng I ").cells[6:9] == ("2.000", "800", "1.200")
    assert row_of(table, "Cộng II").cells[6:9] == ("1.500", "600", "900")
    assert row_of(table, "Tổng cộng").cells[6:9] == ("3.500", "1.400", "2.100")
    assert row_of(table, "Tổng cộng").cells[7] == format_million(given.own_sums.approved_vnd)


def test_each_row_adds_up_and_amounts_of_single_dong_are_not_rounded() -> None:
    given = plan_dossier(local=1)
    odd = replace(given.projects[0], approved_vnd=123_456_789, own_vnd=1)
    table = table_with(plan_projects.build(replace(given, projects=(odd,))), "Tên đề án")
    assert table.rows[1].cells[6:9] == ("123,45679", "123,456789", "0,000001")


def test_what_is_only_asked_for_is_told_apart_from_what_is_approved() -> None:
    given = plan_dossier(local=2)
    asked = replace(project(9), approved_vnd=None, state="received")
    table = table_with(plan_projects.build(replace(given, projects=(*given.projects, asked))), "Tên đề án")
    assert row_of(table, "Tổng cộng").cells[7] == "600"
    assert row_of(table, "Trong đó đã được phê duyệt").cells[7] == "400"


def test_rejected_projects_other_years_and_other_sources_are_left_out() -> None:
    given = plan_dossier(local=1, national=1)
    others = (replace(project(8), state="rejected"), replace(project(9), year=2023))
    table = table_with(plan_projects.build(replace(given, projects=(*given.projects, *others))), "Tên đề án")
    assert row_of(table, "Tổng cộng").cells[1] == "Tổng cộng (1 đề án)"


def test_a_programme_without_projects_is_listed_as_such() -> None:
    table = table_with(plan_projects.build(plan_dossier(local=0)), "Tên đề án")
    assert [row.cells[0] or row.cells[1] for row in table.rows] == ["I. Chương trình 01", "Chưa có đề án"]


@pytest.mark.parametrize(
    ("start", "end", "last_year", "words"),
    [
        (date(2024, 3, 1), date(2024, 11, 30), None, "03/2024\nđến\n11/2024"),
        (date(2024, 3, 1), date(2024, 3, 30), None, "03/2024"),
        (None, None, None, "2024"),
        (None, date(2025, 1, 1), 2025, "2024\nđến\n2025"),
    ],
)
def test_the_time_is_that_of_the_days_else_of_the_years(
    start: date | None, end: date | None, last_year: int | None, words: str
) -> None:
    assert time_of(start, end, 2024, last_year) == words


@pytest.mark.parametrize(("number", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")])
def test_groups_are_numbered_in_roman(number: int, roman: str) -> None:
    assert numeral(number) == roman


# --- Bảng đối chiếu kinh phí ---


def test_the_reconciliation_holds_the_ledger_project_by_project_and_its_sums() -> None:
    given = plan_dossier(local=3)
    table = table_with(reconciliation.build(given), "Đề án")
    assert table.unit_note == "Đơn vị tính: đồng"
    assert table.rows[0].cells[2] == "01/QĐ-SCT ngày 20/02/2024\n01/HĐ-KC ngày 20/04/2024"
    assert table.rows[0].cells[3:] == (
        "200.000.000",
        "140.000.000",
        "60.000.000",
        "14.000.000",
        "186.000.000",
        "186.000.000",
        "14.000.000",
    )
    sums = given.own_sums
    assert row_of(table, "Tổng cộng").cells[3:] == tuple(
        format_vnd(each)
        for each in (
            sums.approved_vnd,
            sums.advanced_vnd,
            sums.paid_vnd,
            sums.refunded_vnd,
            sums.disbursed_vnd,
            sums.settled_vnd,
            sums.left_vnd,
        )
    )


def test_the_difference_to_the_treasury_is_told_both_ways() -> None:
    paper = reconciliation.build(plan_dossier())
    sides = table_with(paper, "Theo sổ kinh phí")
    assert row_of(sides, "Chi").cells[2:] == ("200.000.000", "140.000.000", "60.000.000")
    assert row_of(sides, "Thu lại").cells[2:] == ("0", "5.000.000", "-5.000.000")
    assert row_of(sides, "Đã giải ngân").cells[2:] == ("200.000.000", "135.000.000", "65.000.000")
    in_ledger, in_statement = [each for each in tables_of(paper) if each.columns[-1].title == "Số tiền"]
    assert in_ledger.rows[0].cells[1:] == ("15/06/2024", "UNC 02", "Tạm ứng", "Cơ sở 001", "60.000.000")
    assert in_statement.rows[0].cells[1:] == ("16/06/2024", "GBC 07", "Thu lại", "Hoàn trả", "5.000.000")
    assert "2. Đối chiếu với sao kê kho bạc Quý II (từ 01/04/2024 đến 30/06/2024)" in plain_text(paper)


def test_a_statement_that_agrees_says_so() -> None:
    given = plan_dossier()
    (statement,) = given.statements
    agreeing = replace(statement, only_in_ledger=(), only_in_statement=())
    text = plain_text(reconciliation.build(replace(given, statements=(agreeing,))))
    assert reconciliation.AGREES in text
    assert "không có trong" not in text


def test_the_adjusting_decision_stands_for_the_one_it_adjusted() -> None:
    given = plan_dossier(local=1)
    (row,) = given.reconciled
    assert row.project is not None
    adjusted = replace(row.project, adjusted_vnd=1, adjustment_number="77/QĐ-SCT", adjusted_on=date(2024, 9, 1))
    table = table_with(reconciliation.build(replace(given, reconciled=(replace(row, project=adjusted),))), "Đề án")
    assert table.rows[0].cells[2].startswith("77/QĐ-SCT ngày 01/09/2024\n")


# --- Kế hoạch khuyến công năm ---


def test_the_plan_rests_on_the_law_the_programme_above_it_and_its_decision() -> None:
    above = FiveYearProgramme(name="Chương trình khuyến công 2021 - 2025", decision="1234/QĐ-UBND")
    paper = annual_plan.build(replace(plan_dossier(), five_year_programmes=(above,)))
    assert [line.split(" ngày ")[0] for line in paper.basis_lines] == [
        "Căn cứ Nghị định số 45/2012/NĐ-CP",
        "Căn cứ Quyết định số 1234/QĐ-UBND",
        "Căn cứ Quyết định số 05/QĐ-UBND",
    ]
    assert paper.basis_lines[-1].endswith("ngày 10 tháng 01 năm 2024 giao kế hoạch khuyến công địa phương năm 2024.")


def test_the_plan_tells_of_each_programme_its_budget_targets_and_projects() -> None:
    text = plain_text(annual_plan.build(plan_dossier(local=3)))
    for words in (
        "1. Chương trình 01",
        "Kinh phí kế hoạch: 900.000.000 đồng.",
        "Hỗ trợ 10–15 cơ sở.",
        "- Chỉ tiêu 01: 10–15 cơ sở;",
        "- Chỉ tiêu 02: 6.000 cơ sở.",
        "Số đề án: 02 (Phụ lục kèm theo).",
        "DANH MỤC ĐỀ ÁN KHUYẾN CÔNG ĐỊA PHƯƠNG NĂM 2024",
    ):
        assert words in text
    assert "Chương trình 02" not in text, "the other source has a plan of its own"


def test_what_only_the_office_can_say_is_left_as_dotted_lines_and_the_plan_ends_with_its_mark() -> None:
    body = annual_plan.build(plan_dossier()).body
    assert sum(isinstance(each, BlankLines) for each in body) == 2 + len(annual_plan.ORGANISATION)
    assert plain_text(annual_plan.build(plan_dossier())).count("./.") == 1


def test_the_money_of_the_plan_is_that_of_its_projects_and_its_ledger() -> None:
    given = plan_dossier(local=3)
    sources = table_with(annual_plan.build(given), "Nguồn kinh phí của các đề án")
    assert [row.cells[-1] for row in sources.rows] == ["600", "900", "0", "1.500"]
    given_money = table_with(annual_plan.build(given), "Văn bản")
    assert given_money.rows[-1].cells[3:] == ("Vốn được giao", format_million(given.own_sums.allocated_vnd))


# --- Báo cáo kinh phí ---


def columns_of(table: Table) -> list[str]:
    return [f"{column.group} {column.title}".strip() for column in table.columns]


def test_the_funding_report_sets_both_sources_side_by_side() -> None:
    given = plan_dossier(local=3, national=2)
    table = table_with(funding_report.build(given), "Chỉ tiêu")
    assert columns_of(table) == ["TT", "Chỉ tiêu", "ĐVT", "KCQG", "KCĐP"]
    for words, cells in (
        ("Kinh phí kế hoạch", ("triệu đồng", "400", "1.500")),
        ("Vốn được giao", ("triệu đồng", "400", "1.500")),
        ("Kinh phí được phê duyệt", ("triệu đồng", "400", "600")),
        ("Tỷ lệ phê duyệt", ("%", "100,00", "40,00")),
        ("Tạm ứng", ("triệu đồng", "280", "420")),
        ("Thanh toán", ("triệu đồng", "120", "180")),
        ("Hoàn trả", ("triệu đồng", "28", "42")),
        ("Đã giải ngân", ("triệu đồng", "372", "558")),
        ("Tỷ lệ giải ngân", ("%", "93,00", "37,20")),
        ("Quyết toán", ("triệu đồng", "372", "558")),
        ("Còn lại", ("triệu đồng", "28", "942")),
    ):
        assert row_of(table, words).cells[2:] == cells


@pytest.mark.parametrize(
    ("code", "title", "advanced", "paid"),
    [
        ("q1", "Kinh phí khuyến công quý I năm 2024", ("0", "0"), ("0", "0")),
        ("q2", "Kinh phí khuyến công quý II năm 2024", ("420", "420"), ("0", "0")),
        ("q4", "Kinh phí khuyến công quý IV năm 2024", ("0", "420"), ("180", "180")),
        ("h1", "Kinh phí khuyến công 6 tháng đầu năm 2024", ("420", "420"), ("0", "0")),
        ("h2", "Kinh phí khuyến công 6 tháng cuối năm 2024", ("0", "420"), ("180", "180")),
    ],
)
def test_of_a_part_of_the_year_what_is_dated_in_it_stands_beside_the_year_so_far(
    code: str, title: str, advanced: tuple[str, str], paid: tuple[str, str]
) -> None:
    paper = funding_report.build(plan_dossier(local=3, period=BY_CODE[code]))
    table = table_with(paper, "Chỉ tiêu")
    assert paper.title.subject == title
    assert columns_of(table)[3:] == ["KCQG Trong kỳ", "KCQG Lũy kế", "KCĐP Trong kỳ", "KCĐP Lũy kế"]
    assert row_of(table, "Tạm ứng").cells[5:] == advanced
    assert row_of(table, "Thanh toán").cells[5:] == paid
    assert row_of(table, "Kinh phí được phê duyệt").cells[5:] == ("", "600")
    assert row_of(table, "Kinh phí kế hoạch (cả năm)").cells[5:] == ("", "1.500")


@pytest.mark.parametrize("periods", [("q1", "q2", "q3", "q4"), ("h1", "h2")])
def test_the_parts_of_a_year_add_up_to_the_year(periods: tuple[str, ...]) -> None:
    for each in plan_dossier(local=5, national=4).money:
        parts = [each.within(BY_CODE[code]) for code in periods]
        for name in ("allocated_vnd", "advanced_vnd", "paid_vnd", "refunded_vnd", "settled_vnd"):
            assert sum(getattr(part, name) for part in parts) == getattr(each.sums, name)
        assert each.until(BY_CODE[periods[-1]]).disbursed_vnd == each.sums.disbursed_vnd


def test_the_annex_of_the_funding_report_is_the_balances_by_programme() -> None:
    given = plan_dossier(local=3, national=2)
    (annex,) = funding_report.build(given).annexes
    assert isinstance(annex, Annex)
    (table,) = annex.body
    assert isinstance(table, Table)
    assert [row.cells[1] for row in table.rows] == ["Chương trình 01", "Chương trình 02", "Tổng cộng"]
    assert table.rows[-1].cells[3:6] == ("1.900", "1.900", "1.000")
    assert table.rows[-1].cells[-1] == given.by_programme.total.rate.removesuffix(" %")


def test_a_report_of_odd_amounts_is_in_dong() -> None:
    given = plan_dossier(local=1, national=0)
    odd = replace(given.money[1], sums=replace(given.money[1].sums, paid_vnd=1_234_567))
    table = table_with(funding_report.build(replace(given, money=(given.money[0], odd))), "Chỉ tiêu")
    assert row_of(table, "Thanh toán").cells[2:] == ("đồng", "0", "1.234.567")


# --- Báo cáo kết quả ---


def test_the_results_count_projects_by_state_and_the_supported() -> None:
    table = table_with(results_report.build(plan_dossier(local=3, national=2)), "Chỉ tiêu", "KCQG")
    for words, cells in (
        ("Đề án, nhiệm vụ trong năm", ("đề án", "2", "3")),
        ("- Đang thực hiện", ("đề án", "1", "2")),
        ("- Đã quyết toán", ("đề án", "1", "1")),
        ("Đề án của năm được phê duyệt", ("đề án", "2", "3")),
        ("Cơ sở được hỗ trợ", ("cơ sở", "2", "3")),
        ("Vốn đối ứng", ("triệu đồng", "600", "900")),
        ("Kinh phí được phê duyệt", ("triệu đồng", "400", "600")),
        ("Đã giải ngân", ("triệu đồng", "372", "558")),
    ):
        assert row_of(table, words).cells[2:] == cells
    assert not any(cell.startswith("- Nháp") for row in table.rows for cell in row.cells)


def group_names(table: Table) -> list[str]:
    return [row.cells[0] for row in table.rows if row.spans]


def by_group(given: PlanDossier) -> Table:
    return results_report.groups_table(given, results_report.reported_groups(given))


def test_contents_are_put_together_by_the_groups_of_the_law_and_none_is_lost() -> None:
    given = plan_dossier(local=3)
    assert group_names(by_group(given)) == ["Nhóm 02"]
    without = replace(given, groups=tuple(each for each in given.groups if each.ordinal != 2))
    assert group_names(by_group(without)) == [results_report.WITHOUT_GROUP]
    for table in (by_group(given), by_group(without)):
        assert row_of(table, "Kinh phí được phê duyệt").cells[3:] == ("400", "600")
    twice = replace(given, groups=(*given.groups, replace(given.groups[1], id=9, ordinal=9, name="Nhóm 09")))
    assert group_names(by_group(twice)) == ["Nhóm 02"], "a content counts once"


def test_contents_follow_one_by_one_only_where_a_group_holds_several() -> None:
    given = plan_dossier()
    assert "Kết quả theo nội dung hoạt động" in plain_text(results_report.build(given))
    single = replace(given, groups=given.groups[1:2])
    rest = results_report.reported_groups(single)[-1]
    assert len(rest.contents) == 9
    assert "" in rest.contents


def test_targets_stand_with_what_was_done_and_their_share_of_the_least_planned() -> None:
    table = table_with(results_report.build(plan_dossier()), "Thực hiện")
    assert group_names(table) == ["Chương trình 01 (KCĐP)"]
    assert [row.cells[1:] for row in table.rows[1:]] == [
        ("Chỉ tiêu 01", "cơ sở", "10–15", "4", "40,00 %"),
        ("Chỉ tiêu 02", "cơ sở", "6.000", "0", "0,00 %"),
    ]


def test_impact_is_added_up_only_where_before_and_after_are_known() -> None:
    given = plan_dossier()
    (known,) = given.impacts
    half = replace(known, impact=replace(known.impact, establishment_id=4, workers_before=10, workers_after=None))
    table = table_with(results_report.build(replace(given, impacts=(known, half))), "Trước")
    assert row_of(table, "Lao động").cells[2:] == ("người", "", "", "45", "52")
    assert row_of(table, "Doanh thu").cells[2:] == ("triệu đồng", "", "", "61.000", "72.000")
    assert row_of(table, "Nộp ngân sách").cells[2:] == ("triệu đồng", "", "", "", "")
    blank = table_with(results_report.build(replace(given, impacts=())), "Trước")
    assert blank.for_handwriting
    assert [row.cells[1] for row in blank.rows] == ["Lao động", "Doanh thu", "Nộp ngân sách"]


# --- keys with periods ---


def test_a_key_may_name_a_period_of_a_kind_that_knows_periods() -> None:
    kind = catalogue.kind("funding-report:q2")
    assert kind is catalogue.kind("funding-report")
    assert catalogue.period_of("funding-report:q2").label == "quý II"
    assert catalogue.period_of("funding-report").is_year
    for wrong in ("funding-report:q5", "annual-plan:q1", "meeting-minutes:", ":q1"):
        with pytest.raises(KnownError, match="funding-report:q2"):
            catalogue.kind(wrong)


@pytest.mark.parametrize(
    ("code", "day"), [("", date(2024, 12, 31)), ("q1", date(2024, 3, 31)), ("h1", date(2024, 6, 30))]
)
def test_a_period_ends_on_its_last_day(code: str, day: date) -> None:
    period: Period = BY_CODE[code]
    assert period.last_day(2024) == day


def test_every_amount_of_a_project_is_in_the_table_of_a_long_plan_once() -> None:
    given = plan_dossier(local=200, national=0)
    table = table_with(plan_projects.build(given), "Tên đề án")
    names = [row.cells[1] for row in table.rows if row.cells[0].isdigit()]
    assert sorted(names) == sorted(each.name for each in given.own_projects)
    assert row_of(table, "Tổng cộng").cells[7] == format_million(200 * 200 * MILLION)
    assert all(isinstance(column, Column) for column in table.columns)
