"""An .xlsx as the parts it is zipped of: what of it is opened, changed as a tree of XML and put back as it was."""

from __future__ import annotations

import contextlib
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from kc_desktop.errors import KnownError

MAX_BYTES: Final = 20 * 10**6
_MAX_UNPACKED: Final = 200 * 10**6
_MAX_PARTS: Final = 5_000
MAX_TREE_BYTES: Final = 15 * 10**6
"""A tree takes fifty times the memory of the part it is made of: larger ones are refused before they are read."""
_DRAWN_UP: Final = "Mở bằng Excel, chọn Lưu thành kiểu .xlsx, rồi chọn tệp mới đó."


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a part refers to: the last word of its kind ("drawing", "comments"), and the part."""

    kind: str
    target: str
    id: str


class Package:
    """The parts of a workbook. Raises KnownError for bytes that are none, or too large to be a form."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if len(data) > MAX_BYTES:
            raise KnownError(f"Tệp {name} lớn quá {MAX_BYTES // 10**6} MB.", "Bỏ bớt hình trong tệp rồi chọn lại.")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found = archive.infolist()
                if sum(each.file_size for each in found) > _MAX_UNPACKED or len(found) > _MAX_PARTS:
                    raise KnownError(f"Tệp {name} mở ra quá lớn.", "Chép mẫu biểu sang một tệp mới rồi chọn tệp đó.")
                self.parts = {each.filename: archive.read(each) for each in found if not each.is_dir()}
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            words = f"Tệp {name} hỏng, có mật khẩu, hoặc không phải bảng tính .xlsx."
            raise KnownError(words, _DRAWN_UP) from error
        self.book = next((each.target for each in self.links("") if each.kind == "officeDocument"), "")
        if self.book not in self.parts:
            raise KnownError(f"Tệp {name} không phải bảng tính .xlsx.", _DRAWN_UP)

    def tree(self, part: str) -> minidom.Document:
        """Return a part as a tree. Raises KnownError for XML that is broken, too large, or declares anything itself."""
        data = self.parts.get(part, b"")
        if len(data) > MAX_TREE_BYTES:
            words = f"Tệp {self.name} có phần {part} quá lớn để làm mẫu biểu."
            raise KnownError(words, "Chép mẫu biểu sang một tệp mới rồi chọn tệp đó.")
        try:
            # UTF-16, whose every second byte is 0, would hide what is looked for
            if b"\0" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
                raise ValueError(part)
            return minidom.parseString(data)
        except (ExpatError, ValueError, LookupError) as error:
            raise KnownError(f"Tệp {self.name} hỏng ở phần {part}.", _DRAWN_UP) from error

    @contextlib.contextmanager
    def read_as_drawn(self, part: str) -> Iterator[None]:
        """Tell of a part whose numbers, cells or references make no sense that it is damaged. Raises KnownError."""
        try:
            yield
        except (ValueError, LookupError, RecursionError) as error:
            raise KnownError(f"Tệp {self.name} hỏng ở phần {part}.", _DRAWN_UP) from error

    def put(self, part: str, tree: minidom.Document) -> None:
        """Keep a changed tree as the part."""
        self.parts[part] = serialised(tree)

    def links(self, part: str) -> tuple[Link, ...]:
        """Return what a part refers to inside the package."""
        folder, name = posixpath.split(part)
        beside = posixpath.join(folder, "_rels", f"{name}.rels")
        if beside not in self.parts:
            return ()
        found = []
        for each in elements(self.tree(beside), "Relationship"):
            if each.getAttribute("TargetMode") != "External":
                target = each.getAttribute("Target")
                path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = each.getAttribute("Type").rpartition("/")[2]
                found.append(Link(kind=kind, target=posixpath.normpath(path), id=each.getAttribute("Id")))
        return tuple(found)

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """The worksheets in their order: the part of each by its name."""
        parts = {each.id: each.target for each in self.links(self.book) if each.kind == "worksheet"}
        found = {}
        for each in elements(self.tree(self.book), "sheet"):
            link = next((value for key, value in each.attributes.items() if key.rpartition(":")[2] == "id"), "")
            if link in parts and parts[link] in self.parts:
                found[each.getAttribute("name")] = parts[link]
        return found

    @cached_property
    def strings(self) -> tuple[minidom.Element, ...]:
        """The texts cells share, each as its element."""
        part = next((each.target for each in self.links(self.book) if each.kind == "sharedStrings"), "")
        return tuple(elements(self.tree(part), "si")) if part in self.parts else ()

    def linked(self, part: str, kind: str) -> tuple[str, ...]:
        """Return the parts of one kind that a part refers to."""
        return tuple(each.target for each in self.links(part) if each.kind == kind and each.target in self.parts)

    def drop(self, part: str) -> None:
        """Take a part out, with what says that it is there."""
        del self.parts[part]
        types = self.tree("[Content_Types].xml")
        _remove(types, "Override", lambda each: each.getAttribute("PartName").lstrip("/") == part)
        self.put("[Content_Types].xml", types)
        folder, name = posixpath.split(self.book)
        beside = posixpath.join(folder, "_rels", f"{name}.rels")
        rels = self.tree(beside)
        ids = {each.id for each in self.links(self.book) if each.target == part}
        _remove(rels, "Relationship", lambda each: each.getAttribute("Id") in ids)
        self.put(beside, rels)

    def zipped(self) -> bytes:
        """Return the package as bytes; the same parts give the same bytes."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in self.parts.items():
                entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                archive.writestr(entry, data)
        return stream.getvalue()


def _remove(tree: minidom.Document, name: str, fits: Callable[[minidom.Element], bool]) -> None:
    for each in [each for each in elements(tree, name) if fits(each)]:
        root_of(tree).removeChild(each)


def root_of(tree: minidom.Document) -> minidom.Element:
    """Return the one element a tree begins with."""
    assert tree.documentElement is not None
    return tree.documentElement


def copy_of(node: minidom.Element) -> minidom.Element:
    """Return an element of its own, with all it holds."""
    made = node.cloneNode(deep=True)
    assert isinstance(made, minidom.Element)
    return made


def prefix_of(node: minidom.Element) -> str:
    """Return what stands before the name of an element, with its colon; mostly nothing."""
    prefix = node.tagName.rpartition(":")[0]
    return f"{prefix}:" if prefix else ""


def made_like(node: minidom.Element, name: str) -> minidom.Element:
    """Return a new element with the prefix another one carries."""
    document = node.ownerDocument
    assert document is not None
    return document.createElement(f"{prefix_of(node)}{name}")


def set_text(node: minidom.Element, text: str) -> None:
    """Let an element hold this text and nothing else."""
    if text_of(node) == text and not children(node):
        return
    for each in list(node.childNodes):
        node.removeChild(each)
    document = node.ownerDocument
    assert document is not None
    node.appendChild(document.createTextNode(text))


def elements(node: minidom.Document | minidom.Element, name: str) -> Iterator[minidom.Element]:
    """Give every element of a name below a node, in their order, whatever prefix it carries."""
    yield from node.getElementsByTagNameNS("*", name)


def children(node: minidom.Element, name: str = "") -> list[minidom.Element]:
    """Return the elements right below one, those of a name when one is given."""
    return [
        each for each in node.childNodes if isinstance(each, minidom.Element) and (not name or each.localName == name)
    ]


def text_of(node: minidom.Element) -> str:
    """Return the text inside an element."""
    return "".join(each.data for each in node.childNodes if isinstance(each, minidom.Text))


def words_of(string: minidom.Element) -> str:
    """Return a text of cells as it reads: its runs joined, without what tells how it is spoken."""
    runs = children(string, "r") or [string]
    return "".join(text_of(each) for run in runs for each in children(run, "t"))


# --- trees back to bytes ----------------------------------------------------------------------------------------------

_IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """Return a text as XML holds it, without what it cannot hold."""
    return _UNWRITABLE.sub("", text).translate(_IN_TEXT)


def quoted(text: str) -> str:
    """Return a text as an attribute holds it: minidom's own leaves line breaks, which are read back as blanks."""
    return text.translate(_IN_ATTRIBUTE)


def attributes(node: minidom.Element) -> str:
    """Return the attributes of an element as they stand in its tag, each after a blank."""
    return "".join(f' {name}="{quoted(value or "")}"' for name, value in node.attributes.items())


def markup(node: minidom.Node, inside: Mapping[str, str] | None = None) -> str:
    """Return an element as XML; `inside` gives the content of elements that was made anew, by their names."""
    if isinstance(node, minidom.Text):
        return node.data.translate(_IN_TEXT)
    if not isinstance(node, minidom.Element):
        return ""
    made = (inside or {}).get(node.localName or "")
    content = made if made is not None else "".join(markup(each, inside) for each in node.childNodes)
    head = f"<{node.tagName}{attributes(node)}"
    return f"{head}>{content}</{node.tagName}>" if content else f"{head}/>"


def serialised(tree: minidom.Document, inside: Mapping[str, str] | None = None) -> bytes:
    """Return a tree as a part, its prefixes and names of spaces as they were."""
    body = "".join(markup(each, inside) for each in tree.childNodes)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}'.encode()
