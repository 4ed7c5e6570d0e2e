"""The paper of a payment list of thù lao: what it is made from, what it still lacks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

from kc_desktop.domain.fields import describe
from kc_desktop.domain.law import certainty_words
from kc_desktop.domain.network import RemunerationDossier, RemunerationLine, RemunerationList, RemunerationRule
from kc_desktop.domain.people import Person
from kc_desktop.services import disclosure, projects, remuneration
from kc_desktop.services.workspace import Workspace


def dossier(workspace: Workspace, _key: str, list_id: int) -> RemunerationDossier:
    """Return everything about a payment list; accounts are masked but for those just shown on purpose.

    Raises KnownError when the list is gone.
    """
    listed = workspace.get(RemunerationList, list_id)
    shown = disclosure.granted_accounts(workspace, list_id)
    lines = remuneration.lines_of(workspace, list_id)
    return RemunerationDossier(
        office=workspace.office,
        listed=listed,
        lines=tuple(dataclasses.replace(each, account=_account(each.person, shown)) for each in lines),
        citations=tuple(dict.fromkeys(each.citation for each in _rules(workspace, lines) if each.citation)),
        signer=projects.default_signer(workspace),
        is_sample=workspace.is_sample,
    )


def _account(person: Person, shown: frozenset[int]) -> str:
    number = person.bank_account
    if number and person.id not in shown:
        number = disclosure.masked(describe(Person).field("bank_account"), number)
    return "\n".join(part for part in (number, person.bank_name) if number and part)


def _rules(workspace: Workspace, lines: tuple[RemunerationLine, ...]) -> Iterator[RemunerationRule]:
    """Yield the rules the lines were counted by."""
    rules = workspace.all(RemunerationRule)
    spans = {(each.level, month) for each in lines for month in each.months}
    for level, month in sorted(spans, key=lambda each: each[1]):
        found = remuneration.rule_of(rules, level, date(int(month[:4]), int(month[5:]), 1))
        if found is not None:
            yield found


def dated(_key: str, given: RemunerationDossier) -> date | None:
    """Return the day the list was paid; None before that."""
    return given.listed.paid_on


def subject(_key: str, given: RemunerationDossier) -> str:
    """Return what the paper's file is named after: the list."""
    return given.listed.name


def problems(workspace: Workspace, _key: str, given: RemunerationDossier) -> tuple[str, ...]:
    """Return what the paper still lacks, in sentences that say the next step."""
    booked = remuneration.standing_entry(workspace, given.listed)
    found = () if booked else remuneration.refusals(workspace, given.listed.id)
    return (*found, *_lacking(workspace, given))


def _lacking(workspace: Workspace, given: RemunerationDossier) -> Iterator[str]:
    told = set()
    for rule in _rules(workspace, given.lines):
        level = remuneration.level_words(rule.level)
        if not rule.citation:
            told.add(f"Mức thù lao {level} chưa ghi căn cứ: ghi ở Danh mục, Quy định, mức và thời hạn.")
        elif certainty_words(rule):
            told.add(f"Mức thù lao {level} chưa kiểm chứng: đối chiếu ở Danh mục, Quy định, mức và thời hạn.")
    yield from sorted(told)
    if given.signer is None:
        yield "Chưa có người ký mặc định: đặt ở Danh mục, Thiết lập đơn vị."
