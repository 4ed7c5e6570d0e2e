"""The yearly report: its words and charts are the sums of its tables, what is not known stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kc_desktop.documents import annual_charts, annual_report
from kc_desktop.documents.chart import MOST_ROWS, Chart
from kc_desktop.documents.paper import BlankLines, Orientation, Paper, Table
from kc_desktop.documents.plain import plain_text
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.balance import BalanceRow, BalanceTable, MonthRow, MonthTable, View
from kc_desktop.domain.plan_dossier import YearBefore
from kc_desktop.domain.report_period import PERIODS, Period
from tests.documents.plan_dossiers import MILLION, YEAR, empty_plan, plan_dossier


def charts_of(paper: Paper) -> dict[str, Chart]:
    return {each.title: each for each in paper.body if isinstance(each, Chart)}


def table_after(paper: Paper, title: str) -> Table:
    """Return the first table with a column of this title."""
    return next(
        each for each in paper.body if isinstance(each, Table) and title in [column.title for column in each.columns]
    )


def test_the_report_of_a_year_has_its_parts_charts_and_annexes_in_order() -> None:
    paper = annual_report.build(plan_dossier())
    assert (paper.title.kind, paper.title.subject) == ("BÁO CÁO", "Tổng kết công tác khuyến công năm 2024")
    text = plain_text(paper)
    wanted = [
        "I. TÌNH HÌNH CHUNG",
        "II. KẾT QUẢ THỰC HIỆN",
        "Hình 1. Đề án theo trạng thái",
        "Hình 2. Kết quả so với chỉ tiêu kế hoạch",
        "Hình 3. Chương trình so với kinh phí kế hoạch",
        "Hình 4. Giải ngân theo tháng so với kinh phí kế hoạch",
        "Hình 5. Kinh phí theo địa bàn",
        "III. ĐÁNH GIÁ",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2025",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
        "Trên đây là báo cáo tổng kết công tác khuyến công năm 2024./.",
        "Phụ lục I\nKINH PHÍ KHUYẾN CÔNG NĂM 2024 THEO CHƯƠNG TRÌNH",
        "Phụ lục III\nKINH PHÍ KHUYẾN CÔNG NĂM 2024 THEO ĐỊA BÀN",
    ]
    places = [text.index(each) for each in wanted]
    assert places == sorted(places)
    assert {each.orientation for each in paper.annexes} == {Orientation.LANDSCAPE}


@pytest.mark.parametrize("period", [each for each in PERIODS if not each.is_year], ids=lambda each: each.code)
def test_a_part_of_a_year_is_a_report_so_far(period: Period) -> None:
    paper = annual_report.build(plan_dossier(period=period))
    assert paper.title.subject == f"Sơ kết công tác khuyến công {period.words(YEAR)}"
    assert f"lũy kế từ đầu năm đến hết {period.end_words(YEAR)}" in plain_text(paper)
    months = charts_of(paper).get("Giải ngân theo tháng so với kinh phí kế hoạch")
    assert months is None or months.rows[-1] == f"{period.last_month:02d}/{YEAR}"


def test_the_words_say_the_sums_and_what_changed_since_the_year_before() -> None:
    dossier = plan_dossier(local=3, national=2)
    text = plain_text(annual_report.build(dossier))
    assert "Năm 2024 có 5 đề án, nhiệm vụ khuyến công (khuyến công quốc gia 2, khuyến công địa phương 3)" in text
    assert "tăng 3 so với năm 2023; trong đó 5 đề án của năm đã được phê duyệt" in text
    assert "Kinh phí năm 2024 đã giải ngân 930.000.000 đồng" in text
    assert "bằng 48,95 % vốn được giao, bằng 48,95 % kinh phí kế hoạch" in text
    assert "còn lại chưa giải ngân 970.000.000 đồng" in text
    assert "Đã đạt 0 trên 2 chỉ tiêu kế hoạch." in text
    assert (
        "Có 1 địa bàn có đề án được phê duyệt hoặc giải ngân; nhiều nhất là Xã 07: được phê duyệt 600.000.000" in text
    )


def test_without_a_year_before_its_column_is_left_to_be_written_by_hand() -> None:
    nothing = YearBefore(
        year=YEAR - 1, by_source=BalanceTable(year=YEAR - 1, view=View.SOURCE, rows=(), total=Amounts())
    )
    for before in (nothing, None):
        paper = annual_report.build(replace(plan_dossier(), before=before))
        table = table_after(paper, "Năm 2023")
        assert {(row.cells[3], row.cells[5]) for row in table.rows} == {("", "")}
        assert all(row.cells[4] for row in table.rows)
        assert "so với năm 2023" not in plain_text(paper)


def test_a_plan_nothing_is_known_of_prints_with_room_to_write_and_no_chart() -> None:
    paper = annual_report.build(empty_plan())
    assert charts_of(paper) == {}
    assert sum(isinstance(each, BlankLines) for each in paper.body) >= 6
    assert paper.annexes == ()


def test_months_after_the_year_are_one_bar_of_the_whole_year() -> None:
    rows, so_far = [], 0
    for year, month in [*((YEAR, each) for each in range(1, 13)), (YEAR + 1, 1), (YEAR + 1, 2)]:
        so_far += month * MILLION
        rows.append(
            MonthRow(year=year, month=month, amounts=Amounts(paid_vnd=month * MILLION), so_far=Amounts(paid_vnd=so_far))
        )
    months = MonthTable(year=YEAR, rows=tuple(rows), planned_vnd=0, total=rows[-1].so_far)
    chart = annual_charts.by_month(replace(plan_dossier(), months=months))
    assert chart is not None
    assert chart.rows[-1] == "Sau 12/2024"
    assert [each.values[-1] for each in chart.series] == [3 * MILLION, 81 * MILLION]
    assert chart.mark is None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.integers(1, 40)), st.sampled_from(["KCDP", "KCQG"]), st.integers(0, 10**12)),
        max_size=60,
        unique_by=lambda it: it[:2],
    )
)
def test_the_bars_of_the_places_add_up_to_the_sums_however_many_there_are(
    given: list[tuple[int | None, str, int]],
) -> None:
    rows = tuple(
        BalanceRow(
            key=key,
            label=f"Xã {key:02d}" if key else "Chưa ghi địa bàn",
            source=source,
            source_label="",
            amounts=Amounts(approved_vnd=amount, paid_vnd=amount // 3),
        )
        for key, source, amount in given
    )
    table = BalanceTable(year=YEAR, view=View.PLACE, rows=rows, total=Amounts())
    chart = annual_charts.by_place(replace(plan_dossier(), by_place=table))
    if not any(amount for *_, amount in given):
        assert chart is None
        return
    assert chart is not None
    assert len(chart.rows) <= MOST_ROWS
    assert [sum(each.values) for each in chart.series] == [
        sum(amount for *_, amount in given),
        sum(amount // 3 for *_, amount in given),
    ]
