"""The signs of lists: which of their cells are marked, by a sign and a colour, and why, in words.

Where the conditions are is `storage.list_signs`; a sign and its colour mean the same in every list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kc_desktop.storage.list_signs import SOON_DAYS, rules_of


class Sign(StrEnum):
    """What a sign says; the value is how it is drawn."""

    LATE = "▲"
    SOON = "○"
    WRONG = "■"
    MISSING = "□"
    PAST = "✕"
    DONE = "✓"
    UNDONE = "◄"


class Tone(StrEnum):
    """The colour of a sign: red only for what is over a limit, amber for what is late or open."""

    PROBLEM = "problem"
    LATE = "late"
    MUTED = "muted"
    GOOD = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One sign as it stands in a cell, and the words of its tooltip."""

    sign: Sign
    tone: Tone
    words: str


def _late(words: str) -> Mark:
    return Mark(sign=Sign.LATE, tone=Tone.LATE, words=words)


def _past(words: str) -> Mark:
    return Mark(sign=Sign.PAST, tone=Tone.MUTED, words=words)


def _done(words: str) -> Mark:
    return Mark(sign=Sign.DONE, tone=Tone.GOOD, words=words)


def _undone(words: str) -> Mark:
    return Mark(sign=Sign.UNDONE, tone=Tone.MUTED, words=words)


def _missing(words: str) -> Mark:
    return Mark(sign=Sign.MISSING, tone=Tone.LATE, words=words)


def _soon(words: str) -> Mark:
    return Mark(sign=Sign.SOON, tone=Tone.LATE, words=words)


def _wrong(words: str) -> Mark:
    return Mark(sign=Sign.WRONG, tone=Tone.PROBLEM, words=words)


MARKS: Final = {
    "finalised": _done("Đã chốt biên bản"),
    "not-held": _late("Đã qua ngày họp mà còn là dự kiến: điểm danh, ghi diễn biến hoặc đổi ngày họp"),
    "tasks-late": _late("Có việc sau họp quá hạn chưa xong"),
    "project-late": _late("Đã qua ngày kết thúc mà chưa nghiệm thu"),
    "project-soon": _soon(f"Đến ngày kết thúc trong {SOON_DAYS} ngày tới"),
    "papers-missing": _missing("Hồ sơ còn thiếu giấy tờ bắt buộc đã quá hạn nộp"),
    "over-approved": _wrong("Giải ngân nhiều hơn số được duyệt"),
    "override": _wrong("Có phần vượt mức quy định, đã ghi lý do"),
    "over-budget": _wrong("Duyệt cho đề án nhiều hơn kinh phí kế hoạch"),
    "no-rest": _past("Kinh phí kế hoạch đã duyệt hết cho đề án"),
    "no-budget": _missing("Chưa ghi kinh phí kế hoạch"),
    "reached": _done("Đạt kế hoạch"),
    "not-reached": _late("Hết năm mà chưa đạt kế hoạch"),
    "term-soon": _soon(f"Hết nhiệm kỳ trong {SOON_DAYS} ngày tới mà chưa có quyết định tiếp"),
    "term-over": _past("Đã hết nhiệm kỳ"),
    "proposed": _soon("Đang đề nghị, chưa ghi quyết định"),
    "priority": _late("Địa bàn ưu tiên chưa có cộng tác viên"),
    "no-commune": _missing("Chưa ghi xã, phường: chưa tính được địa bàn"),
    "reversal": _undone("Bút toán đảo: số tiền trừ vào loại của bút toán bị đảo"),
    "reversed": _undone("Đã bị đảo: không còn tính vào số cộng"),
    "lines-open": _late("Còn dòng chưa khớp với sổ kinh phí"),
    "unlocked": _undone("Lần mở khóa"),
    "no-decision": _missing("Chưa ghi quyết định giao kế hoạch"),
    "unit-over": _past("Không còn hiệu lực"),
    "number-held": _soon("Đã giữ số, chưa ban hành"),
    "cancelled": _past("Không còn giá trị: đã hủy hoặc đã thay thế"),
    "not-judged": _missing("Chưa xếp loại"),
    "not-booked": _soon("Chưa ghi vào sổ kinh phí"),
    "payment-reversed": _undone("Bút toán của bảng này đã bị đảo"),
    "unsure": _late("Chưa kiểm chứng: đối chiếu với văn bản gốc trước khi dùng"),
    "not-in-force": _past("Đã hết hiệu lực"),
}
"""Every sign by the name of its condition."""
TABLES: Final = {
    "meetings": frozenset({"task", "attendee"}),
    "projects": frozenset(
        {"checklist_item", "fund_entry", "limit_override", "project_beneficiary", "contract", "project_step"}
    ),
    "programmes": frozenset({"project"}),
    "targets": frozenset({"target_result", "programme"}),
    "establishments": frozenset({"project_beneficiary"}),
    "statements": frozenset({"statement_line"}),
    "remuneration-lists": frozenset({"remuneration", "fund_entry"}),
}
"""The tables besides a list's own and those it links to that its signs and computed columns rest on."""


@lru_cache(maxsize=512)
def marks_of(key: str, holding: tuple[str, ...]) -> Mapping[str, Mark]:
    """Return the marks of a row by column, of the signs that hold in it; the first of a column counts."""
    found: dict[str, Mark] = {}
    for rule in rules_of(key):
        for name in (rule.name, *rule.others):
            if name in holding:
                found.setdefault(rule.column, MARKS[name])
    return found
