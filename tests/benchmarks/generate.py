"""Write a data file of any size with realistic Vietnamese records over twelve years; the same seed, the same records.

    python -m tests.benchmarks.generate 100000 OUT.kcdb

The rows go in without history, search tables and syncs, which are put back at the end; one change closes the file, so
that `kc-desktop check` finds it healthy.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from kc_desktop.domain.collaborator import CollaboratorReport
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import Record, describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.meeting import AgendaItem, Attendee, Conclusion, Entry, Meeting
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import AdminUnit, Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan, Programme, Target, TargetResult
from kc_desktop.domain.project import EstimateLine, Project, ProjectBeneficiary, ProjectStep
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import history, records, search
from tests.benchmarks.words import Words

T = TypeVar("T")

YEARS = tuple(range(2014, 2026))
_MILLION = 1_000_000
_ALLOCATED = 900_000_000 * _MILLION
"""Money enough for every project of a year: an edit must not be refused for want of it."""
_BATCH = 5_000
_STATES = ("received", "appraising", "approved", "running", "accepted", "paid", "settled", "settled", "settled")
_COSTS = ("Máy móc, thiết bị", "Vận chuyển, lắp đặt", "Chạy thử, hướng dẫn vận hành", "Chi quản lý, giám sát")
_ABOUT = (
    ("giao_ban", "Giao ban công tác khuyến công tháng {month} năm {year}"),
    ("tong_ket_ctv", "Tổng kết hoạt động mạng lưới cộng tác viên khuyến công năm {year}"),
    ("tham_dinh", "Thẩm định đề án hỗ trợ máy móc, thiết bị tại {place}"),
    ("nghiem_thu", "Nghiệm thu cơ sở đề án ứng dụng {trade} tại {place}"),
    ("tap_huan", "Tập huấn nghiệp vụ khuyến công cho cán bộ xã {place}"),
    ("lam_viec", "Làm việc với cơ sở {trade} tại {place}"),
)


def generate(path: Path, number: int, seed: int = 2023) -> None:
    """Write a data file of about `number` records. Raises KnownError when something stands at `path` already."""
    Workspace.create(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    connection.execute("BEGIN")
    _take_off_search_and_history(connection)
    _Filler(connection, number, Words(seed)).fill()
    search.install(connection)
    history.install_triggers(connection)
    connection.execute("COMMIT")
    connection.close()
    workspace = Workspace.open(path)
    try:
        workspace.set_setting("benchmark", str(number), "Nạp dữ liệu đo tốc độ")
    finally:
        workspace.close()


def _take_off_search_and_history(connection: sqlite3.Connection) -> None:
    triggers = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND (name GLOB 'history_*' OR name GLOB 'search_*')"
    )
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for fts, _table in search.indexes(connection):
        connection.execute(f"DROP TABLE {fts}")
    connection.execute("DROP VIEW text_line")


class _Filler:
    """Fills the tables in the order the records depend on each other; ids run from 1 in each table."""

    def __init__(self, connection: sqlite3.Connection, number: int, words: Words) -> None:
        self._connection = connection
        self._words = words
        self._random = words.random
        number = number * 4 // 5  # the lines of estimates and meetings make up the rest
        self._units = max(20, min(number // 50, 12_000))
        self._people = number * 17 // 100
        self._establishments = number * 12 // 100
        self._projects = number * 10 // 100
        self._meetings = number * 2 // 100
        self._programmes = max(2 * len(YEARS), number // 2_000)
        self._appointments = max(len(YEARS), number // 2_000)
        self._members = number * 2 // 100
        self._reports = number * 3 // 100
        self._number = number

    def fill(self) -> None:
        """Write every record."""
        self._put([Office(name="Trung tâm Khuyến công", abbreviation="TTKC", parent_name="Sở Công Thương")])
        self._put(self._repeat(self._unit, self._units))
        self._put(self._repeat(self._person, self._people))
        self._put(self._repeat(self._establishment, self._establishments))
        self._put(AnnualPlan(year=year, source=source) for year in YEARS for source in ("KCDP", "KCQG"))
        self._put(self._repeat(self._programme, self._programmes))
        self._put(self._repeat(self._target, 3 * self._programmes))
        self._put(self._repeat(self._project, self._projects))
        self._put(self._repeat(self._target_result, self._projects // 10))
        self._put(self._repeat(self._beneficiary, self._projects))
        self._put(chain.from_iterable(self._repeat(self._estimate, self._projects)))
        self._put(self._repeat(self._step, self._projects))
        self._put(self._fund_entries(self._number * 7 // 100))
        self._put(self._repeat(self._appointment, self._appointments))
        self._put(self._members_of_appointments())
        self._put(self._repeat(self._report, self._reports))
        self._put(self._repeat(self._meeting, self._meetings))
        self._put(chain.from_iterable(self._repeat(self._agenda, self._meetings)))
        self._put(chain.from_iterable(self._repeat(self._attendees, self._meetings)))
        self._put(chain.from_iterable(self._repeat(self._entries, self._meetings)))
        self._put(self._repeat(self._conclusion, self._meetings))

    def _put(self, rows: Iterable[Any]) -> None:
        flow = iter(rows)
        first = next(flow)
        values = records.row_values(first)
        names = ", ".join(values)
        into = f"INSERT INTO {describe(type(first)).table} ({names}) VALUES ({', '.join('?' * len(values))})"
        flow = chain([first], flow)
        while batch := [tuple(records.row_values(each).values()) for each in islice(flow, _BATCH)]:
            self._connection.executemany(into, batch)

    @staticmethod
    def _repeat(make: Callable[[int], T], number: int) -> Iterator[T]:
        return (make(each) for each in range(1, number + 1))

    def _below(self, number: int) -> int:
        return int(self._random.random() * number)

    def _one_of(self, number: int) -> int:
        return 1 + self._below(number)

    def _day(self, year: int) -> date:
        return date(year, 1, 1) + timedelta(days=self._below(365))

    def _year(self) -> int:
        return YEARS[self._below(len(YEARS))]

    def _unit(self, ordinal: int) -> Record:
        kind = ("xa", "xa", "phuong", "thi_tran", "huyen")[ordinal % 5]
        return AdminUnit(
            code=f"{10_000 + ordinal}",
            name=self._words.place(),
            kind=kind,
            parent_code=f"{1 + ordinal % 63:02d}",
            valid_from=date(2009, 1, 1),
            valid_to=None if ordinal % 3 else date(2025, 6, 30),
        )

    def _person(self, ordinal: int) -> Record:
        honorific, name = self._words.person()
        group = ("collaborator", "collaborator", "establishment", "establishment", "establishment", "guest", "guest")
        return Person(
            name=name,
            honorific=honorific,
            group_code="staff" if ordinal <= 30 else "authority" if ordinal <= 90 else group[ordinal % len(group)],
            post=self._words.post(),
            organisation=f"{self._words.pick('UBND xã', 'UBND phường', 'Hợp tác xã')} {self._words.place()}",
            phone=self._words.phone(),
            email=f"nguoi{ordinal}@example.vn",
            commune_id=self._one_of(self._units),
            birth_year=1955 + self._below(50),
        )

    def _establishment(self, ordinal: int) -> Record:
        trade, _, group = self._words.trade()
        name, kind = self._words.firm(trade)
        return Establishment(
            name=name,
            kind=kind,
            tax_code=self._words.tax_code(),
            address=self._words.address(),
            commune_id=self._one_of(self._units),
            phone=self._words.phone(),
            representative_id=self._one_of(self._people),
            representative_post="Giám đốc",
            trade=trade,
            trade_group=group,
            workers=5 + self._below(200),
            capital_vnd=(200 + self._below(20_000)) * _MILLION,
            is_craft_village=ordinal % 9 == 0,
        )

    def _programme(self, ordinal: int) -> Record:
        trade, machine, _ = self._words.trade()
        return Programme(
            year=YEARS[ordinal % len(YEARS)],
            ordinal=ordinal // len(YEARS) + 1,
            name=f"Hỗ trợ ứng dụng {machine} trong sản xuất {trade}",
            content=str(1 + ordinal % 9),
            source="KCQG" if ordinal % 7 == 0 else "KCDP",
            budget_vnd=(300 + self._below(3_000)) * _MILLION,
        )

    def _target(self, ordinal: int) -> Record:
        name, unit = (("Cơ sở được hỗ trợ", "cơ sở"), ("Tin, bài tuyên truyền", "tin"), ("Lớp tập huấn", "lớp"))[
            ordinal % 3
        ]
        first = 5 + self._below(40)
        return Target(
            programme_id=1 + (ordinal - 1) // 3,
            ordinal=1 + ordinal % 3,
            name=name,
            unit=unit,
            planned_from=first,
            planned_to=first + 5,
        )

    def _target_result(self, _ordinal: int) -> Record:
        return TargetResult(
            target_id=self._one_of(3 * self._programmes), happened_on=self._day(self._year()), quantity=self._one_of(9)
        )

    def _project(self, ordinal: int) -> Record:
        year = YEARS[ordinal % len(YEARS)]
        trade, machine, _ = self._words.trade()
        support = (60 + self._below(300)) * _MILLION
        state = _STATES[self._below(len(_STATES))]
        is_approved = state not in ("received", "appraising")
        place = self._words.place()
        return Project(
            code=f"{year}-{ordinal:04d}",
            name=f"Hỗ trợ {machine} cho cơ sở {trade} {self._words.place()}",
            year=year,
            programme_id=self._one_of(self._programmes),
            content="3",
            source="KCQG" if ordinal % 7 == 0 else "KCDP",
            state=state,
            implementer="Trung tâm Khuyến công",
            place=f"{self._words.pick('Xã', 'Phường')} {place}",
            commune_id=self._one_of(self._units),
            requested_vnd=support,
            approved_vnd=support if is_approved else None,
            own_vnd=support,
            approval_number=f"{self._one_of(900)}/QĐ-SCT" if is_approved else "",
            approved_on=self._day(year) if is_approved else None,
            goals=self._words.sentences(1),
        )

    def _beneficiary(self, ordinal: int) -> Record:
        half = 100 * _MILLION
        return ProjectBeneficiary(
            project_id=ordinal, establishment_id=self._one_of(self._establishments), support_vnd=half, own_vnd=half
        )

    def _estimate(self, ordinal: int) -> Iterator[Record]:
        for place in range(1 + ordinal % len(_COSTS)):
            support, own = (10 + self._below(80)) * _MILLION, (10 + self._below(80)) * _MILLION
            yield EstimateLine(
                project_id=ordinal,
                ordinal=place + 1,
                content=_COSTS[place],
                unit="bộ",
                quantity=Decimal(1),
                price_vnd=support + own,
                total_vnd=support + own,
                support_vnd=support,
                own_vnd=own,
            )

    def _step(self, ordinal: int) -> Record:
        year = YEARS[ordinal % len(YEARS)]
        return ProjectStep(
            project_id=ordinal, state="received", happened_on=self._day(year), document=f"{self._one_of(900)}/SCT-QLCN"
        )

    def _fund_entries(self, number: int) -> Iterator[Record]:
        plans = 2 * len(YEARS)
        for ordinal in range(1, number + 1):
            plan = 1 + ordinal % plans
            year = YEARS[(plan - 1) // 2]
            is_allocation = ordinal <= 2 * plans
            payment = {} if is_allocation else self._payment(ordinal)
            yield FundEntry(
                happened_on=self._day(year),
                kind="allocation" if is_allocation else ("advance", "payment", "payment")[ordinal % 3],
                plan_id=plan,
                amount_vnd=(20 + self._below(400)) * _MILLION if not is_allocation else _ALLOCATED,
                document=f"{self._one_of(2_000)}/{self._words.pick('QĐ-SCT', 'UNC', 'GRDT', 'QĐ-UBND')}",
                **payment,
            )

    def _payment(self, ordinal: int) -> dict[str, Any]:
        payee, _ = self._words.firm(self._words.trade()[0])
        note = f"Thanh toán đợt {1 + ordinal % 3}"
        return {"project_id": self._one_of(self._projects), "payee": payee, "note": note}

    def _appointment(self, ordinal: int) -> Record:
        year = YEARS[ordinal % len(YEARS)]
        day = self._day(year)
        return Appointment(number=f"{ordinal}/QĐ-SCT", decided_on=day, valid_from=day, valid_to=date(year + 1, 12, 31))

    def _members_of_appointments(self) -> Iterator[Record]:
        for ordinal in range(self._members):
            yield AppointmentMember(
                appointment_id=1 + ordinal % self._appointments,
                person_id=1 + (ordinal * 7) % self._people,
                level=("xa", "xa", "huyen", "hiep_hoi")[ordinal % 4],
                area=f"Xã {self._words.place()}",
            )

    def _report(self, ordinal: int) -> Record:
        year = YEARS[ordinal % len(YEARS)]
        return CollaboratorReport(
            person_id=1 + (ordinal * 7) % self._people,
            period=f"{year}-{1 + ordinal // self._people % 12:02d}",
            received_on=self._day(year),
            content=self._words.sentences(1),
        )

    def _meeting(self, ordinal: int) -> Record:
        year = YEARS[ordinal % len(YEARS)]
        kind, about = _ABOUT[self._below(len(_ABOUT))]
        day = self._day(year)
        trade = self._words.trade()[0]
        return Meeting(
            kind=kind,
            title=about.format(month=day.month, year=year, place=self._words.place(), trade=trade),
            held_on=day,
            starts_at="8:00",
            ends_at="11:00",
            place=f"Phòng họp {self._words.pick('Sở Công Thương', 'UBND xã', 'Trung tâm')} {self._words.place()}",
            chair_id=self._one_of(30),
            secretary_id=self._one_of(30),
            state="held",
        )

    def _agenda(self, ordinal: int) -> Iterator[Record]:
        for place in (1, 2):
            yield AgendaItem(meeting_id=ordinal, ordinal=place, title=self._words.sentences(1))

    def _attendees(self, ordinal: int) -> Iterator[Record]:
        first = self._below(self._people)
        for place in range(5):
            yield Attendee(
                meeting_id=ordinal,
                person_id=1 + (first + place) % self._people,
                role="collaborator",
                state=("present", "present", "present", "excused", "absent")[place],
                ordinal=place + 1,
            )

    def _entries(self, ordinal: int) -> Iterator[Record]:
        for place in (1, 2, 3):
            yield Entry(
                meeting_id=ordinal,
                agenda_item_id=2 * ordinal - 1,
                ordinal=place,
                speaker_id=self._one_of(self._people),
                body=self._words.sentences(2),
            )

    def _conclusion(self, ordinal: int) -> Record:
        return Conclusion(meeting_id=ordinal, ordinal=1, body=self._words.sentences(1))


def main() -> int:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generate", description=__doc__)
    parser.add_argument("records", type=int, help="about how many records: 10000, 100000, 1000000")
    parser.add_argument("path", type=Path, help="the data file to write")
    parser.add_argument("--seed", type=int, default=2023)
    arguments = parser.parse_args()
    started = time.perf_counter()
    generate(arguments.path, arguments.records, arguments.seed)
    megabytes = arguments.path.stat().st_size / 1e6
    print(f"{arguments.path}: {megabytes:.0f} MB, {time.perf_counter() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
