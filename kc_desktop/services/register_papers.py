"""The register of a year on paper: what it is made from, what it still lacks. The record's id is the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kc_desktop.domain.paper import RegisterDossier
from kc_desktop.errors import KnownError
from kc_desktop.services import register
from kc_desktop.services.validation import FIRST_YEAR, LAST_YEAR
from kc_desktop.services.workspace import Workspace
from kc_desktop.storage import register as stored


def records(workspace: Workspace) -> tuple[tuple[int, str], ...]:
    """Return the years a register can be printed of, the newest last: those with rows, else this year."""
    with workspace.reading() as connection:
        found = stored.years(connection)
    return tuple((year, f"năm {year}") for year in sorted(found or (date.today().year,)))


def dossier(workspace: Workspace, _key: str, year: int) -> RegisterDossier:
    """Return the register of a year. Raises KnownError for a number that is no year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise KnownError(f"Không có sổ văn bản đi năm {year}.", f"Ghi năm bốn chữ số, ví dụ {date.today().year}.")
    return register.dossier(workspace, year)


def dated(_key: str, _given: RegisterDossier) -> date | None:
    """Return None: the register bears the day it is printed."""
    return None


def subject(_key: str, given: RegisterDossier) -> str:
    """Return what the paper's file is named after: the year."""
    return f"năm {given.year}"


def problems(workspace: Workspace, _key: str, given: RegisterDossier) -> Iterator[str]:
    """Say what the register still lacks: no rows, numbers missing or standing twice, numbers kept and not used."""
    if not given.papers:
        yield f"Sổ năm {given.year} chưa có văn bản nào: in ra sổ trống để ghi tay."
    for each in register.state_of(workspace, given.year):
        if each.gaps or each.duplicates:
            yield f"Dãy {each.words}: kiểm tra ở Danh mục, Sổ văn bản đi."
    kept = sum(1 for each in given.papers if each.state == "reserved")
    if kept:
        yield f"{kept} số đang giữ chưa dùng: ban hành hoặc hủy số ở Danh mục, Sổ văn bản đi."
