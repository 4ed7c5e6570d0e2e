"""Đơn đề nghị hỗ trợ kinh phí khuyến công, signed by the establishment.

TT 36/2013/TT-BCT Điều 7 asks for it when the implementer is not the beneficiary; no form of it is in our sources, so it
holds what the appraisal needs: who asks, for what, how much from whom. The commitments are the conditions of Điều 7
khoản 3 and 4, TTLT 26/2014/TTLT-BTC-BCT.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kc_desktop.documents import wording
from kc_desktop.documents.commitments import COMMITMENTS
from kc_desktop.documents.paper import (
    DOTS,
    Block,
    CitizenHead,
    Heading,
    HeadingLevel,
    Paper,
    Signatures,
    Signer,
    Title,
    closed,
    or_dots,
    para,
    sentence_end,
)
from kc_desktop.documents.project_parts import establishment_facts, span_text
from kc_desktop.domain.project_dossier import Beneficiary, ProjectDossier


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    support_vnd: int
    own_vnd: int
    other_vnd: int

    @property
    def total_vnd(self) -> int:
        return self.support_vnd + self.own_vnd + self.other_vnd


def build(dossier: ProjectDossier) -> Paper:
    """Build the request; of a project with several beneficiaries, one request for each, one after the other."""
    requests = [_request(dossier, each) for each in dossier.beneficiaries] or [_request(dossier, None)]
    return replace(requests[0], followed_by=tuple(requests[1:]))


def _request(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> Paper:
    office = dossier.office
    name = beneficiary.establishment.name if beneficiary else ""
    representative = beneficiary.representative if beneficiary else None
    post = beneficiary.establishment.representative_post if beneficiary else ""
    return Paper(
        key="support-request",
        name=f"Đơn đề nghị hỗ trợ kinh phí khuyến công {name}".strip(),
        author=name or office.name,
        head=CitizenHead(place_date=wording.place_and_date("", None)),
        title=Title(kind="Đơn đề nghị", subject="Hỗ trợ kinh phí khuyến công"),
        addressees=(or_dots(office.name),),
        body=(
            Heading(level=HeadingLevel.CLAUSE, number="1", title="Đơn vị đề nghị"),
            *establishment_facts(beneficiary),
            Heading(level=HeadingLevel.CLAUSE, number="2", title="Nội dung đề nghị hỗ trợ"),
            *_subject_matter(dossier),
            Heading(level=HeadingLevel.CLAUSE, number="3", title="Kinh phí"),
            *_money(_sums(dossier, beneficiary)),
            Heading(level=HeadingLevel.CLAUSE, number="4", title="Cam kết"),
            para(f"{name or 'Đơn vị'} cam kết:", keep_with_next=True),
            *[para(f"- {sentence_end(text, sign)}") for text, sign in zip(COMMITMENTS, (";", "."), strict=True)],
            para(closed(f"Kính đề nghị {or_dots(office.name)} xem xét, hỗ trợ")),
        ),
        signatures=Signatures(
            signers=(
                Signer(
                    post=(post.strip() or "Đại diện đơn vị",),
                    note="(Ký, ghi rõ họ tên, đóng dấu nếu có)",
                    name=representative.name if representative else "",
                ),
            )
        ),
        is_sample=dossier.is_sample,
    )


def _subject_matter(dossier: ProjectDossier) -> Iterable[Block]:
    project = dossier.project
    yield wording.labelled("Tên đề án", project.name)
    content = dossier.content_label.strip()
    yield wording.labelled("Nội dung hoạt động khuyến công", content.lstrip("0123456789. ") if content else "")
    yield wording.labelled("Địa điểm thực hiện", project.place)
    yield span_text(project)


def _sums(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> _Sums:
    """Return what is asked: the project's sums for its only beneficiary, the share of one of several."""
    project = dossier.project
    if beneficiary is not None and len(dossier.beneficiaries) > 1:
        share = beneficiary.share
        return _Sums(support_vnd=share.support_vnd, own_vnd=share.own_vnd, other_vnd=0)
    support = project.requested_vnd if project.requested_vnd is not None else project.support_vnd
    return _Sums(support_vnd=support, own_vnd=project.own_vnd, other_vnd=project.other_vnd)


def _money(sums: _Sums) -> Iterable[Block]:
    if sums.total_vnd == 0:
        for label in ("Tổng kinh phí thực hiện", "Đề nghị hỗ trợ từ kinh phí khuyến công", "Vốn của đơn vị"):
            yield para(f"{label}: {DOTS}{DOTS} đồng (Bằng chữ: {DOTS}{DOTS})")
        return
    yield para(f"Tổng kinh phí thực hiện: {wording.money_text(sums.total_vnd)}, trong đó:")
    yield para(f"- Đề nghị hỗ trợ từ kinh phí khuyến công: {wording.money_text(sums.support_vnd)};")
    yield para(f"- Vốn của đơn vị: {wording.money_text(sums.own_vnd)};")
    yield para(f"- Nguồn khác: {wording.money_text(sums.other_vnd)}.")
