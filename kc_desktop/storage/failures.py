"""SQLite's and the system's failures in Vietnamese, each with its remedy. Mapped once, here."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from pathlib import Path

from kc_desktop.errors import KnownError

_BY_CODE: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        "Tệp {name} đang bị một chương trình khác khóa.",
        "Đóng chương trình đang dùng tệp (sao lưu, đồng bộ đám mây, diệt vi-rút) rồi thử lại.",
    ),
    sqlite3.SQLITE_READONLY: (
        "Tệp {name} chỉ cho đọc nên không lưu được.",
        "Bỏ thuộc tính “Chỉ đọc” của tệp, hoặc chép tệp sang thư mục được ghi rồi mở lại.",
    ),
    sqlite3.SQLITE_FULL: (
        "Ổ đĩa chứa tệp {name} đã đầy nên chưa lưu được. Dữ liệu đã lưu trước đó vẫn nguyên.",
        "Xóa bớt tệp không dùng trên ổ đĩa đó rồi bấm Lưu lại.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "Tệp {name} bị hỏng.",
        "Đừng ghi gì thêm vào tệp; mở bản sao lưu gần nhất và giữ tệp hỏng để kiểm tra.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "Tệp {name} không phải tệp dữ liệu của chương trình.",
        "Chọn tệp có đuôi .kcdb do chương trình tạo ra.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "Không mở được tệp {name}.",
        "Kiểm tra đường dẫn, ổ mạng hoặc USB còn nối, và quyền đọc tệp.",
    ),
    sqlite3.SQLITE_IOERR: (
        "Đọc hoặc ghi tệp {name} bị lỗi ổ đĩa. Dữ liệu đã lưu trước đó vẫn nguyên.",
        "Kiểm tra ổ đĩa, dây mạng hoặc USB còn chỗ và còn nối, rồi thử lại. Nếu ổ đã rút ra rồi nối lại: chép phần "
        "đang nhập, đóng tệp và mở lại.",
    ),
    sqlite3.SQLITE_CONSTRAINT: (
        "Dữ liệu chưa hợp lệ nên chưa lưu.",
        "Kiểm tra lại các ô vừa nhập; bản ghi trùng hoặc đang được nơi khác dùng thì không lưu được.",
    ),
}
_BY_EXTENDED_CODE: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_READONLY_DBMOVED: (
        "Tệp {name} đã bị xóa, đổi tên hoặc thay bằng tệp khác trong lúc đang mở nên chưa lưu được.",
        "Đưa tệp về chỗ cũ với tên cũ, rồi đóng và mở lại; phần đang nhập thì chép ra trước khi đóng.",
    ),
    sqlite3.SQLITE_READONLY_ROLLBACK: (
        "Lần lưu trước vào tệp {name} bị ngắt giữa chừng và chưa được hoàn lại, mà ở đây chỉ được đọc.",
        "Mở tệp ở nơi được ghi: chương trình tự đưa về lần lưu trọn vẹn gần nhất. Nếu chép tệp đi thì chép cả tệp "
        "{name}-journal bên cạnh.",
    ),
}
"""What a general code would tell wrongly."""

_BY_TRIGGER: dict[str, tuple[str, str]] = {
    "the quarter is locked": (
        "Quý này đã khóa sổ kinh phí nên chưa ghi được gì.",
        "Mở khóa có lý do ở thẻ Kinh phí, hoặc ghi vào quý đang mở.",
    ),
    "fund_entry is append-only": (
        "Bút toán đã ghi thì không sửa, không xóa được.",
        "Bấm Đảo bút toán và ghi lý do; cả hai vẫn còn trong sổ.",
    ),
}
"""What our own triggers say when a write came past every other check."""

_BY_CODE[sqlite3.SQLITE_LOCKED] = _BY_CODE[sqlite3.SQLITE_BUSY]
_BY_CODE[sqlite3.SQLITE_PERM] = _BY_CODE[sqlite3.SQLITE_READONLY]
_BY_CODE[sqlite3.SQLITE_AUTH] = _BY_CODE[sqlite3.SQLITE_READONLY]


_LONGEST_PATH = 250 if sys.platform == "win32" else 490
"""Letters on Windows, bytes elsewhere: what the system or SQLite takes for a path, less what is hung on to the name."""


def _is_too_long(path: Path) -> bool:
    whole = path.absolute()
    return (len(str(whole)) if sys.platform == "win32" else len(os.fsencode(whole))) > _LONGEST_PATH


def _too_long(path: Path) -> KnownError:
    return KnownError(
        f"Đường dẫn tới tệp {path.name} quá dài ({len(str(path.absolute()))} chữ) nên máy không mở được.",
        "Đặt tệp ở thư mục gần gốc ổ đĩa hơn, ví dụ D:\\Khuyến công, hoặc đặt tên thư mục và tệp ngắn lại.",
    )


def known(error: sqlite3.Error | OSError, path: Path) -> KnownError | None:
    """Return what a failure means to a person; None when it is a mistake of the program."""
    if isinstance(error, OSError):
        return _known_os_error(error, path)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    texts = _BY_TRIGGER.get(str(error)) or _BY_EXTENDED_CODE.get(code) or _BY_CODE.get(code & 0xFF)
    if texts is None:
        return None
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN and _is_too_long(path):
        return _too_long(path)
    message, remedy = (each.format(name=path.name) for each in texts)
    return KnownError(message, remedy)


def _known_os_error(error: OSError, path: Path) -> KnownError | None:
    if error.errno in (errno.ENOENT, errno.ENAMETOOLONG) and _is_too_long(path):
        return _too_long(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        message, remedy = _BY_CODE[sqlite3.SQLITE_FULL]
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        message, remedy = (
            "Không được phép đọc hoặc ghi {name}.",
            "Chọn thư mục khác (ví dụ Tài liệu), xin quyền đọc tệp, hoặc đóng tệp nếu đang mở ở chương trình khác.",
        )
    elif error.errno in (errno.ENOENT, errno.ENOTDIR):
        message, remedy = "Không có thư mục hoặc tệp {name}.", "Kiểm tra lại đường dẫn rồi thử lại."
    elif error.errno == errno.EISDIR:
        message, remedy = "{name} là một thư mục, không phải tệp.", "Chọn một tệp hoặc đặt tên tệp khác."
    elif error.errno == errno.ENAMETOOLONG:
        message, remedy = "Tên tệp quá dài.", "Đặt tên ngắn hơn rồi thử lại."
    else:
        message, remedy = _BY_CODE[sqlite3.SQLITE_IOERR]
    return KnownError(message.format(name=path.name or str(path)), remedy)
