"""Finding anything by a few words: for each kind of record a bounded number of rows, the likeliest first.

What the search tables give is held against the words typed once more, so that every row returned fits them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from kc_desktop.domain.text import Query, marked_key, search_key
from kc_desktop.storage import search
from kc_desktop.storage.listing import fts_match

MOST: Final = 80
"""The newest rows of a kind that fit are looked at, no more: whoever finds so many types on."""
_MOST_BEGINNING: Final = 40
_MOST_NUMBERS: Final = 1_000
"""So many papers whose number may be the one typed are looked at."""
_MOST_LINES: Final = 20_000
_LINES_AT_A_TIME: Final = 60

_NAMED: Final = {
    "project": ("code", "name"),
    "person": ("''", "name"),
    "meeting": ("''", "title"),
    "programme": ("''", "name"),
    "establishment": ("''", "name"),
    "fund_entry": ("document", "payee"),
    "appointment": ("number", "number"),
    "annual_plan": ("decision", "decision"),
}
"""For each table with search keys the columns of a row's code and of its name."""
_BEGIN_WITH_CODES: Final = frozenset({"project", "fund_entry"})
"""Tables whose keys begin with a code: no words without a digit stand at their beginning."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that fits: its id, its code ("" for none), its name, and its words without marks."""

    id: int
    code: str
    name: str
    key: str


def by_keys(connection: sqlite3.Connection, table: str, query: Query) -> tuple[Candidate, ...]:
    """Return the rows of a table with search keys that fit: those that begin with the words, and the newest."""
    has_digits = any(word[0].isdecimal() for word in query.folded_words)
    ids = set(_newest(connection, table, fts_match(query), MOST))
    if has_digits or table not in _BEGIN_WITH_CODES:
        begun = f'{fts_match(query)} AND search_key : ^"{" ".join(query.folded_words)}"*'
        ids |= set(_newest(connection, table, begun, _MOST_BEGINNING))
    return among(connection, table, query, ids)


def among(connection: sqlite3.Connection, table: str, query: Query, ids: Iterable[int]) -> tuple[Candidate, ...]:
    """Return those of these rows that fit, the newest first."""
    code, name = _NAMED[table]
    rows = connection.execute(
        f"SELECT id, {code}, {name}, search_key, marked_key FROM {table} "
        "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        (json.dumps(sorted(ids)),),
    )
    return tuple(
        Candidate(row_id, code, name, key) for row_id, code, name, key, marked in rows if query.matches_marked(marked)
    )


def _newest(connection: sqlite3.Connection, table: str, match: str, limit: int) -> list[int]:
    fts = f"{table}_fts"
    rows = connection.execute(
        f"SELECT rowid FROM {fts} WHERE {fts} MATCH ? ORDER BY rowid DESC LIMIT ?", (match, limit)
    )
    return [row_id for (row_id,) in rows]


_MEMBERS: Final = """
SELECT m.id, p.name, p.search_key, p.marked_key, m.search_key, m.marked_key
FROM appointment_member AS m JOIN person AS p ON p.id = m.person_id JOIN appointment AS a ON a.id = m.appointment_id
WHERE m.id IN (
    SELECT t.id FROM appointment_member AS t WHERE t.person_id IN (
        SELECT rowid FROM person_fts WHERE person_fts MATCH :match ORDER BY rowid DESC LIMIT 500)
    UNION SELECT rowid FROM (SELECT rowid FROM appointment_member_fts WHERE appointment_member_fts MATCH :match
        ORDER BY rowid DESC LIMIT 200))
ORDER BY coalesce(a.valid_from, a.decided_on, '9999') DESC, m.id DESC LIMIT :limit
"""


def members(connection: sqlite3.Connection, query: Query) -> tuple[Candidate, ...]:
    """Return the collaborators whose person fits, or the place they look after, by the newest decisions first."""
    rows = connection.execute(_MEMBERS, {"match": fts_match(query), "limit": MOST})
    return tuple(
        Candidate(row_id, "", name, f"{person_key} {area_key}")
        for row_id, name, person_key, person, area_key, area in rows
        if query.matches_marked(person) or query.matches_marked(area)
    )


def papers(connection: sqlite3.Connection, query: Query) -> tuple[Candidate, ...]:
    """Return the papers of the register that fit by number and symbol, subject or signer, the newest first."""
    numbers = [word.split("/")[0].split("-")[0].lstrip("0") for word in query.folded_words if word[0].isdecimal()]
    if not numbers:
        ids = set(_newest(connection, "paper", fts_match(query), MOST))
    else:
        likely = " OR ".join(["CAST(number AS TEXT) GLOB ? || '*'"] * len(numbers))
        newest = "ORDER BY (number IN (SELECT value FROM json_each(?))) DESC, id DESC LIMIT ?"
        digits = [each for each in numbers if each.isdecimal()] or numbers
        values = (*numbers, json.dumps([int(each) for each in digits if each.isdecimal()]), _MOST_NUMBERS)
        rows = connection.execute(f"SELECT id FROM paper WHERE number IS NOT NULL AND ({likely}) {newest}", values)
        ids = {row_id for (row_id,) in rows} | set(_newest(connection, "paper", fts_match(query), MOST))
    rows = connection.execute(
        "SELECT id, coalesce(number, ''), symbol, subject, signer FROM paper "
        "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY year DESC, id DESC",
        (json.dumps(sorted(ids)),),
    )
    found = []
    for row_id, number, symbol, subject, signer in rows:
        mark = f"{number}/{symbol}" if symbol else str(number)
        words = f"{mark} {mark.zfill(len(mark) + (len(str(number)) < 2))} {subject} {signer}"
        if query.matches_marked(marked_key(words)):
            found.append(Candidate(row_id, mark, subject, search_key(words)))
    return tuple(islice(found, MOST))


def lines(connection: sqlite3.Connection, table: str, typed: str, query: Query, limit: int) -> Iterator[Candidate]:
    """Give the lines of a table of texts that fit, the newest first; their name is their text.

    A word typed without marks is looked for without, one typed with marks with them, in its old spelling, too.
    """
    found = connection.execute(*_line_search(table, typed, query))
    columns = " || char(10) || ".join(dict(search.TEXT_LINES)[table])
    given = 0
    while given < limit and (part := found.fetchmany(_LINES_AT_A_TIME)):
        ids = [rowid - search.first_row(table) for (rowid,) in part]
        rows = connection.execute(
            f"SELECT id, {columns} FROM {table} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
            (json.dumps(ids),),
        )
        for row_id, words in rows:
            if given < limit and query.matches_marked(marked_key(words)):
                given += 1
                yield Candidate(row_id, "", words, "")


def _line_search(table: str, typed: str, query: Query) -> tuple[str, list[object]]:
    """Return the query for the numbers of the lines that may fit, and its values.

    Half the lines hold a word that begins with some letter: beside longer words such a letter is not looked for here.
    """
    longer = [word for word in query.folded_words if len(word) > 1] or list(query.folded_words)
    with_marks = list(islice(_spellings(typed, longer), _MOST_MARKED_WORDS)) if query.needs_marks else []
    within: list[object] = [search.first_row(table), search.last_row(table)]
    plain, marked = " AND ".join(f'"{word}"*' for word in longer), " AND ".join(with_marks)
    if len(with_marks) == len(longer):
        return f"{_LINES.format(fts='text_line_marked_fts')} {_NEWEST}", [marked, *within]
    if not with_marks:
        return f"{_LINES.format(fts='text_line_fts')} {_NEWEST}", [plain, *within]
    both = f"AND +rowid IN ({_LINES.format(fts='text_line_marked_fts')})"  # the plus: not asked for row by row
    return f"{_LINES.format(fts='text_line_fts')} {both} {_NEWEST}", [plain, *within, marked, *within]


_LINES: Final = "SELECT rowid FROM {fts} WHERE {fts} MATCH ? AND rowid > ? AND rowid < ?"
_NEWEST: Final = f"ORDER BY rowid DESC LIMIT {_MOST_LINES}"
_VOWELS: Final = (
    *("aàảãáạăằẳẵắặâầẩẫấậ", "eèẻẽéẹêềểễếệ", "iìỉĩíị", "oòỏõóọôồổỗốộơờởỡớợ", "uùủũúụưừửữứự", "yỳỷỹýỵ"),
    "dđ",
)
_FORMS: Final = {forms[0]: forms for forms in _VOWELS}
_TONES: Final = {
    "oa": ("òa oà", "ỏa oả", "õa oã", "óa oá", "ọa oạ"),
    "oe": ("òe oè", "ỏe oẻ", "õe oẽ", "óe oé", "ọe oẹ"),
    "uy": ("ùy uỳ", "ủy uỷ", "ũy uỹ", "úy uý", "ụy uỵ"),
}
_OLD_OF_NEW: Final = {pair.split()[1]: pair.split()[0] for pairs in _TONES.values() for pair in pairs}
"""Texts keep the tone where it was typed: "hòa" as well as "hoà"."""
_MOST_SPELLINGS: Final = 400
_MOST_MARKED_WORDS: Final = 6
"""So many words narrow a search enough; every word is held against the text in any case."""


def _spellings(typed: str, among: Collection[str]) -> Iterator[str]:
    """Give for each word typed with marks the condition that one of its spellings, as far as its last mark, begins one.

    A letter without a mark stands for all its marked forms in Vietnamese. A word of too many spellings gives nothing,
    nor does one that without its marks is not `among` the words that count.
    """
    for word in (each.strip(_SIGNS) for each in marked_key(typed).split()):
        begun, found = [""], list[str]()
        for char in word if search_key(word) in among else "":
            begun = [each + form for each in begun for form in _FORMS.get(char, char)]
            if len(begun) > _MOST_SPELLINGS:
                found = []
                break
            if search_key(char) != char:
                found = begun
        if found:
            both = dict.fromkeys(spelling for each in found for spelling in _with_either_tone(each))
            yield "(" + " OR ".join(f'"{each}"*' for each in both) + ")"


_SIGNS: Final = "/-.&@%'_#+*~^$\\()[]{}"


def _with_either_tone(word: str) -> Iterator[str]:
    """Give the ways to write a beginning: a tone on the first or the second letter of oa, oe, uy."""
    yield word
    old = word
    for new_tone, old_tone in _OLD_OF_NEW.items():
        old = old.replace(new_tone, old_tone)
    yield old
    for new_tone, old_tone in _OLD_OF_NEW.items():
        if word.endswith(old_tone[0]):  # "hò" may go on to "hoà"
            yield f"{word[:-1]}{new_tone}"
