"""Xuất Excel…: the list or the table of figures in front, written by a job on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kc_desktop import paths
from kc_desktop.domain.fields import Value
from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.programme import SOURCES
from kc_desktop.services import exporting, selection
from kc_desktop.services.exporting import SUFFIX, Figures
from kc_desktop.services.lists import ListRequest
from kc_desktop.services.workspace import Workspace
from ui.dialogs.export import ExportDialog
from ui.tabs.funding_balance import BalanceView
from ui.tabs.funding_months import MonthsView
from ui.tabs.funding_view import FundingView
from ui.widgets.figure_table import Cell, FigureTable
from ui.widgets.list_panel import ListPanel

if TYPE_CHECKING:
    from ui.jobs import Job, JobRunner
    from ui.main_window import MainWindow

_FOLDER_KEY = "export/folder"
_FORM_KEY = "export/form"
_FILTER = f"Bảng tính Excel (*{SUFFIX})"


@dataclass(frozen=True, slots=True, kw_only=True)
class InFront:
    """What would be written: its title, the file name offered, and how it is written to a path."""

    title: str
    name: str
    write: Callable[[Workspace, Path, exporting.Tell], int]
    sources: tuple[tuple[str, ListRequest], ...] = ()
    """What forms of the office may be filled with here, and which rows of it."""


def export_front(window: MainWindow, jobs: JobRunner) -> ExportDialog | None:
    """Ask where and write what is in front; return the dialog that shows how far it is, None where nothing is done."""
    workspace = window.workspace
    tab = window.pages.current()
    found = in_front(tab, window.year()) if workspace is not None and tab is not None else None
    if workspace is None or found is None:
        window.status.tell("Thẻ đang mở không có danh sách nào để xuất. Mở một danh sách rồi bấm Xuất Excel.")
        return None
    return _export(window, jobs, workspace, found)


def export_chosen(window: MainWindow, jobs: JobRunner, panel: ListPanel) -> ExportDialog | None:
    """Ask where and write the rows chosen in a list, as `export_front` does its whole."""
    workspace = window.workspace
    if workspace is None:
        return None
    request = selection.request_of(panel.selection.chosen())
    return _export(window, jobs, workspace, _list(panel, request))


def _export(window: MainWindow, jobs: JobRunner, workspace: Workspace, found: InFront) -> ExportDialog | None:
    form_id = _ask_form(window, workspace, found)
    name = _name_for_form(workspace, form_id, dict(found.sources)) if form_id else found.name
    path = _ask_where(window, name) if form_id is not None else None
    if path is None:
        return None
    window.state.put(_FOLDER_KEY, str(path.parent))

    def work(job: Job) -> tuple[Path, str]:
        with closing(workspace.second()) as reader:
            if form_id:
                return path, _fill(reader, form_id, dict(found.sources), path, job.report)
            rows = found.write(reader, path, job.report)
        return path, f"Đã xuất {format_vnd(rows)} dòng ra {path.name}."

    return _run(window, jobs, work, found.title, path)


def _ask_form(window: MainWindow, workspace: Workspace, found: InFront) -> int | None:
    """Ask for a form where the office has any for this; return 0 for none, None where nothing is to be done."""
    from kc_desktop.services import office_forms

    forms = [form for key, _request in found.sources for form in office_forms.forms_for(workspace, key)]
    if not forms:
        return 0
    from ui.dialogs.export_form import ExportFormDialog

    key = f"{_FORM_KEY}/{found.sources[0][0]}"
    dialog = ExportFormDialog(workspace, found.title, forms, window.state.number(key), window)
    is_chosen = bool(dialog.exec())
    dialog.deleteLater()
    if not is_chosen:
        return None
    window.state.put(key, dialog.chosen)
    return dialog.chosen


def _name_for_form(workspace: Workspace, form_id: int, requests: dict[str, ListRequest]) -> str:
    """Return the file name offered for a filled form: the form's own, with the year."""
    from kc_desktop.services import office_forms

    form = office_forms.by_id(workspace, form_id)
    return exporting.file_name(form.name, requests[form.source].year, date.today())


def _fill(
    workspace: Workspace, form_id: int, requests: dict[str, ListRequest], path: Path, tell: exporting.Tell
) -> str:
    """Fill a form and say what came of it, with what is to be looked at."""
    from kc_desktop.services import office_forms

    request = requests[office_forms.by_id(workspace, form_id).source]
    done = office_forms.export(workspace, form_id, request, path, tell)
    notes = "".join(f"\n▲ {each}" for each in done.notes)
    return f"Đã điền {format_vnd(done.rows)} dòng vào mẫu biểu, ghi ra {path.name}.{notes}"


def export_everything(window: MainWindow, jobs: JobRunner) -> ExportDialog | None:
    """Ask in which folder and write all the file holds into one of its own there; None where nothing is done."""
    workspace = window.workspace
    if workspace is None:
        return None
    chosen = QFileDialog.getExistingDirectory(window, "Xuất toàn bộ dữ liệu vào thư mục", str(_folder(window)))
    if not chosen:
        return None
    window.state.put(_FOLDER_KEY, chosen)

    def work(job: Job) -> tuple[Path, str]:
        from kc_desktop.services import whole_data

        with closing(workspace.second()) as reader:
            folder, written = whole_data.export_beside(reader, Path(chosen), job.report)
        return folder, f"Đã xuất toàn bộ dữ liệu ra {len(written)} tệp Excel trong thư mục {folder.name}."

    return _run(window, jobs, work, "toàn bộ dữ liệu", Path(chosen))


def _run(
    window: MainWindow, jobs: JobRunner, work: Callable[[Job], tuple[Path, str]], title: str, path: Path
) -> ExportDialog:
    job = jobs.submit("Xuất Excel", work)
    dialog = ExportDialog(job, title, path, window)
    dialog.told.connect(window.status.tell)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()
    return dialog


def in_front(page: QWidget, year: int) -> InFront | None:
    """Return what of a page is written: the list or figures with the cursor, else those in sight."""
    lists: list[ListPanel | FigureTable] = list(page.findChildren(ListPanel))
    candidates = [each for each in (*lists, *page.findChildren(FigureTable)) if each.isVisible()]
    focus = QApplication.focusWidget()
    with_cursor = (each for each in candidates if focus is not None and (each is focus or each.isAncestorOf(focus)))
    chosen = next(with_cursor, next(iter(candidates), None))
    if chosen is None:
        months = next((each for each in page.findChildren(MonthsView) if each.isVisible()), None)
        return _months(months) if months is not None and months.copy_text() else None
    return _list(chosen, chosen.model.request) if isinstance(chosen, ListPanel) else _figures(chosen, year)


def _list(panel: ListPanel, request: ListRequest) -> InFront:
    spec = panel.model.spec
    return InFront(
        title=spec.title,
        name=exporting.file_name(spec.title, request.year, date.today()),
        write=partial(_write_list, spec.key, request, panel.shown_columns()),
        sources=((spec.key, request), *_rows_of_the_record(panel, request)),
    )


def _rows_of_the_record(panel: ListPanel, request: ListRequest) -> tuple[tuple[str, ListRequest], ...]:
    """Return what the record under the bar may fill a form with besides: of a payment list its people."""
    if panel.model.spec.key != "remuneration-lists" or not panel.current_id():
        return ()
    return (("remuneration-rows", ListRequest(year=request.year, filters=(("id", panel.current_id()),))),)


def _write_list(
    key: str,
    request: ListRequest,
    columns: tuple[str, ...],
    workspace: Workspace,
    path: Path,
    tell: exporting.Tell,
) -> int:
    return exporting.export_list(workspace, key, request, path, tell, columns=columns)


def _figures(table: FigureTable, year: int) -> InFront:
    view = table.parentWidget()
    while view is not None and not isinstance(view, FundingView):
        view = view.parentWidget()
    shown = (view.year if view is not None else 0) or year
    rows = [[_written(each) for each in row.cells] for row in table.figures.rows]
    unit = view.unit.label if view is not None else ""
    found = _table(table.accessibleName(), shown, (), table.figures.headings, rows, unit)
    if isinstance(view, BalanceView):
        return replace(found, sources=((f"balance-{view.switch.current()}", ListRequest(year=shown)),))
    return found


def _months(view: MonthsView) -> InFront:
    """Return the months as copying gives them."""
    heading, *lines = (line.split("\t") for line in view.copy_text().splitlines())
    source = dict(SOURCES).get(view.sources.current(), "")
    rows = [[(text, place > 0) for place, text in enumerate(line)] for line in lines]
    more = (source,) if source else ()
    found = _table("Kinh phí theo tháng", view.year, more, tuple(heading), rows, view.unit.label)
    return found if source else replace(found, sources=(("months", ListRequest(year=view.year)),))


def _table(
    title: str,
    year: int,
    more: tuple[str, ...],
    headings: tuple[str, ...],
    rows: list[list[tuple[str, bool]]],
    unit: str,
) -> InFront:
    """Return figures as they are shown: (text, whether it is a number); a share gives its sign to its heading."""
    shares = [any(is_number and text.endswith("%") for text, is_number in column) for column in zip(*rows, strict=True)]
    signed = (f"{each} (%)" if is_share else each for each, is_share in zip(headings, shares, strict=bool(rows)))
    figures = Figures(
        title=title,
        headings=tuple(signed) if rows else headings,
        rows=tuple(tuple(_value(*each) for each in row) for row in rows),
        said=(*((f"Năm {year}",) if year else ()), *more),
        unit=unit,
    )
    return InFront(
        title=title,
        name=exporting.file_name(title, year, date.today()),
        write=partial(_write_figures, figures),
    )


def _write_figures(figures: Figures, workspace: Workspace, path: Path, tell: exporting.Tell) -> int:
    return exporting.export_figures(workspace, figures, path, tell)


def _written(cell: Cell) -> tuple[str, bool]:
    return (cell.plain or cell.text) if cell.is_number else cell.text, cell.is_number


def _value(text: str, is_number: bool) -> Value:
    """Return a number written in Vietnamese as a number; any other text as it stands."""
    if is_number:
        with suppress(InvalidOperation):
            return Decimal(text.removesuffix("%").strip().replace(".", "").replace(",", "."))
    return text


def _ask_where(window: MainWindow, name: str) -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(window, "Xuất Excel", str(_folder(window) / name), _FILTER)
    if not chosen:
        return None
    return Path(chosen if chosen.lower().endswith(SUFFIX) else f"{chosen}{SUFFIX}")


def _folder(window: MainWindow) -> Path:
    """Return the folder exported to last, else the user's documents."""
    kept = window.state.text(_FOLDER_KEY)
    return Path(kept) if kept and Path(kept).is_dir() else paths.documents_folder()
