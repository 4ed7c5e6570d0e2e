"""The command line: what IT staff script, and what the tests drive.

Errors are one Vietnamese line on stderr with the remedy: exit 2 for a wrong command, 1 for the rest.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kc_desktop import __version__
from kc_desktop.errors import KnownError

if TYPE_CHECKING:  # the start of the window does without papers
    from kc_desktop.services.papers import Gathered

USAGE = """KC Desktop – quản lý khuyến công

kc-desktop [TỆP.kcdb]                                  mở cửa sổ chương trình
kc-desktop --sample                                    mở cửa sổ trên dữ liệu mẫu
kc-desktop sample TỆP.kcdb                             ghi tệp dữ liệu mẫu
kc-desktop list BẢNG --data TỆP [--json]               liệt kê số và tên các bản ghi
kc-desktop balance --data TỆP --year NĂM [--by XẾP_THEO] [--json]   bảng cân đối kinh phí của một năm
kc-desktop papers [--json]                             các loại giấy tờ và bản ghi mỗi loại cần
kc-desktop print LOẠI SỐ --data TỆP --to RA.pdf|RA.docx   in một giấy tờ ra tệp
kc-desktop print LOẠI SỐ --data TỆP --each --to THƯ_MỤC [--format pdf|docx]   mỗi người, mỗi nội dung một tệp
kc-desktop print LOẠI SỐ --data TỆP --each --to RA.pdf|RA.docx   đủ các bản đó trong một tệp
kc-desktop report NĂM --data TỆP --to RA.pdf|RA.docx [--period KỲ]   báo cáo tổng kết năm, sơ kết một kỳ
kc-desktop calendar --data TỆP --to RA.ics             xuất cuộc họp, hạn việc và thời hạn ra tệp lịch
kc-desktop export BẢNG --data TỆP --to RA.xlsx [--year NĂM]   xuất một danh sách ra Excel
kc-desktop export BẢNG --data TỆP --to RA.xlsx --form MẪU_BIỂU [--year NĂM]   điền vào mẫu biểu của đơn vị
kc-desktop export all --data TỆP --to THƯ_MỤC          xuất toàn bộ dữ liệu, mỗi mảng một tệp Excel
kc-desktop import BẢNG TỆP --data TỆP.kcdb [--dry-run] [--errors LỖI.xlsx] [--json]   nhập từ bảng tính
kc-desktop guide [--keys] --to RA.pdf                   ghi sách hướng dẫn, hoặc bảng phím tắt, ra tệp PDF
kc-desktop check TỆP                                   kiểm tra tệp; mã thoát 0 khi tốt, 1 khi có lỗi
kc-desktop backup --data TỆP [--to THƯ_MỤC]            sao lưu tệp và kiểm tra bản sao lưu
kc-desktop restore BẢN_SAO_LƯU --data TỆP              phục hồi tệp từ một bản sao lưu
kc-desktop update BỘ_CÀI_ĐẶT [--data TỆP]              sao lưu tệp rồi cài bản mới hơn (Windows)
kc-desktop self-test                                   tự kiểm tra bản cài đặt
kc-desktop --version                                   xem phiên bản
"""

_MOST_DIGITS = 18
"""SQLite's ids end at 2^63 - 1: a number of more digits is no record of any file."""

_INTERRUPTED = 130
"""What shells expect of a program ended by Ctrl+C."""

COMMANDS = (
    *("sample", "list", "balance", "papers", "print", "report", "calendar"),
    *("export", "import", "guide", "check"),
    *("backup", "restore", "update", "self-test"),
)

BALANCE_VIEWS = ("programme", "content", "source", "place", "project")
"""What the rows of a table of balances may stand for: the values of `domain.balance.View`."""

PRINT_FORMATS = ("pdf", "docx")

PERIOD_CODES = ("q1", "q2", "q3", "q4", "h1", "h2", *(f"m{each}" for each in (2, 4, 5, 7, 8, 9, 10, 11)))
"""The parts of a year a report may be of: the codes of `domain.plan_dossier.PERIODS`."""

EVERYTHING = "all"
"""What `export` calls all the file holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The window, as the composition root lends it: opening it on a file, and building it once for the self-test."""

    open: Callable[[Path | None], int]
    build: Callable[[Path], tuple[str, ...]]


class _WrongCommandError(Exception):
    """The words of a command do not fit together."""


class _OutputLostError(Exception):
    """Our words could not be written to where they were sent."""


@contextlib.contextmanager
def _output() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _OutputLostError from error


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _WrongCommandError(message)


def _path(typed: str) -> Path:
    """Read a path; an empty one, which Path takes for the current folder, comes from a script's unset variable."""
    if not typed.strip():
        raise argparse.ArgumentTypeError("empty path")
    return Path(typed)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kc-desktop", add_help=False, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    def add(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, add_help=False, allow_abbrev=False)

    add("sample").add_argument("file", type=_path)
    listing = add("list")
    listing.add_argument("table")
    listing.add_argument("--data", type=_path, required=True)
    listing.add_argument("--json", action="store_true")
    balance = add("balance")
    balance.add_argument("--data", type=_path, required=True)
    balance.add_argument("--year", type=int, required=True)
    balance.add_argument("--by", choices=BALANCE_VIEWS, default=BALANCE_VIEWS[0])
    balance.add_argument("--json", action="store_true")
    add("papers").add_argument("--json", action="store_true")
    printing = add("print")
    printing.add_argument("kind")
    printing.add_argument("record_id")
    printing.add_argument("--data", type=_path, required=True)
    printing.add_argument("--to", type=_path, required=True)
    printing.add_argument("--each", action="store_true")
    printing.add_argument("--format", choices=PRINT_FORMATS)
    reporting = add("report")
    reporting.add_argument("year", type=int)
    reporting.add_argument("--data", type=_path, required=True)
    reporting.add_argument("--to", type=_path, required=True)
    reporting.add_argument("--period", choices=PERIOD_CODES)
    dates = add("calendar")
    dates.add_argument("--data", type=_path, required=True)
    dates.add_argument("--to", type=_path, required=True)
    exporting = add("export")
    exporting.add_argument("table")
    exporting.add_argument("--data", type=_path, required=True)
    exporting.add_argument("--to", type=_path, required=True)
    exporting.add_argument("--year", type=int)
    exporting.add_argument("--form")
    importing = add("import")
    importing.add_argument("what")
    importing.add_argument("file", type=_path)
    importing.add_argument("--data", type=_path, required=True)
    importing.add_argument("--dry-run", action="store_true")
    importing.add_argument("--errors", type=_path)
    importing.add_argument("--json", action="store_true")
    guiding = add("guide")
    guiding.add_argument("--keys", action="store_true")
    guiding.add_argument("--to", type=_path, required=True)
    add("check").add_argument("file", type=_path)
    saving = add("backup")
    saving.add_argument("--data", type=_path, required=True)
    saving.add_argument("--to", type=_path)
    restoring = add("restore")
    restoring.add_argument("backup", type=_path)
    restoring.add_argument("--data", type=_path, required=True)
    updating = add("update")
    updating.add_argument("installer", type=_path)
    updating.add_argument("--data", type=_path)
    add("self-test")
    return parser


def run(arguments: Sequence[str], window: Window) -> int:
    """Run the program with these arguments and return its exit code."""
    _speak_utf8()
    try:
        code = _run(list(arguments), window)
        with _output():
            if sys.stdout is not None:
                sys.stdout.flush()
        return code
    except _WrongCommandError:
        _complain("Câu lệnh chưa đúng. Gõ kc-desktop --help để xem cách dùng.")
        return 2
    except KnownError as error:
        _complain(str(error))
        return 1
    except _OutputLostError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at its end
        if not isinstance(error.__cause__, BrokenPipeError):  # whoever read our words has gone, as head does
            _complain("Không ghi được kết quả ra nơi nhận. Kiểm tra ổ đĩa chứa tệp nhận còn chỗ rồi chạy lại.")
        return 1
    except KeyboardInterrupt:  # what was begun is taken back; nothing is left to tell whoever pressed Ctrl+C
        return _INTERRUPTED


def _speak_utf8() -> None:
    """Windows consoles and pipes may use another encoding; Vietnamese needs this one."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(line: str) -> None:
    with _output():
        if sys.stdout is not None:  # a windowed program on Windows has none
            print(line)


def _complain(line: str) -> None:
    if sys.stderr is not None:
        print(" ".join(line.split()), file=sys.stderr)


def _run(arguments: list[str], window: Window) -> int:
    if any(each in ("-h", "--help") for each in arguments):
        _say(USAGE.rstrip())
        return 0
    if arguments == ["--version"]:
        _say(f"KC Desktop {__version__}")
        return 0
    if arguments and arguments[0] in COMMANDS:
        given = _parser().parse_args(arguments)
        return _COMMANDS[given.command](given, window)
    return _open_window(arguments, window)


def _open_window(arguments: list[str], window: Window) -> int:
    if arguments == ["--sample"]:
        return window.open(_sample_at_hand())
    if len(arguments) > 1 or (arguments and (arguments[0].startswith("-") or not arguments[0].strip())):
        raise _WrongCommandError
    if arguments and not arguments[0].lower().endswith(".kcdb") and not _is(Path(arguments[0]).exists):
        raise _WrongCommandError
    return window.open(Path(arguments[0]) if arguments else None)


def _is(question: Callable[[], bool]) -> bool:
    """Answer a question about a path; a name too long for the system is the name of nothing."""
    try:
        return question()
    except OSError:
        return False


def _sample_at_hand() -> Path:
    """Return the user's own sample file, written when it is not there yet."""
    from kc_desktop import paths

    try:
        path = paths.sample_file()
    except OSError as error:
        raise KnownError(
            "Không tạo được thư mục để giữ dữ liệu mẫu.",
            "Ghi mẫu vào chỗ khác bằng lệnh kc-desktop sample TỆP.kcdb, rồi mở tệp đó.",
        ) from error
    if not path.exists():
        from kc_desktop.services.sample import write_sample

        write_sample(path)
    return path


def _refuse_missing_folder(target: Path) -> None:
    """Refuse a target whose folder is not there, before any work is done for it."""
    if not _is(target.parent.is_dir):
        raise KnownError(f"Không có thư mục {target.parent}.", "Tạo thư mục đó trước, hoặc ghi vào chỗ khác.")


def _sample(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services.sample import write_sample

    if given.file.suffix.lower() != ".kcdb":
        raise KnownError(f"Tệp dữ liệu không thể có tên “{given.file.name}”.", "Đặt tên tệp có đuôi .kcdb.")
    _refuse_missing_folder(given.file)
    write_sample(given.file)
    _say(f"Đã ghi dữ liệu mẫu vào {given.file}.")
    return 0


def _list(given: argparse.Namespace, _window: Window) -> int:
    import json  # the start of the window does without it

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
        _say(json.dumps([{"id": record_id, "name": name} for record_id, name in names], ensure_ascii=False, indent=1))
    else:
        for record_id, name in names:
            _say(f"{record_id}\t{name}")
    return 0


def _balance(given: argparse.Namespace, _window: Window) -> int:
    import json  # the start of the window does without it

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
        _say(json.dumps(balances.as_json(table), ensure_ascii=False, indent=1))
    elif not table.rows:
        _say(f"Năm {table.year} chưa có kế hoạch, đề án hay bút toán nào.")
    else:
        _say(f"Cân đối kinh phí năm {table.year} (đơn vị tính: đồng)")
        _say(balances.as_text(table))
    return 0


def _papers(given: argparse.Namespace, _window: Window) -> int:
    import json  # the start of the window does without it

    from kc_desktop.services import papers

    kinds = papers.all_kinds()
    if given.json:
        rows = [{"key": each.key, "name": each.name, "record": each.record, "each": each.each} for each in kinds]
        _say(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for each in kinds:
            _say(f"{each.key}\t{each.name}\t{each.record}")
    return 0


def _print(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services import papers
    from kc_desktop.services.workspace import Workspace

    number = given.record_id
    if not number.isascii() or not number.isdigit() or len(number) > _MOST_DIGITS:
        raise KnownError(f"“{number[:40]}” không phải số của bản ghi.", "Xem số bằng lệnh kc-desktop list.")
    is_folder = given.each and _is(given.to.is_dir)
    if given.format and not is_folder:
        raise _WrongCommandError
    if not is_folder:
        _refuse_missing_folder(given.to / "một tệp" if given.each and not given.to.suffix else given.to)
    workspace = Workspace.open(given.data)
    try:
        if given.each:
            found = papers.gather(workspace, given.kind, int(number))
        else:
            data = papers.render(workspace, given.kind, int(number), given.to.suffix)
    finally:
        workspace.close()
    if given.each:
        return _print_each(found, given, is_folder=is_folder)
    papers.write(given.to, data)
    _say(f"Đã in ra {given.to}.")
    return 0


def _print_each(found: Gathered, given: argparse.Namespace, *, is_folder: bool) -> int:
    """Print what was gathered for everybody in turn, into a folder or into one file."""
    from kc_desktop.services import batch

    if not found.kind.each or found.kind.key != given.kind:
        raise KnownError(
            f"“{given.kind[:80]}” không in được cho từng người, từng nội dung.",
            "Bỏ --each, hoặc chọn loại khác bằng lệnh kc-desktop papers --json (mục each).",
        )
    parts = [each.id for each in found.parts]
    if is_folder:
        written = batch.write_each(found, parts, given.to, f".{given.format or PRINT_FORMATS[0]}", _no_progress)
        _say(f"Đã in {len(written)} tệp vào {given.to}.")
    else:
        batch.write_together(found, parts, given.to, _no_progress)
        _say(f"Đã in {len(parts)} bản ra {given.to}.")
    return 0


def _no_progress(_done: int, _total: int) -> None:
    """Say nothing on the way: scripts read what is said at the end."""


def _report(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services import papers, plan_papers
    from kc_desktop.services.workspace import Workspace

    key = f"annual-report:{given.period}" if given.period else "annual-report"
    papers.renderer(given.to.suffix)  # a wrong suffix is told before the file is opened
    _refuse_missing_folder(given.to)
    workspace = Workspace.open(given.data)
    try:
        plan = plan_papers.plan_of(workspace, given.year)
        data = papers.render(workspace, key, plan.id, given.to.suffix)
    finally:
        workspace.close()
    papers.write(given.to, data)
    _say(f"Đã ghi báo cáo ra {given.to}.")
    return 0


def _calendar(given: argparse.Namespace, _window: Window) -> int:
    from datetime import date  # the start of the window does without them

    from kc_desktop.services import calendars, papers
    from kc_desktop.services.workspace import Workspace

    if given.to.suffix.lower() != ".ics":
        raise KnownError(f"Tệp lịch không thể có tên “{given.to.name}”.", "Đặt tên tệp có đuôi .ics.")
    _refuse_missing_folder(given.to)
    workspace = Workspace.open(given.data)
    try:
        data = calendars.export(workspace, date.today())
    finally:
        workspace.close()
    papers.write(given.to, data)
    _say(f"Đã xuất lịch ra {given.to}.")
    return 0


def _export(given: argparse.Namespace, _window: Window) -> int:
    from datetime import date  # the start of the window does without them

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
    _refuse_missing_folder(given.to)
    workspace = Workspace.open(given.data)
    try:
        request = exporting.whole_request(given.table, given.year, date.today())
        rows = exporting.export_list(workspace, given.table, request, given.to, _no_progress)
    finally:
        workspace.close()
    _say(f"Đã xuất {rows} dòng ra {given.to}.")
    return 0


def _export_form(given: argparse.Namespace) -> int:
    """Fill a form of the office with a list, or with figures no list holds."""
    from datetime import date

    from kc_desktop.services import exporting, form_sources, lists, office_forms
    from kc_desktop.services.workspace import Workspace

    keys = [key for key, _title in form_sources.sources()]
    if given.table not in keys:
        raise KnownError(f"Không có bảng “{given.table}”.", f"Các bảng: {', '.join(sorted(keys))}.")
    _refuse_missing_folder(given.to)
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
            workspace, form.id, request or lists.ListRequest(year=given.year), given.to, _no_progress
        )
    finally:
        workspace.close()
    for each in done.notes:
        _complain(each)
    _say(f"Đã điền {done.rows} dòng vào mẫu biểu {form.name}, ghi ra {given.to}.")
    return 0


def _export_all(given: argparse.Namespace) -> int:
    from kc_desktop.services import whole_data
    from kc_desktop.services.workspace import Workspace

    if given.year is not None:
        raise _WrongCommandError
    if not _is(given.to.is_dir):
        raise KnownError(f"Không có thư mục {given.to}.", "Tạo thư mục đó trước, hoặc xuất vào chỗ khác.")
    workspace = Workspace.open(given.data)
    try:
        written = whole_data.export_all(workspace, given.to, _no_progress)
    finally:
        workspace.close()
    _say(f"Đã xuất toàn bộ dữ liệu ra {len(written)} tệp Excel trong {given.to}.")
    return 0


def _import(given: argparse.Namespace, _window: Window) -> int:
    import json  # the start of the window does without them

    from kc_desktop.services import importing, papers
    from kc_desktop.services.workspace import Workspace

    if given.what not in importing.WHATS:
        raise KnownError(f"Không nhập được bảng “{given.what[:80]}”.", f"Các bảng: {', '.join(importing.WHATS)}.")
    if given.errors is not None:
        if given.errors.suffix.lower() != ".xlsx":
            raise KnownError(f"Tệp lỗi không thể có tên “{given.errors.name}”.", "Đặt tên tệp có đuôi .xlsx.")
        _refuse_missing_folder(given.errors)
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
        _say(json.dumps(importing.as_json(found, is_dry_run=given.dry_run), ensure_ascii=False, indent=1))
    else:
        _say(importing.as_text(found, is_dry_run=given.dry_run))
    if wrong:
        kept = f"Các dòng đó ở {given.errors}, cột Lỗi." if given.errors else "Thêm --errors LỖI.xlsx để lấy ra sửa."
        _complain(f"{wrong} dòng có lỗi chưa nhập. {kept}")
    return 1 if wrong else 0


def _guide(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services import guide, papers

    if given.to.suffix.lower() != ".pdf":
        raise KnownError(f"Không ghi được hướng dẫn ra tệp {given.to.name}.", "Đặt tên tệp có đuôi .pdf.")
    _refuse_missing_folder(given.to)
    papers.write(given.to, guide.keys_to_pdf() if given.keys else guide.to_pdf())
    _say(f"Đã ghi {given.to}.")
    return 0


def _check(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services import surroundings
    from kc_desktop.services.checking import check

    found = check(given.file)
    if found:
        place = surroundings.caution_of_place(given.file)
        for each in found if place is None else (*found, f"{place.message} {place.remedy}"):
            _complain(each)
        return 1
    _say(f"Tệp {given.file.name} tốt.")
    for caution in surroundings.cautions_of(given.file):
        _say(f"Lưu ý: {caution.message} {caution.remedy}")
    return 0


def _backup(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services import backup

    if given.to is not None and not _is(given.to.is_dir):
        raise KnownError(f"Không có thư mục {given.to}.", "Tạo thư mục đó trước, hoặc sao lưu vào chỗ khác.")
    done = backup.back_up(given.data, to=given.to)
    _say(f"Đã sao lưu vào {done.backup.path}.")
    for each in (*([done.instead_of.message] if done.instead_of else []), *done.faults):
        _complain(each)
    return 1 if done.faults else 0


def _restore(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services import backup

    _refuse_missing_folder(given.data)
    kept = backup.restore(given.backup, given.data)
    _say(f"Đã phục hồi {given.data} từ {given.backup.name}.")
    if kept is not None:
        _say(f"Tệp trước khi phục hồi được giữ ở {kept}.")
    return 0


def _update(given: argparse.Namespace, _window: Window) -> int:
    from kc_desktop.services import backup, update

    installer = update.judge(given.installer)
    _say(f"Bản {installer.version} mới hơn bản {__version__} đang dùng.")
    if given.data is not None:
        done = backup.back_up(given.data, backup.Reason.PROGRAM_UPDATE)
        _say(f"Đã sao lưu vào {done.backup.path}.")
    update.hand_over(installer)
    _say("Đã giao cho bộ cài đặt; chương trình đang mở sẽ được đóng, cài xong tự mở lại.")
    return 0


def _self_test(_given: argparse.Namespace, window: Window) -> int:
    import tempfile  # the start of the window does without it

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
                _say(f"{kind.name} ({name[:40]}) {suffix}: {size} byte")
        for view, name in overview_charts.VIEWS:
            for chart in overview_charts.charts(workspace, lists.years(workspace)[0], view):
                size = len(overview_charts.draw(chart, 460, overview_charts.PAPER).svg)
                _say(f"Biểu đồ {name} .svg: {size} byte")
        workspace.close()
        found += check(path)
        found += window.build(path)
    for each in found:
        _complain(each)
    _say("Tự kiểm tra xong: có lỗi." if found else "Tự kiểm tra xong: tốt.")
    return 1 if found else 0


_COMMANDS: dict[str, Callable[[argparse.Namespace, Window], int]] = {
    "sample": _sample,
    "list": _list,
    "balance": _balance,
    "papers": _papers,
    "print": _print,
    "report": _report,
    "calendar": _calendar,
    "export": _export,
    "import": _import,
    "guide": _guide,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "update": _update,
    "self-test": _self_test,
}
