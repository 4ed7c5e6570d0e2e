"""The first step of an empty list whose rows are added elsewhere: the words of its button, where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A button of an empty list. `target` is the list it opens, or `RENEW`."""

    words: str
    target: str

    @property
    def writes(self) -> bool:
        """Whether the step makes something, which a file that is only read does not take."""
        return self.target == RENEW


RENEW: Final = "renew"
"""Tái bổ nhiệm: the list of next year's collaborators is drawn up."""

_STEPS: Final = {
    "collaborators": Step(words="Tái bổ nhiệm…", target=RENEW),
    "targets": Step(words="Mở Chương trình", target="programmes"),
    "statements": Step(words="Mở Kinh phí", target="fund-entries"),
    "period-locks": Step(words="Mở Kinh phí", target="fund-entries"),
    "reports": Step(words="Mở Cộng tác viên", target="collaborators"),
    "evaluations": Step(words="Mở Cộng tác viên", target="collaborators"),
    "report-reminders": Step(words="Mở Báo cáo", target="reports"),
    "disclosures": Step(words="Mở Danh bạ", target="people"),
    "uncovered": Step(words="Mở Cơ sở CNNT", target="establishments"),
}


def first_step(key: str) -> Step | None:
    """Return the first step of a list, None where its rows are added in the list itself."""
    return _STEPS.get(key)
