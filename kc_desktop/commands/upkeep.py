"""The commands that look after files and the program: sample, check, backup, update, self-test."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kc_desktop import __version__
from kc_desktop.commands.console import complain, is_so, refuse_missing_folder, say
from kc_desktop.errors import KnownError

if TYPE_CHECKING:
    import argparse

    from kc_desktop.commands import Window


def run_sample(given: argparse.Namespace, _window: Window) -> int:
    """Write a file of sample data."""
    from kc_desktop.services.sample import write_sample

    if given.file.suffix.lower() != ".kcdb":
        raise KnownError(f"Tệp dữ liệu không thể có tên “{given.file.name}”.", "Đặt tên tệp có đuôi .kcdb.")
    refuse_missing_folder(given.file)
    write_sample(given.file)
    say(f"Đã ghi dữ liệu mẫu vào {given.file}.")
    return 0


def run_check(given: argparse.Namespace, _window: Window) -> int:
    """Check a file; 1 where it has faults."""
    from kc_desktop.services import surroundings
    from kc_desktop.services.checking import check

    found = check(given.file)
    if found:
        place = surroundings.caution_of_place(given.file)
        for each in found if place is None else (*found, f"{place.message} {place.remedy}"):
            complain(each)
        return 1
    say(f"Tệp {given.file.name} tốt.")
    for caution in surroundings.cautions_of(given.file):
        say(f"Lưu ý: {caution.message} {caution.remedy}")
    return 0


def run_backup(given: argparse.Namespace, _window: Window) -> int:
    """Back a file up."""
    from kc_desktop.services import backup

    if given.to is not None and not is_so(given.to.is_dir):
        raise KnownError(f"Không có thư mục {given.to}.", "Tạo thư mục đó trước, hoặc sao lưu vào chỗ khác.")
    done = backup.back_up(given.data, to=given.to)
    say(f"Đã sao lưu vào {done.backup.path}.")
    for each in (*([done.instead_of.message] if done.instead_of else []), *done.faults):
        complain(each)
    return 1 if done.faults else 0


def run_restore(given: argparse.Namespace, _window: Window) -> int:
    """Restore a file from a backup."""
    from kc_desktop.services import backup

    refuse_missing_folder(given.data)
    kept = backup.restore(given.backup, given.data)
    say(f"Đã phục hồi {given.data} từ {given.backup.name}.")
    if kept is not None:
        say(f"Tệp trước khi phục hồi được giữ ở {kept}.")
    return 0


def run_update(given: argparse.Namespace, _window: Window) -> int:
    """Back a file up and hand over to the installer."""
    from kc_desktop.services import backup, update

    installer = update.judge(given.installer)
    say(f"Bản {installer.version} mới hơn bản {__version__} đang dùng.")
    if given.data is not None:
        done = backup.back_up(given.data, backup.Reason.PROGRAM_UPDATE)
        say(f"Đã sao lưu vào {done.backup.path}.")
    update.hand_over(installer)
    say("Đã giao cho bộ cài đặt; chương trình đang mở sẽ được đóng, cài xong tự mở lại.")
    return 0


def run_self_test(_given: argparse.Namespace, window: Window) -> int:
    """Print, draw and open everything once; 1 where anything fails."""
    from kc_desktop.services import guide, lists, overview_charts, papers
    from kc_desktop.services.checking import check
    from kc_desktop.services.sample import write_sample
    from kc_desktop.services.workspace import Workspace

    found = [] if guide.pages() else ["Không có trang hướng dẫn nào."]
    try:
        scratch = tempfile.TemporaryDirectory(prefix="kc-desktop-", ignore_cleanup_errors=True)
    except OSError as error:
        raise KnownError(
            "Không ghi được vào thư mục tạm của máy nên chưa tự kiểm tra được.",
            "Kiểm tra biến TEMP chỉ tới một thư mục ghi được và ổ đĩa đó còn chỗ, rồi chạy lại.",
        ) from error
    with scratch as folder:
        path = Path(folder) / "tự kiểm tra.kcdb"
        write_sample(path)
        workspace = Workspace.open(path)
        for kind in papers.all_kinds():
            record_id, name = papers.records_for(workspace, kind.record)[-1]
            for suffix in papers.SUFFIXES:
                size = len(papers.render(workspace, kind.key, record_id, suffix))
                say(f"{kind.name} ({name[:40]}) {suffix}: {size} byte")
        for view, name in overview_charts.VIEWS:
            for chart in overview_charts.charts(workspace, lists.years(workspace)[0], view):
                size = len(overview_charts.draw(chart, 460, overview_charts.PAPER).svg)
                say(f"Biểu đồ {name} .svg: {size} byte")
        workspace.close()
        found += check(path)
        found += window.build(path)
    for each in found:
        complain(each)
    say("Tự kiểm tra xong: có lỗi." if found else "Tự kiểm tra xong: tốt.")
    return 1 if found else 0
