"""A project's papers: what a kind needs beyond the dossier, the day it bears, and what it still lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from kc_desktop.documents.appraisal import DOSSIER_STEPS
from kc_desktop.documents.project_parts import paper_day
from kc_desktop.documents.vouchers import moving_entries
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.norms import Limit
from kc_desktop.domain.project import ChecklistItem
from kc_desktop.domain.project_dossier import ProjectDossier
from kc_desktop.services import checklist, law, projects, rules
from kc_desktop.services.workspace import Workspace

_BEFORE_APPROVAL: Final = frozenset({"support-request", "project-proposal", "estimate", "appraisal-form"})


def dossier(workspace: Workspace, key: str, project_id: int) -> ProjectDossier:
    """Return what a kind of paper is made from. Raises KnownError when the project is gone."""
    given = projects.dossier(workspace, project_id)
    cited = law.bases_for(workspace, key, basis_day(key, given), given.project.source)
    given = dataclasses.replace(given, bases=law.basis_lines(cited))
    if key == "appraisal-form":
        given = dataclasses.replace(
            given, warnings=tuple(_warnings(workspace, project_id)), checklist=_appraised_papers(workspace, project_id)
        )
    if key == "double-support-evidence":
        given = dataclasses.replace(given, double_support=rules.double_support(workspace, project_id))
    return given


def basis_day(key: str, given: ProjectDossier) -> date:
    """Return the day whose law a paper cites: its own, else for papers before the approval that of the approval."""
    approved = given.project.approved_on if key in _BEFORE_APPROVAL else None
    return paper_day(key, given) or approved or date.today()


def dated(key: str, given: ProjectDossier) -> date | None:
    """Return the day a paper bears, the approval's where its step has none; None where neither is known."""
    return paper_day(key, given) or given.project.approved_on


def subject(_key: str, given: ProjectDossier) -> str:
    """Return what a paper's file is named after: the project."""
    return given.project.name


def _appraised_papers(workspace: Workspace, project_id: int) -> tuple[ChecklistItem, ...]:
    """Return the papers before the appraisers, with those the law wants and nobody has kept yet; each name once."""
    listed = [
        ChecklistItem(
            project_id=project_id,
            step=each.step,
            name=each.name,
            is_required=each.is_required,
            received_on=each.received_on,
            note=each.note,
        )
        for step in DOSSIER_STEPS
        if step
        for each in checklist.papers(workspace, project_id, step)
    ]
    by_name: dict[str, ChecklistItem] = {}
    for item in listed:
        if item.name not in by_name or by_name[item.name].received_on is None:
            by_name[item.name] = item
    return tuple(by_name.values())


def _warnings(workspace: Workspace, project_id: int) -> Iterator[str]:
    yield from (over_limit(each) for each in rules.limits(workspace, project_id) if each.is_exceeded)
    yield from (each.sentence for each in rules.double_support(workspace, project_id))


def over_limit(limit: Limit) -> str:
    """Say by how much a limit is passed, and why that was let stand."""
    sentence = (
        f"{limit.explanation}. Mức tối đa {format_vnd(limit.limit_vnd)} đồng, đề án ghi "
        f"{format_vnd(limit.used_vnd)} đồng."
    )
    reasons = "; ".join(each.reason for each in limit.overrides)
    return f"{sentence} Được vượt, lý do: {reasons}." if reasons else sentence


# --- what a paper lacks ---

_NO_CONTRACT: Final = "Chưa có hợp đồng: ghi ở phần Hợp đồng của đề án."
_NO_ESTIMATE: Final = "Chưa có dự toán: thêm các khoản chi ở đề án."
_NO_GRANT: Final = "Chưa có mức hỗ trợ được duyệt: ghi bước Phê duyệt của đề án."
_NO_ACCEPTANCE: Final = "Chưa có ngày nghiệm thu: ghi bước Nghiệm thu cơ sở của đề án."
_NO_IMPACT: Final = (
    "Chưa có kết quả trước và sau hỗ trợ: ghi ở phần Hiệu quả trước và sau hỗ trợ của đề án, hoặc ghi tay trên giấy."
)
_NO_ENTRY: Final = "Sổ kinh phí chưa có bút toán tạm ứng, thanh toán nào của đề án: ghi ở thẻ Kinh phí."
_NO_SIGNER: Final = "Chưa có người ký mặc định: đặt ở Danh mục, Thiết lập đơn vị."


def problems(workspace: Workspace, key: str, given: ProjectDossier) -> tuple[str, ...]:
    """Return what a project's paper still lacks, in sentences that say the next step."""
    found = list(_LACKING[key](given)) if key in _LACKING else []
    if key in _ADDRESSED:
        found += _payer_problems(workspace, given)
    cited = law.bases_for(workspace, key, basis_day(key, given), given.project.source)
    return (*dict.fromkeys(found), *law.basis_problems(cited, basis_day(key, given)))


_ADDRESSED: Final = frozenset({"progress-report", "completion-report", "payment-request"})
"""Papers addressed to the body that pays."""


def _payer_problems(workspace: Workspace, given: ProjectDossier) -> Iterator[str]:
    if not given.payer and given.project.source == projects.NATIONAL:
        yield "Chưa có tên cơ quan quản lý khuyến công quốc gia: ghi ở Danh mục, Quy định, mức và thời hạn."
    elif not given.payer:
        yield "Chưa có tên cơ quan quản lý kinh phí: ghi cơ quan chủ quản ở Danh mục, Thiết lập đơn vị."
    name = projects.national_body(workspace, given.project)
    if name is not None and law.certainty_words(name):
        yield f"Tên cơ quan {name.name} chưa kiểm chứng: đối chiếu với văn bản giao nhiệm vụ trước khi gửi."


def _request(given: ProjectDossier) -> Iterator[str]:
    yield from _without_beneficiary(given)
    yield from _without_representative(given)
    yield from _estimate(given)


def _proposal(given: ProjectDossier) -> Iterator[str]:
    project = given.project
    parts = (
        (project.necessity, "sự cần thiết và căn cứ"),
        (project.goals, "mục tiêu"),
        (project.scale, "quy mô"),
        (project.work_plan, "nội dung và tiến độ"),
        (project.organisation, "tổ chức thực hiện"),
        (project.effects, "hiệu quả"),
    )
    missing = [name for words, name in parts if not words]
    if missing:
        yield f"Đề án chưa ghi: {', '.join(missing)}."
    yield from projects.estimate_differences(given)


def _estimate_form(given: ProjectDossier) -> Iterator[str]:
    yield from _without_beneficiary(given)
    yield from _estimate(given)


def _appraisal(given: ProjectDossier) -> Iterator[str]:
    if not given.beneficiaries:
        yield "Chưa có đơn vị thụ hưởng: phiếu theo đối tượng cụ thể (Mẫu 4b) chưa in; thêm đơn vị ở đề án."
    if given.project.requested_vnd is None:
        yield "Chưa có số tiền đề nghị: ghi ở phần Kinh phí của đề án."
    if given.project.appraised_vnd is None:
        yield "Chưa có mức hỗ trợ thẩm định: phiếu in dấu chấm để ghi tay, hoặc ghi ở phần Kinh phí của đề án."
    missing = sum(1 for each in given.checklist if each.is_required and each.received_on is None)
    if missing:
        yield f"Hồ sơ còn thiếu {missing} giấy tờ: nhận ở phần Thành phần hồ sơ của đề án."
    yield from given.warnings


def _progress(given: ProjectDossier) -> Iterator[str]:
    if not given.progress:
        yield "Chưa có báo cáo tiến độ nào: ghi ở phần Báo cáo tiến độ của đề án."
    elif given.progress[-1].verified_percent is None:
        yield "Tháng gần nhất chưa kiểm tra thực tế: ghi tỷ lệ xác nhận ở phần Báo cáo tiến độ của đề án."
    yield from _after_approval(given)
    yield from _estimate(given)


def _completion(given: ProjectDossier) -> Iterator[str]:
    yield from _after_approval(given)
    yield from _estimate(given)
    yield from _done(given)
    if not given.impacts:
        yield _NO_IMPACT
    yield from _over(given)


def _done(given: ProjectDossier) -> Iterator[str]:
    if given.estimate and all(each.done_support_vnd is None for each in given.estimate):
        yield "Chưa ghi khối lượng và kinh phí thực hiện: ghi ở phần Dự toán của đề án, hoặc ghi tay trên giấy."


def _settled_otherwise(given: ProjectDossier) -> Iterator[str]:
    """Say where what the lines of the estimate really cost is not what the ledger has settled."""
    done = [each.done_support_vnd for each in given.estimate if each.done_support_vnd is not None]
    settled = given.money.settled_vnd
    if done and settled and sum(done) != settled:
        yield (
            f"Kinh phí khuyến công thực hiện theo dự toán cộng được {format_vnd(sum(done))} đồng, sổ kinh phí quyết "
            f"toán {format_vnd(settled)} đồng: sửa cho khớp."
        )


def _acceptance(given: ProjectDossier) -> Iterator[str]:
    yield from _without_beneficiary(given)
    yield from _without_representative(given)
    if given.day_of("accept") is None:
        yield _NO_ACCEPTANCE
    if not given.contracts:
        yield _NO_CONTRACT
    yield from _estimate(given)
    if not given.impacts:
        yield _NO_IMPACT


def _liquidation(given: ProjectDossier) -> Iterator[str]:
    if not given.contracts:
        yield _NO_CONTRACT
    for each in given.contracts:
        if each.liquidated_on is None:
            yield f"Hợp đồng {each.number} chưa có ngày thanh lý: ghi ở phần Hợp đồng của đề án."
    kinds = [each.establishment_id is not None for each in given.contracts]
    if len(kinds) > len(set(kinds)):
        yield "Đề án có nhiều hợp đồng cùng loại: số đã tạm ứng, thanh toán của từng hợp đồng để trống, ghi tay."
    if given.day_of("accept") is None:
        yield _NO_ACCEPTANCE
    yield from _without_representative(given)
    yield from _over(given)


def _payment(given: ProjectDossier) -> Iterator[str]:
    yield from _after_approval(given)
    if given.day_of("accept") is None:
        yield _NO_ACCEPTANCE
    if given.left_vnd == 0:
        yield "Kinh phí được duyệt đã giải ngân hết: không còn số nào để đề nghị thanh toán."
    yield from _over(given)


def _settlement(given: ProjectDossier) -> Iterator[str]:
    yield from _after_approval(given)
    yield from _estimate(given)
    yield from _done(given)
    yield from _settled_otherwise(given)
    yield from _vouchers(given)


def _vouchers(given: ProjectDossier) -> Iterator[str]:
    moving = moving_entries(given)
    if not moving:
        yield _NO_ENTRY
    bare = sum(1 for each in moving if not each.document)
    if bare:
        yield f"{bare} bút toán chưa có số chứng từ: đảo bút toán rồi ghi lại có số, hoặc ghi tay trên bảng kê."
    if given.day_of("settle") is None:
        yield "Chưa có ngày quyết toán: ghi bước Quyết toán của đề án, hoặc ghi tay trên giấy."
    yield from _over(given)


def _evidence(given: ProjectDossier) -> Iterator[str]:
    if not given.beneficiaries:
        yield "Chưa có đơn vị thụ hưởng: thêm ở đề án."
    if not given.double_support:
        yield "Không thấy hỗ trợ trùng trong tệp này: bảng in ra để trống."


def _after_approval(given: ProjectDossier) -> Iterator[str]:
    if given.granted_vnd is None:
        yield _NO_GRANT
    if not given.contracts:
        yield _NO_CONTRACT
    if given.signer is None:
        yield _NO_SIGNER


def _without_beneficiary(given: ProjectDossier) -> Iterable[str]:
    return () if given.beneficiaries else ("Chưa có đơn vị thụ hưởng: thêm ở đề án.",)


def _without_representative(given: ProjectDossier) -> Iterator[str]:
    for each in given.beneficiaries:
        if each.representative is None:
            yield f"Chưa có người đại diện của {each.establishment.name}: chọn ở cơ sở."


def _estimate(given: ProjectDossier) -> Iterator[str]:
    if not given.estimate:
        yield _NO_ESTIMATE
    yield from projects.estimate_differences(given)


def _over(given: ProjectDossier) -> Iterator[str]:
    left = given.left_vnd
    if left is not None and left < 0:
        yield (
            f"Sổ kinh phí đã giải ngân vượt mức được duyệt {format_vnd(-left)} đồng: kiểm tra lại bút toán, hoặc ghi "
            "bút toán Hoàn trả."
        )


_LACKING: Final = {
    "support-request": _request,
    "project-proposal": _proposal,
    "estimate": _estimate_form,
    "appraisal-form": _appraisal,
    "progress-report": _progress,
    "completion-report": _completion,
    "acceptance-minutes": _acceptance,
    "contract-liquidation": _liquidation,
    "payment-request": _payment,
    "settlement-detail": _settlement,
    "voucher-list": _vouchers,
    "double-support-evidence": _evidence,
}
