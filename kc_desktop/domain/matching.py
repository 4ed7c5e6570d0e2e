"""Where the words someone typed stand in a text, for the eye: the rules of `text.matches`, letter by letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kc_desktop.domain.text import Query, clean_line, marked_key, search_key

_BEFORE: Final = 4
"""The part of a shortened text, one in so many, that stands before the first word found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A line of text and the stretches of it that were found: (first, beyond the last), apart and in order."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


def marked(query: Query | None, text: str, longest: int = 0) -> Marked:
    """Return a text as one line with what was found in it; a longer one around the first word found, cut at words."""
    line = clean_line(text)
    found = _spans(query, line) if query is not None else ()
    if not longest or len(line) <= longest:
        return Marked(text=line, spans=found)
    begin = max(0, min(found[0][0] - longest // _BEFORE, len(line) - longest)) if found else 0
    if begin:
        begin = line.find(" ", begin) + 1 or begin
    end = len(line) if len(line) - begin <= longest else max(line.rfind(" ", begin, begin + longest), begin + 1)
    ahead = "… " if begin else ""
    shown = f"{ahead}{line[begin:end].rstrip()}{'…' if end < len(line) else ''}"
    by = len(ahead) - begin
    kept = ((first + by, min(last, end) + by) for first, last in found if begin <= first < end)
    return Marked(text=shown, spans=tuple(kept))


def _spans(query: Query, line: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    words = [(pattern, word[0], len(word)) for pattern, word in zip(query.patterns, query.folded_words, strict=True)]
    for at, char in enumerate(line):
        if not char.isalnum() or (at and line[at - 1].isalnum()):
            continue
        base = _base(char)
        lengths = (_length(pattern, line, at, most) for pattern, first, most in words if first == base)
        length = max(lengths, default=0)
        if length and found and at <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], at + length))
        elif length:
            found.append((at, at + length))
    return tuple(found)


def _length(pattern: re.Pattern[str], line: str, at: int, length: int) -> int:
    """Return how many letters from here on are found, 0 for none; "hò" finds all of "hoà"."""
    for most in (length, length + 1):
        if pattern.match(marked_key(line[at : at + most])):
            return min(most, len(line) - at)
    return 0


@lru_cache(maxsize=512)
def _base(char: str) -> str:
    """Return a letter without its marks."""
    return search_key(char)[:1]
