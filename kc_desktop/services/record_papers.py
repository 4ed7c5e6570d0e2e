"""One kind of paper for many records, as `services.batch` writes the papers of many recipients."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kc_desktop.documents.paper import Paper
from kc_desktop.domain.fields import describe_table
from kc_desktop.domain.paper import PaperRecord
from kc_desktop.errors import KnownError
from kc_desktop.services import naming, papers
from kc_desktop.services.bulk import refuse_too_many
from kc_desktop.services.import_plans import Progress
from kc_desktop.services.papers import Gathered, Part
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage.listings import LISTINGS

MOST: Final = 1_000
"""So many records are printed in one go at most: what their papers are made from is held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GatheredRecords(Gathered):
    """The papers of one kind of many records: each part is a record, by its id."""

    of: Mapping[int, Gathered]

    @property
    def issued_for_all(self) -> PaperRecord | None:
        """None: each record's paper has its own number."""
        return None

    def paper(self, part: int = 0) -> Paper:
        """Return the paper of one record. Raises KeyError for one that is not among them."""
        return self.of[part].paper()

    def file_name(self, part: int, suffix: str) -> str:
        """Return the usual name of a record's file."""
        return self.of[part].file_name(0, suffix)

    def together_name(self, suffix: str) -> str:
        """Return the usual name of one file with all of them."""
        return f"{date.today():%Y.%m.%d}. {self.name} ({len(self.of)} {self.kind.each}){suffix}"


def gather(workspace: Workspace, key: str, ids: Sequence[int], *, progress: Progress | None = None) -> GatheredRecords:
    """Read what the papers of a kind are made from for each of these records, in this order.

    `progress` is told (done, of how many) and may raise to stop. Raises KnownError for an unknown kind, none or too
    many records, or one that is gone.
    """
    refuse_too_many(len(ids), MOST)
    if not ids:
        raise KnownError("Chưa chọn mục nào để in.", "Chọn các dòng trong danh sách rồi in lại.")
    of: dict[int, Gathered] = {}
    about: dict[int, str] = {}
    for place, each in enumerate(ids):
        if progress is not None:
            progress(place, len(ids))
        of[each] = papers.gather(workspace, key, each)
        about[each] = _lacking(workspace, key, each)
    kind = of[ids[0]].kind
    described = describe_table(LISTINGS[kind.record].table)
    kept = workspace.many(described.cls, set(ids))
    return GatheredRecords(
        kind=dataclasses.replace(kind, each=described.singular),
        dossier=of[ids[0]].dossier,
        name=of[ids[0]].name,
        parts=tuple(
            Part(
                id=each,
                key=key,
                name=naming.suggestion(workspace.title_of, kept[each]),
                about=about[each],
            )
            for each in ids
        ),
        of=of,
    )


def _lacking(workspace: Workspace, key: str, record_id: int) -> str:
    lacking = papers.problems(workspace, key, record_id)
    return f"▲ còn thiếu: {lacking[0]}" if lacking else ""
