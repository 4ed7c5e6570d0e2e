"""Killing the program while it saves: the file holds the old state or the new one, whole, every time."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kc_desktop.domain.people import Person
from kc_desktop.storage import data_file, health, records
from tests.storage.helpers import USER, new_file

KILLS = 12 if sys.platform == "win32" else 120  # starting a program takes ten times as long there

_SAVER = """
import dataclasses, sys
from datetime import date
from pathlib import Path
from kc_desktop.domain.meeting import AgendaItem, Meeting
from kc_desktop.domain.people import Person
from kc_desktop.storage import data_file, records
from kc_desktop.storage.instance_lock import Holder

file = data_file.open_file(Path(sys.argv[1]), Holder(who="a", pc="b", since=""))
assert not file.is_read_only
print("ready", flush=True)
(person,) = records.fetch_all(file.connection, Person)
round_ = person.birth_year or 0
while True:
    round_ += 1
    with file.change(f"Lưu {round_}"):
        records.update(file.connection, dataclasses.replace(person, birth_year=round_))
        meeting = records.insert(file.connection, Meeting(title=f"Họp {round_}", held_on=date(2023, 1, 1)))
        for place in range(30):
            records.insert(
                file.connection, AgendaItem(meeting_id=meeting.id, title=f"{round_} " + "nội dung " * 40, ordinal=place)
            )
"""


@pytest.mark.timeout(300)
def test_a_program_killed_at_any_moment_of_saving_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    file = new_file(tmp_path)
    path = file.path
    with file.change("Thêm"):
        records.insert(file.connection, Person(name="Cộng tác viên 01", birth_year=0))
    file.close()
    chance = random.Random(2023)
    cut_off, last = 0, 0
    for _ in range(KILLS):
        program = subprocess.Popen([sys.executable, "-c", _SAVER, str(path)], stdout=subprocess.PIPE)
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"ready"
        time.sleep(chance.uniform(0.0, 0.03))  # the moment of the kill is the point of the test
        program.kill()
        program.wait()
        program.stdout.close()
        cut_off += path.with_name(path.name + "-journal").exists()
        last = _check_whole(path, at_least=last)
    assert cut_off >= KILLS // 10, f"only {cut_off} of {KILLS} kills fell into a save"


def _check_whole(path: Path, at_least: int) -> int:
    """Check that the file holds all of its last change and nothing of the one cut off; return its number."""
    file = data_file.open_file(path, USER)
    try:
        assert not file.is_read_only
        (person,) = records.fetch_all(file.connection, Person)
        number = person.birth_year or 0
        assert number >= at_least
        (meetings,) = file.connection.execute("SELECT count(*) FROM meeting").fetchone()
        (items,) = file.connection.execute("SELECT count(*) FROM agenda_item").fetchone()
        assert (meetings, items) == (number, 30 * number)
        if number % 7 == 0:
            assert health.problems(file) == ()
        return number
    finally:
        file.close()
