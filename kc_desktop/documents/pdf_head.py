"""The head, the title and the foot of a paper as boxes."""

from collections.abc import Sequence
from typing import Any, Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.fonts import FontSet
from kc_desktop.documents.geometry import head_widths, signature_columns, text_width
from kc_desktop.documents.pagination import Box
from kc_desktop.documents.paper import (
    MOTTO,
    NATIONAL_NAME,
    Align,
    CitizenHead,
    Head,
    Paper,
    Signatures,
    Signer,
    StateHead,
)
from kc_desktop.documents.pdf_boxes import balanced_boxes, gap_box, line_boxes, rule_box, short_rule, styled_boxes
from kc_desktop.documents.styles import TextStyle
from kc_desktop.documents.text_layout import Line, break_balanced, break_runs, draw_line, runs_of
from kc_desktop.documents.units import mm

_RECIPIENT_PAGE_SHARE: Final = 0.5  # a longer list of recipients runs on below the signature block


def head_boxes(head: Head, fonts: FontSet, width: float) -> list[Box]:
    """Return the head of a paper."""
    if isinstance(head, CitizenHead):
        return _citizen_head(head, fonts, width)
    return [_state_head(head, fonts, width)]


def title_boxes(paper: Paper, fonts: FontSet, width: float) -> list[Box]:
    """Return kind, subject and rule, then addressees and bases."""
    boxes = [gap_box(d.TITLE_GAP_PT), *balanced_boxes(paper.title.kind, styles.KIND, fonts, width)[0]]
    boxes[1].space_before = 0.0
    if paper.title.subject:
        subject, lines = balanced_boxes(paper.title.subject, styles.SUBJECT, fonts, width)
        boxes += [*subject, short_rule(lines, width)]
    boxes.append(gap_box(d.BODY_START_GAP_PT - d.PARAGRAPH_GAP_PT))
    boxes += _addressee_boxes(paper, fonts, width)
    for line in paper.basis_lines:
        boxes += styled_boxes(line, styles.BASIS, fonts, width)
    return boxes


def signature_boxes(signatures: Signatures, fonts: FontSet, width: float, page_height: float) -> list[Box]:
    """Return the signature block, and below it whatever part of a very long list of recipients it cannot hold."""
    block = _SignatureBlock(signatures, fonts, width, page_height)
    rest = line_boxes(block.overflow, styles.RECIPIENT, fonts, width, align=Align.LEFT)
    for box in rest:
        box.stays_with_next = False
    return [block.box(), *rest]


def _citizen_head(head: CitizenHead, fonts: FontSet, width: float) -> list[Box]:
    boxes = [*balanced_boxes(NATIONAL_NAME, styles.NATIONAL_NAME, fonts, width)[0]]
    boxes += balanced_boxes(MOTTO, styles.MOTTO, fonts, width)[0]
    boxes.append(rule_box(text_width(MOTTO, styles.MOTTO, fonts), width))
    if head.place_date:
        style = styles.PLACE_DATE
        lines = break_runs(runs_of(head.place_date, style), fonts, style.size_pt, width)
        boxes.append(gap_box(d.HEAD_GAP_PT))
        boxes += line_boxes(lines, style, fonts, width, align=Align.RIGHT, keep_with_next=True)
    return boxes


def _state_head(head: StateHead, fonts: FontSet, width: float) -> Box:
    left_width, right_width = head_widths(head, fonts, width)
    name_width = left_width - d.HEAD_COLUMN_GAP_PT
    left: list[Box] = []
    if head.parent:
        lines = break_balanced(head.parent.upper(), styles.PARENT_BODY, fonts, name_width)
        left += line_boxes(lines, styles.PARENT_BODY, fonts, left_width, align=Align.CENTER)
    lines = break_balanced(head.body.upper(), styles.ISSUING_BODY, fonts, name_width)
    left += line_boxes(lines, styles.ISSUING_BODY, fonts, left_width, align=Align.CENTER)
    left.append(short_rule(lines, left_width))
    right = _one_line(NATIONAL_NAME, styles.NATIONAL_NAME, fonts, right_width)
    right += _one_line(MOTTO, styles.MOTTO, fonts, right_width)
    right.append(rule_box(text_width(MOTTO, styles.MOTTO, fonts), right_width))
    names_height = max(_height(left), _height(right))
    number = _lines_in(head.number, styles.NUMBER, fonts, left_width)
    place_date = _lines_in(head.place_date, styles.PLACE_DATE, fonts, right_width)
    gap = d.HEAD_GAP_PT if number or place_date else 0.0
    date_top = (names_height if number else _height(right)) + gap  # level with the number, when there is one

    def draw(canvas: Any, x: float, top: float) -> None:
        _draw_stack(canvas, left, x, top)
        _draw_stack(canvas, right, x + left_width, top)
        _draw_stack(canvas, number, x, top - names_height - gap)
        _draw_stack(canvas, place_date, x + left_width, top - date_top)

    height = max(names_height + gap + _height(number), date_top + _height(place_date))
    return Box(height=height, draw=draw, stays_with_next=True)


def _one_line(text: str, style: TextStyle, fonts: FontSet, width: float) -> list[Box]:
    lines = break_runs(runs_of(text, style), fonts, style.size_pt, width)
    return line_boxes(lines, style, fonts, width, align=Align.CENTER)


def _lines_in(text: str, style: TextStyle, fonts: FontSet, width: float) -> list[Box]:
    if not text:
        return []
    return line_boxes(break_balanced(text, style, fonts, width), style, fonts, width, align=Align.CENTER)


def _height(boxes: Sequence[Box]) -> float:
    return sum(box.height for box in boxes)


def _draw_stack(canvas: Any, boxes: Sequence[Box], left: float, top: float) -> None:
    for box in boxes:
        box.draw(canvas, left, top)
        top -= box.height


def _addressee_boxes(paper: Paper, fonts: FontSet, width: float) -> list[Box]:
    style = styles.ADDRESSEE
    if not paper.addressees:
        return []
    if len(paper.addressees) == 1:
        boxes = balanced_boxes(f"Kính gửi: {paper.addressees[0]}", style, fonts, width)[0]
    else:
        indent = width / 4
        word = text_width("Kính gửi", style, fonts)
        boxes = styled_boxes("Kính gửi:", style, fonts, 2 * indent + word)
        for text in paper.addressee_lines:
            lines = break_runs(runs_of(text, style), fonts, style.size_pt, width - indent - word)
            for line in lines:
                line.indent = indent + word
            boxes += line_boxes(lines, style, fonts, width, align=Align.LEFT, keep_with_next=True)
    for box in boxes[1:]:
        box.space_before = 0.0
    return [*boxes, gap_box(d.PARAGRAPH_GAP_PT)]


class _SignatureBlock:
    """Columns of signers and the recipients, laid out to one height."""

    def __init__(self, signatures: Signatures, fonts: FontSet, width: float, page_height: float) -> None:
        self._fonts = fonts
        self._level = len(signatures.signers) == 1
        self._columns = signature_columns(len(signatures.signers), width)
        self._posts = [
            self._post_lines(signer, column[1])
            for signer, column in zip(signatures.signers, self._columns[-len(signatures.signers) :], strict=True)
        ]
        self._signers = signatures.signers
        self._note_room = max((self._note_height(signer) for signer in self._signers), default=0.0)
        recipients = self._recipients(signatures)
        can_hold = int(page_height * _RECIPIENT_PAGE_SHARE / styles.RECIPIENT.line_height_pt)
        self._recipient_lines, self.overflow = recipients[:can_hold], recipients[can_hold:]

    def box(self) -> Box:
        post = styles.SIGNER_POST
        posts_height = max((len(lines) for lines in self._posts), default=0) * post.line_height_pt
        name_top = posts_height + self._note_room + mm(d.SIGNATURE_ROOM_MM)
        signers_height = name_top + styles.SIGNER_NAME.line_height_pt
        recipients_height = self._recipients_height()
        level_shift = (post.size_pt - styles.RECIPIENTS_WORD.size_pt) * d.ASCENT
        recipients_top = level_shift if self._level else signers_height + d.PARAGRAPH_GAP_PT
        height = max(signers_height, recipients_top + recipients_height if recipients_height else 0.0)

        def draw(canvas: Any, left: float, top: float) -> None:
            if self._level:
                self._draw_recipients(canvas, left, top - recipients_top)
            columns = self._columns[-len(self._signers) :]
            for place, (signer, (offset, width)) in enumerate(zip(self._signers, columns, strict=True)):
                self._draw_signer(canvas, place, signer, left + offset, width, top, posts_height, name_top)
                if place == 0 and not self._level:
                    self._draw_recipients(canvas, left, top - recipients_top)

        return Box(height=height, draw=draw, space_before=d.SIGNATURE_GAP_PT)

    def _post_lines(self, signer: Signer, width: float) -> list[Line]:
        style = styles.SIGNER_POST
        return [line for text in signer.post for line in break_balanced(text, style, self._fonts, width)]

    def _note_height(self, signer: Signer) -> float:
        return styles.SIGNER_NOTE.line_height_pt if signer.note else 0.0

    def _recipients(self, signatures: Signatures) -> list[Line]:
        style = styles.RECIPIENT
        width = self._columns[0][1]
        return [
            line
            for text in signatures.recipient_lines
            for line in break_runs(runs_of(text, style), self._fonts, style.size_pt, width)
        ]

    def _recipients_height(self) -> float:
        if not self._recipient_lines:
            return 0.0
        lines = len(self._recipient_lines) * styles.RECIPIENT.line_height_pt
        return styles.RECIPIENTS_WORD.line_height_pt + lines

    def _draw_recipients(self, canvas: Any, left: float, top: float) -> None:
        if not self._recipient_lines:
            return
        word, style = styles.RECIPIENTS_WORD, styles.RECIPIENT
        width = self._columns[0][1]
        for line in break_runs(runs_of("Nơi nhận:", word), self._fonts, word.size_pt, width):
            draw_line(canvas, line, self._fonts, word.size_pt, left, top, width, Align.LEFT)
        top -= word.line_height_pt
        for line in self._recipient_lines:
            draw_line(canvas, line, self._fonts, style.size_pt, left, top, width, Align.LEFT)
            top -= style.line_height_pt

    def _draw_signer(
        self,
        canvas: Any,
        place: int,
        signer: Signer,
        left: float,
        width: float,
        top: float,
        posts_height: float,
        name_top: float,
    ) -> None:
        post, note, name = styles.SIGNER_POST, styles.SIGNER_NOTE, styles.SIGNER_NAME
        for number, line in enumerate(self._posts[place]):
            line_top = top - number * post.line_height_pt
            draw_line(canvas, line, self._fonts, post.size_pt, left, line_top, width, Align.CENTER)
        if signer.note:
            for line in break_runs(runs_of(signer.note, note), self._fonts, note.size_pt, width):
                draw_line(canvas, line, self._fonts, note.size_pt, left, top - posts_height, width, Align.CENTER)
        if signer.name:
            for line in break_runs(runs_of(signer.name, name), self._fonts, name.size_pt, width)[:1]:
                draw_line(canvas, line, self._fonts, name.size_pt, left, top - name_top, width, Align.CENTER)
