"""Steps of a project: what may be done next, and taking a step as one change with all that belongs to it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from kc_desktop.domain import lifecycle
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.fields import describe
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.lifecycle import Need, StepRule, Verdict
from kc_desktop.domain.limit_facts import LimitFacts
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.office import Signer
from kc_desktop.domain.programme import AnnualPlan
from kc_desktop.domain.project import Contract, Project, ProjectBeneficiary, ProjectStep
from kc_desktop.domain.text import clean_line
from kc_desktop.errors import FieldError, KnownError
from kc_desktop.services import checklist, funding
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import ledger
from kc_desktop.storage import lifecycle as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What a person tells about a step: its day, the paper that made it, who signed, how much, and why."""

    on: date | None
    document: str = ""
    signer: str = ""
    amount_vnd: int | None = None
    reason: str = ""


def steps_of(workspace: Workspace, project_id: int) -> tuple[ProjectStep, ...]:
    """Return the steps taken so far, in the order they happened."""
    return lifecycle.in_order(workspace.children(ProjectStep, project_id=project_id))


def steps_for(workspace: Workspace, project_id: int) -> tuple[Verdict, ...]:
    """Judge every step for a project: the usual next one first, then the allowed, then the refused with the reason."""
    project = workspace.get(Project, project_id)
    return lifecycle.verdicts(project.state, project.source, steps_of(workspace, project_id))


def signers(workspace: Workspace, limit: int = 20) -> tuple[str, ...]:
    """Return who a signer's field suggests: who signed steps lately, the latest first, then the office's signers."""
    with workspace.reading() as connection:
        lately = storage.latest_signers(connection)
    own = (workspace.title_of("person", each.person_id) for each in workspace.all(Signer))
    return tuple(dict.fromkeys((*lately, *own)))[:limit]


def expected_amount(workspace: Workspace, project: Project, step: str) -> int | None:
    """Return the amount a step most likely has, for a field people check and change; None when nothing tells."""
    match step:
        case "submit":
            return project.requested_vnd
        case "register":
            return project.appraised_vnd if project.appraised_vnd is not None else project.requested_vnd
        case "approve":
            amounts = (project.approved_vnd, project.appraised_vnd, project.requested_vnd)
            return next((each for each in amounts if each is not None), None)
        case "contract":
            return project.support_vnd or None
        case "advance":
            from kc_desktop.services import rules  # what limits are worked out with is read when it is asked for

            limit = next((each for each in rules.limits(workspace, project.id) if each.code == "advance"), None)
            return max(limit.permitted_vnd - gone_out(workspace, project.id), 0) or None if limit else None
        case "advance_rest" | "pay":
            return max(_promised(workspace, project) - gone_out(workspace, project.id), 0) or None
        case "settle":
            return gone_out(workspace, project.id) or None
    return None


_PAYING_STEPS: Final = ("advance", "advance_rest", "pay")


def _told(workspace: Workspace, project_id: int) -> int:
    """Return what the steps of a project say went out."""
    return sum(each.amount_vnd or 0 for each in steps_of(workspace, project_id) if each.action in _PAYING_STEPS)


def gone_out(workspace: Workspace, project_id: int) -> int:
    """Return what went out for a project: as the ledger has it; while it has nothing, as the steps say."""
    with workspace.reading() as connection:
        sums = ledger.project_sums(connection, project_id)
    return sums.disbursed_vnd if sums.advanced_vnd or sums.paid_vnd else _told(workspace, project_id)


def _promised(workspace: Workspace, project: Project) -> int:
    """Return the support of the contracts when they tell one, else the support in force."""
    contracts = workspace.children(Contract, project_id=project.id)
    return LimitFacts(project=project, contracts=contracts).contracted_vnd or project.support_vnd


def needs_of(workspace: Workspace, project: Project, rule: StepRule) -> tuple[Need, ...]:
    """Return what a step must tell: the last payment needs no amount once everything has been advanced."""
    promised = _promised(workspace, project)
    if rule.code == "pay" and promised and gone_out(workspace, project.id) >= promised:
        return tuple(each for each in rule.needs if each is not Need.AMOUNT)
    return rule.needs


def money_warning(workspace: Workspace, project_id: int, step: str, amount_vnd: int | None) -> str:
    """Say where a settlement is not what went out: what is left over is to be returned (TT 36/2013 Điều 12 khoản 6)."""
    out = gone_out(workspace, project_id) if step == "settle" and amount_vnd else 0
    if not out or not amount_vnd or amount_vnd == out:
        return ""
    if amount_vnd > out:
        return f"Số quyết toán cao hơn số đã giải ngân {format_vnd(out)} đồng: kiểm tra lại sổ kinh phí."
    return (
        f"Đã giải ngân {format_vnd(out)} đồng, còn {format_vnd(out - amount_vnd)} đồng phải hoàn trả: "
        "ghi bút toán Hoàn trả ở thẻ Kinh phí."
    )


def outcome(project: Project, verdict: Verdict) -> str:
    """Say in a sentence what a step will do to a project."""
    if verdict.rule is None or not verdict.is_allowed:
        return verdict.reason
    if verdict.step == "extend":
        return f"Đề án thực hiện tiếp đến hết năm {(project.end_year or project.year) + 1}; trạng thái giữ nguyên."
    told = {
        "submit": "ghi văn bản và ngày đề nghị",
        "register": "ghi số tiền, văn bản và ngày thẩm định",
        "approve": "ghi số tiền và quyết định phê duyệt, giữ thông tin đơn vị thụ hưởng như lúc phê duyệt",
        "adjust": "ghi số tiền và quyết định điều chỉnh, hợp đồng giảm theo nếu đang cao hơn",
        "contract": "ghi một hợp đồng vào danh sách hợp đồng",
    }.get(verdict.step, "")
    state = lifecycle.state_label(verdict.state)
    first = "Trạng thái giữ nguyên" if verdict.state == project.state else f"Đề án chuyển sang “{state}”"
    return f"{first}; {told}." if told else f"{first}."


def _checked(workspace: Workspace, project_id: int, step: str, note: _Note) -> Verdict:
    project = workspace.get(Project, project_id)
    steps = steps_of(workspace, project_id)
    verdict = lifecycle.judge(step, project.state, project.source, steps)
    if verdict.rule is None or not verdict.is_allowed:
        raise KnownError(verdict.reason, "Chọn một bước khác trong danh sách các bước.")
    check_told(verdict.rule, note.on, note, needs_of(workspace, project, verdict.rule))
    assert note.on is not None
    problem = lifecycle.day_problem(note.on, steps)
    if problem:
        raise FieldError("happened_on", problem, "Ghi ngày đúng, hoặc hoàn tác bước trước nếu bước đó ghi sai.")
    return verdict


class _Told(Protocol):
    """What is told about a step: a note, or the step as it is kept."""

    @property
    def amount_vnd(self) -> int | None: ...


def check_told(rule: StepRule | None, on: date | None, told: _Told, needs: tuple[Need, ...]) -> None:
    """Check that everything a step needs is told, see `needs_of`. Raises FieldError at what is missing."""
    if on is None:
        raise FieldError("happened_on", "Chưa có ngày của bước này.", "Ghi ngày trên văn bản, hoặc ngày làm việc.")
    for need in needs:
        if rule is not None and not _is_told(told, need):
            raise FieldError(need, f"Chưa có {_label_of(rule, need)}.", "Bước này phải ghi, nhập rồi lưu lại.")
    if told.amount_vnd is not None and told.amount_vnd <= 0:
        raise FieldError(Need.AMOUNT, "Số tiền phải lớn hơn 0.", "Kiểm tra lại số tiền vừa nhập.")


def _is_told(told: _Told, need: Need) -> bool:
    value = getattr(told, need)
    return value is not None if need is Need.AMOUNT else bool(clean_line(value))


def _label_of(rule: StepRule, need: Need) -> str:
    label = field_label(rule, need)
    return label[:1].lower() + label[1:]


def field_label(rule: StepRule, need: Need) -> str:
    """Return what a field of a step is called."""
    if need is Need.AMOUNT:
        return rule.amount_label
    if need is Need.DOCUMENT:
        return rule.document_label
    return describe(ProjectStep).field(need).label


def take(
    workspace: Workspace,
    project_id: int,
    step: str,
    *,
    on: date | None,
    document: str = "",
    signer: str = "",
    amount_vnd: int | None = None,
    reason: str = "",
    to_ledger: bool = False,
) -> Project:
    """Take a step: write it down, move the project on and do all that belongs to it, as one change.

    `to_ledger` also writes the money of a step that moves some into the ledger. An undo takes all of it back at once,
    the entry as well. Raises KnownError when the project's state does not allow the step,
    FieldError for what it lacks or cannot be.
    """
    note = _Note(on=on, document=document, signer=signer, amount_vnd=amount_vnd, reason=reason)
    verdict = _checked(workspace, project_id, step, note)
    project = workspace.get(Project, project_id)
    label = f"{lifecycle.step_label(step)}: đề án {project.name}"
    try:
        with workspace.change(label[:200]):
            if to_ledger:
                _write_entry(workspace, project, step, note)
            return _write(workspace, project, verdict, note)
    except FieldError as error:  # a limit is told at the project's or the contract's field: here it is the amount
        if verdict.rule is None or Need.AMOUNT not in verdict.rule.fields or error.field in _OWN_FIELDS:
            raise
        raise FieldError(Need.AMOUNT, error.message, error.remedy) from error


ENTRY_KINDS_OF_STEPS: Final = {
    "advance": "advance",
    "advance_rest": "advance",
    "pay": "payment",
    "settle": "settlement",
}
"""The kind of entry a step's money is in the ledger."""


def plan_for(workspace: Workspace, project: Project, on: date | None) -> AnnualPlan | None:
    """Return the plan whose money a project spends on a day: of that year, within the project's own; None for none."""
    year = min(max((on or date.min).year, project.year), project.end_year or project.year)
    plans = workspace.children(AnnualPlan, year=year)
    return next((each for each in plans if each.source == project.source), None)


def payee_of(workspace: Workspace, project: Project) -> str:
    """Return who gets a project's money: its only beneficiary, else whoever carries it out."""
    shares = workspace.children(ProjectBeneficiary, project_id=project.id)
    return workspace.title_of("establishment", shares[0].establishment_id) if len(shares) == 1 else project.implementer


def _write_entry(workspace: Workspace, project: Project, step: str, note: _Note) -> None:
    kind, plan = ENTRY_KINDS_OF_STEPS.get(step), plan_for(workspace, project, note.on)
    if kind is None or note.amount_vnd is None:
        return
    if plan is None:
        raise KnownError(
            "Chưa có kế hoạch năm của nguồn này nên chưa ghi được vào sổ kinh phí.",
            "Mở kế hoạch năm ở Danh mục, hoặc bỏ dấu Ghi cả vào sổ kinh phí.",
        )
    reversed_ids = {each.reverses_id for each in workspace.children(FundEntry, project_id=project.id)}
    for each in workspace.children(FundEntry, project_id=project.id):
        is_alike = (each.kind, each.amount_vnd, each.happened_on) == (kind, note.amount_vnd, note.on)
        if is_alike and each.document == note.document and each.id not in reversed_ids:
            raise FieldError(
                Need.DOCUMENT,
                "Sổ kinh phí đã có bút toán này của đề án: cùng ngày, cùng số chứng từ, cùng số tiền.",
                "Bỏ dấu Ghi cả vào sổ kinh phí, hoặc ghi số chứng từ khác.",
            )
    workspace.save(
        FundEntry(
            happened_on=note.on,
            kind=kind,
            plan_id=plan.id,
            programme_id=project.programme_id,
            project_id=project.id,
            amount_vnd=note.amount_vnd,
            document=note.document,
            payee=payee_of(workspace, project),
            treasury_code=funding.treasury_code(workspace, plan.id, on=note.on),
        )
    )


_OWN_FIELDS: Final = frozenset({"happened_on", *Need})


def _write(workspace: Workspace, project: Project, verdict: Verdict, note: _Note) -> Project:
    step = verdict.step
    workspace.save(
        ProjectStep(
            project_id=project.id,
            action=step,
            from_state=project.state,
            state=verdict.state,
            happened_on=note.on,
            document=note.document,
            signer=note.signer,
            amount_vnd=note.amount_vnd,
            reason=note.reason,
        )
    )
    moved = dataclasses.replace(project, state=verdict.state, **_changes(project, step, note))
    kept = workspace.save(moved) if moved != project else project
    _EXTRAS.get(step, _nothing)(workspace, kept, note)
    assert note.on is not None
    checklist.prepare(workspace, project.id, lifecycle.prepared_steps(kept.state, kept.source), note.on)
    return kept


def _changes(project: Project, step: str, note: _Note) -> dict[str, Any]:
    """Return the fields of the project a step fills in; what was not told stays as it is."""
    names = AMOUNT_FIELDS.get(step)
    if step == "extend":
        return {"end_year": (project.end_year or project.year) + 1}
    if names is None:
        return {}
    amount, document, day = names
    values: dict[str, Any] = {day: note.on}
    if note.document:
        values[document] = note.document
    if note.amount_vnd is not None:
        values[amount] = note.amount_vnd
    return values


AMOUNT_FIELDS: Final[dict[str, tuple[str, str, str]]] = {
    "submit": ("requested_vnd", "request_number", "requested_on"),
    "register": ("appraised_vnd", "appraisal_number", "appraised_on"),
    "approve": ("approved_vnd", "approval_number", "approved_on"),
    "adjust": ("adjusted_vnd", "adjustment_number", "adjusted_on"),
}
"""The project's amount, document and day that a step fills in."""


def _nothing(_workspace: Workspace, _project: Project, _note: _Note) -> None:
    return


def _keep_beneficiaries(workspace: Workspace, project: Project, note: _Note) -> None:
    """Keep the beneficiaries' details as they are at approval: papers of that day print these."""
    for share in workspace.children(ProjectBeneficiary, project_id=project.id):
        found = workspace.find(Establishment, share.establishment_id)
        if found is not None:
            workspace.save(dataclasses.replace(share, snapshot=snapshot_of(workspace, found, note.on)))


def snapshot_of(workspace: Workspace, establishment: Establishment, on: date | None) -> str:
    """Write an establishment's details as JSON: its fields by name, its representative and the day."""
    values: dict[str, Any] = {"taken_on": on.isoformat() if on else ""}
    for spec in describe(Establishment).fields:
        value = getattr(establishment, spec.name)
        if spec.name != "id" and value not in (None, ""):
            values[spec.name] = value.isoformat() if isinstance(value, date) else value
    values["representative"] = workspace.title_of("person", establishment.representative_id)
    values["commune"] = workspace.title_of("admin_unit", establishment.commune_id)
    return json.dumps({key: each for key, each in values.items() if each != ""}, ensure_ascii=False, default=str)


def _write_contract(workspace: Workspace, project: Project, note: _Note) -> None:
    number = clean_line(note.document)
    if any(each.number == number for each in workspace.children(Contract, project_id=project.id)):
        return
    shares = workspace.children(ProjectBeneficiary, project_id=project.id)
    is_with_beneficiary = project.source == lifecycle.LOCAL and len(shares) == 1
    workspace.save(
        Contract(
            project_id=project.id,
            number=number,
            signed_on=note.on,
            establishment_id=shares[0].establishment_id if is_with_beneficiary else None,
            support_vnd=note.amount_vnd,
        )
    )


def _lower_contract(workspace: Workspace, project: Project, note: _Note) -> None:
    """Let the one contract of a project follow a decision that lowers the support (TT 36/2013 Điều 11 khoản 2)."""
    contracts = workspace.children(Contract, project_id=project.id)
    if len(contracts) != 1 or note.amount_vnd is None or (contracts[0].support_vnd or 0) <= note.amount_vnd:
        return
    told = f"Hỗ trợ theo {note.document}"
    workspace.save(
        dataclasses.replace(
            contracts[0], support_vnd=note.amount_vnd, note="\n".join(filter(None, (contracts[0].note, told)))
        )
    )


_EXTRAS: Final[dict[str, Callable[[Workspace, Project, _Note], None]]] = {
    "approve": _keep_beneficiaries,
    "contract": _write_contract,
    "adjust": _lower_contract,
}
