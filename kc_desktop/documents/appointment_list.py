"""Danh sách cộng tác viên: the annex of the decision that approves the network (NĐ 30/2020, Phụ lục III, Mẫu 2.1).

It has no head and no signature of its own: it is bound with the decision, whose number, day and body it names.
"""

from __future__ import annotations

from typing import Final

from kc_desktop.documents import network_parts as parts
from kc_desktop.documents.paper import Annex, Paper, StateHead, Title, closed, or_dots, para
from kc_desktop.domain.network_dossier import NetworkDossier

KIND: Final = "Danh sách"


def build(dossier: NetworkDossier) -> Paper:
    """Build the annex; a list that is not decided yet leaves number and day of the decision to be filled in."""
    decision, office = dossier.appointment, dossier.office
    name = f"{KIND} {parts.NETWORK} {parts.term_words(decision)}"
    size = len(dossier.members)
    return Paper(
        key="appointment-list",
        name=name,
        author=office.name,
        head=StateHead(parent="", body=or_dots(office.parent_name)),
        title=Title(kind=KIND),
        body=(),
        annexes=(
            Annex(
                number="",
                title=name,
                reference=f"(Kèm theo {parts.decision_of(dossier, decision)})",
                body=(
                    parts.list_table(dossier),
                    para(closed(f"Danh sách có {parts.people(size) if size else '…… người'}")),
                ),
            ),
        ),
        is_annex=True,
        is_sample=dossier.is_sample,
    )
