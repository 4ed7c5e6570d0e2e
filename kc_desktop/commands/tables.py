"""The commands on tables: what a file holds, its balances, Excel out and in."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from kc_desktop.commands.console import WrongCommandError, complain, is_so, no_progress, refuse_missing_folder, say
from kc_desktop.commands.parsing import EVERYTHING
from kc_desktop.errors import KnownError

if TYPE_CHECKING:
    import argparse

    from kc_desktop.commands import Window


def run_list(given: argparse.Namespace, _window: Window) -> int:
    """List the ids and names of a table."""
    from kc_desktop.services import lists
    from kc_desktop.services.workspace import Workspace

    if given.table not in lists.LISTS:
        raise KnownError(f"Không có bảng “{given.table}”.", f"Các bảng: {', '.join(sorted(lists.LISTS))}.")
    workspace = Workspace.open(given.data)
    try:
        names = lists.names(workspace, given.table)
    finally:
        workspace.close()
    if given.json:
        say(json.dumps([{"id": record_id, "name": name} for record_id, name in names], ensure_ascii=False, indent=1))
    else:
        for record_id, name in names:
            say(f"{record_id}\t{name}")
    return 0


def run_balance(given: argparse.Namespace, _window: Window) -> int:
    """Show the balances of a year."""
    from kc_desktop.domain.balance import View
    from kc_desktop.services import balances
    from kc_desktop.services.validation import FIRST_YEAR, LAST_YEAR
    from kc_desktop.services.workspace import Workspace

    if not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise KnownError(f"Năm {given.year} không hợp lý.", f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    workspace = Workspace.open(given.data)
    try:
        table = balances.table(workspace, given.year, View(given.by))
    finally:
        workspace.close()
    if given.json:
        say(json.dumps(balances.as_json(table), ensure_ascii=False, indent=1))
    elif not table.rows:
        say(f"Năm {table.year} chưa có kế hoạch, đề án hay bút toán nào.")
    else:
        say(f"Cân đối kinh phí năm {table.year} (đơn vị tính: đồng)")
        say(balances.as_text(table))
    return 0


def run_export(given: argparse.Namespace, _window: Window) -> int:
    """Write a list, a form of the office, or everything, as Excel."""
    from kc_desktop.services import exporting, lists
    from kc_desktop.services.validation import FIRST_YEAR, LAST_YEAR
    from kc_desktop.services.workspace import Workspace

    if given.table == EVERYTHING and not given.form:
        return _export_all(given)
    if given.year is not None and not FIRST_YEAR <= given.year <= LAST_YEAR:
        raise KnownError(f"Năm {given.year} không hợp lý.", f"Nhập năm từ {FIRST_YEAR} đến {LAST_YEAR}.")
    if given.form:
        return _export_form(given)
    if given.table not in lists.LISTS:
        raise KnownError(
            f"Không có bảng “{given.table}”.", f"Các bảng: {EVERYTHING}, {', '.join(sorted(lists.LISTS))}."
        )
    refuse_missing_folder(given.to)
    workspace = Workspace.open(given.data)
    try:
        request = exporting.whole_request(given.table, given.year, date.today())
        rows = exporting.export_list(workspace, given.table, request, given.to, no_progress)
    finally:
        workspace.close()
    say(f"Đã xuất {rows} dòng ra {given.to}.")
    return 0


def _export_form(given: argparse.Namespace) -> int:
    """Fill a form of the office with a list, or with figures no list holds."""
    from kc_desktop.services import exporting, form_sources, lists, office_forms
    from kc_desktop.services.workspace import Workspace

    keys = [key for key, _title in form_sources.sources()]
    if given.table not in keys:
        raise KnownError(f"Không có bảng “{given.table}”.", f"Các bảng: {', '.join(sorted(keys))}.")
    refuse_missing_folder(given.to)
    workspace = Workspace.open(given.data)
    try:
        form = office_forms.by_name(workspace, given.form)
        if form.source != given.table:
            raise KnownError(
                f"Mẫu biểu “{form.name}” lấy số liệu của bảng {form.source}, không phải {given.table}.",
                f"Gõ lại: kc-desktop export {form.source} … --form …",
            )
        is_list = given.table in lists.LISTS
        request = exporting.whole_request(given.table, given.year, date.today()) if is_list else None
        done = office_forms.export(
            workspace, form.id, request or lists.ListRequest(year=given.year), given.to, no_progress
        )
    finally:
        workspace.close()
    for each in done.notes:
        complain(each)
    say(f"Đã điền {done.rows} dòng vào mẫu biểu {form.name}, ghi ra {given.to}.")
    return 0


def _export_all(given: argparse.Namespace) -> int:
    from kc_desktop.services import whole_data
    from kc_desktop.services.workspace import Workspace

    if given.year is not None:
        raise WrongCommandError
    if not is_so(given.to.is_dir):
        raise KnownError(f"Không có thư mục {given.to}.", "Tạo thư mục đó trước, hoặc xuất vào chỗ khác.")
    workspace = Workspace.open(given.data)
    try:
        written = whole_data.export_all(workspace, given.to, no_progress)
    finally:
        workspace.close()
    say(f"Đã xuất toàn bộ dữ liệu ra {len(written)} tệp Excel trong {given.to}.")
    return 0


def run_import(given: argparse.Namespace, _window: Window) -> int:
    """Take a workbook in, or judge it only; 1 where rows have errors."""
    from kc_desktop.services import importing, papers
    from kc_desktop.services.workspace import Workspace

    if given.what not in importing.WHATS:
        raise KnownError(f"Không nhập được bảng “{given.what[:80]}”.", f"Các bảng: {', '.join(importing.WHATS)}.")
    if given.errors is not None:
        if given.errors.suffix.lower() != ".xlsx":
            raise KnownError(f"Tệp lỗi không thể có tên “{given.errors.name}”.", "Đặt tên tệp có đuôi .xlsx.")
        refuse_missing_folder(given.errors)
    book = importing.read_workbook(given.file)
    workspace = Workspace.open(given.data)
    try:
        found = importing.judge(workspace, given.what, book)
        if not given.dry_run:
            importing.write(found)
    finally:
        workspace.close()
    wrong = found.counts[importing.WRONG]
    if given.errors is not None and wrong:
        papers.write(given.errors, importing.wrong_rows(found))
    if given.json:
        say(json.dumps(importing.as_json(found, is_dry_run=given.dry_run), ensure_ascii=False, indent=1))
    else:
        say(importing.as_text(found, is_dry_run=given.dry_run))
    if wrong:
        kept = f"Các dòng đó ở {given.errors}, cột Lỗi." if given.errors else "Thêm --errors LỖI.xlsx để lấy ra sửa."
        complain(f"{wrong} dòng có lỗi chưa nhập. {kept}")
    return 1 if wrong else 0
