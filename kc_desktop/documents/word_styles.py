"""Named styles and page set-up of the Word copy."""

import io
from functools import cache
from typing import Any, Final

from kc_desktop.documents import decree30 as d
from kc_desktop.documents import styles
from kc_desktop.documents.paper import Align, Orientation
from kc_desktop.documents.styles import TextStyle

FONT: Final = "Times New Roman"
RULE_STYLE: Final = "KC Đường kẻ"
SPACER_STYLE: Final = "KC Khoảng cách"
_OUTLINE_LEVELS: Final = {
    styles.KIND.name: 0,
    styles.PART_TITLE.name: 1,
    styles.SECTION.name: 1,
    styles.ARTICLE.name: 2,
    styles.CLAUSE.name: 2,
}


def new_document(language: str) -> Any:
    """Return an empty document with one paragraph style for each part of a paper, and its language."""
    from docx import Document

    return Document(io.BytesIO(_template(language)))


def style_id(name: str) -> str:
    """Return the id of the style of a name, as python-docx makes it."""
    return name.replace(" ", "")


@cache
def _template(language: str) -> bytes:
    """Make the styles once for all papers of a run: they take longer than the words of a letter."""
    from docx import Document

    document = Document()
    _add_styles(document, language)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add_styles(document: Any, language: str) -> None:
    from docx.shared import Pt

    normal = document.styles["Normal"]
    _set_font(normal, d.BODY_PT)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = d.LINE_SPACING
    _set_language(document, language)
    for style in styles.ALL:
        _add_style(document, style)
    for name in (RULE_STYLE, SPACER_STYLE):
        _add_thin_style(document, name)


def set_up_section(section: Any, orientation: Orientation) -> None:
    """Set paper size, margins, a first page without number, and numbers that start at 1."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    is_portrait = orientation is Orientation.PORTRAIT
    width, height = (d.PAGE_WIDTH_MM, d.PAGE_HEIGHT_MM) if is_portrait else (d.PAGE_HEIGHT_MM, d.PAGE_WIDTH_MM)
    section.orientation = WD_ORIENT.PORTRAIT if is_portrait else WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(d.MARGIN_TOP_MM), Mm(d.MARGIN_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(d.MARGIN_LEFT_MM), Mm(d.MARGIN_RIGHT_MM)
    section.header_distance = Mm(d.PAGE_NUMBER_TOP_MM)
    section.footer_distance = Mm(d.SAMPLE_MARK_BOTTOM_MM)
    section.different_first_page_header_footer = True
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    margins = section._sectPr.find(qn("w:pgMar"))
    margins.addnext(numbering)


def alignment(align: Align) -> Any:
    """Return python-docx's value for an alignment."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    return {
        Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
        Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
        Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
        Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[align]


def _add_style(document: Any, style: TextStyle) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    word = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    word.base_style = document.styles["Normal"]
    word.quick_style = True
    _set_font(word, style.size_pt)
    word.font.bold, word.font.italic = style.bold, style.italic
    layout = word.paragraph_format
    layout.alignment = alignment(style.align)
    layout.first_line_indent = Mm(style.first_line_mm)
    layout.space_before = Pt(style.space_before_pt)
    layout.space_after = Pt(0)
    layout.keep_with_next = style.keep_with_next
    layout.widow_control = True
    if style.name in _OUTLINE_LEVELS:
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(_OUTLINE_LEVELS[style.name]))
        word.element.get_or_add_pPr().append(level)


def _add_thin_style(document: Any, name: str) -> None:
    """Add a style for paragraphs that hold no text: rules and gaps."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    word = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    word.base_style = document.styles["Normal"]
    word.font.size = Pt(1)
    word.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    word.paragraph_format.line_spacing = Pt(1)
    word.paragraph_format.keep_with_next = True


def _set_font(style: Any, size_pt: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name = FONT
    style.font.size = Pt(size_pt)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:eastAsia", "w:cs"):
        fonts.set(qn(attribute), FONT)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)


def _set_language(document: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    tag = defaults.find(qn("w:lang"))
    if tag is None:
        tag = OxmlElement("w:lang")
        defaults.append(tag)
    for attribute in ("w:val", "w:eastAsia"):
        tag.set(qn(attribute), language)
