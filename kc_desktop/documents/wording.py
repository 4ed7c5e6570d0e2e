"""Turns of phrase every paper shares: times, numbers, people, money, signers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kc_desktop.documents.paper import DOTS, Paragraph, Run, Signer, para
from kc_desktop.domain.dates import DateError, format_time, long_date, parse_time
from kc_desktop.domain.money import format_million, format_vnd, in_words
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from kc_desktop.domain.project_dossier import PaperSigner

BLANK_DATE = "ngày …… tháng …… năm ……"
BLANK_TIME = "…… giờ ……"
_THOUSAND_VND = 1_000


def day_text(day: date | None) -> str:
    """Return the long date, or its form to be filled in by hand."""
    return BLANK_DATE if day is None else long_date(day)


def place_and_date(place: str, day: date | None) -> str:
    """Return the line of place and date: "Bình Dương, ngày 13 tháng 4 năm 2023"."""
    return f"{place.strip() or DOTS}, {day_text(day)}"


def time_text(time: str) -> str:
    """Return "08 giờ 30" for "8:30"; dots when no time is known, the text itself when it cannot be read as one."""
    stripped = time.strip()
    if not stripped:
        return BLANK_TIME
    try:
        return format_time(parse_time(stripped))
    except DateError:
        return stripped


def number_and_symbol(number: int | None, symbol: str) -> str:
    """Return "Số: 05/BB-TTKC": a zero before numbers below 10, no spaces (NĐ 30/2020, Phụ lục I, II.3.c)."""
    figure = f"{number:02d}" if number is not None else "……"
    return f"Số: {figure}/{symbol.strip() or DOTS}"


def symbol_of(kind: str, office: Office) -> str:
    """Return the symbol of a kind of paper: "BB-TTKC"; dots where the office has no abbreviation yet."""
    return f"{kind}-{office.abbreviation.strip() or DOTS}"


def person_text(person: Person | None, office: Office) -> str:
    """Return "Bà Lê Thị Thanh Tâm - Phó phòng QLCN, Sở Công Thương"; dots for nobody."""
    if person is None:
        return DOTS
    return " - ".join(part for part in (person.address_name, work_text(person, office)) if part) or DOTS


def work_text(person: Person, office: Office) -> str:
    """Return post and organisation; the office itself, whose paper it is, is not named again for its own people."""
    organisation = person.organisation.strip()
    if person.post.strip() and organisation.casefold() == office.name.strip().casefold():
        organisation = ""
    return ", ".join(part for part in (person.post.strip(), organisation) if part)


def speaker_text(person: Person) -> str:
    """Return name and post of someone whose organisation stands among the participants."""
    return " - ".join(part for part in (person.address_name, person.post.strip()) if part)


def labelled(label: str, value: str | None, *, end: str = ".") -> Paragraph:
    """Return "Địa điểm: Hội trường Trung tâm."; dots to write over where nothing is known."""
    text = (value or "").strip()
    if not text:
        return para(f"{label}: {DOTS}{DOTS}{DOTS}")
    return para(f"{label}: {text.rstrip('.; ')}{end}")


def money_text(amount_vnd: int) -> str:
    """Return "150.000.000 đồng (Bằng chữ: Một trăm năm mươi triệu đồng)"."""
    return f"{format_vnd(amount_vnd)} đồng (Bằng chữ: {in_words(amount_vnd)})"


def in_words_line(amount_vnd: int | None) -> Paragraph:
    """Return the line that says a total in words; dots when it is not known."""
    words = f"{in_words(amount_vnd)}." if amount_vnd is not None else DOTS * 4
    return para(Run(text=f"Bằng chữ: {words}", italic=True))


def quantity_text(quantity: Decimal) -> str:
    """Return a quantity with a decimal comma and no idle zeros: "2", "1,5"."""
    return f"{quantity.normalize():f}".replace(".", ",")


def table_unit(amounts: tuple[int, ...]) -> str:
    """Return "triệu đồng" when every amount is whole thousands of đồng, else "đồng", so that no cell is rounded."""
    return "triệu đồng" if all(amount % _THOUSAND_VND == 0 for amount in amounts) else "đồng"


def table_amount(amount_vnd: int, unit: str) -> str:
    """Return an amount for a table in that unit."""
    return format_million(amount_vnd) if unit == "triệu đồng" else format_vnd(amount_vnd)


def signer_block(signer: PaperSigner | None, *, post: str, note: str = "") -> Signer:
    """Return who signs, with authority over post ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"); `post` stands for a missing one.

    Source: NĐ 30/2020, Phụ lục I, II.7.b; "Q." is written before the post itself.
    """
    if signer is None:
        return Signer(post=(post,), note=note)
    own_post = signer.post.strip() or post
    if signer.authority == "Q.":
        lines: tuple[str, ...] = (f"Q. {signer.authority_post.strip() or own_post}",)
    elif signer.authority:
        lines = (f"{signer.authority} {signer.authority_post.strip() or DOTS}", own_post)
    else:
        lines = (own_post,)
    return Signer(post=lines, name=signer.name, note=note)


def recipients_with_archive(typed: str, unit: str) -> tuple[str, ...]:
    """Return the recipients typed one a line (dots for none) and the archive line "Lưu: VT, …" (Phụ lục I, II.9.d)."""
    lines = [line.strip().lstrip("-–• ").rstrip(".; ") for line in typed.splitlines()]
    lines = [line for line in lines if line and not line.casefold().startswith("lưu:")]
    archive = f"Lưu: VT, {unit.strip()}" if unit.strip() else "Lưu: VT"
    return (*(lines or [DOTS]), archive)
