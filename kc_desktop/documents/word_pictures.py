"""Pictures in a Word document: a drawing as a metafile, with words that say what it shows."""

from __future__ import annotations

from typing import Any, Final

from kc_desktop.documents.emf import emf
from kc_desktop.documents.fonts import FontSet

_CONTENT_TYPE: Final = "image/x-emf"
_EMU_PER_POINT: Final = 12_700
_NAMESPACES: Final = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
)


def add_picture(paragraph: Any, drawing: Any, fonts: FontSet, title: str) -> None:
    """Add a drawing to a paragraph; its title is read out to those who cannot see it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    owner = paragraph.part
    name = owner.package.next_partname("/word/media/chart%d.emf")
    number = "".join(char for char in name.filename if char.isdigit())  # tells it from the document's other pictures
    part = Part(name, _CONTENT_TYPE, emf(drawing, fonts), owner.package)
    relation = owner.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    width, height = round(drawing.width * _EMU_PER_POINT), round(drawing.height * _EMU_PER_POINT)
    run = paragraph.add_run()
    found = parse_xml(_INLINE.format(ns=_NAMESPACES, width=width, height=height, number=number, relation=relation))
    for each in found.iter():
        if each.tag.endswith(("}docPr", "}cNvPr")):
            each.set("descr", title)
    run._r.append(found)


_INLINE: Final = """<w:drawing {ns}><wp:inline distT="0" distB="0" distL="0" distR="0">
<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Hình {number}"/>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr id="{number}" name="Hình {number}"/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>
</wp:inline></w:drawing>"""
