"""Money: whole đồng as ``int``; read it, print it, say it in words, share it out.

Amounts never pass through a float. Everything here works for amounts up to 10^18 đồng on either side of zero.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

MAX_AMOUNT_VND: Final = 10**18

_THOUSAND: Final = 10**3
_MILLION: Final = 10**6
_BILLION: Final = 10**9

# --- in words ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStyle:
    """Choose between the accepted spellings of amounts in words; the defaults are the commoner official ones."""

    four: Literal["bốn", "tư"] = "bốn"
    """After "mươi" only: 24 is "hai mươi bốn" or "hai mươi tư"; 4, 14 and 104 are always "bốn"."""
    zero_tens: Literal["linh", "lẻ"] = "linh"
    thousand: Literal["nghìn", "ngàn"] = "nghìn"


DEFAULT: Final = WordStyle()

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(amount_vnd: int, style: WordStyle = DEFAULT, *, unit: str = "đồng") -> str:
    """Say an amount in words, as accounting papers write it: "Năm tỷ chín trăm bảy mươi tám triệu đồng".

    The first letter is a capital and ``unit`` ends the text; with ``unit=""`` the number stands alone. Empty groups
    are skipped, and once a higher group was spoken a group below 100 keeps its "không trăm": 1.000.005.000 is "Một tỷ
    không trăm linh năm nghìn". Above "tỷ" the count of tỷ is itself read as a number, so that 10^12 is "một nghìn tỷ",
    10^15 "một triệu tỷ" and 10^18 "một tỷ tỷ". A negative amount starts with "Âm".

    Raises:
        ValueError: the amount is beyond ±10^18.
    """
    if abs(amount_vnd) > MAX_AMOUNT_VND:
        raise ValueError(f"Số tiền vượt quá giới hạn đọc bằng chữ ({format_vnd(MAX_AMOUNT_VND)} đồng).")
    words = ["âm"] if amount_vnd < 0 else []
    words += _number_words(abs(amount_vnd), style, spoken_above=False) or [_DIGITS[0]]
    if unit:
        words.append(unit)
    text = " ".join(words)
    return text[0].upper() + text[1:]


def _number_words(number: int, style: WordStyle, *, spoken_above: bool) -> list[str]:
    words: list[str] = []
    billions, rest = divmod(number, _BILLION)
    if billions:
        words += [*_number_words(billions, style, spoken_above=spoken_above), "tỷ"]
    millions, rest = divmod(rest, _MILLION)
    thousands, ones = divmod(rest, _THOUSAND)
    for group, name in ((millions, "triệu"), (thousands, style.thousand), (ones, "")):
        if group:
            words += _group_words(group, style, keep_hundreds=spoken_above or bool(words))
            if name:
                words.append(name)
    return words


def _group_words(group: int, style: WordStyle, *, keep_hundreds: bool) -> list[str]:
    """Say 1 to 999; ``keep_hundreds`` says "không trăm" for an empty hundreds place."""
    hundreds, below = divmod(group, 100)
    tens, ones = divmod(below, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or keep_hundreds else []
    if tens == 0:
        if ones:
            words += [style.zero_tens, _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 5:
        words.append("lăm")
    elif ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 4 and tens > 1:
        words.append(style.four)
    elif ones:
        words.append(_DIGITS[ones])
    return words


# --- printing ---------------------------------------------------------------------------------------------------------


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def format_vnd(amount_vnd: int, *, unit: bool = False) -> str:
    """Print an amount in đồng, thousands parted by dots: "5.978.000.000", with ``unit`` "5.978.000.000 đồng"."""
    return _grouped(amount_vnd) + (" đồng" if unit else "")


def format_million(amount_vnd: int) -> str:
    """Print an amount in triệu đồng, exact and never rounded: "5.978", "2.735,5", "0,000001"."""
    whole, rest = divmod(abs(amount_vnd), _MILLION)
    text = _grouped(whole)
    if rest:
        text += "," + f"{rest:06d}".rstrip("0")
    return "-" + text if amount_vnd < 0 else text


def format_percent(numerator: int, denominator: int) -> str:
    """Print a ratio as a percentage with two decimals, half away from zero: "97,09 %"; "—" when there is no whole."""
    if denominator == 0:
        return "—"
    negative = (numerator < 0) != (denominator < 0)
    top, bottom = abs(numerator), abs(denominator)
    hundredths = (top * 20_000 + bottom) // (2 * bottom)
    whole, part = divmod(hundredths, 100)
    sign = "-" if negative and hundredths else ""
    return f"{sign}{_grouped(whole)},{part:02d} %"


def apportion(total_vnd: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share an amount out in proportion to weights without losing a đồng (largest remainder, ties to the first).

    Raises:
        ValueError: a weight is negative, or there is something to share and no positive weight.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative")
    whole = sum(weights)
    if whole == 0:
        if total_vnd:
            raise ValueError("an amount needs at least one positive weight")
        return (0,) * len(weights)
    sign, total = (-1, -total_vnd) if total_vnd < 0 else (1, total_vnd)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -(total * weights[index] % whole))
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return tuple(sign * share for share in shares)


# --- reading ----------------------------------------------------------------------------------------------------------


class MoneyError(ValueError):
    """Say in Vietnamese why a text is not an amount and what may be written instead."""


_UNITS: Final[dict[str, int]] = {
    **dict.fromkeys(("tỷ", "tỉ", "ty", "ti"), _BILLION),
    **dict.fromkeys(("triệu", "trieu", "tr"), _MILLION),
    **dict.fromkeys(("nghìn", "nghin", "ngàn", "ngan", "k"), _THOUSAND),
}
_CURRENCY: Final = frozenset({"đồng", "dong", "đ", "d", "vnđ", "vnd", "₫"})
_UNIT_NAMES: Final = {
    _BILLION * _MILLION: "triệu tỷ",
    _BILLION * _THOUSAND: "nghìn tỷ",
    _BILLION: "tỷ",
    _MILLION: "triệu",
    _THOUSAND: "nghìn",
    1: "đồng",
}

_EXAMPLES: Final = "Ghi số tiền như 5978000000, 5.978.000.000, 5,978 tỷ hoặc 2.735 triệu."
_DOT_RULE: Final = "Dấu chấm chỉ tách từng nhóm ba chữ số, phần lẻ ghi sau dấu phẩy"

_INVISIBLE: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x00AD))
_TAIL: Final = re.compile(r"\s*(?:\./\.|(?<=[^\W\d])\.|(?<=₫)\.)$")
_CURRENCY_TAIL: Final = re.compile(r"\s*(?:đồng|dong|vnđ|vnd|đ|d|₫)(?:\s+chẵn)?$")
_CURRENCY_HEAD: Final = re.compile(r"^(?:vnđ|vnd|₫|đ)\s*")
_TOKEN: Final = re.compile(r"\s*([0-9][0-9.,\s]*|[^\W\d_]+)")
_PLAIN: Final = re.compile(r"[0-9]+")
_DOTTED: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_SPACED: Final = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+")
_COMMAED: Final = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_COMMAED_WITH_DOT: Final = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]{1,2})")


@dataclass(frozen=True, slots=True)
class _Number:
    """A written number: ``digits`` without its decimal mark, of which the last ``places`` are decimals."""

    digits: str
    places: int = 0

    def times(self, unit: int) -> int:
        value, rest = divmod(int(self.digits) * unit, int("1" + "0" * self.places))
        if rest:
            raise MoneyError("Số tiền phải tròn đồng, không ghi phần lẻ của đồng. " + _EXAMPLES)
        return value


def parse(text: str) -> int:
    """Read an amount people type or paste, in đồng.

    Accepted, each on its own or with "đồng", "đ", "VND", "₫" and a closing "./.":

    * plain digits, or thousands parted by dots or spaces: ``5978000000``, ``5.978.000.000``, ``5 978 000 000``;
    * English grouping when it cannot be anything else: two groups or more (``1,234,567``) or commas followed by a
      dot and one or two decimals (``1,234.00``);
    * a unit with a decimal comma or dotted thousands: ``5,978 tỷ``, ``2.735 triệu`` (2.735.000.000), ``2,5 tr``,
      ``120 tr.đ``, ``500k``, ``1,2 nghìn tỷ``;
    * falling units: ``5 tỷ 978 triệu``; the last three digits may leave out the next unit (``5 tỷ 978``), or be
      written out to the đồng (``5 tỷ 978.000.000``);
    * a decimal tail of zeros after an amount that is clearly in đồng, as bank statements and spreadsheets write:
      ``5978000000.0``, ``5.978.000,00``;
    * a negative amount with a minus sign or in parentheses.

    Refused, with the reason: a single comma group without a unit (``5,978`` is 5 thousand or 5 and a bit); a dot used
    as a decimal mark (``1.5 tỷ``, ``5.97``, ``0.978 tỷ``) or mixed up with the comma (``5.978,000``); a short or
    doubtful tail (``5 tỷ 9``, ``5 tỷ 978 đồng``); parts of a đồng; words; amounts beyond 10^18.

    Raises:
        MoneyError: with the reason and what is allowed, in Vietnamese.
    """
    body = " ".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split()).lower()
    body = _TAIL.sub("", body)
    if not body:
        raise MoneyError("Chưa có số tiền. " + _EXAMPLES)
    if len(body) > 100:
        raise MoneyError("Nội dung quá dài, không phải một số tiền. " + _EXAMPLES)
    body, in_dong = _strip_currency(body)
    negative, body = _strip_sign(body)
    if not in_dong:
        body, in_dong = _strip_currency(body)
    body = _TAIL.sub("", body)  # "120 tr.đ": the dot ends a shortened word
    amount = _sum_parts(_split_parts(body), in_dong=in_dong)
    if amount > MAX_AMOUNT_VND:
        raise MoneyError(f"Số tiền lớn quá mức cho phép ({format_vnd(MAX_AMOUNT_VND)} đồng). Kiểm tra lại các số 0.")
    return -amount if negative else amount


def _strip_currency(body: str) -> tuple[str, bool]:
    stripped = _CURRENCY_HEAD.sub("", _CURRENCY_TAIL.sub("", body))
    return stripped, stripped != body


def _strip_sign(body: str) -> tuple[bool, str]:
    if body.startswith("(") and body.endswith(")"):
        return True, body[1:-1].strip()
    if body[:1] in ("-", "−", "–"):
        return True, body[1:].strip()
    return False, body


def _split_parts(body: str) -> list[tuple[_Number, int | None]]:
    """Split "5 tỷ 978" into its numbers, each with its unit in đồng or None when no unit is written."""
    parts: list[tuple[_Number, int | None]] = []
    position = 0
    while position < len(body):
        found = _TOKEN.match(body, position)
        if found is None:
            raise MoneyError(f"Có ký tự “{body[position:].strip()[:1]}” không thuộc số tiền. {_EXAMPLES}")
        position = found.end()
        token = found[1].strip()
        if token[0].isdigit():
            parts.append((_read_number(token, body[position:]), None))
        else:
            parts[-1:] = [_with_unit(parts, token)]
    if not parts:
        raise MoneyError("Chưa có số tiền. " + _EXAMPLES)
    return parts


def _with_unit(parts: list[tuple[_Number, int | None]], word: str) -> tuple[_Number, int]:
    if word in _CURRENCY:
        raise MoneyError(f"“{word}” chỉ ghi một lần, ở cuối số tiền. {_EXAMPLES}")
    if word not in _UNITS:
        raise MoneyError(f"Không hiểu “{word}”. Ghi bằng chữ số, đơn vị là tỷ, triệu, nghìn hoặc đồng. {_EXAMPLES}")
    if not parts:
        raise MoneyError(f"Thiếu chữ số trước “{word}”. {_EXAMPLES}")
    number, unit = parts[-1]
    if unit is None:
        return number, _UNITS[word]
    if _UNITS[word] == _BILLION and unit in (_THOUSAND, _MILLION):
        return number, unit * _BILLION
    raise MoneyError(f"Hai đơn vị liền nhau: “{_UNIT_NAMES[unit]} {word}”. {_EXAMPLES}")


def _read_number(token: str, after: str) -> _Number:
    """Read one written number; ``after`` is the rest of the text and tells whether a unit follows."""
    has_unit = bool(after.strip())
    if _PLAIN.fullmatch(token):
        return _Number(token)
    if english := _COMMAED_WITH_DOT.fullmatch(token):
        return _Number(english[1].replace(",", "") + english[2], len(english[2]))
    if _COMMAED.fullmatch(token):
        return _Number(token.replace(",", ""))
    whole, comma, decimals = token.partition(",")
    if not comma:
        return _read_whole(token)
    if not _PLAIN.fullmatch(decimals):
        raise MoneyError(f"“{token}” không phải là một số: phần lẻ chỉ có chữ số sau một dấu phẩy. {_EXAMPLES}")
    if not has_unit and len(decimals) == 3 and len(whole) <= 3:
        raise MoneyError(
            f"“{token}” có thể hiểu hai cách. Ghi {whole}.{decimals} nếu là {whole}{decimals} đồng, "
            f"hoặc thêm đơn vị: {token} tỷ, {token} triệu."
        )
    if not has_unit and (len(whole) <= 3 or decimals not in ("0", "00")):
        raise MoneyError(f"“{token}” có phần lẻ nhưng chưa có đơn vị. Ghi thêm tỷ hoặc triệu, ví dụ {token} triệu.")
    number = _read_whole(whole)
    return _Number(number.digits + decimals, number.places + len(decimals))


def _read_whole(token: str) -> _Number:
    if _PLAIN.fullmatch(token):
        return _Number(token)
    if _SPACED.fullmatch(token):
        return _Number(token.replace(" ", ""))
    if _DOTTED.fullmatch(token):
        return _Number(token.replace(".", ""))
    # A spreadsheet writes whole numbers as 5978000000.0; four digits before the dot cannot be a dotted group.
    if zeros := re.fullmatch(r"([0-9]{4,})\.0{1,2}", token):
        return _Number(zeros[1])
    if re.fullmatch(r"[0-9]+\.[0-9]+", token):
        raise MoneyError(f"“{token}” dùng dấu chấm không đúng chỗ. {_DOT_RULE}: {token.replace('.', ',')} tỷ.")
    raise MoneyError(f"“{token}” không phải là một số. {_DOT_RULE}. {_EXAMPLES}")


def _sum_parts(parts: list[tuple[_Number, int | None]], *, in_dong: bool) -> int:
    if len(parts) == 1 and parts[0][1] is None:
        return parts[0][0].times(1)
    total = 0
    previous: int | None = None
    for index, (number, unit) in enumerate(parts):
        is_last = index == len(parts) - 1
        if unit is None:
            if previous is None or not is_last:
                raise MoneyError(f"Thiếu đơn vị giữa hai số. Ghi như 5 tỷ 978 triệu. {_EXAMPLES}")
            unit = _unit_left_out(number, previous, in_dong=in_dong)
        if number.places and not is_last:
            raise MoneyError("Phần lẻ sau dấu phẩy chỉ ghi ở số cuối cùng, ví dụ 5 tỷ 978,5 triệu.")
        value = number.times(unit)
        if previous is not None and (unit >= previous or value >= previous):
            raise MoneyError(f"Các đơn vị phải nhỏ dần và không vượt đơn vị trước, ví dụ 5 tỷ 978 triệu. {_EXAMPLES}")
        total += value
        previous = unit
    return total


def _unit_left_out(number: _Number, previous: int, *, in_dong: bool) -> int:
    """Decide what a last number without a unit counts, after a part in units of ``previous``."""
    lower = previous // _THOUSAND
    if not number.places and len(number.digits) == len(str(previous)) - 1:
        return 1
    if number.places or len(number.digits) != 3 or (in_dong and lower > 1):
        name, next_name = _UNIT_NAMES[previous], _UNIT_NAMES[lower]
        raise MoneyError(
            f"Số cuối sau “{name}” chưa rõ đơn vị. Ghi thêm đơn vị, ví dụ 5 {name} 900 {next_name}, "
            f"hoặc dùng dấu phẩy: 5,9 {name}."
        )
    return lower
