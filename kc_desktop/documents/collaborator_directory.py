"""Danh bạ cộng tác viên khuyến công: who looks after what and how to reach them; practice of offices, no form of law.

Phones and e-mail addresses are printed as the directory has them; protected data (citizen id, bank account) never is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kc_desktop.documents import network_parts as parts
from kc_desktop.documents import tables, wording
from kc_desktop.documents.paper import Orientation, Paper, Signatures, Signer, StateHead, Title, closed, or_dots, para
from kc_desktop.domain.network_dossier import ListedMember, NetworkDossier

KIND: Final = "Danh bạ"


def build(dossier: NetworkDossier) -> Paper:
    """Build the directory of those who have not left."""
    office, decision = dossier.office, dossier.appointment
    size = len(dossier.members)
    subject = f"{parts.NETWORK.capitalize()} {parts.term_words(decision)}"
    columns = (
        tables.number_column(),
        tables.text_column("Họ và tên", 22),
        tables.text_column("Chức vụ, đơn vị công tác", 28),
        tables.text_column("Địa bàn, hiệp hội phụ trách", 26),
        tables.text_column("Điện thoại", 16),
        tables.text_column("Thư điện tử", 22),
    )
    return Paper(
        key="collaborator-directory",
        name=f"{KIND} {subject}",
        author=office.name,
        head=StateHead(
            parent=office.parent_name,
            body=or_dots(office.name),
            place_date=wording.place_and_date(office.place, None),
        ),
        title=Title(kind=KIND, subject=subject),
        body=(
            parts.by_level(dossier, columns, _cells),
            para(closed(f"Danh bạ có {parts.people(size) if size else '…… người'}")),
        ),
        signatures=Signatures(
            signers=(Signer(post=("Người lập",)), wording.signer_block(dossier.signer, post="Giám đốc"))
        ),
        orientation=Orientation.LANDSCAPE,
        is_sample=dossier.is_sample,
    )


def _cells(each: ListedMember) -> Sequence[str]:
    return (each.person.address_name, parts.work(each), parts.place(each), "\n".join(each.phones), each.person.email)
