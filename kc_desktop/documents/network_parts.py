"""What the papers of the network share: its term, its decision, its list by level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from kc_desktop.documents import project_parts, tables
from kc_desktop.documents.paper import Column, Row, Table, or_dots
from kc_desktop.domain.network_dossier import ListedMember, NetworkDossier
from kc_desktop.domain.people import COLLABORATOR_ROLES, Appointment
from kc_desktop.domain.terms import first_day

NETWORK: Final = "cộng tác viên khuyến công"
_NUMERALS: Final = ("I", "II", "III")
_ROLES: Final = dict(COLLABORATOR_ROLES)
_USUAL: Final = "ctv"


def term_words(appointment: Appointment) -> str:
    """Return the term as titles name it: "năm 2023", "giai đoạn 2026 - 2028"; to fill in while it is not known."""
    first, last = first_day(appointment), appointment.valid_to
    if first is None:
        return "năm ……"
    if last is None or last.year == first.year:
        return f"năm {first.year}"
    return f"giai đoạn {first.year} - {last.year}"


def authority_of(dossier: NetworkDossier, appointment: Appointment) -> str:
    """Return the body that decides: the office's parent body, or the committee over it; dots while not known."""
    parent = dossier.office.parent_name.strip()
    if appointment.authority == "ubnd":
        return project_parts.committee_over(parent)
    return or_dots(parent)


def decision_of(dossier: NetworkDossier, appointment: Appointment) -> str:
    """Return "Quyết định số 49/QĐ-SCT ngày 30 tháng 3 năm 2023 của Sở …", with dots for what is not known."""
    number = project_parts.of_number(appointment.number, appointment.decided_on)
    return f"Quyết định {number} của {authority_of(dossier, appointment)}"


def people(number: int) -> str:
    """Return a number of people with the zero papers put before those below ten: "08 người"."""
    return f"{number:02d} người"


def list_table(dossier: NetworkDossier) -> Table:
    """Return the list of names by level, as a decision's annex has it; to be filled in by hand while it is empty."""
    columns = (
        tables.number_column(),
        tables.text_column("Họ và tên", 26),
        tables.text_column("Chức vụ, đơn vị công tác", 32),
        tables.text_column("Địa bàn, hiệp hội phụ trách", 29),
        tables.text_column("Ghi chú", 14),
    )
    return by_level(dossier, columns, _list_cells)


def _list_cells(each: ListedMember) -> Sequence[str]:
    role = "" if each.member.role == _USUAL else _ROLES.get(each.member.role, "")
    return (each.person.address_name, work(each), place(each), role)


def place(each: ListedMember) -> str:
    """Return what somebody looks after as a cell begins: "Xã An Long, phường Bến Cát"."""
    return f"{each.area[:1].upper()}{each.area[1:]}"


def work(each: ListedMember) -> str:
    """Return somebody's post and organisation."""
    return ", ".join(part for part in (each.person.post.strip(), each.person.organisation.strip()) if part)


def by_level(
    dossier: NetworkDossier, columns: Sequence[Column], cells: Callable[[ListedMember], Sequence[str]]
) -> Table:
    """Return a table of the members under the titles of their levels, numbered through."""
    return Table(
        columns=tuple(columns),
        rows=tuple(_rows(dossier, columns, cells)) or tables.blank_rows(columns),
        for_handwriting=not dossier.members,
    )


def _rows(
    dossier: NetworkDossier, columns: Sequence[Column], cells: Callable[[ListedMember], Sequence[str]]
) -> Iterable[Row]:
    number = 0
    for numeral, (_, label, members) in zip(_NUMERALS, dossier.by_level, strict=False):
        title = f"{numeral}. {label} ({people(len(members))})"
        yield Row(cells=(title, *[""] * (len(columns) - 1)), bold=True, spans=True)
        for each in members:
            number += 1
            yield Row(cells=(str(number), *cells(each)))
