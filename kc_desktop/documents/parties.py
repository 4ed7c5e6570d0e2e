"""Who comes together to sign a paper: the parties, the lines that name their people, and the grid of signatures.

Which parties accept a project is the practice of the local centres: the Sở, the local offices and committees that work
with it, the centre, the beneficiary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kc_desktop.documents.paper import DOTS, Block, Heading, HeadingLevel, Signer, clean_line, or_dots, para
from kc_desktop.domain.project_dossier import Beneficiary, ProjectDossier

_COMMITTEE: Final = "Ủy ban nhân dân"
_ANY_COMMUNE: Final = f"xã, phường {DOTS}"
_DEPUTY: Final = "phó "
_PEOPLE_LINES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A body that signs, with the person who stands for it where one is known."""

    body: str
    person: str = ""
    honorific_name: str = ""
    post: str = ""
    address: str = ""
    tax_code: str = ""

    @property
    def signer(self) -> Signer:
        """Return its place in the grid of signatures."""
        return Signer(post=("Đại diện", self.body), name=self.person)


def office_party(dossier: ProjectDossier) -> Party:
    """Return the office, with who signs its papers."""
    office, signer = dossier.office, dossier.signer
    name = signer.name if signer else ""
    return Party(
        body=or_dots(office.name),
        person=name,
        honorific_name=name,
        post=signer.post if signer else "",
        address=office.address,
        tax_code=office.tax_code,
    )


def beneficiary_party(beneficiary: Beneficiary | None) -> Party:
    """Return a beneficiary, with its representative."""
    if beneficiary is None:
        return Party(body=f"đơn vị thụ hưởng {DOTS}")
    representative, establishment = beneficiary.representative, beneficiary.establishment
    return Party(
        body=establishment.name,
        person=representative.name if representative else "",
        honorific_name=representative.address_name if representative else "",
        post=establishment.representative_post,
        address=establishment.address,
        tax_code=establishment.tax_code,
    )


def accepting_parties(dossier: ProjectDossier, beneficiary: Beneficiary | None) -> tuple[Party, ...]:
    """Return who accepts the work at one place: the Sở, the partners, the local committee, the office, who benefits."""
    partners = [clean_line(line) for line in dossier.project.partners.splitlines() if line.strip()]
    if not any(_COMMITTEE.casefold() in partner.casefold() for partner in partners):
        commune = beneficiary.commune if beneficiary else ""
        partners.append(f"{_COMMITTEE} {commune or _ANY_COMMUNE}")
    return (
        Party(body=or_dots(dossier.office.parent_name)),
        *[Party(body=partner) for partner in partners],
        office_party(dossier),
        beneficiary_party(beneficiary),
    )


def party_blocks(parties: Sequence[Party]) -> Iterable[Block]:
    """Yield the parties, numbered, each with lines for its people."""
    for number, party in enumerate(parties, start=1):
        yield Heading(level=HeadingLevel.CLAUSE, number=str(number), title=f"Đại diện {party.body}")
        if party.honorific_name:
            yield para(f"- {person_line(party.honorific_name, party.post)}")
        for _ in range(_PEOPLE_LINES - 1 if party.honorific_name else _PEOPLE_LINES):
            yield para(f"- {person_line('', '')}")


def person_line(name: str, post: str) -> str:
    """Return "Ông (bà): … Chức vụ: …", with dots for what is not known."""
    is_addressed = name.split(" ")[0] in ("Ông", "Bà")
    said = name if is_addressed else f"Ông (bà): {name or DOTS * 3}"
    return f"{said}; chức vụ: {post_in_text(post) or DOTS * 2}"


def post_in_text(post: str) -> str:
    """Return a post as the text writes it: "Phó Giám đốc" for the "PHÓ GIÁM ĐỐC" of a signature."""
    stripped = post.strip()
    if not stripped.isupper():
        return stripped
    lowered = stripped.lower()
    if lowered.startswith(_DEPUTY):
        return f"{_DEPUTY.capitalize()}{lowered.removeprefix(_DEPUTY).capitalize()}"
    return lowered.capitalize()
