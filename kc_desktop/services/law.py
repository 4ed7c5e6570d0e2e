"""Law as dated rows: put into each data file once, then the office's own to change; read by the day that matters."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from kc_desktop.domain.council import MeetingTemplate, Phrase
from kc_desktop.domain.fields import Field, Kind, Value, describe
from kc_desktop.domain.law import (
    AdvanceRate,
    BaseSalary,
    BodyName,
    Dated,
    DeadlineRule,
    DossierRule,
    LegalBasis,
    LegalFigure,
    Norm,
    PaperBasis,
    ReportingGroup,
    certainty_words,
    holds_on,
)
from kc_desktop.domain.law import in_force as row_in_force
from kc_desktop.domain.people import AdminUnit
from kc_desktop.services.workspace import LAW_SETTING, LAW_VERSION, Workspace
from kc_desktop.storage import law as law_rows
from kc_desktop.storage import settings

__all__ = [
    "Citation",
    "base_salary",
    "bases_for",
    "basis_lines",
    "basis_problems",
    "body_name",
    "certainty_words",
    "citations",
    "cite",
    "citing_kinds",
    "figure",
    "in_force",
    "install",
    "shipped",
]

D = TypeVar("D", bound=Dated)

_FILES: tuple[tuple[type[Any], str, tuple[str, ...]], ...] = (
    (AdminUnit, "provinces", ("code", "valid_from")),
    (Norm, "norms", ("code", "valid_from", "scope")),
    (AdvanceRate, "advance-rates", ("code", "valid_from", "scope")),
    (LegalFigure, "legal-figures", ("code", "valid_from", "scope")),
    (BaseSalary, "base-salaries", ("valid_from",)),
    (DeadlineRule, "deadlines", ("code", "valid_from", "scope")),
    (LegalBasis, "legal-bases", ("code", "valid_from")),
    (BodyName, "body-names", ("code", "name", "valid_from")),
    (ReportingGroup, "reporting-groups", ("code",)),
    (DossierRule, "dossier-rules", ("code", "valid_from", "scope")),
    (MeetingTemplate, "meeting-templates", ("name",)),
    (Phrase, "phrases", ("name",)),
)
"""Each kind of row with its file in `resources/law` and what tells one row from another."""
_OF_THE_OFFICE = frozenset({MeetingTemplate, Phrase})
"""What is no law but brought in the same way: its files lie in `resources/office`."""
_CITED = "paper-bases"
"""Which kind of paper cites which basis; the file names the basis by its code."""
_LABEL = "Nạp quy định, mức, thời hạn và đơn vị hành chính"


# --- what the program brings ---


def shipped(cls: type[Any]) -> tuple[Any, ...]:
    """Return the rows of one kind that the program brings, without ids; () for a kind it brings none of."""
    return _shipped().get(cls, ())


@cache
def _shipped() -> dict[type[Any], tuple[Any, ...]]:
    return {
        cls: tuple(_record(cls, told) for told in read(name, "office" if cls in _OF_THE_OFFICE else "law"))
        for cls, name, _key in _FILES
    }


def _record(cls: type[Any], told: dict[str, Any]) -> Any:
    described = describe(cls)
    return cls(**{name: _value(described.field(name), value) for name, value in told.items()})


def read(name: str, folder: str = "law") -> list[dict[str, Any]]:
    """Return the rows of a file in `resources/law`, or in another folder; [] where there is no such file."""
    file = resources.files("resources").joinpath(folder, f"{name}.json")
    if not file.is_file():
        return []
    told = json.loads(file.read_text("utf-8"))
    rows: list[dict[str, Any]] = told["rows"] if isinstance(told, dict) else told
    return rows


def _value(spec: Field, told: Any) -> Value:
    if spec.kind is Kind.DATE and told is not None:
        return date.fromisoformat(told)
    if spec.kind is Kind.DECIMAL and told is not None:
        return Decimal(told)
    value: Value = told
    return value


@cache
def _batches() -> tuple[tuple[type[Any], law_rows.Batch], ...]:
    """Return all rows ready to be inserted into a new file; prepared once, for new files are made by the thousand."""
    return tuple((cls, law_rows.batch(rows)) for cls, rows in _shipped().items() if rows)


def install(workspace: Workspace) -> bool:
    """Bring the rows of law into a file that has not had those of this version; one step no undo takes away.

    What the office changed or deleted stays as it is; what it never touched follows the program. Returns whether
    anything was done. Raises KnownError where the file cannot be written.
    """
    if workspace.is_read_only or _version_of(workspace) >= LAW_VERSION:
        return False
    with workspace.change(_LABEL, is_start=True), workspace.reading() as connection:
        for cls, all_rows in _batches():
            table = describe(cls).table
            if not law_rows.has_ever_held(connection, table):
                law_rows.insert(connection, all_rows)
            else:
                _complete(workspace, cls)
        _cite(workspace)
        settings.put(connection, LAW_SETTING, str(LAW_VERSION))
    return True


def _version_of(workspace: Workspace) -> int:
    kept = workspace.setting(LAW_SETTING)
    return int(kept) if kept.isdecimal() else 0


def _complete(workspace: Workspace, cls: type[Any]) -> None:
    """Add the rows a table never held, and bring those up to date that only the program has written."""
    from kc_desktop.storage import records

    table = describe(cls).table
    names = next(key for each, _name, key in _FILES if each is cls)
    with workspace.reading() as connection:
        known = law_rows.keys_ever_held(connection, table, names)
        untouched = law_rows.untouched(connection, table, names)
        for row in shipped(cls):
            key = law_rows.key_of(row, names)
            if key in untouched:
                records.update(connection, dataclasses.replace(row, id=untouched[key]))
            elif key not in known:
                records.insert(connection, row)


def _cite(workspace: Workspace) -> None:
    names = ("kind", "legal_basis_id")
    with workspace.reading() as connection:
        ids = law_rows.ids_by_code(connection, "legal_basis")
        known = law_rows.keys_ever_held(connection, "paper_basis", names)
        rows = [
            PaperBasis(kind=told["kind"], ordinal=told["ordinal"], legal_basis_id=ids[told["legal_basis"]])
            for told in read(_CITED)
            if told["legal_basis"] in ids
        ]
        new = [each for each in rows if law_rows.key_of(each, names) not in known]
        if new:
            law_rows.insert(connection, law_rows.batch(new))


# --- what holds on a day ---


def in_force(workspace: Workspace, cls: type[D], code: str, on: date, scope: str = "") -> D | None:
    """Return the row of a code in force on a day for a source of money (KCDP, KCQG); None when there is none."""
    rows: tuple[Any, ...] = workspace.all(cls)
    found: D | None = row_in_force(rows, code, on, scope)
    return found


def figure(workspace: Workspace, code: str, on: date, scope: str = "") -> LegalFigure | None:
    """Return a single figure of the law on a day: "advance-cap", "management-agency", …; None when there is none."""
    return in_force(workspace, LegalFigure, code, on, scope)


def base_salary(workspace: Workspace, on: date) -> BaseSalary | None:
    """Return the base salary of a day; None before the first one known."""
    begun = (each for each in workspace.all(BaseSalary) if each.valid_from is not None and each.valid_from <= on)
    return max(begun, key=lambda each: each.valid_from or date.min, default=None)


def body_name(workspace: Workspace, code: str, on: date) -> BodyName | None:
    """Return how a body is called on a day ("central-agency"); None when no name is known."""
    return in_force(workspace, BodyName, code, on)


# --- the bases a paper cites ---


def bases_for(workspace: Workspace, kind: str, on: date, source: str = "") -> tuple[LegalBasis, ...]:
    """Return the bases a kind of paper cites on a day, in the office's order.

    What was not in force yet is left out, and so is what its replacement, cited as well, has followed. An expired
    one without that stays, for the office chose it; `basis_problems` warns.
    """
    kinds = {kind, f"{kind}/{source}"} if source else {kind}
    chosen = sorted((each for each in workspace.all(PaperBasis) if each.kind in kinds), key=lambda each: each.ordinal)
    by_id = workspace.many(LegalBasis, {each.legal_basis_id for each in chosen})
    cited = [by_id[each.legal_basis_id] for each in chosen if each.legal_basis_id in by_id]
    begun = [each for each in cited if each.valid_from is None or each.valid_from <= on]
    standing = {each.code for each in begun if holds_on(each, on)}
    return tuple(each for each in begun if holds_on(each, on) or each.replaced_by not in standing)


def basis_lines(bases: tuple[LegalBasis, ...]) -> tuple[str, ...]:
    """Return the lines a paper prints, without their last sign: NĐ 30/2020, Phụ lục I, Mục II, khoản 6."""
    return tuple(each.full_text.strip().rstrip(";.").rstrip() for each in bases)


def basis_problems(bases: tuple[LegalBasis, ...], on: date) -> tuple[str, ...]:
    """Return, in sentences, which cited bases are out of force on the paper's day or not verified."""
    return tuple(_basis_problems(bases, on))


def _basis_problems(bases: tuple[LegalBasis, ...], on: date) -> Iterator[str]:
    for each in bases:
        if each.valid_to is not None and each.valid_to < on:
            ended = date.fromordinal(each.valid_to.toordinal() + 1)
            instead = f", thay thế bởi {each.replaced_by}" if each.replaced_by else ""
            yield (
                f"Căn cứ {each.code} hết hiệu lực từ {ended:%d/%m/%Y}{instead}: sửa ở Danh mục, Quy định, mức và "
                "thời hạn."
            )
        if certainty_words(each):
            yield f"Căn cứ {each.code} chưa kiểm chứng: đối chiếu với văn bản gốc trước khi phát hành."


# --- which papers cite a basis ---


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """That a kind of paper cites a basis: for which source ("" for all), at which place among its bases."""

    kind: str
    source: str = ""
    ordinal: int = 0


def citing_kinds(workspace: Workspace) -> tuple[str, ...]:
    """Return the kinds of paper that cite bases, in the order the program brings them."""
    brought = [str(told["kind"]) for told in read(_CITED)]
    kept = [each.kind for each in workspace.all(PaperBasis)]
    return tuple(dict.fromkeys(each.partition("/")[0] for each in (*brought, *kept)))


def citations(workspace: Workspace, basis_id: int) -> dict[str, Citation]:
    """Return which kinds of paper cite a basis, by kind."""
    found = {}
    for each in workspace.children(PaperBasis, legal_basis_id=basis_id):
        kind, _, source = each.kind.partition("/")
        found[kind] = Citation(kind=kind, source=source, ordinal=each.ordinal)
    return found


def cite(workspace: Workspace, basis_id: int, kind: str, citation: Citation | None) -> None:
    """Let a kind of paper cite a basis, or no longer (None). Raises KnownError where the file cannot be written."""
    rows = [
        each for each in workspace.children(PaperBasis, legal_basis_id=basis_id) if each.kind.partition("/")[0] == kind
    ]
    for each in rows[1:] if citation else rows:
        workspace.delete(PaperBasis, each.id, f"Bỏ {_CITING_WORDS}")
    if citation is None:
        return
    row = PaperBasis(
        id=rows[0].id if rows else 0,
        kind=f"{kind}/{citation.source}" if citation.source else kind,
        ordinal=citation.ordinal,
        legal_basis_id=basis_id,
    )
    if not rows or row != rows[0]:
        workspace.save(row, f"Ghi {_CITING_WORDS}")


_CITING_WORDS = "căn cứ của giấy tờ"
