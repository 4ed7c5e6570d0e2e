"""Dossiers of the network for the tests: a list of 25 under a decision, the same proposed again, an empty one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kc_desktop.domain.network_dossier import ListedMember, NetworkDossier
from kc_desktop.domain.office import Office
from kc_desktop.domain.people import Appointment, AppointmentMember, Person
from kc_desktop.domain.project_dossier import PaperSigner

OFFICE = Office(
    id=1,
    parent_name="Sở Công Thương tỉnh Bình Dương",
    name="Trung tâm Xúc tiến Đầu tư, Thương mại và Phát triển công nghiệp",
    abbreviation="TTXT",
    department_abbreviation="PKC",
    place="Bình Dương",
)
DECISION = Appointment(
    id=1,
    number="49/QĐ-SCT",
    decided_on=date(2023, 3, 30),
    valid_from=date(2023, 3, 30),
    valid_to=date(2023, 12, 31),
)
PROPOSED = Appointment(
    id=2,
    state="proposed",
    valid_from=date(2024, 1, 1),
    valid_to=date(2024, 12, 31),
    submission_number="12/TTr-TTXT",
    submitted_on=date(2023, 12, 5),
)
BASIS = "Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ về khuyến công"
LEVELS = (("huyen", 8), ("xa", 11), ("hiep_hoi", 6))


def listed(number: int, level: str = "xa", **more: object) -> ListedMember:
    """Return collaborator 01, 02, … of a level."""
    area = "Hiệp hội 01" if level == "hiep_hoi" else f"xã An Long, phường Số {number:02d}"
    values: dict[str, object] = {
        "member": AppointmentMember(id=number, appointment_id=1, person_id=number, level=level),
        "person": Person(
            id=number,
            name=f"Cộng tác viên {number:02d}",
            organisation=f"Đơn vị {number:02d}",
            email=f"ctv{number:02d}@example.vn",
        ),
        "area": area,
        "phones": (f"09012345{number:02d}",),
        "is_former": True,
    }
    return ListedMember(**(values | more))  # type: ignore[arg-type]  # a test names the fields it changes


def members() -> tuple[ListedMember, ...]:
    """Return 8 of the districts, 11 of communes, 6 associations."""
    levels = [level for level, count in LEVELS for _ in range(count)]
    return tuple(listed(number, level) for number, level in enumerate(levels, start=1))


def decided() -> NetworkDossier:
    """Return the list of 25 under 49/QĐ-SCT."""
    return NetworkDossier(
        office=OFFICE,
        appointment=DECISION,
        members=members(),
        signer=PaperSigner(name="Người ký", post="PHÓ GIÁM ĐỐC", authority="KT.", authority_post="GIÁM ĐỐC"),
        bases=(BASIS,),
        is_sample=True,
    )


def proposed() -> NetworkDossier:
    """Return next year's list as it is submitted: one leaves, two join."""
    joining = (listed(26, is_former=False), listed(27, "hiep_hoi", is_former=False))
    return replace(
        decided(),
        appointment=PROPOSED,
        members=(*members()[1:], *joining),
        previous=DECISION,
        previous_size=25,
    )


def nobody() -> NetworkDossier:
    """Return a list with nothing in it yet."""
    return NetworkDossier(office=Office(name=""), appointment=Appointment(state="proposed"))
