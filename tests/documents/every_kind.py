"""One filled paper of every kind, for what holds for all of them. A list whose records have papers is a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from kc_desktop.documents import catalogue
from kc_desktop.documents.paper import Paper
from kc_desktop.domain.meeting import MeetingDossier
from tests.documents import dossiers, network_dossiers
from tests.documents.pay_dossiers import pay_dossier
from tests.documents.plan_dossiers import plan_dossier
from tests.documents.register_dossiers import register_dossier
from tests.documents.work_dossiers import evaluation_dossier, reminder_dossier


def _meeting() -> MeetingDossier:
    """Return a meeting that is the only one of its year."""
    dossier = dossiers.meeting_dossier(collaborators=24)
    return replace(dossier, of_year=(dossier,))


MADE_FROM: Final[Mapping[str, Callable[[], catalogue.Dossier]]] = {
    catalogue.MEETINGS: _meeting,
    catalogue.PROJECTS: lambda: dossiers.doubly_supported_dossier(2),
    catalogue.PLANS: plan_dossier,
    catalogue.REMINDERS: reminder_dossier,
    catalogue.EVALUATIONS: evaluation_dossier,
    catalogue.APPOINTMENTS: network_dossiers.proposed,
    catalogue.PAYMENT_LISTS: pay_dossier,
    catalogue.REGISTER: register_dossier,
}


def paper_of(kind: catalogue.PaperKind | str) -> Paper:
    """Return the paper of a kind or its key."""
    found = catalogue.kind(kind) if isinstance(kind, str) else kind
    return found.build(MADE_FROM[found.record]())
