"""Hidden rows and columns of .ods and .xls are counted, and a damaged file tells nothing rather than stops anything."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from kc_desktop.exchange.reading import read_workbook
from kc_desktop.exchange.untold import Untold, untold_in

_SECTOR = 512


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _sheet(rows: int, hidden_rows: tuple[int, ...], hidden_columns: tuple[int, int] | None) -> bytes:
    parts = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))]
    if hidden_columns is not None:
        parts.append(_record(0x007D, struct.pack("<HHHHHH", *hidden_columns, 2560, 0, 1, 0)))
    parts += [
        _record(0x0208, struct.pack("<HHHHHHI", at, 0, 3, 255, 0, 0, 0x20 if at in hidden_rows else 0))
        for at in range(rows + 5)
    ]
    parts += [
        _record(0x0203, struct.pack("<HHHd", at, place, 0, at + place)) for at in range(rows) for place in range(3)
    ]
    return b"".join((*parts, _record(0x000A, b"")))


def _old_excel(path: Path, sheets: dict[str, bytes]) -> Path:
    """Write a workbook of Excel 97–2003: one stream in an OLE file, as small as such a file may be."""
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)) + _record(
        0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    )
    names = [each.encode("utf-16-le") for each in sheets]
    at = len(start) + sum(len(each) + 12 for each in names) + 4
    heads = b""
    for name, body in zip(names, sheets.values(), strict=True):
        heads += _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name)
        at += len(body)
    stream = start + heads + _record(0x000A, b"") + b"".join(sheets.values())
    size = max(len(stream), 4096)
    sectors = -(-size // _SECTOR)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, first: int, held: int) -> bytes:
        text = name.encode("utf-16-le")
        links = struct.pack("<BBIII", kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return (
            text.ljust(64, b"\0")
            + struct.pack("<H", len(text) + 2)
            + links
            + bytes(36)
            + struct.pack("<IQ", first, held)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, size)
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    path.write_bytes(header + table + directory.ljust(_SECTOR, b"\0") + stream.ljust(sectors * _SECTOR, b"\0"))
    return path


def test_hidden_rows_and_columns_of_old_excel_are_told(tmp_path: Path) -> None:
    sheets = {"Trước": _sheet(3, (), None), "Có ẩn": _sheet(6, (1, 3, 9), (1, 255))}
    shown, hidden = read_workbook(_old_excel(tmp_path / "a.xls", sheets)).sheets
    assert (shown.name, shown.hidden_rows, shown.hidden_columns) == ("Trước", 0, 0)
    assert (hidden.hidden_rows, hidden.hidden_columns, len(hidden.rows)) == (2, 2, 6)


def test_a_damaged_file_of_old_excel_tells_nothing_and_stops_nothing(tmp_path: Path) -> None:
    whole = _old_excel(tmp_path / "a.xls", {"Có ẩn": _sheet(6, (1, 3), (1, 2))}).read_bytes()
    for at in range(0, 1800, 7):
        (tmp_path / "b.xls").write_bytes(whole[:at] + bytes(((0, 0xFF, 0x7F)[at % 3],)) + whole[at + 1 :])
        assert all(isinstance(each, Untold) for each in untold_in(tmp_path / "b.xls", {}).values())
    (tmp_path / "b.xls").write_bytes(whole[:1000])
    assert untold_in(tmp_path / "b.xls", {}) == {}


def test_hidden_rows_and_columns_of_open_document_are_told(tmp_path: Path) -> None:
    cells = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="4"/>'
    spaces = "".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" ' for each in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="A &amp; B"><table:table-column table:number-columns-repeated="2"/>'
        f'<table:table-column table:visibility="collapse" table:number-columns-repeated="1022"/>'
        f"<table:table-row>{cells}</table:table-row>"
        f'<table:table-row-group><table:table-row table:visibility="filter" table:number-rows-repeated="3">{cells}'
        f"</table:table-row></table:table-row-group><table:table-row>{cells}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1000" table:visibility="collapse"/></table:table>'
        f'<table:table table:name="C"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    first, second = read_workbook(tmp_path / "b.ods").sheets
    assert (first.name, first.hidden_rows, first.hidden_columns, len(first.rows)) == ("A & B", 3, 2, 5)
    assert (second.hidden_rows, second.hidden_columns) == (0, 0)
