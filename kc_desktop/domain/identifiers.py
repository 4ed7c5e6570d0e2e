"""Numbers that name people and firms: tax code, citizen id, phone, e-mail.

Each ``check_…`` gives the form in which the value is stored, or raises ``IdentifierError``; each ``format_…`` gives the
form for the screen; each ``mask_…`` hides a protected value. ``format_…`` and ``mask_…`` never fail: what they do not
recognise (an old file holds everything) they show as it is, or hide.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Final

_SEPARATORS: Final = re.compile(r"[\s.\-‐-―/]+")
_INVISIBLE: Final = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, *range(0x202A, 0x202F)))
HIDDEN: Final = "•"
"""What stands for a letter or digit that is not shown."""


class IdentifierError(ValueError):
    """Say in Vietnamese why a text is not such a number and what is allowed."""


def _seen(text: str) -> str:
    """Drop what cannot be seen, and blanks around the text."""
    return (text if text.isascii() else unicodedata.normalize("NFC", text).translate(_INVISIBLE)).strip()


def _compact(text: str) -> str:
    """Drop what people put between the digits, and the ".0" a spreadsheet adds to a number."""
    line = _seen(text)
    return _SEPARATORS.sub("", re.sub(r"(?<=[0-9])\.0$", "", line))


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _masked(text: str, *, head: int, tail: int) -> str:
    """Hide all but the ends; what is too short to hide half of it is hidden whole."""
    if len(text) < 2 * (head + tail):
        return HIDDEN * len(text)
    return text[:head] + HIDDEN * (len(text) - head - tail) + text[len(text) - tail :]


# --- tax code ---------------------------------------------------------------------------------------------------------

_TAX_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_TAX_RULE: Final = (
    "Mã số thuế gồm 10 chữ số, đơn vị phụ thuộc thêm 3 chữ số (0123456789-001), "
    "cá nhân và hộ kinh doanh dùng số định danh 12 chữ số."
)

_SHORT_BRANCH: Final = re.compile(r"[0-9]{10}\s*[-‐-―/]\s*[0-9]{1,2}")


def _tax_check_digit(first_nine: str) -> int:
    """Give the tenth digit: 10 − (S mod 11), S the sum of the digits with weights 31 29 23 19 17 13 7 5 3."""
    return 10 - sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, first_nine, strict=True)) % 11


def check_tax_code(text: str) -> str:
    """Normalise a tax code to "0123456789", "0123456789-001" or the 12 digits of a personal id.

    Ten digits end in a check digit. Since 01/7/2025 persons and household businesses use their personal id
    (TT 86/2024/TT-BTC).

    Raises:
        IdentifierError: with the reason and what is allowed, in Vietnamese.
    """
    code = _compact(text)
    if not code:
        raise IdentifierError(f"Chưa có mã số thuế. {_TAX_RULE}")
    if not _is_digits(code):
        raise IdentifierError(f"Mã số thuế chỉ gồm chữ số. {_TAX_RULE}")
    if _SHORT_BRANCH.fullmatch(text.strip()):
        raise IdentifierError(f"Phần sau dấu gạch của mã số thuế phải đủ 3 chữ số. {_TAX_RULE}")
    if len(code) == 12:
        return check_citizen_id(code)
    if len(code) not in (10, 13):
        hint = " Kiểm tra xem có thiếu số 0 ở đầu không." if len(code) in (9, 11) else ""
        raise IdentifierError(f"Mã số thuế đang có {len(code)} chữ số.{hint} {_TAX_RULE}")
    if _tax_check_digit(code[:9]) != int(code[9]):
        raise IdentifierError("Mã số thuế chưa đúng số kiểm tra (chữ số thứ 10). Đối chiếu từng chữ số với giấy tờ.")
    if code[10:] == "000":
        raise IdentifierError(f"Ba số cuối của đơn vị phụ thuộc từ 001 đến 999. {_TAX_RULE}")
    return code if len(code) == 10 else f"{code[:10]}-{code[10:]}"


def format_tax_code(text: str) -> str:
    """Show a tax code as it is printed on papers: as it is stored."""
    return text


def mask_tax_code(text: str) -> str:
    """Hide a tax code that is a personal id (12 digits); the tax codes of firms are public and stay."""
    return mask_citizen_id(text) if len(_compact(text)) == 12 else text


# --- citizen id -------------------------------------------------------------------------------------------------------

_CITIZEN_RULE: Final = "Số căn cước gồm 12 chữ số; số chứng minh nhân dân cũ gồm 9 chữ số."

_PLACE_GAPS: Final = (
    {3, 5, 7, 9, 13, 16, 18, 21, 23, 28, 29, 32, 39, 41, 43, 47, 50, 53, 55, 57, 59, 61, 63, 65, 69, 71, 73, 76, 78}
    | {81, 85, 88, 90}
)  # fmt: skip
BIRTH_PLACE_CODES: Final = frozenset(f"{code:03d}" for code in range(1, 97) if code not in _PLACE_GAPS)
"""The 63 provinces and cities of birth registration (TT 07/2016/TT-BCA, Phụ lục 1), kept after the mergers of 2025."""


class Sex(Enum):
    """Sex as a citizen id tells it."""

    MALE = "nam"
    FEMALE = "nữ"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenIdParts:
    """What the 12 digits of a citizen id say of their owner."""

    place_code: str
    """Where the birth was registered: three digits."""
    sex: Sex
    birth_year: int


def check_citizen_id(text: str) -> str:
    """Normalise a citizen id to its 12 digits, or an old CMND to its 9.

    The digits carry no check digit; ``citizen_id_warnings`` compares them with what else is known.

    Raises:
        IdentifierError: with the reason and what is allowed, in Vietnamese.
    """
    number = _compact(text)
    if not number:
        raise IdentifierError(f"Chưa có số căn cước. {_CITIZEN_RULE}")
    if not _is_digits(number):
        raise IdentifierError(f"Số căn cước chỉ gồm chữ số. {_CITIZEN_RULE}")
    if len(number) not in (9, 12):
        hint = " Kiểm tra xem có thiếu số 0 ở đầu không." if len(number) in (8, 10, 11) else ""
        raise IdentifierError(f"Số căn cước đang có {len(number)} chữ số.{hint} {_CITIZEN_RULE}")
    if number.strip("0") == "":
        raise IdentifierError(f"Số căn cước không thể toàn số 0. {_CITIZEN_RULE}")
    return number


def read_citizen_id(number: str) -> CitizenIdParts | None:
    """Take a checked citizen id apart; None for an old CMND of 9 digits, which says nothing.

    Digits 1–3 are the place, digit 4 century and sex (0 and 1 the 1900s, 2 and 3 the 2000s and so on, even for men),
    digits 5–6 the year of birth.
    """
    if len(number) != 12 or not _is_digits(number):
        return None
    century, is_female = divmod(int(number[3]), 2)
    return CitizenIdParts(
        place_code=number[:3],
        sex=Sex.FEMALE if is_female else Sex.MALE,
        birth_year=1900 + 100 * century + int(number[4:6]),
    )


def citizen_id_warnings(
    number: str,
    *,
    birth_year: int | None = None,
    sex: Sex | None = None,
    today: date | None = None,
    place_codes: Collection[str] = BIRTH_PLACE_CODES,
) -> tuple[str, ...]:
    """Compare a checked citizen id with what else is known of its owner; one Vietnamese sentence for each doubt.

    These are warnings: people born abroad have other place codes, and the record may be what is wrong.
    """
    parts = read_citizen_id(number)
    if parts is None:
        return ()
    warnings = []
    if parts.place_code not in place_codes:
        warnings.append(
            f"Ba số đầu {parts.place_code} không phải mã tỉnh, thành phố nơi đăng ký khai sinh; "
            "kiểm tra lại nếu người này không sinh ở nước ngoài."
        )
    if parts.birth_year > (today or date.today()).year:
        warnings.append(f"Theo số căn cước, năm sinh là {parts.birth_year}, chưa tới; kiểm tra lại chữ số thứ 4 đến 6.")
    if birth_year is not None and birth_year != parts.birth_year:
        warnings.append(f"Theo số căn cước, năm sinh là {parts.birth_year}, khác năm đã ghi {birth_year}.")
    if sex is not None and sex is not parts.sex:
        warnings.append(f"Theo số căn cước, giới tính là {parts.sex.value}, khác với đã ghi là {sex.value}.")
    return tuple(warnings)


def format_citizen_id(text: str) -> str:
    """Show a citizen id in threes: "079 012 345 634"; anything else as it is."""
    if len(text) in (9, 12) and _is_digits(text):
        return " ".join(text[start : start + 3] for start in range(0, len(text), 3))
    return text


def mask_citizen_id(text: str) -> str:
    """Hide a citizen id but for its first four and last two digits: "0790••••••34"; of an old CMND, the last two."""
    return _masked(_compact(text), head=4 if len(_compact(text)) >= 12 else 0, tail=2)


# --- phone ------------------------------------------------------------------------------------------------------------

_MOBILE: Final = re.compile(r"0(?:3[2-9]|5[2589]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}")
_LANDLINE: Final = re.compile(r"02[0-9]{9}")
_COUNTRY_CODE: Final = re.compile(r"(?:\+|00)840?|84(?=[235789][0-9]{8,9}$)")
_PHONE_RULE: Final = (
    "Ghi số di động 10 chữ số (0989 966 880) hoặc số cố định 11 chữ số kể cả mã vùng (0274 3814 163), mỗi ô một số."
)


@lru_cache(1_024)
def check_phone(text: str) -> str:
    """Normalise a Vietnamese phone number to its digits with the leading 0: "0989966880", "02743814163".

    +84, 0084 and 84 become 0; a leading 0 that a spreadsheet dropped is put back when that makes a number.

    Raises:
        IdentifierError: with the reason and what is allowed, in Vietnamese.
    """
    if _is_digits(text):
        for candidate in (text, f"0{text}"):
            if _MOBILE.fullmatch(candidate):
                return candidate
    number = _compact(text).replace("(", "").replace(")", "")
    if not number:
        raise IdentifierError(f"Chưa có số điện thoại. {_PHONE_RULE}")
    national = _COUNTRY_CODE.sub("0", number, count=1) if _COUNTRY_CODE.match(number) else number
    if not _is_digits(national):
        raise IdentifierError(f"Số điện thoại chỉ gồm chữ số, có thể bắt đầu bằng +84. {_PHONE_RULE}")
    for candidate in (national, "0" + national):
        if _MOBILE.fullmatch(candidate) or _LANDLINE.fullmatch(candidate):
            return candidate
    if len(national) in (10, 11):
        raise IdentifierError(f"Không có đầu số {national[:4]} với {len(national)} chữ số. {_PHONE_RULE}")
    raise IdentifierError(f"Số điện thoại đang có {len(national)} chữ số. {_PHONE_RULE}")


def format_phone(text: str) -> str:
    """Show a phone number in groups: "0989 966 880", "0274 3814 163", "024 3825 5555"; anything else as it is."""
    if _MOBILE.fullmatch(text):
        return f"{text[:4]} {text[4:7]} {text[7:]}"
    if _LANDLINE.fullmatch(text):
        area = 3 if text[2] in "48" else 4  # Hà Nội 024 and TP.HCM 028 have the only two-digit area codes
        return f"{text[:area]} {text[area : area + 4]} {text[area + 4 :]}"
    return text


def mask_phone(text: str) -> str:
    """Hide a phone number but for its first three and last two digits: "098•••••80"."""
    return _masked(_compact(text), head=3, tail=2)


# --- e-mail and bank account ------------------------------------------------------------------------------------------

_EMAIL: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})",
    re.IGNORECASE,
)
_EMAIL_RULE: Final = "Ghi địa chỉ dạng ten@coquan.gov.vn, không dấu, không có khoảng trắng."


def check_email(text: str) -> str:
    """Normalise an e-mail address: trimmed, the part after @ in lower case. A light check of its shape.

    Raises:
        IdentifierError: with the reason and what is allowed, in Vietnamese.
    """
    address = _seen(text)
    if not address:
        raise IdentifierError(f"Chưa có thư điện tử. {_EMAIL_RULE}")
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise IdentifierError(f"Thư điện tử chưa đúng dạng. {_EMAIL_RULE}")
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}"


def format_email(text: str) -> str:
    """Show an e-mail address: as it is stored."""
    return text


def mask_email(text: str) -> str:
    """Hide the name of an e-mail address but for its first letter: "t•••@coquan.gov.vn"."""
    name, at, domain = text.strip().rpartition("@")
    if not name:
        return HIDDEN * len(text.strip())
    return name[0] + HIDDEN * 3 + at + domain


def mask_bank_account(text: str) -> str:
    """Hide a bank account but for its last four digits: "•••••••••7890"."""
    return _masked(_compact(text), head=0, tail=4)
