"""Tờ trình đề nghị phê duyệt mạng lưới cộng tác viên khuyến công (NĐ 30/2020, Phụ lục III, Mẫu 1.4).

NĐ 45/2012 Điều 8 khoản 3 has the province decide on the network; no form of this paper was seen. What the file knows
(the last decision, what the network did in the year before, how many stay and join by level, the term, the names) is
written; the reasons, and more on the results, are left as dotted lines. The wording is the constants below. The names
stand in an annex.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kc_desktop.documents import evaluation_parts, plan_parts, project_parts, tables, wording
from kc_desktop.documents import network_parts as parts
from kc_desktop.documents.paper import (
    Annex,
    BlankLines,
    Block,
    Bullets,
    Paper,
    Signatures,
    StateHead,
    Table,
    Title,
    closed,
    or_dots,
    para,
)
from kc_desktop.domain.network_dossier import ListedMember, NetworkDossier

KIND: Final = "Tờ trình"
SYMBOL: Final = "TTr"
SECTIONS: Final = (
    "Sự cần thiết",
    "Kết quả hoạt động của mạng lưới trong thời gian qua",
    "Nội dung đề nghị",
)
PAST: Final = "Năm {year}, mạng lưới cộng tác viên khuyến công có {people}, đã thực hiện:"
COMPARED: Final = ("Tiếp tục", "Bổ sung mới")
RECIPIENTS: Final = "Như trên"


def build(dossier: NetworkDossier) -> Paper:
    """Build the submission; its number and day are those recorded with the list, else to be given when it is issued."""
    office, asked = dossier.office, dossier.appointment
    what = f"mạng lưới {parts.NETWORK} {parts.term_words(asked)}"
    return Paper(
        key="appointment-submission",
        name=f"{KIND} đề nghị phê duyệt {what}",
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            number=project_parts.typed_number(asked.submission_number)
            or wording.number_and_symbol(None, wording.symbol_of(SYMBOL, office)),
            place_date=wording.place_and_date(office.place, asked.submitted_on),
        ),
        title=Title(kind=KIND, subject=f"Về việc đề nghị phê duyệt {what}"),
        addressees=(or_dots(office.parent_name),),
        bases=dossier.bases,
        body=tuple(_body(dossier, what)),
        signatures=Signatures(
            signers=(wording.signer_block(dossier.signer, post="Giám đốc"),),
            recipients=wording.recipients_with_archive(RECIPIENTS, office.department_abbreviation),
        ),
        annexes=(
            Annex(
                number="",
                title=f"Danh sách đề nghị công nhận {parts.NETWORK} {parts.term_words(asked)}",
                reference=_reference(dossier),
                body=(parts.list_table(dossier),),
            ),
        ),
        is_sample=dossier.is_sample,
    )


def _reference(dossier: NetworkDossier) -> str:
    asked, office = dossier.appointment, dossier.office
    number = project_parts.of_number(asked.submission_number, asked.submitted_on)
    return f"(Kèm theo {KIND} {number} của {or_dots(office.name)})"


def _body(dossier: NetworkDossier, what: str) -> Iterable[Block]:
    necessity, results, asked = SECTIONS
    yield plan_parts.section("I", necessity)
    if dossier.previous is not None:
        yield para(_previous(dossier))
    yield BlankLines(count=plan_parts.WRITING_LINES)
    yield plan_parts.section("II", results)
    yield from _past(dossier)
    yield BlankLines(count=plan_parts.WRITING_LINES)
    yield plan_parts.section("III", asked)
    size = len(dossier.members)
    by_level = ", ".join(
        f"{label[:1].lower()}{label[1:]} {parts.people(len(each))}" for _, label, each in dossier.by_level
    )
    yield plan_parts.clause(1, "Số lượng")
    yield para(
        f"{what[:1].upper()}{what[1:]} gồm {parts.people(size) if size else '…… người'}"
        f"{f', trong đó: {by_level}' if by_level else ''} (danh sách tại Phụ lục kèm theo)."
    )
    yield counts_table(dossier)
    yield plan_parts.clause(2, "Thời gian")
    first, last = wording.day_text(dossier.first_day), wording.day_text(dossier.appointment.valid_to)
    yield para(f"Từ {first} đến {last}{'.' if dossier.appointment.valid_to else ''}")
    yield plan_parts.clause(3, "Nhiệm vụ, quyền lợi")
    yield BlankLines(count=plan_parts.WRITING_LINES)
    yield para(closed(_request(dossier, what)))


def _past(dossier: NetworkDossier) -> Iterable[Block]:
    done = evaluation_parts.results(dossier.past, only_done=True)
    if done:
        yield para(PAST.format(year=dossier.past_year, people=parts.people(len(dossier.past))), keep_with_next=True)
        yield Bullets(items=done)


def _previous(dossier: NetworkDossier) -> str:
    previous = dossier.previous
    assert previous is not None
    until = f", thời hạn đến {wording.day_text(previous.valid_to)}" if previous.valid_to else ""
    return (
        f"Mạng lưới {parts.NETWORK} {parts.term_words(previous)} gồm {parts.people(dossier.previous_size)} được phê "
        f"duyệt tại {parts.decision_of(dossier, previous)}{until}."
    )


def _request(dossier: NetworkDossier, what: str) -> str:
    parent = or_dots(dossier.office.parent_name)
    asked = f"{or_dots(dossier.office.name)} kính đề nghị {parent} xem xét"
    if dossier.appointment.authority == "ubnd":
        return f"{asked}, trình {parts.authority_of(dossier, dossier.appointment)} phê duyệt {what}"
    return f"{asked}, phê duyệt {what}"


def counts_table(dossier: NetworkDossier) -> Table:
    """Return how many are proposed by level; after a decision of before, how many of them stay and how many join."""
    has_previous = dossier.previous is not None
    columns = (
        tables.number_column(),
        tables.text_column("Cấp cộng tác viên", 40),
        *[tables.amount_column(title, 18) for title in (COMPARED if has_previous else ())],
        tables.amount_column("Cộng", 18),
    )
    rows = tables.numbered((label, *_counts(members, has_previous)) for _, label, members in dossier.by_level)
    total = enumerate(_counts(dossier.members, has_previous), start=2) if dossier.members else ()
    return tables.table(columns, rows, totals=(tables.total_row(columns, "Tổng cộng", dict(total)),))


def _counts(members: Sequence[ListedMember], has_previous: bool) -> tuple[str, ...]:
    stay = sum(1 for each in members if each.is_former)
    compared = (stay, len(members) - stay) if has_previous else ()
    return tuple(str(each) for each in (*compared, len(members)))
