"""Giấy nhắc gửi báo cáo: a công văn to each collaborator whose reports have not come (layout: NĐ 30/2020 Mẫu 1.5).

No law fixes its words: they are built from what centres write, in the constants below. One letter for each, or all of
them in one file, each from a new page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kc_desktop.documents import wording
from kc_desktop.documents.paper import DOTS, Block, Bullets, Paper, Signatures, StateHead, Title, closed, or_dots, para
from kc_desktop.domain.collaborator_work import MissingReports, ReminderDossier, days_of, months_words
from kc_desktop.domain.office import Office

KEY: Final = "report-reminder"
NAME: Final = "Giấy nhắc gửi báo cáo"
SUBJECT: Final = "V/v gửi báo cáo của cộng tác viên khuyến công tháng {months}"
WHO: Final = "cộng tác viên khuyến công"
NOT_COME: Final = (
    "Qua theo dõi chế độ báo cáo định kỳ của mạng lưới cộng tác viên khuyến công, đến hết {day}, {office} chưa nhận "
    "được báo cáo của {who} {months}"
)
ASKED: Final = "{office} đề nghị {who} hoàn thành và gửi báo cáo nêu trên trước {day}."
SENT_ALREADY: Final = (
    "Trường hợp đã gửi báo cáo, đề nghị {who} thông tin lại để {office} kiểm tra, cập nhật việc theo dõi."
)
THANKS: Final = "Rất mong nhận được sự phối hợp của {who}"


def build(dossier: ReminderDossier) -> Paper:
    """Build the letter to the person the dossier is about, or one after the other to all."""
    letters = [_letter(dossier, each) for each in dossier.chosen] or [_letter(dossier, None)]
    return replace(letters[0], followed_by=tuple(letters[1:]))


def _letter(dossier: ReminderDossier, to: MissingReports | None) -> Paper:
    office = dossier.office
    months = months_words(to.months) if to is not None else DOTS
    return Paper(
        key=KEY,
        name=f"{NAME} tháng {months}" + (f" - {to.person.name}" if to is not None else ""),
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            number=wording.number_and_symbol(None, _symbol(office)),
            place_date=wording.place_and_date(office.place, None),
            subject=SUBJECT.format(months=months),
        ),
        title=Title(),
        addressees=(_addressee(to),),
        body=tuple(_body(dossier, to)),
        signatures=Signatures(
            signers=(wording.signer_block(dossier.signer, post="Giám đốc"),),
            recipients=wording.recipients_with_archive("Như trên", office.department_abbreviation),
        ),
        is_sample=dossier.is_sample,
    )


def _symbol(office: Office) -> str:
    """Return the symbol of a công văn: who issues it and who drafts it (NĐ 30/2020, Phụ lục I, II.3.c)."""
    parts = (office.abbreviation.strip() or DOTS, office.department_abbreviation.strip())
    return "-".join(part for part in parts if part)


def _addressee(to: MissingReports | None) -> str:
    if to is None:
        return DOTS
    name = to.person.address_name if to.person.honorific else f"Ông (bà) {to.person.name}"
    return f"{name}, {WHO}"


def _who(to: MissingReports | None) -> str:
    return {"ong": "ông", "ba": "bà"}.get(to.person.honorific if to is not None else "", "ông (bà)")


def _body(dossier: ReminderDossier, to: MissingReports | None) -> Iterator[Block]:
    reminder, office = dossier.reminder, or_dots(dossier.office.name)
    words = {"office": office, "who": _who(to)}
    months = to.months if to is not None else ()
    day = wording.day_text(reminder.reminded_on)
    if len(months) == 1:
        yield para(NOT_COME.format(day=day, months=f"tháng {months_words(months)}.", **words))
    else:
        yield para(NOT_COME.format(day=day, months="các tháng sau:", **words), keep_with_next=True)
        last = len(months) - 1
        yield Bullets(
            items=tuple(
                f"Tháng {days_of(each)[0].month} năm {each[:4]}" + ("." if place == last else ";")
                for place, each in enumerate(months)
            )
            or (DOTS,)
        )
    yield para(ASKED.format(day=wording.day_text(reminder.answer_by), **words))
    contact = _contact(dossier.office)
    if contact:
        yield para(f"Báo cáo gửi về {office}, {contact}.")
    yield para(SENT_ALREADY.format(**words))
    yield para(closed(THANKS.format(**words)))


def _contact(office: Office) -> str:
    parts = (
        f"địa chỉ: {office.address.strip()}" if office.address.strip() else "",
        f"điện thoại: {office.phone}" if office.phone else "",
        f"thư điện tử: {office.email}" if office.email else "",
    )
    return "; ".join(part for part in parts if part)
