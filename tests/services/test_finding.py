"""One search over everything: it finds what reading every record would, ranks it, and never what is protected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kc_desktop.domain.council import Phrase
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.meeting import Conclusion, Entry, Meeting, Petition, Task
from kc_desktop.domain.paper import Attachment, PaperRecord
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.programme import AnnualPlan, Programme
from kc_desktop.domain.project import Project
from kc_desktop.domain.text import matches
from kc_desktop.services import guide
from kc_desktop.services.finding import Command, Finder, Group, GuidePlace, LinePlace, RecordPlace, arranged
from kc_desktop.services.workspace import Workspace
from tests.domain.test_text_search import LETTERS

_ID, _ACCOUNT, _HOUSEHOLD = "079085001234", "19036655442", "079190004321"
_COMMANDS = (Command(name="Sao lưu ngay…", menu="Tệp"), Command(name="In", menu="Sửa", keys="Ctrl+P"))
_NAMES = ("Hòa An", "Thúy Đỗ", "Hồ Trần", "Trân Hồng", "Đạt Quý", "An Hoà", "Dũng Thuý", "Cơ sở 03")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A file with a few of everything."""
    made = Workspace.create(tmp_path_factory.mktemp("finding") / "tìm.kcdb")
    with made.change("Ghi"):
        _fill(made)
    yield made
    made.close()


def _fill(workspace: Workspace) -> None:
    save = workspace.save
    for number, name in enumerate(_NAMES, start=1):
        person = save(
            Person(name=name, post=f"Chuyên viên {number}", phone=f"09123456{number:02d}", citizen_id=_ID if number == 1
                   else "", bank_account=_ACCOUNT if number == 1 else "", bank_name="Ngân hàng 01")
        )  # fmt: skip
        save(Establishment(name=f"Cơ sở {name}", tax_code=_HOUSEHOLD if number == 2 else "", trade="gốm sứ"))
        save(Project(code=f"2023-{number:02d}", name=f"Hỗ trợ máy cho {name}", year=2022 + number % 2))
        save(Programme(name=f"Chương trình {name}", year=2023))
        meeting = save(Meeting(title=f"Họp với {name}", held_on=date(2021 + number % 3, 4, number)))
        save(Entry(meeting_id=meeting.id, speaker_id=person.id, body=f"Ý kiến của {name}: hồ sơ số {number}/BC-SCT"))
        save(Conclusion(meeting_id=meeting.id, body=f"Giao {name} rà soát"))
        save(Task(meeting_id=meeting.id, body=f"{name} gửi hồ sơ"))
        save(Petition(meeting_id=meeting.id, body=f"Xin máy cho {name}", answer="Đồng ý"))
        save(PaperRecord(kind="entered", number=number * 5, symbol="BB-TTKC", year=2023, subject=f"Biên bản {name}",
                         dated=date(2023, 5, number), state="issued", signer="Trưởng phòng"))  # fmt: skip
        save(Attachment(owner_table="meeting", owner_id=meeting.id, name=f"Ảnh {name}.jpg", sha256="0" * 64))
    plan = save(AnnualPlan(year=2023, decision="12/QĐ-UBND"))
    save(FundEntry(happened_on=date(2023, 1, 5), kind="allocation", plan_id=plan.id, amount_vnd=10**9,
                   document="49/QĐ-SCT", payee="Trung tâm"))  # fmt: skip
    decision = save(Appointment(number="49/QĐ-SCT", decided_on=date(2023, 3, 30), valid_from=date(2023, 3, 30)))
    save(AppointmentMember(appointment_id=decision.id, person_id=3, area="Xã Vĩnh Tân"))
    save(Phrase(name="mở đầu", body="Thay mặt lãnh đạo Trung tâm"))


@pytest.fixture(scope="module")
def finder(workspace: Workspace) -> Finder:
    """A search over that file."""
    return Finder(workspace)


def _groups(finder: Finder, typed: str, only: str = "", **more: object) -> dict[str, Group]:
    steps = finder.steps(typed, only=only, commands=_COMMANDS, **more)  # type: ignore[arg-type]  # recent alone is passed
    return {group.key: group for group in arranged(list(steps))}


def _titles(finder: Finder, typed: str, only: str) -> list[str]:
    group = _groups(finder, typed, only).get(only)
    return [hit.title.text for hit in group.hits] if group is not None else []


def _words_of(workspace: Workspace) -> dict[str, dict[tuple[str, int], str]]:
    """Return what each record of each group is found by, as plain words; by any line of them where there are two."""
    every = workspace.all
    people = {
        each.id: f"{each.name} {each.post} {each.organisation} {each.phone} {each.email}" for each in every(Person)
    }
    lines: tuple[tuple[str, type[Any]], ...] = (
        ("entry", Entry),
        ("conclusion", Conclusion),
        ("task", Task),
        ("petition", Petition),
    )
    return {
        "people": {("people", number): words for number, words in people.items()},
        "establishments": {("establishments", each.id): f"{each.name} {each.trade}" for each in every(Establishment)},
        "projects": {("projects", each.id): f"{each.code} {each.name}" for each in every(Project)},
        "programmes": {("programmes", each.id): each.name for each in every(Programme)},
        "meetings": {("meetings", each.id): each.title for each in every(Meeting)},
        "fund-entries": {("fund-entries", each.id): f"{each.document} {each.payee}" for each in every(FundEntry)},
        "register": {
            ("register", each.id): f"{each.mark} {each.number}/{each.symbol} {each.subject} {each.signer}"
            for each in every(PaperRecord)
        },
        "minutes": {
            (table, each.id): f"{each.body} {getattr(each, 'answer', '')}"
            for table, cls in lines
            for each in every(cls)
        },
        "collaborators": {
            ("collaborators", each.id): f"{people[each.person_id]}\n{each.area}" for each in every(AppointmentMember)
        },
    }


_WORDS = sorted(
    {word for name in _NAMES for word in name.split()}
    | {"hồ", "sơ", "máy", "49/QĐ", "49/qđ-sct", "05/BB", "5/bb", "10/", "2023-03", "bb-ttkc", "3/bc", "0912", "gốm"}
    | {"hỗ", "trợ", "phú", "hoà", "đồng", "ý"}
)
_TYPED = st.lists(
    st.one_of(
        st.sampled_from(_WORDS),
        st.sampled_from(_WORDS).flatmap(lambda word: st.integers(1, len(word)).map(partial(_beginning, word))),
        st.text(LETTERS, min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=3,
).map(" ".join)


def _beginning(word: str, length: int) -> str:
    return word[:length]


@settings(max_examples=150, deadline=None)
@given(typed=_TYPED)
def test_it_finds_exactly_what_reading_every_record_finds(workspace: Workspace, finder: Finder, typed: str) -> None:
    for key, words in _words_of(workspace).items():
        group = _groups(finder, typed, key).get(key)
        places = [hit.place for hit in group.hits] if group is not None else []
        found = {(place.table if isinstance(place, LinePlace) else place.key, place.id) for place in places
                 if isinstance(place, LinePlace | RecordPlace)}  # fmt: skip
        assert found == {
            place for place, text in words.items() if any(matches(typed, line) for line in text.split("\n"))
        }, key
        assert group is None or group.total == len(places)


@pytest.mark.parametrize("number", [_ID, _ACCOUNT, _HOUSEHOLD])
def test_nothing_is_found_by_a_protected_number_and_no_row_shows_one(finder: Finder, number: str) -> None:
    for length in range(4, len(number) + 1):
        assert not any(hit for group in _groups(finder, number[:length]).values() for hit in group.hits)
    shown = [hit for typed in ("Hòa An", "Thúy Đỗ") for group in _groups(finder, typed).values() for hit in group.hits]
    assert shown
    assert not any(number in f"{hit.title.text} {hit.second.text} {hit.aside}" for hit in shown)


def test_an_exact_code_comes_first_then_a_beginning_then_what_was_opened_last(finder: Finder) -> None:
    assert next(iter(_groups(finder, "49/qđ-sct"))) in ("decisions", "fund-entries")
    assert _titles(finder, "2023-03", "projects") == ["2023-03 – Hỗ trợ máy cho Hồ Trần"]
    assert _titles(finder, "hồ", "people")[0] == "Hồ Trần"
    assert _titles(finder, "an", "people")[:2] == ["An Hoà", "Hòa An"], "a given name is a beginning, too"
    steps = list(finder.steps("hỗ trợ", only="projects", recent=(("people", 2), ("projects", 4), ("projects", 2))))
    first, second, *_rest = (hit.place for hit in steps[0].hits)
    assert (first, second) == (
        RecordPlace(key="projects", id=4, years=(2022, 2022)),
        RecordPlace(key="projects", id=2, years=(2022, 2022)),
    )


def test_commands_law_phrases_files_and_the_guide_are_found_too(finder: Finder) -> None:
    groups = _groups(finder, "sao luu")
    assert next(iter(groups)) == "commands"
    assert isinstance(groups["guide"].hits[0].place, GuidePlace)
    assert {page.page for page in (hit.place for hit in groups["guide"].hits) if isinstance(page, GuidePlace)} <= {
        each.page for each in guide.headings()
    }
    (lead,) = [each for each in _groups(finder, "cách xem đã", "guide")["guide"].hits if each.second.text]
    assert lead.title.text == "Cách xem đã lưu"
    assert lead.place == GuidePlace(page="danh-sach", anchor="loc-nhu-excel")
    assert "Lương cơ sở" in _titles(finder, "luong co so", "law")[0]
    assert _titles(finder, "thay mặt", "wordings") == ["mở đầu"]
    (file,) = _groups(finder, "thúy đỗ jpg", "attachments")["attachments"].hits
    assert file.place == RecordPlace(key="meetings", id=2, years=(2023, 2023))
    (command,) = _groups(finder, "in", "commands")["commands"].hits
    assert command.aside == "Sửa · Ctrl+P"


def test_a_line_shows_its_words_around_what_was_found_and_where_it_was_said(finder: Finder) -> None:
    (said, *_others) = _groups(finder, "hồ sơ 3/bc", "minutes")["minutes"].hits
    assert [said.title.text[first:last] for first, last in said.title.spans] == ["Hồ", "hồ", "sơ", "3/BC"]
    assert said.second.text == "Hồ Trần · Họp 03/04/2021 · Họp với Hồ Trần"
    assert said.place == LinePlace(meeting_id=3, table="entry", id=3, years=(2021, 2021))


def test_what_was_opened_last_is_told_without_what_is_gone(workspace: Workspace, finder: Finder) -> None:
    gone = workspace.save(Person(name="Đại biểu 07"))
    opened = (("people", gone.id), ("projects", 1), ("nowhere", 3), ("people", 1))
    assert finder.recent(opened).hits[0].title.text == "Đại biểu 07"
    workspace.delete(Person, gone.id)
    assert [hit.kind for hit in finder.recent(opened).hits] == ["Đề án", "Người"]
    workspace.undo()
    assert len(finder.recent(opened).hits) == 3


@settings(max_examples=40, deadline=None)
@given(typed=st.one_of(st.text(max_size=40), st.text("uươođDêỳ \"'*^:/-(){}", max_size=60)))
def test_whatever_is_typed_or_pasted_is_no_mistake(finder: Finder, typed: str) -> None:
    for words in (typed, f"{typed} " * 20):
        assert all(hit.title.text for group in finder.steps(words) for hit in group.hits)


def test_a_collaborator_is_found_by_the_place_they_look_after(finder: Finder) -> None:
    (found,) = _groups(finder, "vinh tan", "collaborators")["collaborators"].hits
    assert found.title.text == "Hồ Trần"
    assert "Quyết định 49/QĐ-SCT" in found.second.text


def test_words_without_a_letter_or_digit_find_nothing(finder: Finder) -> None:
    assert list(finder.steps(" /-“” ")) == []


def test_a_changed_row_of_a_short_list_is_found_at_once(workspace: Workspace, finder: Finder) -> None:
    assert _titles(finder, "qwz", "wordings") == []
    workspace.save(Phrase(name="kết thúc", body="Câu qwz"))
    assert _titles(finder, "qwz", "wordings") == ["kết thúc"]
