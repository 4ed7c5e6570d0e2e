"""An estimate's lines: totals that always agree, and blocks copied from Excel read without losing a đồng."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kc_desktop.domain.fields import describe
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import Contract, EstimateLine, ProgressReport
from kc_desktop.services import estimates, pasted_rows
from kc_desktop.services.pasted_rows import GROUP, HEADING, ROW, TOTAL, Block

_COLUMNS = (
    *("content", "unit", "quantity", "price_vnd"),
    *("support_vnd", "own_vnd", "other_vnd", "total_vnd", "note"),
)
_FIELDS = tuple(describe(EstimateLine).field(name) for name in _COLUMNS)
_AMOUNTS = st.integers(0, 10**12)


def _read(text: str, rest_into: str = "", unit: int | None = None) -> Block:
    return pasted_rows.read(
        text,
        _FIELDS,
        lambda _table, _name: None,
        headings=estimates.HEADINGS,
        unit=unit,
        complete=lambda values: estimates.complete(values, rest_into),
    )


@given(support=_AMOUNTS, own=_AMOUNTS, other=_AMOUNTS, changed=st.sampled_from(_COLUMNS))
def test_a_lines_total_is_always_the_sum_of_its_three_sources(support: int, own: int, other: int, changed: str) -> None:
    line = EstimateLine(content="Máy", support_vnd=support, own_vnd=own, other_vnd=other)
    derived = estimates.derive(line, changed)
    assert derived.total_vnd == support + own + other


@given(
    quantity=st.decimals(Decimal("0.001"), 10_000, places=3),
    price=st.integers(1, 10**9),
    share=st.decimals(0, 1, places=2),
)
def test_quantity_by_price_fills_the_total_and_leaves_the_rest_to_the_beneficiary(
    quantity: Decimal, price: int, share: Decimal
) -> None:
    line = estimates.derive(EstimateLine(content="Máy", quantity=quantity, price_vnd=price), "price_vnd")
    product = estimates.product_of(line)
    assert line.total_vnd == line.own_vnd == product
    support = int(product * share)
    line = estimates.derive(
        EstimateLine(content="Máy", quantity=quantity, price_vnd=price, support_vnd=support), "support_vnd"
    )
    assert (line.total_vnd, line.own_vnd) == (product, product - support)
    assert estimates.warning(line) == ""


def test_what_is_typed_by_hand_stays_and_is_told_when_it_does_not_agree() -> None:
    line = EstimateLine(content="Máy", quantity=Decimal(2), price_vnd=100, support_vnd=50, own_vnd=100)
    line = estimates.derive(line, "own_vnd")
    assert (line.own_vnd, line.total_vnd) == (100, 150)
    assert estimates.warning(line) == "Số lượng × đơn giá được 200 đồng, ba nguồn cộng lại 150 đồng."


_BLOCK = (
    "TT\tNội dung chi\tĐVT\tSố lượng\tĐơn giá\tThành tiền\tKhuyến công hỗ trợ\tĐối ứng\tGhi chú\n"
    "\t\t\t\t(triệu đồng)\t\t\t\t\n"
    "I\tMáy móc\t\t\t\t500\t200\t300\t\n"
    "1\tMáy chính\tmáy\t1\t450\t450\t180\t270\tmới\n"
    "2\tMáy phụ\tbộ\t2,5\t20\t50\t20\t\t\n"
    "\tTổng cộng\t\t\t\t500\t200\t300\t\n"
)


def test_a_block_with_heading_groups_and_total_is_read_in_its_own_unit() -> None:
    block = _read(_BLOCK)
    assert [each.kind for each in block.rows] == [HEADING, HEADING, GROUP, ROW, ROW, TOTAL]
    assert (block.unit, block.is_unit_told) == (1_000_000, True)
    first, second = (each.values for each in block.good)
    assert (first["content"], first["unit"], first["quantity"]) == ("Máy chính", "máy", Decimal(1))
    assert (first["support_vnd"], first["own_vnd"], first["total_vnd"]) == (180_000_000, 270_000_000, 450_000_000)
    assert (second["quantity"], second["own_vnd"], second["other_vnd"]) == (Decimal("2.5"), 30_000_000, 0)


def test_a_total_row_that_is_not_the_sum_of_the_rows_is_told() -> None:
    block = _read("Nội dung chi\tThành tiền\tHỗ trợ\nMáy\t100\t100\nTổng\t90\t100\n")
    assert block.notes == ("Tổng kinh phí: dòng tổng ghi 90 đồng, các dòng cộng lại 100 đồng.",)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Máy\tbộ\t2\t100\t\t\t\t250", "Số lượng × đơn giá được 200, cột tổng ghi 250."),
        ("Máy\tbộ\t\t\t100\t50\t0\t200", "Tổng 200 khác ba nguồn cộng lại 150."),
        ("Máy\tbộ\t\t\t\t\t\t200", "Chưa chia nguồn: khuyến công hỗ trợ, đơn vị thụ hưởng hay nguồn khác."),
        ("\tbộ\t1\t100\t100", "Chưa có nội dung chi."),
        ("Máy\tbộ\tmột\t100", "Số lượng: “một” chưa phải là một số. Ghi như 1250, 1.250 hoặc 2,5."),
        ("Máy\tbộ\t1\t-100\t100", "Đơn giá: số tiền không được âm."),
    ],
)
def test_a_row_that_does_not_agree_is_not_added_and_says_why(line: str, problem: str) -> None:
    (row,) = _read(line).rows
    assert not row.is_good
    assert row.problem == problem


def test_without_a_heading_columns_stand_in_the_tables_order_after_the_ordinals() -> None:
    block = _read("1\tMáy chính\tmáy\t1\t1.234.567\t1.234.567\n2\tMáy phụ\tbộ\t1\t5\t5\n")
    assert [each.values["content"] for each in block.good] == ["Máy chính", "Máy phụ"]
    assert block.good[0].values["total_vnd"] == 1_234_567
    assert not block.is_unit_told


def test_a_total_not_shared_out_goes_where_one_says() -> None:
    (row,) = _read("Nội dung chi\tThành tiền\nBản tin\t900\n", "support_vnd", unit=1_000_000).good
    assert (row.values["support_vnd"], row.values["total_vnd"]) == (900_000_000, 900_000_000)


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=8
    )
)
def test_no_dong_is_lost_between_excel_and_the_estimate(rows: list[tuple[int, int, int]]) -> None:
    lines = [
        "\t".join((f"Khoản {number}", "", "", "", *(format_vnd(each) for each in parts), format_vnd(sum(parts))))
        for number, parts in enumerate(rows)
    ]
    good = _read("\n".join(lines)).good
    assert [tuple(each.values[name] for name in estimates.PARTS) for each in good] == rows
    assert sum(each.values["total_vnd"] for each in good) == sum(map(sum, rows))


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_pasted(text: str) -> None:
    for row in _read(text).rows:
        assert row.kind in (ROW, HEADING, GROUP, TOTAL)


def test_links_days_and_percents_of_other_tables_are_read_too() -> None:
    fields = tuple(
        describe(Contract).field(name) for name in ("number", "signed_on", "establishment_id", "support_vnd")
    )
    text = (
        "Số hợp đồng\tNgày ký\tĐơn vị thụ hưởng\tKhuyến công hỗ trợ\n"
        "01/HĐ\t3/5/2023\tCơ sở 03\t5\n02/HĐ\t4/5/2023\tCơ sở 99\t5"
    )
    block = pasted_rows.read(text, fields, lambda _table, name: 7 if name == "Cơ sở 03" else None)
    assert block.rows[1].values["establishment_id"] == 7
    assert block.rows[2].problem == "Đơn vị thụ hưởng: chưa có “Cơ sở 99” trong danh sách."
    progress = tuple(describe(ProgressReport).field(name) for name in ("month", "reported_percent"))
    (row,) = pasted_rows.read("04/2023\t35%", progress, lambda _table, _name: None).good
    assert row.values == {"month": "04/2023", "reported_percent": Decimal(35)}
