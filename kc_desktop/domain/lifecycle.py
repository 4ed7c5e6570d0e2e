"""The life of a project: its steps, from which state each may be taken, to which it leads, and what it must tell.

The steps are those of TT 36/2013/TT-BCT Điều 6, 8, 10–15, 18 for projects of the national fund; a local project is
appraised and approved by the province (TT 46/2012/TT-BCT Điều 8 khoản 3 leaves its steps to the provincial people's
committee), so that it needs no registration with the ministry.

Pure: a state, a source and the steps taken so far go in, a verdict with its reason in Vietnamese comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kc_desktop.domain.dates import format_date
from kc_desktop.domain.project import PROJECT_STATES, PROJECT_STEPS, ProjectStep

LOCAL: Final = "KCDP"
NATIONAL: Final = "KCQG"

STAYS: Final = "="
"""A step that leaves the state as it is."""
BACK: Final = "<"
"""A step that leads back to where the step it answers came from."""

FINAL_STATES: Final = frozenset({"settled", "rejected", "stopped"})
"""Where a project's life may end."""


class Need(StrEnum):
    """What a step can tell about itself besides its day; the values are the names of `ProjectStep`'s fields."""

    DOCUMENT = "document"
    SIGNER = "signer"
    AMOUNT = "amount_vnd"
    REASON = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One step: `starts` are the states it may be taken from, `leads_to` a state, STAYS or BACK.

    `needs` must be told, `may_tell` can be; `answers` is the step whose origin a BACK step returns to, and
    `otherwise_to` where it leads when no such step is on record (imported projects). `is_exception` marks what leaves
    the usual way, so that nothing is prepared for it in advance. `amount_label` says what the amount is.
    """

    code: str
    starts: tuple[str, ...]
    leads_to: str
    sources: tuple[str, ...] = (LOCAL, NATIONAL)
    needs: tuple[Need, ...] = ()
    may_tell: tuple[Need, ...] = ()
    answers: str = ""
    otherwise_to: str = ""
    is_exception: bool = False
    amount_label: str = "Số tiền"
    document_label: str = "Số văn bản"

    @property
    def label(self) -> str:
        """What the step is called."""
        return _STEP_LABELS[self.code]

    @property
    def fields(self) -> tuple[Need, ...]:
        """Everything the step can tell, in the order people fill it in."""
        told = {*self.needs, *self.may_tell}
        return tuple(each for each in Need if each in told)


_STEP_LABELS: Final = dict(PROJECT_STEPS)
_STATE_LABELS: Final = dict(PROJECT_STATES)
_PAPER: Final = (Need.DOCUMENT, Need.SIGNER)

_BEFORE_APPROVAL: Final = ("received", "surveyed", "appraising", "registered")
_UNDER_WAY: Final = ("approved", "contracted", "running")

_RULES: Final = (
    StepRule(
        code="receive",
        starts=("draft",),
        leads_to="received",
        may_tell=(Need.DOCUMENT,),
        document_label="Số đơn, công văn",
    ),
    StepRule(code="survey", starts=("received",), leads_to="surveyed", may_tell=_PAPER, document_label="Số biên bản"),
    StepRule(
        code="submit",
        starts=("draft", "received", "surveyed"),
        leads_to="appraising",
        needs=(Need.DOCUMENT,),
        may_tell=(Need.SIGNER, Need.AMOUNT),
        amount_label="Hỗ trợ đề nghị",
        document_label="Số công văn, tờ trình",
    ),
    StepRule(
        code="register",
        starts=("appraising",),
        leads_to="registered",
        sources=(NATIONAL,),
        needs=(Need.DOCUMENT,),
        may_tell=(Need.SIGNER, Need.AMOUNT),
        amount_label="Hỗ trợ thẩm định",
        document_label="Số báo cáo đăng ký",
    ),
    StepRule(
        code="return",
        starts=_BEFORE_APPROVAL,
        leads_to="returned",
        needs=(Need.REASON,),
        may_tell=_PAPER,
        is_exception=True,
    ),
    StepRule(
        code="resubmit",
        starts=("returned",),
        leads_to=BACK,
        may_tell=(Need.DOCUMENT, Need.SIGNER, Need.REASON),
        answers="return",
        otherwise_to="appraising",
    ),
    StepRule(
        code="reject",
        starts=(*_BEFORE_APPROVAL, "returned"),
        leads_to="rejected",
        needs=(Need.REASON,),
        may_tell=_PAPER,
        is_exception=True,
    ),
    StepRule(
        code="approve",
        starts=("appraising",),
        leads_to="approved",
        sources=(LOCAL,),
        needs=(Need.DOCUMENT, Need.AMOUNT),
        may_tell=(Need.SIGNER,),
        amount_label="Hỗ trợ được duyệt",
        document_label="Quyết định phê duyệt",
    ),
    StepRule(
        code="approve",
        starts=("registered",),
        leads_to="approved",
        sources=(NATIONAL,),
        needs=(Need.DOCUMENT, Need.AMOUNT),
        may_tell=(Need.SIGNER,),
        amount_label="Hỗ trợ được duyệt",
        document_label="Quyết định phê duyệt",
    ),
    StepRule(
        code="contract",
        starts=("approved",),
        leads_to="contracted",
        needs=(Need.DOCUMENT,),
        may_tell=(Need.SIGNER, Need.AMOUNT),
        amount_label="Hỗ trợ theo hợp đồng",
        document_label="Số hợp đồng",
    ),
    StepRule(
        code="start",
        starts=("approved", "contracted"),
        leads_to="running",
        may_tell=_PAPER,
        document_label="Số kế hoạch, văn bản giao",
    ),
    StepRule(
        code="advance",
        starts=("contracted", "running", "accepted"),
        leads_to=STAYS,
        needs=(Need.AMOUNT,),
        may_tell=_PAPER,
        amount_label="Số tiền tạm ứng",
        document_label="Số chứng từ",
    ),
    StepRule(
        code="adjust",
        starts=_UNDER_WAY,
        leads_to=STAYS,
        needs=(Need.DOCUMENT, Need.REASON),
        may_tell=(Need.SIGNER, Need.AMOUNT),
        is_exception=True,
        amount_label="Hỗ trợ sau điều chỉnh",
        document_label="Quyết định điều chỉnh",
    ),
    StepRule(
        code="extend",
        starts=(*_UNDER_WAY, "suspended", "accepted", "paid"),
        leads_to=STAYS,
        needs=(Need.DOCUMENT, Need.REASON),
        may_tell=(Need.SIGNER,),
        is_exception=True,
        document_label="Quyết định cho chuyển năm",
    ),
    StepRule(
        code="suspend",
        starts=_UNDER_WAY,
        leads_to="suspended",
        needs=(Need.REASON,),
        may_tell=_PAPER,
        is_exception=True,
    ),
    StepRule(
        code="resume",
        starts=("suspended",),
        leads_to=BACK,
        may_tell=(Need.DOCUMENT, Need.SIGNER, Need.REASON),
        answers="suspend",
        otherwise_to="running",
    ),
    StepRule(
        code="stop",
        starts=("draft", *_BEFORE_APPROVAL, "returned", *_UNDER_WAY, "suspended", "accepted"),
        leads_to="stopped",
        needs=(Need.REASON,),
        may_tell=_PAPER,
        is_exception=True,
    ),
    StepRule(
        code="accept",
        starts=("running",),
        leads_to="accepted",
        may_tell=_PAPER,
        document_label="Số biên bản nghiệm thu",
    ),
    StepRule(
        code="advance_rest",
        starts=("accepted",),
        leads_to=STAYS,
        needs=(Need.AMOUNT,),
        may_tell=_PAPER,
        amount_label="Số tiền tạm ứng",
        document_label="Số chứng từ",
    ),
    StepRule(
        code="pay",
        starts=("accepted",),
        leads_to="paid",
        needs=(Need.DOCUMENT, Need.AMOUNT),
        may_tell=(Need.SIGNER,),
        amount_label="Số tiền giải ngân",
        document_label="Số chứng từ, biên bản thanh lý",
    ),
    StepRule(
        code="settle",
        starts=("paid", "stopped"),
        leads_to="settled",
        needs=(Need.DOCUMENT, Need.AMOUNT),
        may_tell=(Need.SIGNER,),
        amount_label="Số tiền quyết toán",
        document_label="Số văn bản quyết toán",
    ),
)

_USUAL: Final = {
    "draft": ("receive",),
    "received": ("survey",),
    "surveyed": ("submit",),
    "appraising": ("register", "approve"),
    "returned": ("resubmit",),
    "registered": ("approve",),
    "approved": ("contract",),
    "contracted": ("start",),
    "running": ("accept",),
    "suspended": ("resume",),
    "accepted": ("pay",),
    "paid": ("settle",),
}
"""The step that usually comes next in a state; the first of them that the source knows."""

_MONEY_FLOWED: Final = frozenset({"contracted", "running", "suspended", "accepted"})
"""A project stopped out of one of these may have had money that must be settled (TT 36/2013 Điều 18 khoản 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a step may be taken; `state` is where it leads when it may, `reason` why not when it may not."""

    step: str
    rule: StepRule | None = None
    state: str = ""
    reason: str = ""

    @property
    def is_allowed(self) -> bool:
        """Whether the step may be taken."""
        return not self.reason


def state_label(state: str) -> str:
    """Return what a state is called."""
    return _STATE_LABELS.get(state, state)


def step_label(step: str) -> str:
    """Return what a step is called."""
    return _STEP_LABELS.get(step, step)


def in_order(steps: Iterable[ProjectStep]) -> tuple[ProjectStep, ...]:
    """Return steps as they happened: by day, those of one day as they were written down."""
    return tuple(sorted(steps, key=lambda each: (each.happened_on or date.min, each.id)))


def rule_of(step: str, source: str) -> StepRule | None:
    """Return the rule of a step for a source, None when that source has no such step."""
    return next((each for each in _RULES if each.code == step and source in each.sources), None)


def judge(step: str, state: str, source: str, steps: Sequence[ProjectStep] = ()) -> Verdict:
    """Say whether a step may be taken in a state, and where it leads or why not."""
    rule = rule_of(step, source)
    if rule is None:
        if any(each.code == step for each in _RULES):
            return Verdict(step=step, reason=f"{step_label(step)} chỉ dành cho đề án khuyến công quốc gia.")
        return Verdict(step=step, reason="Không có bước này.")
    reason = _refusal(rule, state, steps)
    if reason:
        return Verdict(step=step, rule=rule, reason=reason)
    return Verdict(step=step, rule=rule, state=_leads_to(rule, state, steps))


def _refusal(rule: StepRule, state: str, steps: Sequence[ProjectStep]) -> str:
    if state not in rule.starts:
        if state in ("settled", "rejected"):
            return f"Đề án {_in_sentence(state)}, không còn bước nào nữa."
        starts = " hoặc ".join(f"“{state_label(each)}”" for each in rule.starts)
        return f"{rule.label} làm được khi đề án ở {starts}; đề án đang ở “{state_label(state)}”."
    if rule.code == "settle" and state == "stopped":
        stopped = _last(steps, "stop")
        if stopped is not None and stopped.from_state and stopped.from_state not in _MONEY_FLOWED:
            return "Đề án ngừng trước khi ký hợp đồng, không có kinh phí phải quyết toán."
    return ""


def _in_sentence(state: str) -> str:
    label = state_label(state)
    return label[:1].lower() + label[1:]


def _leads_to(rule: StepRule, state: str, steps: Sequence[ProjectStep]) -> str:
    if rule.leads_to == STAYS:
        return state
    if rule.leads_to != BACK:
        return rule.leads_to
    answered = _last(steps, rule.answers)
    return answered.from_state if answered is not None and answered.from_state else rule.otherwise_to


def _last(steps: Sequence[ProjectStep], action: str) -> ProjectStep | None:
    return next((each for each in reversed(in_order(steps)) if each.action == action), None)


def verdicts(state: str, source: str, steps: Sequence[ProjectStep] = ()) -> tuple[Verdict, ...]:
    """Judge every step: the usual next one first, then the others that may be taken, then those that may not."""
    usual = usual_next(state, source)
    judged = [judge(code, state, source, steps) for code, _label in PROJECT_STEPS if code]

    def rank(each: Verdict) -> int:
        if each.step == usual:
            return 0
        if not each.is_allowed:
            return 3
        return 2 if each.rule is not None and each.rule.is_exception else 1

    return tuple(sorted(judged, key=rank))


def usual_next(state: str, source: str) -> str:
    """Return the step that usually comes next, "" where a project's life ends."""
    for step in _USUAL.get(state, ()):
        rule = rule_of(step, source)
        if rule is not None and state in rule.starts:
            return step
    return ""


def prepared_steps(state: str, source: str) -> tuple[str, ...]:
    """Return the steps whose papers are gathered while a project is in a state.

    These are the usual next one and money's; from acceptance on also the settlement's, whose dossier is due days after
    it (TT 36/2013 Điều 18 khoản 1).
    """
    usual = usual_next(state, source)
    rules = (rule_of(code, source) for code, _label in PROJECT_STEPS)
    rest = (
        each.code
        for each in rules
        if each and each.code != usual and state in each.starts and not each.is_exception and each.leads_to == STAYS
    )
    early = ("settle",) if state == "accepted" else ()
    return (usual, *rest, *early) if usual else tuple(rest)


def path(source: str) -> tuple[str, ...]:
    """Return the states of the usual way from the first to the last, as the window draws them."""
    states = ["draft"]
    while usual := usual_next(states[-1], source):
        rule = rule_of(usual, source)
        if rule is None:
            break
        states.append(rule.leads_to)
    return tuple(states)


def place_on_path(state: str, source: str, steps: Sequence[ProjectStep] = ()) -> int:
    """Return how far along the usual way a project has come: for a state beside it, the place it left the way."""
    way = path(source)
    seen = state
    for each in (None, *reversed(in_order(steps))):
        if each is not None:
            seen = each.from_state
        if seen in way:
            return way.index(seen)
    return 0


def day_problem(on: date, steps: Sequence[ProjectStep]) -> str:
    """Say why a step may not have happened on a day: not before the last one. "" when it may."""
    last = max((each.happened_on for each in steps if each.happened_on), default=None)
    if last is not None and on < last:
        latest = in_order(steps)[-1]
        name = step_label(latest.action) if latest.action else state_label(latest.state)
        return f"Bước trước ({name}) ghi ngày {format_date(last)}: bước này không thể sớm hơn."
    return ""


def day_warning(on: date, today: date) -> str:
    """Say that a day lies ahead; "" when it does not."""
    return f"Ngày {format_date(on)} còn ở phía trước: kiểm tra lại năm và tháng." if on > today else ""
