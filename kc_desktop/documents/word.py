"""Render a paper as a Word document: real styles, a table for the head, a page number field, sections for annexes."""

import io
import zipfile
from datetime import datetime
from typing import Any, Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.fonts import FontSet, font_set
from kc_desktop.documents.geometry import head_widths, signature_columns, text_area
from kc_desktop.documents.paper import (
    MOTTO,
    NATIONAL_NAME,
    SAMPLE_MARK,
    Annex,
    CitizenHead,
    Head,
    Orientation,
    Paper,
    Signatures,
    Signer,
    StateHead,
    Tell,
)
from kc_desktop.documents.plain import plain_text
from kc_desktop.documents.text_layout import break_balanced
from kc_desktop.documents.units import mm
from kc_desktop.documents.word_blocks import BlockWriter, keep_row_whole, make_table
from kc_desktop.documents.word_styles import new_document, set_up_section

FIXED_TIME: Final = datetime(2000, 1, 1)  # the same paper gives the same bytes
_WORD_2013: Final = "15"


def render_docx(paper: Paper, *, bundled_font: bool = False, tell: Tell | None = None) -> bytes:
    """Return the paper as .docx bytes, set in Times New Roman.

    `bundled_font` measures with Tinos even where Times New Roman is installed. `tell` hears after each paper of the
    file how many of how many are written; what it raises ends the work.

    Raises:
        KnownError: if the text holds a character the font cannot draw.
    """
    fonts = font_set(bundled_only=bundled_font)
    fonts.require(plain_text(paper))
    document = new_document(paper.language)
    _set_compatibility(document)
    _set_properties(document, paper)
    whole = (paper, *paper.followed_by)
    for done, each in enumerate(whole, start=1):
        if not each.is_annex:
            _write_paper(_new_section(document, each.orientation, is_first=done == 1), each, fonts)
        for place, annex in enumerate(each.annexes):
            is_first = each.is_annex and done == 1 and place == 0
            _write_annex(_new_section(document, annex.orientation, is_first=is_first), annex, fonts)
            if each.is_annex and each.is_sample:
                _add_sample_mark(document.sections[-1])
        if tell is not None:
            tell(done, len(whole))
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _new_section(document: Any, orientation: Orientation, *, is_first: bool) -> Any:
    from docx.enum.section import WD_SECTION

    section = document.sections[0] if is_first else document.add_section(WD_SECTION.NEW_PAGE)
    set_up_section(section, orientation)
    if is_first:
        _add_page_number(section.header)
    return document


def _write_paper(document: Any, paper: Paper, fonts: FontSet) -> None:
    width, _ = text_area(paper.orientation)
    writer = BlockWriter(document, fonts, width)
    if paper.is_sample:
        _add_sample_mark(document.sections[-1])
    _write_head(writer, paper.head)
    _write_title(writer, paper)
    _write_body(writer, paper.body, paper.signatures)


def _write_annex(document: Any, annex: Annex, fonts: FontSet) -> None:
    width, _ = text_area(annex.orientation)
    writer = BlockWriter(document, fonts, width)
    writer.styled(annex.word, styles.ANNEX_WORD)
    _, lines = writer.balanced(annex.title, styles.ANNEX_TITLE)
    if annex.reference:
        _, lines = writer.balanced(annex.reference, styles.ANNEX_REFERENCE)
    writer.short_rule(lines)
    writer.gap(d.BODY_START_GAP_PT - d.PARAGRAPH_GAP_PT)
    _write_body(writer, annex.body, annex.signatures)


def _write_body(writer: BlockWriter, body: Any, signatures: Signatures | None) -> None:
    writer.write(body, lines_kept_with_next=d.SIGNATURE_MIN_LINES if signatures else 0)
    if signatures is not None:
        _write_signatures(writer, signatures)


def _write_head(writer: BlockWriter, head: Head) -> None:
    if isinstance(head, CitizenHead):
        writer.styled(NATIONAL_NAME, styles.NATIONAL_NAME)
        _, lines = writer.balanced(MOTTO, styles.MOTTO)
        writer.rule(lines[0].width)
        if head.place_date:
            from docx.enum.text import WD_ALIGN_PARAGRAPH

            writer.styled(head.place_date, styles.PLACE_DATE).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return
    _write_state_head(writer, head)


def _write_state_head(writer: BlockWriter, head: StateHead) -> None:
    widths = head_widths(head, writer.fonts, writer.width)
    has_number_row = bool(head.number or head.subject)
    table = make_table(writer.container, 2 if has_number_row else 1, widths, writer.width, is_ruled=False)
    left, right = (
        BlockWriter(cell, writer.fonts, width) for cell, width in zip(table.rows[0].cells, widths, strict=True)
    )
    if head.parent:
        left.balanced(head.parent.upper(), styles.PARENT_BODY, widths[0] - d.HEAD_COLUMN_GAP_PT)
    _, lines = left.balanced(head.body.upper(), styles.ISSUING_BODY, widths[0] - d.HEAD_COLUMN_GAP_PT)
    left.short_rule(lines)
    right.styled(NATIONAL_NAME, styles.NATIONAL_NAME)
    _, lines = right.balanced(MOTTO, styles.MOTTO, widths[1])
    right.rule(lines[0].width)
    if has_number_row:
        left, right = (
            BlockWriter(cell, writer.fonts, width) for cell, width in zip(table.rows[1].cells, widths, strict=True)
        )
        left.balanced(head.number, styles.NUMBER, widths[0])
        if head.subject:
            left.balanced(head.subject, styles.LETTER_SUBJECT, widths[0] - d.HEAD_COLUMN_GAP_PT)
    if head.place_date:
        right.balanced(head.place_date, styles.PLACE_DATE, widths[1])
    _drop_first_paragraphs(table)


def _write_title(writer: BlockWriter, paper: Paper) -> None:
    if paper.title.kind:
        writer.balanced(paper.title.kind, styles.KIND)
    else:
        writer.gap(d.TITLE_GAP_PT)
    if paper.title.subject:
        _, lines = writer.balanced(paper.title.subject, styles.SUBJECT)
        writer.short_rule(lines)
    writer.gap(d.BODY_START_GAP_PT - d.PARAGRAPH_GAP_PT)
    if len(paper.addressees) == 1:
        writer.balanced(f"Kính gửi: {paper.addressees[0]}", styles.ADDRESSEE)
        writer.gap(d.PARAGRAPH_GAP_PT)
    elif paper.addressees:
        _write_addressees(writer, paper)
    for line in paper.basis_lines:
        writer.styled(line, styles.BASIS)


def _write_addressees(writer: BlockWriter, paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    word = writer.styled("Kính gửi:", styles.ADDRESSEE)
    word.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    word.paragraph_format.left_indent = Pt(writer.width / 4)
    indent = writer.width / 4 + writer.fonts.width("Kính gửi", "Regular", styles.ADDRESSEE.size_pt)
    for line in paper.addressee_lines:
        last = writer.styled(line, styles.ADDRESSEE)
        last.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        last.paragraph_format.left_indent = Pt(indent)
        last.paragraph_format.space_before = Pt(0)
    writer.gap(d.PARAGRAPH_GAP_PT)


def _write_signatures(writer: BlockWriter, signatures: Signatures) -> None:
    rows = signatures.rows
    for row in rows:
        writer.gap(d.SIGNATURE_GAP_PT)
        _write_signature_row(writer, signatures, row, is_last=row is rows[-1])
    writer.gap(1.0).paragraph_format.keep_with_next = False


def _write_signature_row(
    writer: BlockWriter, signatures: Signatures, row: tuple[Signer, ...], *, is_last: bool
) -> None:
    is_level = len(signatures.signers) == 1
    columns = signature_columns(len(row), len(signatures.signers), writer.width)
    table = make_table(writer.container, 1, [width for _, width in columns], writer.width, is_ruled=False)
    keep_row_whole(table.rows[0])
    cells = [
        BlockWriter(cell, writer.fonts, width) for cell, (_, width) in zip(table.rows[0].cells, columns, strict=True)
    ]
    if is_level:
        _write_recipients(
            cells[0], signatures, before=(styles.SIGNER_POST.size_pt - styles.RECIPIENTS_WORD.size_pt) * d.ASCENT
        )
    signer_cells = cells[-len(row) :]
    posts = [_post_lines(signer, cell) for signer, cell in zip(row, signer_cells, strict=True)]
    has_note = any(signer.note for signer in row)
    for signer, cell, lines in zip(row, signer_cells, posts, strict=True):
        lacking = (max(map(len, posts)) - len(lines)) * styles.SIGNER_POST.line_height_pt
        if has_note and not signer.note:
            lacking += styles.SIGNER_NOTE.line_height_pt
        _write_signer(cell, signer, lines, room=mm(d.SIGNATURE_ROOM_MM) + lacking, keep=not is_last)
    if is_last and not is_level:
        _write_recipients(cells[0], signatures, before=d.PARAGRAPH_GAP_PT)
    _drop_first_paragraphs(table)


def _post_lines(signer: Signer, cell: BlockWriter) -> list[str]:
    return [
        "".join(part for _, part in line.stretches)
        for text in signer.post
        for line in break_balanced(text, styles.SIGNER_POST, cell.fonts, cell.width)
    ]


def _write_signer(cell: BlockWriter, signer: Signer, post_lines: list[str], *, room: float, keep: bool) -> None:
    from docx.shared import Pt

    for line in post_lines:
        cell.styled(line, styles.SIGNER_POST)
    if signer.note:
        cell.styled(signer.note, styles.SIGNER_NOTE)
    cell.styled(signer.name, styles.SIGNER_NAME, keep=keep).paragraph_format.space_before = Pt(room)


def _write_recipients(cell: BlockWriter, signatures: Signatures, *, before: float) -> None:
    from docx.shared import Pt

    if not signatures.recipients:
        return
    cell.styled("Nơi nhận:", styles.RECIPIENTS_WORD).paragraph_format.space_before = Pt(before)
    for line in signatures.recipient_lines:
        cell.styled(line, styles.RECIPIENT)


def _drop_first_paragraphs(table: Any) -> None:
    """Remove the empty paragraph every new cell begins with, where something was written after it."""
    for row in table.rows:
        for cell in row.cells:
            if len(cell.paragraphs) > 1:
                first = cell.paragraphs[0]._p
                first.getparent().remove(first)


def _add_page_number(header: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = header.paragraphs[0]
    paragraph.style = styles.PAGE_NUMBER.name
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _add_sample_mark(section: Any) -> None:
    from docx.shared import RGBColor

    grey = round(255 * d.SAMPLE_MARK_GREY)
    for footer in (section.first_page_footer, section.footer):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = styles.SAMPLE_MARK.name
        paragraph.add_run(SAMPLE_MARK).font.color.rgb = RGBColor(grey, grey, grey)


def _set_compatibility(document: Any) -> None:
    """Open as a current document, and do not stretch a justified line that ends with a line break."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    settings = document.settings.element
    compat = settings.find(qn("w:compat"))  # python-docx's own template has it
    compat.remove(compat.find(qn("w:useFELayout")))
    compat.insert(0, OxmlElement("w:doNotExpandShiftReturn"))
    for setting in compat.findall(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_2013)


def _set_properties(document: Any, paper: Paper) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.subject = (
        paper.name[:255],
        paper.author[:255],
        paper.kind_words[:255],
    )
    properties.last_modified_by = paper.author[:255]
    properties.language = paper.language
    properties.comments = ""
    properties.revision = 1
    properties.created = properties.modified = FIXED_TIME


def _with_fixed_times(content: bytes) -> bytes:
    """Return the package with the same time on every part, so that it depends on the paper only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            fixed = zipfile.ZipInfo(info.filename, date_time=(2000, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(info))
    return buffer.getvalue()
