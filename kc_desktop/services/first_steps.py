"""What a new file needs before its first paper: the office, who signs, the plans of the year."""

from __future__ import annotations

from datetime import date

from kc_desktop.domain.office import Signer
from kc_desktop.domain.people import Person
from kc_desktop.domain.programme import SOURCES, AnnualPlan
from kc_desktop.domain.text import marked_key
from kc_desktop.errors import FieldError
from kc_desktop.services.workspace import Workspace

_STAFF = "staff"
"""The group of the directory for the office's own people."""


def signers_in_words(workspace: Workspace) -> tuple[str, ...]:
    """Return everyone who may sign, each with authority and post."""
    signers = workspace.all(Signer)
    people = workspace.many(Person, {each.person_id for each in signers})
    return tuple(
        f"{people[each.person_id].name} – {f'{each.authority} ' if each.authority else ''}{each.post}"
        for each in signers
        if each.person_id in people
    )


def add_signer(workspace: Workspace, *, name: str, post: str, authority: str = "", authority_post: str = "") -> Signer:
    """Add someone who signs, in the directory too unless somebody of this name and post is there; one step.

    The first signer of a file signs by default. Raises FieldError for a name or a post that is missing.
    """
    for field, value, label in (("name", name, "họ và tên"), ("post", post, "chức vụ")):
        if not value.strip():
            raise FieldError(field, f"Chưa ghi {label} người ký.", f"Ghi {label}, hoặc để trống cả hai ô để ghi sau.")
    is_first = not workspace.all(Signer)
    with workspace.change(f"Thêm người ký {name.strip()}"):
        known = next((each for each in workspace.all(Person) if _is(each, name, post)), None)
        person = known or workspace.save(
            Person(name=name.strip(), post=post.strip(), organisation=workspace.office.name, group_code=_STAFF)
        )
        return workspace.save(
            Signer(
                person_id=person.id,
                post=post.strip(),
                authority=authority,
                authority_post=authority_post.strip(),
                is_default=is_first,
            )
        )


def _is(person: Person, name: str, post: str) -> bool:
    return (marked_key(person.name), marked_key(person.post)) == (marked_key(name), marked_key(post))


def suggested_year(workspace: Workspace, today: date) -> int:
    """Return the year of the newest plan there is, else this one."""
    return max((each.year for each in workspace.all(AnnualPlan)), default=today.year)


def sources_without_plan(workspace: Workspace, year: int) -> tuple[tuple[str, str], ...]:
    """Return the sources, code and name, that have no plan in a year."""
    there = {each.source for each in workspace.children(AnnualPlan, year=year)}
    return tuple((code, name) for code, name in SOURCES if code not in there)


def open_plans(workspace: Workspace, year: int, sources: tuple[str, ...]) -> int:
    """Open the year's plan of these sources where there is none; one step. Return how many were opened.

    Raises KnownError for a year that cannot be.
    """
    wanted = [code for code, _name in sources_without_plan(workspace, year) if code in sources]
    if wanted:
        with workspace.change(f"Mở kế hoạch năm {year}"):
            for code in wanted:
                workspace.save(AnnualPlan(year=year, source=code))
    return len(wanted)
