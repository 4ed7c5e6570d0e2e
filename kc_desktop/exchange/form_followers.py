"""What of a workbook follows when rows come into its sheets, besides the cells: and what does not, by its name."""

from __future__ import annotations

import re
from typing import Final
from xml.dom import minidom

from kc_desktop.exchange.form_formulas import Books, Moves, moved, split_area
from kc_desktop.exchange.form_parts import Package, children, elements, made_like, root_of, set_text, text_of

DONE: Final = "kc-done"
"""Marks an area that stands in its new place already; taken away before the sheet is written."""

_AREAS: Final = {
    "mergeCell": "ref",
    "autoFilter": "ref",
    "sortState": "ref",
    "sortCondition": "ref",
    "conditionalFormatting": "sqref",
    "dataValidation": "sqref",
    "hyperlink": "ref",
    "ignoredError": "sqref",
    "protectedRange": "sqref",
    "selection": "sqref",
}
"""Elements of a sheet that name areas, and in which attribute."""
_ONE_ROW_STAYS: Final = frozenset({"mergeCell", "hyperlink", "selection"})
"""What of one row stays of one row: it was drawn for that row, not for the column."""
_FORMULAS: Final = frozenset({"formula", "formula1", "formula2", "f"})
_LEFT_BEHIND: Final = {
    "pivotTable": "bảng tổng hợp (PivotTable)",
    "queryTable": "bảng lấy từ nguồn ngoài",
    "slicer": "nút lọc (slicer)",
    "timeline": "dòng thời gian",
    "ctrlProp": "ô điều khiển (nút, hộp chọn)",
    "control": "ô điều khiển ActiveX",
    "oleObject": "đối tượng nhúng",
    "threadedComment": "trao đổi trong ghi chú",
}


def follow_in_sheet(tree: minidom.Document, name: str, books: Books) -> None:
    """Let the areas, rules and breaks of a sheet follow its own rows, and its formulas those of every sheet."""
    moves = books.get(name.casefold(), Moves())
    for element in tree.getElementsByTagName("*"):
        kind = element.localName or ""
        if kind in _FORMULAS and _above(element) != "c":
            set_text(element, moved(text_of(element), name, books))
        if not moves:
            continue
        attribute = _AREAS.get(kind, "")
        if element.hasAttribute(DONE):
            element.removeAttribute(DONE)
        elif attribute and element.hasAttribute(attribute):
            element.setAttribute(attribute, _areas(moves, element.getAttribute(attribute), kind))
        elif kind == "sqref":  # of the rules that newer versions write apart
            set_text(element, moves.areas(text_of(element)))
        elif kind == "dimension":
            element.setAttribute("ref", moves.area(element.getAttribute("ref")))
        elif kind == "brk" and _above(element) == "rowBreaks":
            element.setAttribute("id", str(moves.last(int(element.getAttribute("id")))))
        if kind in ("pane", "sheetView") and element.hasAttribute("topLeftCell"):
            element.setAttribute("topLeftCell", moves.cell(element.getAttribute("topLeftCell")))
        if kind == "selection" and element.hasAttribute("activeCell"):
            element.setAttribute("activeCell", moves.cell(element.getAttribute("activeCell")))
    for holder in elements(tree, "mergeCells"):
        holder.setAttribute("count", str(len(children(holder))))


def _above(element: minidom.Element) -> str:
    return (element.parentNode.localName or "") if isinstance(element.parentNode, minidom.Element) else ""


def _areas(moves: Moves, refs: str, kind: str) -> str:
    found = []
    for ref in refs.split():
        try:
            top, _left, bottom, _right = split_area(ref)
        except ValueError:
            found.append(ref)
            continue
        if kind in _ONE_ROW_STAYS and top == bottom:
            first, _, last = ref.partition(":")
            found.append(":".join(moves.cell(each) for each in (first, last) if each))
        else:
            found.append(moves.area(ref))
    return " ".join(found)


def follow(package: Package, books: Books) -> list[str]:
    """Let what stands outside the sheets follow: names, print areas, drawings, notes, tables, charts.

    Returns in sentences what does not.
    """
    if not books:
        return []
    book = package.tree(package.book)
    for name in elements(book, "definedName"):
        set_text(name, moved(text_of(name), "", books))
    package.put(package.book, book)
    notes: list[str] = []
    for sheet, part in package.sheets.items():
        moves = books.get(sheet.casefold(), Moves())
        for kind in ("drawing", "vmlDrawing", "comments", "table"):
            for linked in package.linked(part, kind):
                _follow_in(package, linked, kind, sheet, moves, books)
        if moves:
            kinds = {each.kind for each in package.links(part)}
            notes += [
                f"Trang “{sheet}”: {words} không dời theo các dòng thêm vào, kiểm tra lại."
                for kind, words in _LEFT_BEHIND.items()
                if kind in kinds
            ]
    for part in [each for each in package.parts if re.fullmatch(r"xl/charts/chart[^/]*\.xml", each)]:
        tree = package.tree(part)
        for each in elements(tree, "f"):
            set_text(each, moved(text_of(each), "", books))
        package.put(part, tree)
    return notes


def _follow_in(package: Package, part: str, kind: str, sheet: str, moves: Moves, books: Books) -> None:
    if kind == "vmlDrawing":
        if moves:
            package.parts[part] = _vml(package.parts[part], moves)
        return
    tree = package.tree(part)
    if kind == "drawing":
        _follow_anchors(tree, moves)
        for each in tree.getElementsByTagName("*"):
            if each.hasAttribute("textlink"):
                each.setAttribute("textlink", moved(each.getAttribute("textlink"), sheet, books))
    elif kind == "comments":
        for each in elements(tree, "comment"):
            each.setAttribute("ref", moves.cell(each.getAttribute("ref")))
    else:
        for each in (root_of(tree), *elements(tree, "autoFilter"), *elements(tree, "sortState")):
            if each.hasAttribute("ref"):
                each.setAttribute("ref", moves.area(each.getAttribute("ref")))
    package.put(part, tree)


def _follow_anchors(tree: minidom.Document, moves: Moves) -> None:
    """Move pictures, lines and charts with the row they begin in; one that may change its size ends where it did."""
    for anchor in (*elements(tree, "twoCellAnchor"), *elements(tree, "oneCellAnchor")):
        if anchor.getAttribute("editAs") == "absolute":
            continue
        rows = [
            row
            for end in children(anchor)
            if end.localName in ("from", "to")
            for row in children(end)
            if row.localName == "row"
        ]
        if not rows:
            continue
        top = int(text_of(rows[0]))
        down = moves.row(top + 1) - 1 - top
        for row in rows:
            old = int(text_of(row))
            is_stretched = row is not rows[0] and anchor.getAttribute("editAs") != "oneCell"
            set_text(row, str(moves.row(old + 1) - 1 if is_stretched else old + down))


def _vml(data: bytes, moves: Moves) -> bytes:
    """Move the boxes of notes, which only an old kind of drawing tells of."""
    text = data.decode("utf-8", errors="replace")

    def row(found: re.Match[str]) -> str:
        return f"{found[1]}{moves.row(int(found[2]) + 1) - 1}{found[3]}"

    def anchor(found: re.Match[str]) -> str:
        numbers = [each.strip() for each in found[2].split(",")]
        if len(numbers) == 8:
            down = moves.row(int(numbers[2]) + 1) - 1 - int(numbers[2])
            numbers[2], numbers[6] = str(int(numbers[2]) + down), str(int(numbers[6]) + down)
        return f"{found[1]}{', '.join(numbers)}{found[3]}"

    text = re.sub(r"(<x:Row>)\s*(\d+)\s*(</x:Row>)", row, text)
    return re.sub(r"(<x:Anchor>)([^<]*)(</x:Anchor>)", anchor, text).encode()


def reckon_on_opening(package: Package) -> None:
    """Let Excel work every formula out anew when it opens the book: what is kept of them is of the empty form."""
    for part in package.linked(package.book, "calcChain"):
        package.drop(part)
    book = package.tree(package.book)
    found = next(elements(book, "calcPr"), None)
    if found is None:
        root = root_of(book)
        found = made_like(root, "calcPr")
        root.insertBefore(found, next((each for each in children(root) if each.localName in _AFTER_RECKONING), None))
    found.setAttribute("fullCalcOnLoad", "1")
    package.put(package.book, book)


_AFTER_RECKONING: Final = frozenset(
    {"oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr"}
    | {"webPublishObjects", "extLst"}
)
"""What the schema of a workbook wants after the way it is reckoned."""
