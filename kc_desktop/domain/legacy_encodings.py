"""Text typed in the fonts of the 1990s: TCVN3 (.VnTime, "ABC") and VNI (VNI-Times), to Unicode.

Such text reaches us as Latin-1 letters that only look Vietnamese in their font: "Hå TrÇn" is TCVN3, "Hoà Traàn" is VNI.

Tables: TCVN 5712:1993 VN3 and VNI for Windows, as UniKey and xvnkb implement them.
"""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Final

# Each row: a vowel, then with huyền, hỏi, ngã, sắc, nặng.
_VOWELS: Final = (
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự",
    "yỳỷỹýỵ",
)
_TONED: Final = "".join(row[1:] for row in _VOWELS)

# TCVN3, in the order of _TONED.
_TCVN3_TONED: Final = (
    "\xb5\xb6\xb7\xb8\xb9"  # a
    "\xbb\xbc\xbd\xbe\xc6"  # ă
    "\xc7\xc8\xc9\xca\xcb"  # â
    "\xcc\xce\xcf\xd0\xd1"  # e
    "\xd2\xd3\xd4\xd5\xd6"  # ê
    "\xd7\xd8\xdc\xdd\xde"  # i
    "\xdf\xe1\xe2\xe3\xe4"  # o
    "\xe5\xe6\xe7\xe8\xe9"  # ô
    "\xea\xeb\xec\xed\xee"  # ơ
    "\xef\xf1\xf2\xf3\xf4"  # u
    "\xf5\xf6\xf7\xf8\xf9"  # ư
    "\xfa\xfb\xfc\xfd\xfe"  # y
)
_TCVN3_LETTERS: Final = dict(
    zip("\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae", "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)
)
_TCVN3: Final = str.maketrans(dict(zip(_TCVN3_TONED, _TONED, strict=True)) | _TCVN3_LETTERS)

# VNI: a vowel and a mark of its own, and a few letters with a code of their own.
_VNI_TONES: Final = "\xf8\xfb\xf5\xf9\xef"
_VNI_MARKS: Final = {
    "a": dict(zip(_VNI_TONES, "àảãáạ", strict=True))
    | dict(zip("\xe2\xe0\xe5\xe3\xe1\xe4", "âầẩẫấậ", strict=True))
    | dict(zip("\xea\xe8\xfa\xfc\xe9\xeb", "ăằẳẵắặ", strict=True)),
    "e": dict(zip(_VNI_TONES, "èẻẽéẹ", strict=True)) | dict(zip("\xe2\xe0\xe5\xe3\xe1\xe4", "êềểễếệ", strict=True)),
    "o": dict(zip(_VNI_TONES, "òỏõóọ", strict=True)) | dict(zip("\xe2\xe0\xe5\xe3\xe1\xe4", "ôồổỗốộ", strict=True)),
    "\xf4": dict(zip(_VNI_TONES, "ờởỡớợ", strict=True)),
    "u": dict(zip(_VNI_TONES, "ùủũúụ", strict=True)),
    "\xf6": dict(zip(_VNI_TONES, "ừửữứự", strict=True)),
    "y": dict(zip(_VNI_TONES, "ỳỷỹý", strict=False)),
}
_VNI_SINGLE: Final = dict(zip("\xf4\xf6\xf1\xec\xe6\xf3\xed\xf2\xee", "ơưđìỉĩíịỵ", strict=True))


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for vowel, marks in _VNI_MARKS.items():
        for mark, letter in marks.items():
            # The capital's mark has its own code; after a capital some typed the small one, which looks nearly alike.
            table[vowel + mark] = letter
            table[vowel.upper() + mark.upper()] = table[vowel.upper() + mark] = letter.upper()
    for code, letter in _VNI_SINGLE.items():
        table[code], table[code.upper()] = letter, letter.upper()
    return table


_VNI: Final = _vni_table()

_WORD: Final = re.compile(r"[A-Za-z\xa1-\xae\xb5-\xff]+")


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_VNI, key=len, reverse=True)))


def from_vni(text: str) -> str:
    """Convert VNI-Windows text to Unicode NFC; letters outside the table stay as they are."""
    return _vni_pattern().sub(lambda found: _VNI[found[0]], unicodedata.normalize("NFC", text))


def from_tcvn3(text: str) -> str:
    """Convert TCVN3 (ABC) text to Unicode NFC.

    TCVN3 has no toned capitals: capital headings are typed in the capital font (.VnTimeH) with the small letter's
    code, "DANH S¸CH". The font is not in the text, so a word counts as capitals when its plain letters do: two or
    more of them decide for themselves, a word with fewer ("Vµ", "¸") follows the words around it. A name such as
    "¸nh" stays "ánh"; capitals are never guessed at.
    """
    text = unicodedata.normalize("NFC", text)
    words = _WORD.findall(text)
    in_capitals = not any(_has_small(word) for word in words) and any(map(_spells_capitals, words))

    def convert(found: re.Match[str]) -> str:
        word = found[0]
        converted = word.translate(_TCVN3)
        is_capital = not _has_small(word) and (in_capitals or len(_plain_capitals(word)) >= 2)
        return converted.upper() if is_capital else converted

    return _WORD.sub(convert, text)


def _has_small(word: str) -> bool:
    return any("a" <= char <= "z" for char in word)


def _plain_capitals(word: str) -> str:
    return "".join(char for char in word if "A" <= char <= "Z" or "\xa1" <= char <= "\xa7")


def _spells_capitals(word: str) -> bool:
    """Tell whether a word is written out in capitals; "TT" and "CT" are abbreviations and say nothing of the rest."""
    return len(_plain_capitals(word)) >= 2 and (not word.isascii() or not set("AEIOUY").isdisjoint(word))


# --- recognising ------------------------------------------------------------------------------------------------------

_ONSETS: Final = "ngh|ng|nh|n|ch|c|gh|gi|g|kh|k|ph|p|th|tr|t|b|d|đ|h|l|m|r|s|v|x|"
_RIMES: Final = (
    "a|ai|am|an|ang|anh|ao|au|ay|ac|ach|ap|at|ăm|ăn|ăng|ăc|ăp|ăt|âm|ân|âng|âu|ây|âc|âp|ât|e|em|en|eng|eo|ec|ep|et|ê|êm|ên|"
    "ênh|êu|êch|êp|êt|i|im|in|inh|iu|ich|ip|it|ia|iêm|iên|iêng|iêu|iêc|iêp|iêt|o|oi|om|on|ong|oong|oc|op|ot|ô|ôi|ôm|ôn|"
    "ông|ôc|ôp|ôt|ơ|ơi|ơm|ơn|ơp|ơt|u|ui|um|un|ung|uc|up|ut|ua|uôi|uôm|uôn|uông|uôc|uôt|ư|ưi|ưng|ưu|ưc|ưt|ưa|ươi|ươm|ươn|"
    "ương|ươu|ươc|ươp|ươt|y|yên|yêm|yêng|yêu|yêt|oa|oai|oan|oang|oanh|oao|oay|oac|oach|oat|oăm|oăn|oăng|oăc|oăt|oe|oen|oeo|"
    "oet|uân|uâng|uây|uât|uê|uênh|uêch|uơ|uy|uynh|uych|uyt|uyên|uyêt|uya|uyu"
)
_RIMES_AFTER_QU: Final = (
    "a|ai|an|ang|anh|ao|ay|ac|ach|at|ăm|ăn|ăng|ăc|ăp|ăt|ân|ây|ât|e|en|eo|et|ê|ên|êt|i|it|y|uy|yên|yêt|ynh|yt|ôc|ơ"
)
_STOPS: Final = ("c", "ch", "p", "t")
_UNTONED: Final = {letter: (row[0], tone) for row in _VOWELS for tone, letter in enumerate(row) if tone}


@cache
def _syllable() -> re.Pattern[str]:
    return re.compile(f"(?:{_ONSETS})(?:{_RIMES})|qu(?:{_RIMES_AFTER_QU})|gi(?:n|êng)?")


def _is_syllable(word: str) -> bool:
    """Tell whether a word has the shape of a Vietnamese syllable, with at most one tone."""
    letters = ""
    tones = []
    for char in word.lower():
        plain, tone = _UNTONED.get(char, (char, 0))
        letters += plain
        if tone:
            tones.append(tone)
    if len(tones) > 1 or not _syllable().fullmatch(letters):
        return False
    return not letters.endswith(_STOPS) or tones in ([4], [5])  # a stopped syllable takes sắc or nặng only


def _readings(text: str) -> Counter[str]:
    """Count the words that are Vietnamese in one reading only: as "unicode", "tcvn3" or "vni"; "shared" in several."""
    votes: Counter[str] = Counter()
    for word in _WORD.findall(text):
        # Single signs, "µm" and abbreviations such as QĐ say nothing, whatever they would spell.
        if word.isascii() or len(word) < 2 or word[0] == "\xb5" or (word.isupper() and len(word) <= 3):
            continue
        readings = [
            name
            for name, reading in (("unicode", word), ("tcvn3", word.translate(_TCVN3)), ("vni", from_vni(word)))
            if (name == "unicode" or reading != word) and _is_syllable(reading)
        ]
        votes[readings[0] if len(readings) == 1 else "shared" if readings else "none"] += 1
    return votes


def _looks_like(name: str, text: str) -> bool:
    text = unicodedata.normalize("NFC", text)
    if text.isascii() or any(char > "\xff" and char.isalpha() for char in text):
        return False  # a letter beyond Latin-1 can only come from Unicode text
    votes = _readings(text)
    others = sum(votes.values()) - votes[name] - votes["shared"]
    return votes[name] > 2 * others and 2 * votes[name] >= votes["shared"]


def looks_like_tcvn3(text: str) -> bool:
    """Tell whether a text can only be TCVN3: its words are Vietnamese when read so, and not as they stand.

    Conservative: Unicode Vietnamese, other languages and too little text give False. Give it a whole column or sheet
    joined by blanks rather than cell by cell.
    """
    return _looks_like("tcvn3", text)


def looks_like_vni(text: str) -> bool:
    """Tell whether a text can only be VNI-Windows: its words are Vietnamese when read so, and not as they stand.

    Conservative in the same way as ``looks_like_tcvn3``.
    """
    return _looks_like("vni", text)
