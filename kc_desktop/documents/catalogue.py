"""Every kind of paper: its key, its Vietnamese name, the record it takes and how it is built.

Importing this module stays cheap: no renderer, no ReportLab, no python-docx.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kc_desktop.documents import attendance, estimate, minutes, proposal, support_request
from kc_desktop.documents.paper import Paper
from kc_desktop.domain.meeting import MeetingDossier
from kc_desktop.domain.project import ProjectDossier
from kc_desktop.errors import KnownError

MEETINGS: Final = "meetings"
PROJECTS: Final = "projects"

Dossier = MeetingDossier | ProjectDossier


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper. `record` is the table whose record it is made from; the dossier must be of that record."""

    key: str
    name: str
    record: str
    from_meeting: Callable[[MeetingDossier], Paper] | None = None
    from_project: Callable[[ProjectDossier], Paper] | None = None

    def build(self, dossier: Dossier) -> Paper:
        """Build the paper from one dossier.

        Raises:
            TypeError: if the dossier is of another record than this kind takes.
        """
        if self.from_meeting is not None and isinstance(dossier, MeetingDossier):
            return self.from_meeting(dossier)
        if self.from_project is not None and isinstance(dossier, ProjectDossier):
            return self.from_project(dossier)
        raise TypeError(f"{self.key} is not made from a {type(dossier).__name__}")


KINDS: Final[tuple[PaperKind, ...]] = (
    PaperKind(key="meeting-minutes", name="Biên bản họp", record=MEETINGS, from_meeting=minutes.build),
    PaperKind(key="attendance-sheet", name="Danh sách đại biểu ký tên", record=MEETINGS, from_meeting=attendance.build),
    PaperKind(
        key="support-request",
        name="Đơn đề nghị hỗ trợ kinh phí khuyến công",
        record=PROJECTS,
        from_project=support_request.build,
    ),
    PaperKind(key="project-proposal", name="Đề án khuyến công", record=PROJECTS, from_project=proposal.build),
    PaperKind(key="estimate", name="Dự toán kinh phí", record=PROJECTS, from_project=estimate.build),
)


def kind(key: str) -> PaperKind:
    """Return the kind of a key.

    Raises:
        KnownError: if there is no such kind.
    """
    for each in KINDS:
        if each.key == key:
            return each
    raise KnownError(
        f"Không có loại giấy tờ “{key}”.", "Các loại hiện có: " + ", ".join(each.key for each in KINDS) + "."
    )
