"""The words of a paper without its form: what both renderings must hold, in reading order."""

from collections.abc import Iterable, Iterator

from kc_desktop.documents.paper import (
    MOTTO,
    NATIONAL_NAME,
    Block,
    Bullets,
    Head,
    Heading,
    Paper,
    Paragraph,
    Signatures,
    StateHead,
    Table,
)


def plain_text(paper: Paper) -> str:
    """Return the words of a paper line by line in reading order, as both renderings hold them.

    Dotted lines, page numbers, the sample mark and charts are left out.
    """
    lines: list[str] = [] if paper.is_annex else list(_head_lines(paper.head))
    lines += [] if paper.is_annex else [paper.title.kind, paper.title.subject]
    if paper.addressees:
        lines += _addressee_text(paper)
    lines += paper.basis_lines
    lines += _body_lines(paper.body)
    lines += _signature_lines(paper.signatures)
    for annex in paper.annexes:
        lines += [annex.word, annex.title, annex.reference, *_body_lines(annex.body)]
        lines += _signature_lines(annex.signatures)
    lines += [plain_text(each) for each in paper.followed_by]
    return "\n".join(line for line in lines if line.strip())


def _addressee_text(paper: Paper) -> list[str]:
    if len(paper.addressees) == 1:
        return [f"Kính gửi: {paper.addressees[0]}"]
    return ["Kính gửi:", *paper.addressee_lines]


def _head_lines(head: Head) -> Iterator[str]:
    if isinstance(head, StateHead):
        names = (head.parent.upper(), head.body.upper(), NATIONAL_NAME, MOTTO)
        yield from (*names, head.number, head.subject, head.place_date)
    else:
        yield from (NATIONAL_NAME, MOTTO, head.place_date)


def _body_lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield "".join(run.text for run in block.runs)
        elif isinstance(block, Heading):
            yield from block.lines
        elif isinstance(block, Bullets):
            yield from (f"- {item}" for item in block.items)
        elif isinstance(block, Table):
            yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[str]:
    yield table.unit_note
    yield from table.header_lines
    for row in table.rows:
        yield from row.cells


def _signature_lines(signatures: Signatures | None) -> Iterator[str]:
    if signatures is None:
        return
    recipients = ("Nơi nhận:", *signatures.recipient_lines) if signatures.recipients else ()
    level = len(signatures.signers) == 1
    if level:
        yield from recipients
    for number, row in enumerate(signatures.rows, start=1):
        for place, signer in enumerate(row):
            yield from (*signer.post, signer.note, signer.name)
            if place == 0 and number == len(signatures.rows) and not level:
                yield from recipients
