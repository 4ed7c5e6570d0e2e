"""Tờ trình đề nghị tặng giấy khen cho cộng tác viên, with the list of those proposed (layout: NĐ 30/2020 Mẫu 1.4).

No rule of law for collaborators was seen: the paper is built from practice (a Sở gives its giấy khen at the yearly
meeting), and its wording is the constants below. Everything counted comes from the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kc_desktop.documents import evaluation_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import (
    DOTS,
    Annex,
    Block,
    Bullets,
    Orientation,
    Paper,
    Signatures,
    StateHead,
    Table,
    Title,
    closed,
    or_dots,
    para,
)
from kc_desktop.domain.collaborator_work import EvaluationDossier

KEY: Final = "reward-proposal"
NAME: Final = "Tờ trình đề nghị tặng giấy khen cộng tác viên"
KIND: Final = "Tờ trình"
SUBJECT: Final = "Về việc đề nghị tặng giấy khen cho cộng tác viên khuyến công năm {year}"
NETWORK: Final = "Năm {year}, mạng lưới cộng tác viên khuyến công có {people} người. Kết quả hoạt động của mạng lưới:"
ASKED: Final = (
    "Để kịp thời động viên các cộng tác viên có thành tích trong công tác khuyến công, {office} đề nghị {parent} xem "
    "xét, tặng giấy khen cho {people} cộng tác viên (danh sách kèm theo)."
)
SUBMITTED: Final = "{office} kính trình {parent} xem xét, quyết định"
ANNEX: Final = "Danh sách cộng tác viên khuyến công đề nghị tặng giấy khen năm {year}"
REWARD: Final = "Giấy khen"


def build(dossier: EvaluationDossier) -> Paper:
    """Build the submission; its number and day are given when it is issued."""
    office, year = dossier.office, dossier.year
    subject = SUBJECT.format(year=year)
    return Paper(
        key=KEY,
        name=f"{KIND} {subject}",
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            number=wording.number_and_symbol(None, wording.symbol_of("TTr", office)),
            place_date=wording.place_and_date(office.place, None),
        ),
        title=Title(kind=KIND, subject=subject),
        addressees=(or_dots(office.parent_name),),
        bases=_bases(dossier),
        body=tuple(_body(dossier)),
        signatures=Signatures(
            signers=(wording.signer_block(dossier.signer, post="Giám đốc"),),
            recipients=wording.recipients_with_archive("Như trên", office.department_abbreviation),
        ),
        annexes=(
            Annex(
                number="",
                title=ANNEX.format(year=year),
                reference=f"(Kèm theo Tờ trình số {DOTS} ngày …… tháng …… năm …… của {office.name or DOTS})",
                body=(_list(dossier),),
                orientation=Orientation.LANDSCAPE,
            ),
        ),
        is_sample=dossier.is_sample,
    )


def _bases(dossier: EvaluationDossier) -> tuple[str, ...]:
    decided = (
        f"Căn cứ {parts.decision_words((each,))} công nhận cộng tác viên khuyến công" for each in dossier.appointments
    )
    return tuple(dict.fromkeys((*dossier.bases, *decided)))


def _body(dossier: EvaluationDossier) -> Iterator[Block]:
    office, parent = or_dots(dossier.office.name), or_dots(dossier.office.parent_name)
    yield para(NETWORK.format(year=dossier.year, people=f"{len(dossier.rows):02d}"), keep_with_next=True)
    yield Bullets(items=parts.results(dossier.rows))
    people = len(dossier.proposed)
    yield para(ASKED.format(office=office, parent=parent, people=f"{people:02d}" if people else DOTS))
    yield para(closed(SUBMITTED.format(office=office, parent=parent)))


def _list(dossier: EvaluationDossier) -> Table:
    columns = (
        tables.number_column(),
        tables.text_column("Họ và tên", 22),
        tables.text_column("Chức vụ, đơn vị; địa bàn", 28),
        tables.centred_column("Báo cáo", 9),
        tables.centred_column("Nhu cầu/ đề án", 10),
        tables.centred_column("Dự họp, tập huấn", 10),
        tables.text_column("Xếp loại", 14),
        tables.text_column("Thành tích", 32),
        tables.text_column("Hình thức đề nghị", 16),
    )
    rows = tables.numbered(
        (
            each.person.address_name,
            "; ".join(part for part in (wording.work_text(each.person, dossier.office), each.area) if part),
            parts.reports_of(each.work),
            f"{each.work.leads}/{each.work.projects}",
            parts.meetings_of(each.work),
            parts.grade_words(each),
            " ".join(each.evaluation.strengths.split()),
            each.evaluation.reward.strip() or REWARD,
        )
        for each in dossier.proposed
    )
    return tables.table(columns, rows)
