"""The head, the title and the foot of a paper as boxes."""

import itertools
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
from kc_desktop.documents.text_layout import Line, break_balanced, break_runs, runs_of
from kc_desktop.documents.units import mm

_RECIPIENT_PAGE_SHARE: Final = 0.5  # a longer list of recipients runs on below the signature block
_SIGNATURE_PAGE_SHARE: Final = 0.8  # more rows of signers than this go on over the page


def head_boxes(head: Head, fonts: FontSet, width: float) -> list[Box]:
    """Return the head of a paper."""
    if isinstance(head, CitizenHead):
        return _citizen_head(head, fonts, width)
    return [_state_head(head, fonts, width)]


def title_boxes(paper: Paper, fonts: FontSet, width: float) -> list[Box]:
    """Return kind, subject and rule, then addressees and bases."""
    boxes = [gap_box(d.TITLE_GAP_PT)]
    if paper.title.kind:
        boxes += balanced_boxes(paper.title.kind, styles.KIND, fonts, width)[0]
        boxes[1].space_before = 0.0
    if paper.title.subject:
        subject, lines = balanced_boxes(paper.title.subject, styles.SUBJECT, fonts, width)
        boxes += [*subject, short_rule(lines, width)]
    boxes.append(gap_box(d.BODY_START_GAP_PT - d.PARAGRAPH_GAP_PT))
    boxes += _addressee_boxes(paper, fonts, width)
    for line in paper.basis_lines:
        boxes += styled_boxes(line, styles.BASIS, fonts, width)
    return boxes


def signature_boxes(
    signatures: Signatures, fonts: FontSet, width: float, page_height: float
) -> tuple[list[Box], list[Box]]:
    """Return the rows of the signature block, and what of a very long list of recipients runs on below them.

    Rows stay together as long as a page can hold them with the content above.
    """
    style = styles.RECIPIENT
    rows = signatures.rows
    column = signature_columns(len(rows[-1]), len(signatures.signers), width)[0][1]
    lines = [
        line
        for text in signatures.recipient_lines
        for line in break_runs(runs_of(text, style), fonts, style.size_pt, column)
    ]
    can_hold = int(page_height * _RECIPIENT_PAGE_SHARE / style.line_height_pt)
    rest = line_boxes(lines[can_hold:], style, fonts, width, align=Align.LEFT)
    boxes = [_signature_box(signatures, row, lines[:can_hold] if row is rows[-1] else [], fonts, width) for row in rows]
    used = boxes[0].height
    for box, below in itertools.pairwise(boxes):
        used += below.space_before + below.height
        box.stays_with_next = used <= page_height * _SIGNATURE_PAGE_SHARE
    return boxes, rest


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
    if head.subject:
        number.append(Box(height=d.LETTER_SUBJECT_GAP_PT, draw=_draw_nothing))
        lines = break_balanced(head.subject, styles.LETTER_SUBJECT, fonts, name_width)
        number += line_boxes(lines, styles.LETTER_SUBJECT, fonts, left_width, align=Align.CENTER)
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


def _signature_box(
    signatures: Signatures, row: Sequence[Signer], recipients: Sequence[Line], fonts: FontSet, width: float
) -> Box:
    """Return signers side by side, their names level, and the recipients left of one or under the first of several."""
    columns = signature_columns(len(row), len(signatures.signers), width)
    is_level = len(signatures.signers) == 1
    stacks = _signer_stacks(row, columns[-len(row) :], fonts)
    signers_height = max((_height(stack) for stack in stacks), default=0.0)
    recipient_stack = _recipient_stack(recipients, fonts, columns[0][1])
    shift = (styles.SIGNER_POST.size_pt - styles.RECIPIENTS_WORD.size_pt) * d.ASCENT  # one baseline for two sizes
    recipients_top = shift if is_level else signers_height + d.PARAGRAPH_GAP_PT
    recipients_foot = recipients_top + _height(recipient_stack) if recipient_stack else 0.0

    def draw(canvas: Any, left: float, top: float) -> None:
        if is_level:
            _draw_stack(canvas, recipient_stack, left, top - recipients_top)
        for place, (stack, (offset, _)) in enumerate(zip(stacks, columns[-len(stacks) :], strict=True)):
            _draw_stack(canvas, stack, left + offset, top)
            if place == 0 and not is_level:
                _draw_stack(canvas, recipient_stack, left, top - recipients_top)

    return Box(height=max(signers_height, recipients_foot), draw=draw, space_before=d.SIGNATURE_GAP_PT)


def _signer_stacks(
    signers: Sequence[Signer], columns: Sequence[tuple[float, float]], fonts: FontSet
) -> list[list[Box]]:
    """Return post, note, room to sign and name of each signer, padded so that all names stand on one line."""
    tops: list[list[Box]] = []
    for signer, (_, width) in zip(signers, columns, strict=True):
        post, note = styles.SIGNER_POST, styles.SIGNER_NOTE
        lines = [line for text in signer.post for line in break_balanced(text, post, fonts, width)]
        stack = line_boxes(lines, post, fonts, width, align=Align.CENTER)
        if signer.note:
            lines = break_runs(runs_of(signer.note, note), fonts, note.size_pt, width)
            stack += line_boxes(lines, note, fonts, width, align=Align.CENTER)
        tops.append(stack)
    name_top = max((_height(stack) for stack in tops), default=0.0) + mm(d.SIGNATURE_ROOM_MM)
    stacks: list[list[Box]] = []
    for signer, stack, (_, width) in zip(signers, tops, columns, strict=True):
        lines = break_balanced(signer.name, styles.SIGNER_NAME, fonts, width) if signer.name else []
        names = line_boxes(lines, styles.SIGNER_NAME, fonts, width, align=Align.CENTER)
        room = Box(height=name_top - _height(stack), draw=_draw_nothing)
        stacks.append([*stack, room, *(names or [Box(height=styles.SIGNER_NAME.line_height_pt, draw=_draw_nothing)])])
    return stacks


def _recipient_stack(recipients: Sequence[Line], fonts: FontSet, width: float) -> list[Box]:
    if not recipients:
        return []
    word = styles.RECIPIENTS_WORD
    title = break_runs(runs_of("Nơi nhận:", word), fonts, word.size_pt, width)
    return [
        *line_boxes(title, word, fonts, width, align=Align.LEFT),
        *line_boxes(recipients, styles.RECIPIENT, fonts, width, align=Align.LEFT),
    ]


def _draw_nothing(_canvas: Any, _left: float, _top: float) -> None:
    return
