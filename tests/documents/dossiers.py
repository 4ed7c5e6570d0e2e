"""Records to print from: the meeting of 13/4/2023 and a project, with numbered placeholders for people and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from kc_desktop.documents.paper import Block, Paper, Signatures, StateHead, Title
from kc_desktop.domain.amounts import Amounts
from kc_desktop.domain.double_support import DoubleSupport
from kc_desktop.domain.establishment import Establishment
from kc_desktop.domain.funding import FundEntry
from kc_desktop.domain.meeting import (
    AgendaItem,
    Attendee,
    AttendeeDetail,
    Conclusion,
    Entry,
    Meeting,
    MeetingDossier,
    Petition,
    Task,
)
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Person
from kc_desktop.domain.project import (
    ChecklistItem,
    Contract,
    EstimateLine,
    Impact,
    ProgressReport,
    Project,
    ProjectBeneficiary,
    ProjectStep,
)
from kc_desktop.domain.project_dossier import Beneficiary, PaperSigner, ProjectDossier

OFFICE = Office(
    id=1,
    parent_name="Sở Công Thương tỉnh Bình Dương",
    name="Trung tâm Xúc tiến Đầu tư, Thương mại và Phát triển công nghiệp",
    abbreviation="TTXT",
    department="Phòng Khuyến công",
    department_abbreviation="KC",
    place="Bình Dương",
)
SECRETARY = Person(id=1, name="Hồ Trần Hồng Ân", honorific="ong", post="Chuyên viên phòng Khuyến công")
CHAIR = Person(id=2, name="Trương Thanh Nhàn", honorific="ong", post="Phó Giám đốc Trung tâm")
GUEST = Person(id=3, name="Lê Thị Thanh Tâm", honorific="ba", post="Phó phòng QLCN", organisation="Sở Công Thương")
SPEECH = (
    "Trong năm 2022 tổng kinh phí khuyến công được giao thực hiện là 5 tỷ 978 triệu đồng. Trung tâm đã hoàn thiện các "
    "đề án chi tiết trình Sở Công Thương thẩm định và phê duyệt được 31 chương trình, kế hoạch, đề án với kinh phí "
    "thực hiện là 5 tỷ 804 triệu đồng."
)


def collaborator(number: int) -> Person:
    """Build a numbered placeholder."""
    return Person(id=100 + number, name=f"Cộng tác viên {number:02d}", post="Cộng tác viên khuyến công")


def attendee(person: Person, role: str, state: str = "present", reason: str = "") -> AttendeeDetail:
    """Build someone's place at the meeting."""
    return AttendeeDetail(attendee=Attendee(person_id=person.id, role=role, state=state, reason=reason), person=person)


def meeting_dossier(*, collaborators: int = 25, entries: int = 5, office: Office = OFFICE) -> MeetingDossier:
    """Build the meeting with so many collaborators and entries."""
    members = [collaborator(number) for number in range(1, collaborators + 1)]
    details = [
        attendee(CHAIR, "chair_side"),
        attendee(GUEST, "authority"),
        attendee(SECRETARY, "staff"),
        *[attendee(person, "collaborator") for person in members],
    ]
    delegate, absent, away = (Person(id=900 + place, name=f"Đại biểu {place:02d}") for place in (7, 8, 9))
    details.append(
        AttendeeDetail(
            attendee=Attendee(person_id=absent.id, role="guest", state="delegate"), person=absent, delegate=delegate
        )
    )
    details.append(attendee(away, "guest", "excused", "đi công tác"))
    people = {person.id: person for person in (SECRETARY, CHAIR, GUEST, delegate, absent, away, *members)}
    agenda = (
        AgendaItem(id=1, ordinal=1, title="Báo cáo tóm tắt hoạt động khuyến công năm 2022", presenter_id=1),
        AgendaItem(id=2, ordinal=2, title="Thảo luận nhiệm vụ công tác năm 2023"),
        AgendaItem(id=3, ordinal=3, title="Phát biểu chỉ đạo của lãnh đạo Trung tâm", presenter_id=2),
    )
    return MeetingDossier(
        office=office,
        meeting=Meeting(
            id=1,
            kind="tong_ket_ctv",
            title="Họp tổng kết hoạt động của cộng tác viên năm 2022 và triển khai nhiệm vụ công tác năm 2023",
            held_on=date(2023, 4, 13),
            starts_at="8:00",
            ends_at="11:30",
            place="Hội trường Trung tâm",
            chair_id=2,
            secretary_id=1,
            number=5,
            recipients="Sở Công Thương (báo cáo)\nNhư thành phần tham dự",
        ),
        agenda=agenda,
        attendees=tuple(details),
        entries=tuple(
            Entry(id=place, agenda_item_id=1 + place % 3, ordinal=place, speaker_id=1 + place % 3, body=SPEECH)
            for place in range(entries)
        ),
        conclusions=(
            Conclusion(id=1, ordinal=1, body="Tổ chức các lớp tập huấn nâng cao năng lực cho đội ngũ cộng tác viên."),
            Conclusion(id=2, ordinal=2, body="Cộng tác viên phối hợp chặt chẽ hơn nữa với Trung tâm."),
        ),
        tasks=(
            Task(id=1, ordinal=1, body="Lập kế hoạch tập huấn cho cộng tác viên", owner_id=1, due_on=date(2023, 5, 5)),
            Task(id=2, ordinal=2, body="Rà soát nhu cầu của các cơ sở CNNT trên địa bàn"),
        ),
        petitions=(
            Petition(
                id=1,
                ordinal=1,
                asked_by_id=101,
                body="Đề nghị cung cấp tài liệu hướng dẫn thủ tục hỗ trợ.",
                answered_by_id=2,
                answer="Trung tâm tiếp thu và gửi tài liệu trong tháng 4 năm 2023.",
            ),
        ),
        people=people,
        is_sample=True,
    )


def project_dossier(*, support_vnd: int = 200_000_000, lines: int = 4, beneficiaries: int = 1) -> ProjectDossier:
    """Build a project whose estimate has so many lines."""
    share, own = support_vnd // max(1, lines), support_vnd // max(1, lines)
    return ProjectDossier(
        office=OFFICE,
        project=Project(
            id=1,
            name="Hỗ trợ ứng dụng máy móc thiết bị tiên tiến vào sản xuất đồ gỗ tại Cơ sở 03",
            year=2023,
            implementer=OFFICE.name,
            partners="Phòng Kinh tế\nỦy ban nhân dân xã",
            place="Xã 01, tỉnh Bình Dương",
            starts_on=date(2023, 5, 1),
            ends_on=date(2023, 11, 30),
            requested_vnd=support_vnd,
            own_vnd=support_vnd,
            necessity="Cơ sở 03 đang dùng máy cũ, năng suất thấp.\nCăn cứ nhu cầu thực tế của cơ sở.",
            goals="Tăng năng suất và chất lượng sản phẩm.",
            scale="Đầu tư 01 dây chuyền gia công gỗ tự động.",
            work_plan="Tháng 5: khảo sát, ký hợp đồng.\nTháng 6 đến tháng 10: lắp đặt.\nTháng 11: nghiệm thu.",
            organisation="Trung tâm chủ trì, phối hợp với cơ sở thực hiện.",
            effects="Tăng doanh thu, tạo việc làm ổn định cho lao động tại chỗ.",
        ),
        content_label="3. Mô hình trình diễn kỹ thuật, chuyển giao công nghệ, máy móc tiên tiến",
        beneficiaries=tuple(_beneficiary(place, support_vnd) for place in range(3, 3 + beneficiaries)),
        estimate=tuple(
            EstimateLine(
                ordinal=place,
                content=f"Máy gia công gỗ số {place:02d}",
                unit="cái",
                quantity=Decimal(2),
                price_vnd=share,
                total_vnd=share + own,
                support_vnd=share,
                own_vnd=own,
            )
            for place in range(1, lines + 1)
        ),
        signer=PaperSigner(name="Trương Thanh Nhàn", post="Phó Giám đốc", authority="KT.", authority_post="Giám đốc"),
        is_sample=True,
    )


def running_dossier(*, beneficiaries: int = 1, lines: int = 4, months: int = 3, vouchers: int = 2) -> ProjectDossier:
    """Build a project that was carried out: approved, contracted, advanced, accepted, paid."""
    support = 200_000_000
    base = project_dossier(support_vnd=support, lines=lines, beneficiaries=beneficiaries)
    entries = tuple(_entry(place, support // (2 * max(1, vouchers))) for place in range(1, vouchers + 1))
    advanced = sum(each.amount_vnd for each in entries if each.kind == "advance")
    paid = sum(each.amount_vnd for each in entries if each.kind == "payment")
    return replace(
        base,
        project=replace(
            base.project,
            appraised_vnd=support,
            appraised_on=date(2023, 3, 20),
            appraisal_number="15/PTĐ-SCT",
            approved_vnd=support,
            approval_number="49/QĐ-SCT",
            approved_on=date(2023, 3, 30),
        ),
        payer=OFFICE.parent_name,
        contracts=tuple(_contract(each) for each in base.beneficiaries),
        steps=(
            ProjectStep(id=1, action="approve", state="approved", happened_on=date(2023, 3, 30)),
            ProjectStep(id=2, action="accept", state="accepted", happened_on=date(2023, 11, 20)),
            ProjectStep(id=3, action="pay", state="paid", happened_on=date(2023, 12, 5)),
            ProjectStep(id=4, action="settle", state="settled", happened_on=date(2024, 1, 10)),
        ),
        checklist=(
            ChecklistItem(step="receive", name="Công văn đề nghị của đơn vị thực hiện", received_on=date(2023, 3, 1)),
            ChecklistItem(step="receive", name="Đơn đề nghị hỗ trợ của đơn vị thụ hưởng"),
            ChecklistItem(step="submit", name="Tài liệu khác theo Phụ lục 2", is_required=False),
            ChecklistItem(step="pay", name="Hóa đơn của hạng mục được hỗ trợ"),
        ),
        progress=tuple(_month(place) for place in range(1, months + 1)),
        impacts=tuple(_impact(each.share.establishment_id) for each in base.beneficiaries),
        entries=entries,
        money=Amounts(advanced_vnd=advanced, paid_vnd=paid),
        bases=("Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ về khuyến công",),
    )


def doubly_supported_dossier(projects: int = 1) -> ProjectDossier:
    """Build a project whose beneficiary had state money for the same content from other projects."""
    return replace(running_dossier(), double_support=tuple(_other_support(place) for place in range(1, projects + 1)))


def _other_support(place: int) -> DoubleSupport:
    return DoubleSupport(
        establishment_id=3,
        establishment_name="Cơ sở 03",
        tax_code="0100109106",
        project=Project(
            id=place + 1,
            name=f"Hỗ trợ ứng dụng máy móc thiết bị {place:02d}",
            year=2023,
            approval_number=f"{place:02d}/QĐ-BCT",
            approved_on=date(2023, 2, 1),
        ),
        source_label="Khuyến công quốc gia",
        content_label="3. Mô hình trình diễn kỹ thuật, chuyển giao công nghệ, máy móc tiên tiến",
        norm_name="Ứng dụng máy móc tiên tiến",
        first_day=date(2023, 1, 1),
        last_day=date(2023, 12, 31),
        approved_vnd=150_000_000,
        disbursed_vnd=105_000_000,
        contracts=(Contract(number=f"{place:02d}/HĐ-QG", signed_on=date(2023, 3, 1), support_vnd=150_000_000),),
        entries=(_entry(1, 105_000_000),),
    )


def _entry(place: int, amount_vnd: int) -> FundEntry:
    return FundEntry(
        id=place,
        happened_on=date(2023, 6, 15) + timedelta(days=place),
        kind="advance" if place % 2 else "payment",
        plan_id=1,
        project_id=1,
        amount_vnd=amount_vnd,
        document=f"UNC {place:02d}",
        payee="Cơ sở 03",
        treasury_code="280-309",
    )


def _contract(beneficiary: Beneficiary) -> Contract:
    number = beneficiary.share.establishment_id
    return Contract(
        id=number,
        number=f"{number:02d}/HĐ-KC",
        signed_on=date(2023, 4, 20),
        establishment_id=number,
        amount_vnd=2 * beneficiary.share.support_vnd,
        support_vnd=beneficiary.share.support_vnd,
        ends_on=date(2023, 11, 30),
        liquidation_number=f"{number:02d}/BB-TTXT",
        liquidated_on=date(2023, 12, 1),
    )


def _month(place: int) -> ProgressReport:
    return ProgressReport(
        id=place,
        month=f"{2023 + (place + 4) // 12}-{(place + 4) % 12 + 1:02d}",
        reported_percent=Decimal(min(100, 20 * place)),
        reported_on=date(2023, 6, 20) + timedelta(days=30 * place),
        verified_percent=Decimal(min(100, 20 * place)) - Decimal("2.5"),
        verified_on=date(2023, 6, 24) + timedelta(days=30 * place),
        verified_by="Cán bộ 02",
        note="Thiết bị về chậm so với kế hoạch.",
    )


def _impact(establishment_id: int) -> Impact:
    return Impact(
        establishment_id=establishment_id,
        workers_before=45,
        workers_after=52,
        revenue_before_vnd=30_500_000_000,
        revenue_after_vnd=36_000_000_000,
        budget_before_vnd=410_000_000,
        budget_after_vnd=455_000_000,
        new_products="Bàn ghế học sinh",
    )


def _beneficiary(number: int, support_vnd: int) -> Beneficiary:
    return Beneficiary(
        share=ProjectBeneficiary(establishment_id=number, support_vnd=support_vnd, own_vnd=support_vnd),
        establishment=Establishment(
            id=number,
            name=f"Cơ sở {number:02d}",
            kind="doanh_nghiep",
            tax_code="0100109106",
            address="Xã 01, tỉnh Bình Dương",
            phone="0274 3814 163",
            representative_post="Giám đốc",
            trade="Sản xuất đồ gỗ gia dụng",
            workers=45,
            capital_vnd=12_000_000_000,
            revenue_vnd=30_500_000_000,
        ),
        representative=Person(id=number, name=f"Đại diện {number:02d}"),
    )


def simple_paper(*blocks: Block, title: Title | None = None, signatures: Signatures | None = None) -> Paper:
    """Build a paper that holds just these blocks."""
    return Paper(
        key="test",
        name="Văn bản thử",
        author=OFFICE.name,
        head=StateHead(parent=OFFICE.parent_name, body=OFFICE.name, number="Số: 05/BC-TTXT"),
        title=title or Title(kind="Báo cáo", subject="Về việc thử"),
        body=blocks,
        signatures=signatures,
    )
