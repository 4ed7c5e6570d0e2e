"""Where a search over everything looks: one source for each group, in the order of the groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final

from kc_desktop.domain.fields import Kind, describe, describe_table
from kc_desktop.domain.text import marked_key, search_key
from kc_desktop.services import guide, naming
from kc_desktop.services.found import EXACT, FITS, HOLDS, OFF, Asked, Item
from kc_desktop.services.lists import LAW_LISTS
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import finding
from kc_desktop.storage.finding import MOST, Candidate
from kc_desktop.storage.listings import LISTINGS

LINES: Final = ("entry", "conclusion", "task", "petition")
_MOST_LINES: Final = MOST // len(LINES)
_FEWEST_IN_TEXTS: Final = 2
"""A single letter stands in every text: lines, law and guide are looked through for two."""
_WORDINGS: Final = ("meeting-templates", "phrases")


@dataclass(frozen=True, slots=True)
class Source:
    """A group: its key and title, how its rows are found (at most about `MOST`), and the list that shows all.

    `best` is the best rank it may have: what explains the program stands behind what was found in the file.
    """

    key: str
    title: str
    find: Callable[[Asked], list[Item]]
    list_key: str = ""
    fewest_letters: int = 1
    best: int = EXACT


def sources(workspace: Workspace) -> tuple[Source, ...]:
    """Return every source of a file."""
    law, wordings = ShortLists(workspace, LAW_LISTS), ShortLists(workspace, _WORDINGS)
    records = partial(_records, workspace)
    return (
        Source("projects", "Đề án", partial(records, "projects"), "projects"),
        Source("people", "Danh bạ", partial(records, "people"), "people"),
        Source("collaborators", "Cộng tác viên", partial(_members, workspace)),
        Source("meetings", "Cuộc họp", partial(records, "meetings"), "meetings"),
        Source("minutes", "Trong biên bản", partial(_lines, workspace), "", _FEWEST_IN_TEXTS, HOLDS),
        Source("register", "Sổ văn bản đi", partial(_papers, workspace)),
        Source("establishments", "Cơ sở công nghiệp nông thôn", partial(records, "establishments"), "establishments"),
        Source("programmes", "Chương trình", partial(records, "programmes"), "programmes"),
        Source("fund-entries", "Sổ kinh phí", partial(records, "fund-entries"), "fund-entries"),
        Source("decisions", "Quyết định, kế hoạch", partial(_decisions, workspace)),
        Source("attachments", "Tệp đính kèm", partial(_attachments, workspace), "", _FEWEST_IN_TEXTS),
        Source("commands", "Lệnh", _commands),
        Source("law", "Quy định, mức và thời hạn", law.find, "", _FEWEST_IN_TEXTS, HOLDS),
        Source("wordings", "Mẫu cuộc họp, câu mẫu", wordings.find, "", _FEWEST_IN_TEXTS, HOLDS),
        Source("guide", "Hướng dẫn", _headings, "", _FEWEST_IN_TEXTS, FITS),
    )


def _records(workspace: Workspace, key: str, asked: Asked) -> list[Item]:
    table = LISTINGS[key].table
    with workspace.reading() as connection:
        opened = {record_id for where, record_id in asked.recent if where == key}
        rows = {row.id: row for row in finding.among(connection, table, asked.query, opened)}
        rows |= {row.id: row for row in finding.by_keys(connection, table, asked.query)}
    return [Item(key, rows[row_id]) for row_id in sorted(rows, reverse=True)]


def _members(workspace: Workspace, asked: Asked) -> list[Item]:
    with workspace.reading() as connection:
        return [Item("collaborators", row) for row in finding.members(connection, asked.query)]


def _papers(workspace: Workspace, asked: Asked) -> list[Item]:
    with workspace.reading() as connection:
        return [Item("register", row) for row in finding.papers(connection, asked.query)]


def _decisions(workspace: Workspace, asked: Asked) -> list[Item]:
    return [*_records(workspace, "appointments", asked), *_records(workspace, "plans", asked)]


def _lines(workspace: Workspace, asked: Asked) -> list[Item]:
    with workspace.reading() as connection:
        return [
            Item(table, _with_key(row))
            for table in LINES
            for row in finding.lines(connection, table, asked.typed, asked.query, _MOST_LINES)
        ]


def _attachments(workspace: Workspace, asked: Asked) -> list[Item]:
    with workspace.reading() as connection:
        found = finding.lines(connection, "attachment", asked.typed, asked.query, MOST)
        return [Item("attachment", _with_key(row)) for row in found]


def _with_key(row: Candidate) -> Candidate:
    return Candidate(row.id, "", row.name, search_key(row.name))


def _commands(asked: Asked) -> list[Item]:
    found = []
    for place, command in enumerate(asked.commands):
        words = f"{command.name} {command.menu}"
        if asked.query.matches_marked(marked_key(words)):
            where = OFF if command.missing else "command"
            found.append(Item(where, Candidate(place, command.keys, command.name, search_key(words))))
    return found


def _headings(asked: Asked) -> list[Item]:
    found = (
        Item("heading", Candidate(place, "", heading.title, search_key(heading.title)))
        for place, heading in enumerate(guide.headings())
        if asked.query.matches_marked(marked_key(heading.title))
    )
    return list(islice(found, MOST))


class ShortLists:
    """Lists of a few hundred rows at most, read once until the file changes."""

    def __init__(self, workspace: Workspace, keys: tuple[str, ...]) -> None:
        self._workspace = workspace
        self._keys = keys
        self._revision = -1
        self._rows: list[tuple[Item, str]] = []

    def find(self, asked: Asked) -> list[Item]:
        """Return the rows that fit."""
        revision = self._workspace.revision
        if revision != self._revision:
            self._rows = [each for key in self._keys for each in self._read(key)]
            self._revision = revision
        return [item for item, marked in self._rows if asked.query.matches_marked(marked)]

    def _read(self, key: str) -> list[tuple[Item, str]]:
        described = describe_table(LISTINGS[key].table)
        rows = []
        for record in sorted(self._workspace.all(described.cls), key=_in_force_first):
            name = law_title(self._workspace, record)
            words = f"{name} {_texts(record)}"
            row = Candidate(record.id, getattr(record, "code", ""), name, search_key(words))
            rows.append((Item(key, row), marked_key(words)))
        return rows


def _in_force_first(record: Any) -> tuple[bool, int]:
    """Order rows of law: those without an end first, and those that began last first."""
    since = getattr(record, "valid_from", None)
    return getattr(record, "valid_to", None) is not None, -since.toordinal() if since else 0


def law_title(workspace: Workspace, record: Any) -> str:
    """Return the title of a row of a short list: its name, or what it is and its value."""
    described = describe(type(record))
    if described.table == "legal_basis":
        return str(record.full_text)
    title = naming.title_of_record(workspace.title_of, record)
    if getattr(record, "name", ""):
        return str(record.name)
    return f"{described.singular[:1].upper()}{described.singular[1:]} {title}"


def _texts(record: Any) -> str:
    fields = describe(type(record)).fields
    return " ".join(
        str(getattr(record, each.name))
        for each in fields
        if each.kind in (Kind.LINE, Kind.TEXT) and not each.protected and getattr(record, each.name)
    )
