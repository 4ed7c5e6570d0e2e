"""A locked quarter takes no entry, whichever way it comes; unlocking needs a reason, and who did it stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest

from kc_desktop.domain.funding import FundEntry, PeriodLock
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import funding, locks
from kc_desktop.services.checking import check
from kc_desktop.services.workspace import Workspace

LOCKED_ON = date(2023, 7, 5)


@pytest.fixture
def ledger(empty: Workspace) -> Workspace:
    """A file with a plan for 2023 and an entry in each of its first two quarters."""
    plan = empty.save(AnnualPlan(year=2023))
    for month in (1, 5):
        empty.save(FundEntry(happened_on=date(2023, month, 2), kind="allocation", plan_id=plan.id, amount_vnd=1_000))
    return empty


def _entry(month: int = 5) -> FundEntry:
    return FundEntry(happened_on=date(2023, month, 30), kind="payment", plan_id=1, amount_vnd=10)


def test_a_locked_quarter_refuses_entries_and_reversals_at_their_day_in_words(ledger: Workspace) -> None:
    funding.lock_quarter(ledger, 2023, 2, on=LOCKED_ON)
    writes: tuple[Callable[[], FundEntry], ...] = (
        lambda: ledger.save(_entry()),
        lambda: funding.reverse(ledger, 1, "Ghi nhầm", on=date(2023, 6, 30)),
    )
    for write in writes:
        with pytest.raises(FieldError, match="Quý II/2023 đã khóa sổ ngày 05/07/2023") as refused:
            write()
        assert refused.value.field == "happened_on"
        assert refused.value.remedy == "Mở khóa có lý do ở thẻ Kinh phí, hoặc ghi vào quý đang mở."
    funding.reverse(ledger, 2, "Ghi nhầm, đảo ở quý đang mở", on=date(2023, 7, 1))
    ledger.save(_entry(7))
    ledger.save(_entry(3))


def test_unlocking_needs_a_reason_and_both_stay_with_who_did_it(ledger: Workspace) -> None:
    funding.lock_quarter(ledger, 2023, 2, "Đã quyết toán", on=LOCKED_ON)
    with pytest.raises(FieldError, match="Chưa có lý do mở khóa Quý II/2023"):
        funding.unlock_quarter(ledger, 2023, 2, "  ")
    funding.unlock_quarter(ledger, 2023, 2, "Chứng từ về muộn", on=date(2023, 7, 9))
    ledger.save(_entry())
    life = locks.life(ledger, 2023, 2)
    assert [(lock.is_locked, lock.reason) for lock, _ in life] == [(False, "Chứng từ về muộn"), (True, "Đã quyết toán")]
    assert [line.label for _, line in life] == ["Mở khóa sổ quý II/2023", "Khóa sổ quý II/2023"]
    assert all(line.who for _, line in life)
    assert [state.is_locked for state in locks.states(ledger, 2023)] == [False] * 4


def test_locking_twice_and_unlocking_what_is_open_are_refused(ledger: Workspace) -> None:
    with pytest.raises(KnownError, match="Quý I/2023 đang mở"):
        funding.unlock_quarter(ledger, 2023, 1, "Thử")
    lock = funding.lock_quarter(ledger, 2023, 1)
    with pytest.raises(KnownError, match="Quý I/2023 đã khóa sổ từ trước"):
        funding.lock_quarter(ledger, 2023, 1)
    with pytest.raises(KnownError, match="không xóa được"):
        ledger.delete(PeriodLock, lock.id)
    with pytest.raises(KnownError, match="không sửa được"):
        ledger.save(lock)
    with pytest.raises(FieldError, match="từ 1 đến 4"):
        ledger.save(PeriodLock(year=2023, quarter=5, happened_on=LOCKED_ON))


def test_undo_and_redo_touch_no_locked_quarter_and_take_no_lock_away(ledger: Workspace) -> None:
    ledger.save(_entry())
    funding.lock_quarter(ledger, 2023, 3, on=LOCKED_ON)
    with pytest.raises(KnownError, match="không hoàn tác"):
        ledger.undo()
    assert locks.states(ledger, 2023)[2].is_locked
    ledger.save(_entry(10))
    ledger.undo()
    with closing(sqlite3.connect(ledger.path)) as beside:
        (before,) = beside.execute("SELECT count(*) FROM fund_entry").fetchone()
    assert before == 3


def test_an_entry_of_a_quarter_locked_meanwhile_cannot_be_undone_or_redone(ledger: Workspace) -> None:
    with ledger.change("Ghi và khóa"):
        ledger.save(_entry())
        funding.lock_quarter(ledger, 2023, 2, on=LOCKED_ON)
    with pytest.raises(KnownError, match="Quý II/2023 đã khóa sổ ngày 05/07/2023 nên bước này không hoàn tác"):
        ledger.undo()
    assert len(ledger.all(FundEntry)) == 3


def test_who_comes_past_validation_is_stopped_by_the_file_itself_in_words(ledger: Workspace) -> None:
    funding.lock_quarter(ledger, 2023, 2, on=LOCKED_ON)
    with (
        pytest.raises(KnownError, match="đã khóa sổ kinh phí"),
        ledger.change("Thử"),
        ledger.reading() as connection,
    ):
        connection.execute(
            "INSERT INTO fund_entry (happened_on, kind, plan_id, amount_vnd) VALUES ('2023-04-01', 'payment', 1, 5)"
        )
    with pytest.raises(KnownError, match="không sửa, không xóa được"), ledger.change("Thử"), ledger.reading() as sql:
        sql.execute("UPDATE fund_entry SET amount_vnd = 5 WHERE id = 1")
    assert len(ledger.all(FundEntry)) == 2


def test_the_check_finds_what_was_written_into_a_locked_quarter_and_a_trigger_that_is_gone(ledger: Workspace) -> None:
    funding.lock_quarter(ledger, 2023, 2, on=LOCKED_ON)
    assert check(ledger.path) == ()
    (script,) = _sql(ledger, "SELECT sql FROM sqlite_schema WHERE name = 'fund_entry_insert_in_a_locked_quarter'")
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as tampering:
        tampering.execute("DROP TRIGGER fund_entry_insert_in_a_locked_quarter")
    with ledger.change("Thử"), ledger.reading() as connection:
        connection.execute(
            "INSERT INTO fund_entry (happened_on, kind, plan_id, amount_vnd) VALUES ('2023-04-01', 'payment', 1, 5)"
        )
    told = check(ledger.path)
    assert any("quý II/2023 đã khóa mà vẫn bị ghi thêm 1 lần" in each for each in told)
    assert any("fund_entry_insert_in_a_locked_quarter" in each for each in told)
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as mending:
        mending.execute(script)
    (last,) = check(ledger.path)
    assert "đã khóa mà vẫn bị ghi" in last


def _sql(workspace: Workspace, query: str) -> tuple[str, ...]:
    with workspace.reading() as connection:
        return tuple(row[0] for row in connection.execute(query))


def test_a_plan_with_entries_keeps_its_year_and_source(ledger: Workspace) -> None:
    with pytest.raises(FieldError, match="đã có bút toán nên không đổi Năm") as refused:
        ledger.save(AnnualPlan(id=1, year=2024))
    assert refused.value.field == "year"
    with pytest.raises(FieldError, match="không đổi Nguồn"):
        ledger.save(AnnualPlan(id=1, year=2023, source="KCQG"))
    ledger.save(AnnualPlan(id=1, year=2023, decision="12/QĐ-UBND"))


def test_a_reversal_mirrors_what_it_reverses(ledger: Workspace) -> None:
    wrong = ledger.save(_entry())
    with pytest.raises(FieldError, match="cùng Số tiền"):
        ledger.save(
            FundEntry(happened_on=date(2023, 6, 1), kind="reversal", plan_id=1, amount_vnd=9, reverses_id=wrong.id)
        )
    funding.reverse(ledger, wrong.id, "Ghi nhầm", on=date(2023, 6, 1))


def test_a_new_entry_starts_with_the_treasury_code_written_last_else_with_the_laws(ledger: Workspace) -> None:
    ledger.save(AnnualPlan(year=2023, source="KCQG"))
    assert funding.treasury_code(ledger, 1, on=date(2023, 12, 31)) == "280-309"
    assert funding.treasury_code(ledger, 1, on=date(2016, 12, 31)) == "070-102"
    ledger.save(FundEntry(happened_on=date(2023, 6, 1), plan_id=1, amount_vnd=9, treasury_code="281-309"))
    assert funding.treasury_code(ledger, 1) == "281-309"
    assert funding.treasury_code(ledger, 2) == "281-309"
