"""Vietnamese text: clean it, find it, sort it.

Everything stored is NFC. Search and order use keys of their own, since SQLite's LIKE and ORDER BY know only ASCII and
FTS5 does not fold đ. The keys are plain functions of the text: rebuild stored ones when a scheme here changes.

Legacy encodings live in ``legacy_encodings`` and are offered here too. Convert before cleaning: TCVN3 writes ư with the
soft hyphen, which is invisible in Unicode text and is dropped by ``clean_line``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kc_desktop.domain.legacy_encodings import from_tcvn3, from_vni, looks_like_tcvn3, looks_like_vni

__all__ = [
    "Query",
    "clean_line",
    "clean_text",
    "compile_query",
    "from_tcvn3",
    "from_vni",
    "looks_like_tcvn3",
    "looks_like_vni",
    "marked_key",
    "matches",
    "nfc",
    "part_pattern",
    "person_sort_key",
    "search_key",
    "sort_key",
    "words_match",
]


class _CharTable(dict[int, str]):
    """A ``str.translate`` table that works each character out once, when it is first met."""

    def __missing__(self, code: int) -> str:
        value = self[code] = self.work_out(chr(code))
        return value

    def work_out(self, char: str) -> str:
        raise NotImplementedError


_UNSEEN_CATEGORIES: Final = ("Cc", "Cf", "Cs")


# --- cleaning ---------------------------------------------------------------------------------------------------------


class _CleanLine(_CharTable):
    """White space to a blank; drop what cannot be seen: controls, zero-width and direction signs, lone surrogates."""

    def work_out(self, char: str) -> str:
        if char.isspace():
            return " "
        return "" if unicodedata.category(char) in _UNSEEN_CATEGORIES else char


class _CleanText(_CleanLine):
    """The same, but keep tabs and line breaks, whatever sign a program uses for these."""

    def work_out(self, char: str) -> str:
        if char == "\t":
            return char
        return "\n" if char in "\n\x0b\x0c\x85\u2028\u2029" else super().work_out(char)


_CLEAN_LINE: Final = _CleanLine()
_CLEAN_TEXT: Final = _CleanText()
_BLANKS_AT_LINE_END: Final = re.compile(r"[ \t]+$", re.MULTILINE)


def nfc(text: str) -> str:
    """Compose a text to NFC, the one form in which text is kept and compared."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Make one clean line: NFC, white space folded to single blanks and trimmed, nothing invisible left in it."""
    if not text.isprintable():
        text = text.translate(_CLEAN_LINE)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean_text(text: str) -> str:
    r"""Clean a text of several paragraphs: like ``clean_line``, but line breaks, tabs and inner blanks stay.

    Lines end in "\n"; blanks at the end of a line and empty lines around the text are dropped.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN_TEXT)
    return unicodedata.normalize("NFC", _BLANKS_AT_LINE_END.sub("", lines).strip("\n"))


# --- keys to search by ------------------------------------------------------------------------------------------------

_APOSTROPHES: Final = "'’‘ʼ`´"
_PARTING: Final = '",;:?!…•|<>='
_PARTING_CATEGORIES: Final = ("Ps", "Pe", "Pi", "Pf")
_BARRED: Final = {"đ": "d", "ð": "d", "ɖ": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i"}
"""Letters whose bar or missing dot Unicode does not decompose; ð and ɖ pass for đ in old documents."""


class _MarkedKey(_CharTable):
    """Lower case with marks; brackets, quotes and commas part words, the signs inside codes stay."""

    def work_out(self, char: str) -> str:
        if char in _APOSTROPHES:
            return "'"
        category = unicodedata.category(char)
        if category == "Pd" or char == "−":
            return "-"
        if char.isspace() or char in _PARTING or category in _PARTING_CATEGORIES:
            return " "
        if category in ("Mn", "Me", *_UNSEEN_CATEGORIES):
            return ""
        return "".join(
            part for part in unicodedata.normalize("NFC", char.lower()) if unicodedata.category(part) != "Mn"
        )


class _SearchKey(_MarkedKey):
    """The same without marks."""

    def work_out(self, char: str) -> str:
        return "".join(map(_without_marks, super().work_out(char)))


def _without_marks(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    bare = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    return _BARRED.get(bare, unicodedata.normalize("NFC", bare))


_MARKED_KEY: Final = _MarkedKey()
_SEARCH_KEY: Final = _SearchKey()

_OLD_TO_NEW_TONE: Final = {
    old + second: first + new
    for first, olds, seconds in (
        ("o", "òỏõóọ", {"a": "àảãáạ", "e": "èẻẽéẹ"}),
        ("u", "ùủũúụ", {"y": "ỳỷỹýỵ"}),
    )
    for second, news in seconds.items()
    for old, new in zip(olds, news, strict=True)
}
_OLD_TONE: Final = re.compile("[òỏõóọ][ae]|[ùủũúụ]y")


def search_key(text: str) -> str:
    """Fold a text for search: lower case, no marks, đ as d, words parted by single blanks.

    Brackets, quotes, commas, semicolons and colons part words; the signs that codes, amounts and addresses are made
    of (``/ - . & @ % ' _ #``) stay, with every dash as "-": "Số: 49/QĐ-SCT" becomes "so 49/qd-sct".
    """
    return " ".join(filter(None, map(_search_word, text.split())))


def marked_key(text: str) -> str:
    """Fold a text for search but keep its marks: ``search_key`` with marks, letter for letter.

    The tone of oa, oe and uy stands on the second letter, the newer spelling: "Hòa" and "Hoà" both give "hoà", and a
    typed beginning of "hoài" or "thuý" stays its beginning.
    """
    return " ".join(filter(None, map(_marked_word, text.split())))


_WORDS_KEPT: Final = 8_192
"""Offices write the same words over and over: what one gives is kept for so many of them."""


@lru_cache(_WORDS_KEPT)
def _search_word(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    return " ".join(unicodedata.normalize("NFC", word).translate(_SEARCH_KEY).split())


@lru_cache(_WORDS_KEPT)
def _marked_word(word: str) -> str:
    if word.isascii():  # there is no mark to keep
        return _search_word(word)
    key = " ".join(unicodedata.normalize("NFC", word).translate(_MARKED_KEY).split())
    return _OLD_TONE.sub(lambda found: _OLD_TO_NEW_TONE[found[0]], key)


# --- searching --------------------------------------------------------------------------------------------------------


@cache
def _letters_by_base() -> dict[str, str]:
    """Give for each plain letter the pattern of all its marked forms."""
    forms: dict[str, list[str]] = {}
    for code in (*range(0x61, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        char = chr(code)
        base = _SEARCH_KEY[code]
        if _MARKED_KEY[code] == char and len(base) == 1 and "a" <= base <= "z":
            forms.setdefault(base, []).append(char)
    return {base: f"[{''.join(chars)}]" for base, chars in forms.items()}


_NO_WORD_CHAR_BEFORE: Final = r"(?<![^\W_])"
_NO_WORD_CHAR_BEFORE_LAST: Final = r"(?<![^\W_].)"
_UNFINISHED_TONE: Final = {
    old: (old, *(first + new for new in news))
    for first, olds, choices in (("o", "òỏõóọ", ("àảãáạ", "èẻẽéẹ")), ("u", "ùủũúụ", ("ỳỷỹýỵ",)))
    for old, *news in zip(olds, *choices, strict=True)
}
"""A typed "hò" may be the beginning of "hòa", whose key is "hoà"."""
_MOST_BEGINNINGS: Final = 100


def _starts_a_word(word: str, text: str) -> bool:
    at = text.find(word)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0


def _word_pattern(word: str) -> re.Pattern[str]:
    any_mark = _letters_by_base()
    parts = [any_mark.get(char) or re.escape(char) for char in word]
    if word[-1] in _UNFINISHED_TONE:
        parts[-1] = f"(?:{'|'.join(_UNFINISHED_TONE[word[-1]])})"
    if word in _UNFINISHED_TONE:
        return re.compile(_NO_WORD_CHAR_BEFORE + parts[0])
    # The first letter leads so that the regex engine can skip to it: three to ten times faster over many rows.
    return re.compile(parts[0] + _NO_WORD_CHAR_BEFORE_LAST + "".join(parts[1:]))


def _beginnings(word: str) -> tuple[str, ...]:
    """Give every spelling of a word's beginning as far as its last letter with a mark; () for none or too many."""
    any_mark = _letters_by_base()
    spellings, found = [""], list[str]()
    for place, char in enumerate(word, start=1):
        forms: Iterable[str] = any_mark.get(char, char).strip("[]")
        if place == len(word):
            forms = _UNFINISHED_TONE.get(char, forms)
        spellings = [spelling + form for spelling in spellings for form in forms]
        if len(spellings) > _MOST_BEGINNINGS:
            break
        if _SEARCH_KEY[ord(char)] != char:
            found = spellings
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What someone types into a search box, ready to be held against many rows.

    Narrow down by ``folded_words`` against stored ``search_key`` texts first (each must start a word: a word starts
    where a letter or digit follows none); only when ``needs_marks`` hold the remaining rows' ``marked_key`` against
    ``matches_marked``.
    """

    folded_words: tuple[str, ...]
    """The words without marks, each beginning and ending in a letter or digit; empty when everything matches."""
    needs_marks: bool
    """Whether a letter was typed with a mark, so that matching the folded words is not enough."""
    patterns: tuple[re.Pattern[str], ...]
    beginnings: tuple[tuple[str, ...], ...]
    """For each word, where it was typed with a mark and they are few: all spellings of its beginning as far as the last
    mark. One of them starts a word of a fitting row's ``marked_key``, which says more than the folded word."""
    beginnings_suffice: bool
    """Whether a row that holds all the beginnings, and the folded words typed without marks, is certain to fit."""

    def matches_folded(self, search_key_text: str) -> bool:
        """Tell whether each word starts some word of a ``search_key`` text, marks aside."""
        for word in self.folded_words:  # noqa: SIM110 - a generator would double the time, and rows are many
            if not _starts_a_word(word, search_key_text):
                return False
        return True

    def matches_marked(self, marked_key_text: str) -> bool:
        """Tell whether each word, with the marks it was typed with, starts some word of a ``marked_key`` text."""
        for pattern in self.patterns:  # noqa: SIM110 - as above
            if pattern.search(marked_key_text) is None:
                return False
        return True


def _trimmed(word: str) -> str:
    start, end = 0, len(word)
    while start < end and not word[start].isalnum():
        start += 1
    while end > start and not word[end - 1].isalnum():
        end -= 1
    return word[start:end]


@lru_cache(maxsize=256)
def compile_query(query: str) -> Query:
    """Prepare a typed query. A letter without a mark matches any mark, a letter with one only itself."""
    marked = tuple(filter(None, map(_trimmed, marked_key(query).split(" "))))
    folded = tuple(map(search_key, marked))
    beginnings = tuple(map(_beginnings, marked))
    return Query(
        folded_words=folded,
        needs_marks=folded != marked,
        patterns=tuple(_word_pattern(word) for word in marked),
        beginnings=beginnings,
        beginnings_suffice=all(
            word == plain or (word.isalnum() and spellings != () and len(spellings[0]) == len(word))
            for word, plain, spellings in zip(marked, folded, beginnings, strict=True)
        ),
    )


def matches(query: str, text: str) -> bool:
    """Tell whether every word of ``query`` is the beginning of some word of ``text``, in any order.

    A letter typed without a mark matches any mark (d also đ), a letter typed with one matches only itself: "ho tran
    hong an", "hồ trần" and "Hồ tran" find Hồ Trần Hồng Ân, "hồ trân" does not. "hoà" and "hòa" are the same. An empty
    query matches everything.
    """
    compiled = compile_query(query)
    if compiled.needs_marks:
        return compiled.matches_marked(marked_key(text))
    return compiled.matches_folded(search_key(text))


def words_match(query_words_marked: Iterable[str], marked_words: Iterable[str]) -> bool:
    """Do what ``matches`` does for words that went through ``marked_key`` already."""
    return compile_query(" ".join(query_words_marked)).matches_marked(" ".join(marked_words))


def part_pattern(typed: str, *, is_whole: bool = False) -> re.Pattern[str]:
    """Return what finds typed words anywhere in a ``marked_key`` text, inside a word too, by the same rule of marks.

    The last letter may be unfinished ("hò" finds "hòa") unless the words are whole, to be held against a whole text.
    """
    key = marked_key(typed)
    any_mark = _letters_by_base()
    parts = [any_mark.get(char) or re.escape(char) for char in key]
    if not is_whole and key[-1:] in _UNFINISHED_TONE:
        parts[-1] = f"(?:{'|'.join(_UNFINISHED_TONE[key[-1]])})"
    return re.compile("".join(parts))


# --- keys to sort by --------------------------------------------------------------------------------------------------

_LETTER_MARKS: Final = {
    "a\u0306": "a{",
    "a\u0302": "a|",
    "e\u0302": "e{",
    "o\u0302": "o{",
    "o\u031b": "o|",
    "u\u031b": "u{",
}
_TONE_MARKS: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OTHER_MARK: Final = "6"


def _sort_parts(char: str) -> tuple[str, str]:
    """Give a character's letter code and its tone code; a separator is a blank in both."""
    lowered = char.lower()
    if lowered in ("đ", "ð"):
        return "d{", ""
    if char in _APOSTROPHES:
        return "", ""
    letters, tones = "", ""
    for part in unicodedata.normalize("NFD", lowered):
        part = _BARRED.get(part, part)
        category = unicodedata.category(part)
        if letters[-1:] + part in _LETTER_MARKS:
            letters = letters[:-1] + _LETTER_MARKS[letters[-1:] + part]
        elif category in ("Mn", "Me"):
            tones += _TONE_MARKS.get(part, _OTHER_MARK)
        elif category == "Nd":
            letters += str(unicodedata.decimal(part))
        elif "a" <= part <= "z":
            letters += part
        elif part.isalpha():
            letters += "~" + "".join(chr(ord("a") + int(digit, 16)) for digit in f"{ord(part):06x}")
        elif category != "Cf":
            return " ", " "
    return letters, tones


class _SortLetters(_CharTable):
    def work_out(self, char: str) -> str:
        return _sort_parts(char)[0]


class _SortTones(_CharTable):
    def work_out(self, char: str) -> str:
        return _sort_parts(char)[1]


_SORT_LETTERS: Final = _SortLetters()
_SORT_TONES: Final = _SortTones()
_DIGITS: Final = re.compile("[0-9]+")


def _by_size(digits: str) -> str:
    digits = digits.lstrip("0") or "0"
    return chr(min(ord("0") + len(digits) - 1, ord("`"))) + digits


def sort_key(text: str) -> str:
    """Give an ASCII key whose byte order is the Vietnamese order of the texts.

    The order is that of dictionaries, word by word: the letters a ă â b c d đ e ê … of the whole word first (f, j, w,
    z in their Latin places), then its tone, ngang < huyền < hỏi < ngã < sắc < nặng; so "ba ba" comes before "bà".
    Numbers come before letters and by size ("Quận 2" < "Quận 10"), case and signs do not count, other scripts follow
    Latin.

    Scheme: each word is its letters, a blank, the digits of its tones (1 huyền … 5 nặng, 6 another mark), and words
    are joined by a blank; ă is "a{", â "a|", đ "d{", ê "e{", ô "o{", ơ "o|", ư "u{", since { and | follow z; a number
    is preceded by a character that grows with its length. "Hồ Ân 12" is "ho{ 1 a|n  112 ".
    """
    return " ".join(filter(None, map(_sort_word, text.split())))


@lru_cache(_WORDS_KEPT)
def _sort_word(word: str) -> str:
    if word.isascii() and word.isdigit():
        return f"{_by_size(word)} "
    word = unicodedata.normalize("NFC", word)
    letters = _DIGITS.sub(lambda found: _by_size(found[0]), word.translate(_SORT_LETTERS))
    parts = zip(letters.split(" "), word.translate(_SORT_TONES).split(" "), strict=True)
    return " ".join([f"{letter} {tone}" for letter, tone in parts if letter])


_ASIDE: Final = re.compile(r"\([^)]*\)|,.*")


def person_sort_key(name: str) -> str:
    """Give a ``sort_key`` of a person's name: by given name (the last word), then family name, then middle names.

    What stands in parentheses or after a comma is not part of the name.
    """
    words = (_ASIDE.sub(" ", name) if "(" in name or "," in name else name).split() or name.split()
    return sort_key(" ".join([*words[-1:], *words[:-1]]))
