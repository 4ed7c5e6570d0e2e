"""A treasury's statement is read as it was copied, matched once, and the difference is told both ways."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.funding import FundEntry, StatementLine, TreasuryStatement
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, statements
from kc_desktop.services.checking import check
from kc_desktop.services.pasting import MILLION
from kc_desktop.services.workspace import Workspace

PASTED = (
    "SỔ CHI TIẾT TÀI KHOẢN\t\t\t\t\t\n"
    "STT\tNgày hạch toán\tSố chứng từ\tDiễn giải\tPhát sinh nợ\tPhát sinh có\n"
    "1\t2\t3\t4\t5\t6\n"
    "\tSố dư đầu kỳ\t\t\t5.000.000\t\n"
    "1\t16/6/2023\tUNC 01\tTạm ứng Cơ sở 01\t140.000.000\t\n"
    "2\t17/6/2023\tUNC 02\tTạm ứng Cơ sở 02\t140.000.000\t\n"
    "3\t30/6/2023\tGNT 1\tHoàn trả\t\t20.000.000\n"
    "4\t31/6/2023\tUNC 03\tNgày sai\t1.000\t\n"
    "\tCộng phát sinh\t\t\t280.001.000\t20.000.000\n"
)


def test_a_pasted_statement_is_read_without_its_titles_numbers_and_totals() -> None:
    preview = statements.read_statement(PASTED, 2023)
    assert preview.problem == ""
    assert [(each.happened_on, each.document, each.amount_vnd, each.is_incoming) for each in preview.good] == [
        (date(2023, 6, 16), "UNC 01", 140 * MILLION, False),
        (date(2023, 6, 17), "UNC 02", 140 * MILLION, False),
        (date(2023, 6, 30), "GNT 1", 20 * MILLION, True),
    ]
    (bad,) = [each for each in preview.lines if each.problem]
    assert bad.line.document == "UNC 03"
    assert "không có ngày 31" in bad.problem


def test_a_statement_without_headings_is_read_by_what_stands_in_its_columns() -> None:
    preview = statements.read_statement(
        "16/06/2023\tUNC 01\tTạm ứng cho cơ sở\t140,000,000.00\n"
        "17/06/2023\tUNC 02\tThu hồi tạm ứng dư\t-20,000,000.00\n",
        2023,
    )
    assert [(each.document, each.content, each.amount_vnd, each.is_incoming) for each in preview.good] == [
        ("UNC 01", "Tạm ứng cho cơ sở", 140 * MILLION, False),
        ("UNC 02", "Thu hồi tạm ứng dư", 20 * MILLION, True),
    ]


def test_amounts_may_be_in_trieu_and_days_without_a_year_lie_in_the_plans() -> None:
    preview = statements.read_statement("Ngày\tSố tiền\n16/6\t140,5\n", 2023, MILLION)
    (line,) = preview.good
    assert (line.happened_on, line.amount_vnd) == (date(2023, 6, 16), 140_500_000)


@pytest.mark.parametrize("text", ["", "chữ", "Ngày\tNội dung\n1/1/2023\tchi\n", "Ngày\tSố tiền\n"])
def test_what_is_no_statement_is_told(text: str) -> None:
    preview = statements.read_statement(text, 2023)
    assert preview.lines == ()
    assert preview.problem


@given(st.text(alphabet="0123456789.,/-\t\n ngàysốtiềnợc()", max_size=200))
def test_whatever_is_pasted_gives_lines_or_a_reason(text: str) -> None:
    preview = statements.read_statement(text, 2023)
    assert preview.lines or preview.problem
    assert all(each.amount_vnd > 0 and each.happened_on for each in preview.good)


# --- matching ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def ledger(empty: Workspace) -> Workspace:
    """A plan of 2023 with two advances of one amount, a payment the treasury does not know, and a refund."""
    plan = empty.save(AnnualPlan(year=2023))
    for kind, day, amount, document in (
        ("allocation", date(2023, 1, 1), 4_800, ""),
        ("advance", date(2023, 6, 15), 140, "UNC 02"),
        ("advance", date(2023, 6, 16), 140, "UNC 01"),
        ("payment", date(2023, 6, 20), 35, "UNC 9"),
        ("refund", date(2023, 6, 29), 20, "GNT1"),
    ):
        empty.save(
            FundEntry(kind=kind, happened_on=day, plan_id=plan.id, amount_vnd=amount * MILLION, document=document)
        )
    return empty


def _saved(ledger: Workspace, text: str = PASTED, name: str = "Sao kê quý II") -> TreasuryStatement:
    preview = statements.read_statement(text, 2023)
    return statements.save_statement(ledger, TreasuryStatement(plan_id=1, name=name), preview.good)


def test_lines_are_matched_by_amount_document_and_day_and_the_rest_is_the_difference(ledger: Workspace) -> None:
    kept = _saved(ledger)
    assert (kept.from_day, kept.to_day) == (date(2023, 6, 16), date(2023, 6, 30))
    found = funding.reconciliation(ledger, kept.id)
    assert [(each.line.document, each.entry.document) for each in found.matched] == [
        ("UNC 01", "UNC 01"),
        ("UNC 02", "UNC 02"),
        ("GNT 1", "GNT1"),
    ]
    assert [each.document for each in found.only_in_ledger] == ["UNC 9"]
    assert found.only_in_statement == ()
    assert (found.ledger_out_vnd, found.ledger_in_vnd) == (315 * MILLION, 20 * MILLION)
    assert (found.statement_out_vnd, found.statement_in_vnd) == (280 * MILLION, 20 * MILLION)
    assert found.difference_vnd == 35 * MILLION
    assert check(ledger.path) == ()
    ledger.undo()
    assert ledger.all(TreasuryStatement) == ()
    assert ledger.all(StatementLine) == ()


def test_an_entry_is_matched_with_one_line_only_also_across_statements(ledger: Workspace) -> None:
    _saved(ledger)
    again = _saved(ledger, name="Sao kê lần nữa")
    found = funding.reconciliation(ledger, again.id)
    assert found.matched == ()
    assert len(found.only_in_statement) == 3
    line, taken = found.only_in_statement[0], 2
    assert statements.candidates(ledger, line.id) == ()
    with pytest.raises(FieldError, match="đã khớp với dòng sao kê khác"):
        statements.tick(ledger, line.id, taken)


def test_matches_are_ticked_and_taken_away_by_hand(ledger: Workspace) -> None:
    kept = _saved(ledger)
    first = funding.reconciliation(ledger, kept.id).matched[0]
    statements.tick(ledger, first.line.id, None)
    found = funding.reconciliation(ledger, kept.id)
    assert [each.id for each in found.only_in_statement] == [first.line.id]
    assert first.entry in found.only_in_ledger
    assert found.difference_vnd == 35 * MILLION
    assert [each.id for each in statements.candidates(ledger, first.line.id)] == [first.entry.id]
    with pytest.raises(FieldError, match="khác số tiền"):
        statements.tick(ledger, first.line.id, 4)
    statements.tick(ledger, first.line.id, first.entry.id)
    assert len(funding.reconciliation(ledger, kept.id).matched) == 3


def test_a_reversed_entry_is_on_neither_side_and_its_line_may_be_matched_anew(ledger: Workspace) -> None:
    kept = _saved(ledger)
    first = funding.reconciliation(ledger, kept.id).matched[0]
    funding.reverse(ledger, first.entry.id, "Ghi nhầm chương trình", on=date(2023, 7, 1))
    found = funding.reconciliation(ledger, kept.id)
    assert [each.id for each in found.only_in_statement] == [first.line.id]
    assert found.difference_vnd == (35 - 140) * MILLION
    right = ledger.save(
        FundEntry(kind="advance", happened_on=date(2023, 6, 16), plan_id=1, amount_vnd=140 * MILLION, document="UNC 01")
    )
    assert statements.match(ledger, kept.id) == 1
    assert right in {each.entry for each in funding.reconciliation(ledger, kept.id).matched}


def test_an_empty_statement_is_not_written(ledger: Workspace) -> None:
    with pytest.raises(KnownError, match="Chưa có dòng sao kê"):
        statements.save_statement(ledger, TreasuryStatement(plan_id=1, name="Trống"), ())


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 28), st.booleans()), max_size=10),
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 28), st.booleans()), min_size=1, max_size=10),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_difference_is_what_is_left_over_on_both_sides(
    empty: Workspace, entries: list[tuple[int, int, bool]], lines: list[tuple[int, int, bool]]
) -> None:
    with empty.change("Thử", is_start=True):
        plan = empty.save(AnnualPlan(year=1990 + len(empty.all(AnnualPlan))))
        empty.save(FundEntry(kind="allocation", happened_on=date(plan.year, 1, 1), plan_id=plan.id, amount_vnd=10**12))
        for amount, day, is_back in entries:
            kind = "refund" if is_back else "payment"
            empty.save(
                FundEntry(kind=kind, happened_on=date(plan.year, 6, day), plan_id=plan.id, amount_vnd=amount * 1_000)
            )
        kept = statements.save_statement(
            empty,
            TreasuryStatement(plan_id=plan.id, name="Thử"),
            [
                StatementLine(happened_on=date(plan.year, 6, day), amount_vnd=amount * 1_000, is_incoming=is_back)
                for amount, day, is_back in lines
            ],
        )
    found = funding.reconciliation(empty, kept.id)
    by_ledger = sum(-each.amount_vnd if each.kind == "refund" else each.amount_vnd for each in found.only_in_ledger)
    by_statement = sum(-each.amount_vnd if each.is_incoming else each.amount_vnd for each in found.only_in_statement)
    assert found.difference_vnd == by_ledger - by_statement
    assert len(found.matched) + len(found.only_in_statement) == len(lines)
    assert len({each.entry.id for each in found.matched}) == len(found.matched)
