"""Balances are queries over the ledger: they equal what adding up by hand gives, whatever was written or undone."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kc_desktop.domain.amounts import Amounts, total
from kc_desktop.domain.balance import BalanceRow, BalanceTable, View
from kc_desktop.domain.funding import ALLOCATING_KINDS, DEALLOCATING_KINDS, FundEntry, PeriodLock
from kc_desktop.domain.money import apportion, format_percent
from kc_desktop.domain.people import AdminUnit
from kc_desktop.domain.programme import AnnualPlan, Programme
from kc_desktop.domain.project import Project, YearShare
from kc_desktop.errors import KnownError
from kc_desktop.services import balances, funding, lists, locks
from kc_desktop.services.overview import figures
from kc_desktop.services.workspace import Workspace

MILLION = 1_000_000
KINDS = ("allocation", "supplement", "reduction", "carryover_in", "carryover_out", "advance", "payment", "settlement")
PLENTY = 10**15
UNIT = 10**12


# --- a file with every dimension --------------------------------------------------------------------------------------


def _fill(workspace: Workspace) -> None:
    """Two sources, two years, programmes with and without content, a project of two years, one without programme."""
    with workspace.change("Thử", is_start=True):
        commune = workspace.save(AdminUnit(code="25777", name="Phú Giáo", kind="xa"))
        local = workspace.save(AnnualPlan(year=2024, source="KCDP"))
        national = workspace.save(AnnualPlan(year=2024, source="KCQG"))
        later = workspace.save(AnnualPlan(year=2025, source="KCDP"))
        first = workspace.save(Programme(name="Chương trình 1", year=2024, ordinal=1, content="3", budget_vnd=900))
        second = workspace.save(Programme(name="Chương trình 2", year=2024, ordinal=2, budget_vnd=100))
        workspace.save(Programme(name="Chương trình 3", year=2025, ordinal=1, content="6", budget_vnd=70))
        for plan in (local, national, later):
            workspace.save(
                FundEntry(happened_on=date(2024, 1, 2), kind="allocation", plan_id=plan.id, amount_vnd=PLENTY)
            )
        workspace.save(
            Project(
                name="Đề án 1",
                year=2024,
                end_year=2025,
                programme_id=first.id,
                commune_id=commune.id,
                approved_vnd=600 * UNIT,
                adjusted_vnd=500 * UNIT,
            )
        )
        workspace.save(Project(name="Đề án 2", year=2024, programme_id=second.id, content="9", approved_vnd=40 * UNIT))
        workspace.save(Project(name="Đề án 3", year=2024, source="KCQG", commune_id=commune.id, approved_vnd=30 * UNIT))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "sổ.kcdb"
    workspace = Workspace.create(path)
    _fill(workspace)
    workspace.close()
    return path


@contextlib.contextmanager
def _copy_of(path: Path) -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        workspace = Workspace.open(copy)
        try:
            yield workspace
        finally:
            workspace.close()


@pytest.fixture
def ledger(filled: Path) -> Iterator[Workspace]:
    """A fresh copy of the file."""
    with _copy_of(filled) as workspace:
        yield workspace


# --- adding up by hand ------------------------------------------------------------------------------------------------


def _effect(entries: dict[int, FundEntry], entry: FundEntry) -> tuple[str, int]:
    if entry.kind != "reversal":
        return entry.kind, entry.amount_vnd
    return entries[entry.reverses_id or 0].kind, -entry.amount_vnd


def _key_by_hand(workspace: Workspace, view: View, programme_id: int | None, project: Project | None) -> object:
    if programme_id is None and project is not None:
        programme_id = project.programme_id
    programme = workspace.find(Programme, programme_id)
    content = (project.content if project else "") or (programme.content if programme else "")
    return {
        View.PROGRAMME: programme_id,
        View.CONTENT: content or None,
        View.SOURCE: None,
        View.PLACE: project.commune_id if project else None,
        View.PROJECT: project.id if project else None,
    }[view]


def _approved_by_hand(workspace: Workspace, project: Project, year: int) -> int:
    whole = project.adjusted_vnd if project.adjusted_vnd is not None else project.approved_vnd
    if whole is None:
        return 0
    later = {
        each.year: each.support_vnd
        for each in workspace.children(YearShare, project_id=project.id)
        if each.year != project.year
    }
    return later.get(year, 0) if year != project.year else whole - sum(later.values())


def _by_hand(workspace: Workspace, year: int, view: View) -> dict[tuple[object, str], dict[str, int]]:
    """Add up row by row in Python, without a line of SQL of the balances."""
    entries = {each.id: each for each in workspace.all(FundEntry)}
    plans = {each.id: each for each in workspace.all(AnnualPlan)}
    found: dict[tuple[object, str], dict[str, int]] = {}

    def add(key: object, source: str, what: str, amount: int) -> None:
        row = found.setdefault((key, source), {})
        row[what] = row.get(what, 0) + amount

    for entry in entries.values():
        plan = plans[entry.plan_id]
        if plan.year == year:
            project = workspace.find(Project, entry.project_id)
            kind, amount = _effect(entries, entry)
            kind = "allocated" if kind in (*ALLOCATING_KINDS, *DEALLOCATING_KINDS) else kind
            sign = -1 if _effect(entries, entry)[0] in DEALLOCATING_KINDS else 1
            add(_key_by_hand(workspace, view, entry.programme_id, project), plan.source, kind, sign * amount)
    for project in workspace.all(Project):
        approved = _approved_by_hand(workspace, project, year)
        if approved:
            add(_key_by_hand(workspace, view, None, project), project.source, "approved", approved)
    for programme in workspace.all(Programme) if view not in (View.PLACE, View.PROJECT) else ():
        if programme.year == year and programme.budget_vnd:
            add(_key_by_hand(workspace, view, programme.id, None), programme.source, "planned", programme.budget_vnd)
    return found


_NAMES = {
    "planned": "planned_vnd",
    "allocated": "allocated_vnd",
    "approved": "approved_vnd",
    "advance": "advanced_vnd",
    "payment": "paid_vnd",
    "refund": "refunded_vnd",
    "settlement": "settled_vnd",
}


def _assert_balanced(workspace: Workspace) -> None:
    for year in (2024, 2025):
        sums = funding.sums(workspace, year)
        for view in View:
            table = balances.table(workspace, year, view)
            expected = _by_hand(workspace, year, view)
            told: dict[tuple[object, str], dict[str, int]] = {
                (row.key, row.source): {what: getattr(row.amounts, name) for what, name in _NAMES.items()}
                for row in table.rows
            }
            for key in told.keys() | expected.keys():
                by_hand = dict.fromkeys(_NAMES, 0) | expected.get(key, {})
                assert told.get(key, dict.fromkeys(_NAMES, 0)) == by_hand, (year, view, key)
            assert table.total == total(row.amounts for row in table.rows)
            assert replace(table.total, planned_vnd=0) == sums, (year, view)
            assert table.total.left_vnd == sums.allocated_vnd - sums.disbursed_vnd
        by_month = balances.months(workspace, year)
        assert replace(by_month.total, approved_vnd=sums.approved_vnd) == sums
        assert by_month.rows[-1].so_far == by_month.total == total(row.amounts for row in by_month.rows)


_DAYS = st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda it: date(2024, *it))
_ENTRIES = st.tuples(
    st.just("entry"),
    st.sampled_from([*KINDS, "refund"]),
    st.integers(1, 10**12),
    _DAYS,
    st.sampled_from([1, 2, 3]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, 1, 2, 3]),
)
_STEPS = st.one_of(
    _ENTRIES,
    _ENTRIES,
    st.tuples(st.just("reverse"), st.integers(0, 30), _DAYS),
    st.tuples(st.just("lock"), st.integers(1, 4)),
    st.tuples(st.just("unlock"), st.integers(1, 4)),
    st.tuples(st.just("share"), st.sampled_from([2024, 2025]), st.integers(0, 100)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def _do(workspace: Workspace, step: tuple[object, ...]) -> None:
    match step:
        case ("entry", kind, amount, day, plan, programme, project):
            workspace.save(
                FundEntry(
                    kind=str(kind),
                    amount_vnd=int(str(amount)),
                    happened_on=day if isinstance(day, date) else None,
                    plan_id=int(str(plan)),
                    programme_id=programme if isinstance(programme, int) else None,
                    project_id=project if isinstance(project, int) else None,
                )
            )
        case ("reverse", place, day):
            entries = workspace.all(FundEntry)
            wrong = entries[int(str(place)) % len(entries)]
            funding.reverse(workspace, wrong.id, "Thử", on=day if isinstance(day, date) else None)
        case ("share", year, amount):
            kept = workspace.children(YearShare, project_id=1, year=int(str(year)))
            share = kept[0] if kept else YearShare(project_id=1, year=int(str(year)))
            workspace.save(replace(share, support_vnd=int(str(amount)) * UNIT))
        case ("lock", quarter):
            funding.lock_quarter(workspace, 2024, int(str(quarter)))
        case ("unlock", quarter):
            funding.unlock_quarter(workspace, 2024, int(str(quarter)), "Thử")
        case ("undo",):
            workspace.undo()
        case ("redo",):
            workspace.redo()


def _everything(workspace: Workspace) -> tuple[object, ...]:
    tables = tuple(balances.table(workspace, 2024, view) for view in (View.PROGRAMME, View.PROJECT))
    return (*tables, workspace.all(FundEntry), workspace.all(PeriodLock))


@given(st.lists(_STEPS, max_size=16))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_steps_balances_are_what_adding_up_by_hand_gives_and_undo_restores_them(
    filled: Path, steps: list[tuple[object, ...]]
) -> None:
    with _copy_of(filled) as workspace:
        undone: list[tuple[object, ...]] = []
        done: list[tuple[object, ...]] = []
        held: dict[int, list[FundEntry]] = {}
        for step in steps:
            before, revision = _everything(workspace), workspace.revision
            try:
                _do(workspace, step)
            except KnownError:
                assert _everything(workspace) == before  # what is refused leaves nothing behind
                continue
            after = _everything(workspace)
            if step[0] == "undo":
                if done:
                    assert after == done.pop()
                undone.append(before)
            elif step[0] == "redo":
                assert after == undone.pop()
                done.append(before)
            elif workspace.revision > revision:  # what changes nothing is no step
                done.append(before)
                undone.clear()
            for state in locks.states(workspace, 2024):
                inside = [
                    each
                    for each in workspace.all(FundEntry)
                    if each.happened_on and locks.quarter_of(each.happened_on) == state.quarter
                ]
                if state.is_locked:
                    assert held.setdefault(state.quarter, inside) == inside
                else:
                    held.pop(state.quarter, None)
        _assert_balanced(workspace)


# --- each number opens its rows ---------------------------------------------------------------------------------------


def _sum_of_rows(workspace: Workspace, opened: balances.Opens, figure: str) -> int:
    """Add up all the rows a number opens, page after page, as a person would."""
    key, request = opened
    rows: list[lists.Row] = []
    while page := lists.page(workspace, key, replace(request, offset=len(rows))):
        rows += page
    assert len(rows) == lists.count(workspace, key, request)
    if key == "programmes":
        return sum(workspace.get(Programme, row.id).budget_vnd for row in rows)
    if key == "projects":
        year = opened[1].year
        assert year is not None
        return sum(_approved_by_hand(workspace, workspace.get(Project, row.id), year) for row in rows)
    entries = {each.id: each for each in workspace.all(FundEntry)}
    sum_ = 0
    for row in rows:
        kind, amount = _effect(entries, entries[row.id])
        back = kind == "refund" if figure == "disbursed" else kind in DEALLOCATING_KINDS
        sum_ += -amount if back else amount
    return sum_


@given(st.lists(_ENTRIES, min_size=3, max_size=12))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rows_every_number_opens_add_up_to_it(filled: Path, steps: list[tuple[object, ...]]) -> None:
    with _copy_of(filled) as workspace:
        for step in steps:
            with contextlib.suppress(KnownError):
                _do(workspace, step)
        for entry in workspace.all(FundEntry)[3::3]:
            funding.reverse(workspace, entry.id, "Thử", on=date(2024, 12, 31))
        for year in (2024, 2025):
            for view in View:
                _assert_opens(workspace, balances.table(workspace, year, view))
            by_month = balances.months(workspace, year)
            for row in by_month.rows:
                for figure in ("allocated", "advanced", "paid", "refunded", "settled", "disbursed"):
                    opened = balances.opens_month(by_month, row, figure)
                    assert _sum_of_rows(workspace, opened, figure) == balances.amount(row.amounts, figure)
                until = balances.opens_until(by_month, row)
                assert _sum_of_rows(workspace, until, "disbursed") == row.so_far.disbursed_vnd


def _assert_opens(workspace: Workspace, table: BalanceTable) -> None:
    rows: list[tuple[BalanceRow | None, Amounts]] = [(row, row.amounts) for row in table.rows]
    for row, amounts in (*rows, (None, table.total)):
        for figure, _ in balances.figures_of(table.view):
            opened = balances.opens(table, row, figure)
            assert opened is not None
            if figure != "left":
                assert _sum_of_rows(workspace, opened, figure) == balances.amount(amounts, figure), (table.view, figure)


def test_totals_are_over_all_rows_not_over_the_first_page(ledger: Workspace) -> None:
    with ledger.change("Thử"):
        for number in range(150):
            ledger.save(
                FundEntry(happened_on=date(2024, 5, 1), kind="payment", plan_id=1, amount_vnd=1 + number, project_id=1)
            )
    table = balances.table(ledger, 2024, View.PROJECT)
    row = next(each for each in table.rows if each.key == 1)
    assert row.amounts.paid_vnd == sum(range(1, 151)) == table.total.paid_vnd
    opened = balances.opens(table, row, "paid")
    assert opened is not None
    assert lists.count(ledger, *opened) == 150 > lists.ListRequest().limit
    assert _sum_of_rows(ledger, opened, "paid") == row.amounts.paid_vnd


def test_taking_a_payment_back_leaves_no_total_stale(ledger: Workspace) -> None:
    before = [balances.table(ledger, 2024, view) for view in View]
    entry = ledger.save(
        FundEntry(happened_on=date(2024, 5, 1), kind="payment", plan_id=1, amount_vnd=77, programme_id=1, project_id=1)
    )
    assert all(balances.table(ledger, 2024, each.view) != each for each in before)
    funding.reverse(ledger, entry.id, "Ghi nhầm", on=date(2024, 6, 1))
    assert [balances.table(ledger, 2024, view) for view in View] == before
    ledger.undo()
    ledger.undo()
    assert [balances.table(ledger, 2024, view) for view in View] == before


def test_every_figure_of_the_overview_is_the_sum_of_the_rows_it_opens(ledger: Workspace) -> None:
    for kind, amount in (("reduction", 9), ("carryover_out", 5), ("advance", 70), ("payment", 30), ("refund", 20)):
        for _ in range(2):
            entry = ledger.save(
                FundEntry(happened_on=date(2024, 3, 1), kind=kind, plan_id=1, amount_vnd=amount, programme_id=1)
            )
        funding.reverse(ledger, entry.id, "Ghi nhầm", on=date(2024, 3, 2))
    for year in (2024, 2025):
        seen = figures(ledger, year)
        for figure in seen:
            if figure.unit == "đồng":
                assert _sum_of_rows(ledger, (figure.list_key, figure.request), figure.key) == figure.value
            else:
                assert lists.count(ledger, figure.list_key, figure.request) == figure.value


# --- decisions --------------------------------------------------------------------------------------------------------


def test_a_project_of_several_years_is_listed_in_each_and_its_approved_money_counts_in_the_first(
    ledger: Workspace,
) -> None:
    names = {
        year: [row.cells[1] for row in lists.page(ledger, "projects", lists.ListRequest(year=year))]
        for year in (2023, 2024, 2025, 2026)
    }
    assert names[2024] == ["Đề án 1", "Đề án 2", "Đề án 3"]
    assert names[2025] == ["Đề án 1"]
    assert names[2023] == names[2026] == []
    assert funding.sums(ledger, 2024).approved_vnd == (500 + 40 + 30) * UNIT
    assert funding.sums(ledger, 2025).approved_vnd == 0


def test_what_a_project_of_several_years_was_approved_counts_in_the_years_it_is_for(ledger: Workspace) -> None:
    ledger.save(YearShare(project_id=1, year=2024, support_vnd=350 * UNIT))
    ledger.save(YearShare(project_id=1, year=2025, support_vnd=150 * UNIT))
    assert funding.sums(ledger, 2024, "KCDP").approved_vnd == (350 + 40) * UNIT
    assert funding.sums(ledger, 2025, "KCDP").approved_vnd == 150 * UNIT
    _assert_balanced(ledger)
    for year in (2024, 2025):
        for view in View:
            _assert_opens(ledger, balances.table(ledger, year, view))


def test_a_payment_on_next_years_plan_counts_there_under_the_programme_it_is_for(ledger: Workspace) -> None:
    ledger.save(FundEntry(happened_on=date(2025, 3, 1), kind="payment", plan_id=3, amount_vnd=8, project_id=1))
    assert funding.sums(ledger, 2024).paid_vnd == 0
    table = balances.table(ledger, 2025)
    row = next(each for each in table.rows if each.amounts.paid_vnd)
    assert row.label == "Chương trình 1 (chương trình năm 2024)"


def test_an_entry_of_the_adjustment_period_has_a_month_after_the_twelve(ledger: Workspace) -> None:
    ledger.save(FundEntry(happened_on=date(2025, 1, 20), kind="payment", plan_id=1, amount_vnd=8))
    rows = balances.months(ledger, 2024).rows
    assert [row.label for row in rows[-2:]] == ["12/2024", "01/2025"]
    assert rows[-1].amounts.paid_vnd == 8


def test_the_share_of_a_programme_is_its_plan_until_money_is_given_to_it_by_name(ledger: Workspace) -> None:
    def shares() -> dict[object, int]:
        rows = balances.table(ledger, 2024).rows
        return {row.key: row.amounts.share_vnd for row in rows if row.source == "KCDP"}

    assert shares() == {1: 900, 2: 100, None: PLENTY - 1000}
    ledger.save(FundEntry(happened_on=date(2024, 1, 5), kind="allocation", plan_id=1, amount_vnd=850, programme_id=1))
    assert shares() == {1: 850, 2: 100, None: PLENTY - 100}


# --- the seed ---------------------------------------------------------------------------------------------------------


def test_the_seeds_sums_come_out_by_query(sample: Workspace) -> None:
    of_2022 = balances.table(sample, 2022, View.SOURCE).total
    assert (of_2022.allocated_vnd, of_2022.approved_vnd) == (5_978 * MILLION, 5_804 * MILLION)
    assert format_percent(of_2022.approved_vnd, of_2022.allocated_vnd) == "97,09 %"
    table = balances.table(sample, 2022, View.PROJECT)
    assert sum(1 for row in table.rows if row.key is not None) == 31
    of_2023 = balances.table(sample, 2023)
    planned = [row.amounts.planned_vnd for row in of_2023.rows if row.key is not None]
    assert planned == [2_735 * MILLION, 335 * MILLION, 900 * MILLION, 830 * MILLION]
    assert of_2023.total.planned_vnd == of_2023.total.allocated_vnd == of_2023.total.share_vnd == 4_800 * MILLION


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(0, 10**12), min_size=1, max_size=40).filter(any))
def test_apportioning_over_lines_never_loses_a_dong(amount: int, weights: list[int]) -> None:
    shares = apportion(amount, weights)
    assert sum(shares) == amount
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if weight == 0)


def test_sums_beyond_what_sqlite_can_add_up_are_right_in_every_view(ledger: Workspace) -> None:
    most, rows = 10**15, 9_300  # 2^63 lies between
    with ledger.change("Thử", is_restoring=True), ledger.reading() as connection:
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO fund_entry (happened_on, kind, plan_id, project_id, amount_vnd) "
            "SELECT '2024-02-02', 'payment', 1, 1, ? FROM n",
            (rows, most),
        )
    for view in View:
        assert balances.table(ledger, 2024, view).total.paid_vnd == most * rows > 2**63
    assert balances.months(ledger, 2024).rows[1].amounts.paid_vnd == most * rows
