"""The preview of a paper: pages, zoom, problems, saving and printing, by keyboard and mouse."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QImage, QWheelEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressDialog
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from kc_desktop.errors import KnownError
from kc_desktop.services import papers
from kc_desktop.services.workspace import Workspace
from tests.ui.helpers import show_active
from tests.ui.meeting_parts import CTRL, Key, press
from ui.dialogs import preview_print
from ui.dialogs.guide import GuideDialog
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.preview_job import Paper
from ui.dialogs.preview_pages import MAX_ZOOM, ZoomMode, draw_page
from ui.view_state import ViewState

_A4 = (595.28, 841.89)
_MM = 72 / 25.4


def _pdf(tmp_path: Path, *sizes: tuple[float, float]) -> bytes:
    """Make pages that carry their number and a black square of 20 mm, 30 mm from the left and 40 mm from the top."""
    path = tmp_path / "pages.pdf"
    canvas = Canvas(str(path))
    for number, size in enumerate(sizes, start=1):
        canvas.setPageSize(size)
        canvas.rect(30 * _MM, size[1] - 60 * _MM, 20 * _MM, 20 * _MM, stroke=0, fill=1)
        canvas.drawString(400, size[1] - 100, f"page {number}")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def _paper(render: Callable[[str], bytes], *problems: str) -> Paper:
    return Paper(
        title="Biên bản họp",
        render=render,
        pdf_name="2023.04.13. Biên bản họp.pdf",
        word_name="2023.04.13. Biên bản họp.docx",
        problems=problems,
    )


def _word(_suffix: str) -> bytes:
    return b"word"


def _open(
    qtbot: QtBot, pdf: bytes | None, paper: Paper | None = None, *, state: ViewState | None = None
) -> PreviewDialog:
    dialog = PreviewDialog(paper or _paper(_word), pdf, state=state)
    qtbot.addWidget(dialog)
    dialog.resize(900, 700)
    show_active(qtbot, dialog)
    dialog.view.setFocus()
    return dialog


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    return _pdf(tmp_path, _A4, _A4, (_A4[1], _A4[0]))


def _black_box_mm(image: QImage, dpi: float) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is black in the left third of an image, in mm."""
    xs, ys = [], []
    for y in range(0, image.height(), 2):
        for x in range(0, image.width() // 3, 2):
            if image.pixelColor(x, y).lightness() < 40:
                xs.append(x)
                ys.append(y)
    scale = 25.4 / dpi
    return min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale


def test_pages_are_moved_through_by_keys_buttons_and_the_page_box(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf)
    assert dialog.paging.count_label.text() == "/ 3"
    assert not dialog.paging.previous_button.isEnabled()
    press(Key.Key_End)
    assert dialog.paging.page_edit.text() == "3"
    assert not dialog.paging.next_button.isEnabled()
    press(Key.Key_Home)
    assert dialog.paging.page_edit.text() == "1"
    dialog.paging.next_button.click()
    assert dialog.paging.page_edit.text() == "2"
    dialog.paging.page_edit.setFocus()
    dialog.paging.page_edit.selectAll()
    press(Key.Key_3)
    press(Key.Key_Return)
    assert dialog.view.current_page == 2
    assert dialog.view.hasFocus()


@pytest.mark.parametrize(("typed", "shown"), [("0", "1"), ("99", "3"), ("", "1")])
def test_a_page_number_that_is_not_there_goes_to_the_nearest_page(
    qtbot: QtBot, pdf: bytes, typed: str, shown: str
) -> None:
    dialog = _open(qtbot, pdf)
    dialog.paging.page_edit.setText(typed)
    dialog.paging.page_edit.returnPressed.emit()
    assert dialog.paging.page_edit.text() == shown


def test_page_down_turns_whole_pages_when_whole_pages_are_shown(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf)
    dialog.view.set_zoom_mode(ZoomMode.FIT_PAGE)
    press(Key.Key_PageDown)
    assert dialog.view.current_page == 1
    press(Key.Key_PageUp)
    assert dialog.view.current_page == 0


def test_fitting_follows_the_window_and_a_chosen_size_does_not(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf)
    fitted = dialog.view.zoom
    dialog.resize(700, 700)
    assert dialog.view.zoom < fitted
    dialog.view.set_zoom(1.0)
    dialog.resize(900, 700)
    assert dialog.view.zoom == 1.0
    assert dialog.paging.zoom_box.currentText() == "100 %"


def test_zoom_by_keys_wheel_and_box_stays_within_its_limits(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf)
    press(Key.Key_0, CTRL)
    assert dialog.paging.zoom_label.text() == "100 %"
    press(Key.Key_Plus, CTRL)
    assert dialog.view.zoom > 1.0
    press(Key.Key_Minus, CTRL)
    assert dialog.view.zoom == 1.0
    place = dialog.view.viewport().rect().center()
    for _ in range(40):
        turn = QWheelEvent(
            QPointF(place),
            QPointF(dialog.view.viewport().mapToGlobal(place)),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(dialog.view.viewport(), turn)
    assert dialog.view.zoom == MAX_ZOOM
    dialog.view.grab()  # a page larger than what is kept is drawn part by part
    dialog.paging.zoom_box.setCurrentIndex(1)
    dialog.paging.zoom_box.activated.emit(1)
    assert dialog.view.zoom_mode is ZoomMode.FIT_PAGE


def test_a_part_of_a_page_is_drawn_as_in_the_whole_page(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf)
    whole = draw_page(dialog.document, 0, dialog.view.viewport().size() * 2)
    clip = whole.rect().adjusted(100, 120, -300, -400)
    part = draw_page(dialog.document, 0, whole.size(), clip)
    assert part == whole.copy(clip)


def test_what_the_paper_lacks_stands_over_the_pages(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf, _paper(_word, "Chưa có thư ký: chọn người ghi biên bản."))
    assert "Chưa có thư ký" in dialog.problem_strip.text()
    assert dialog.problem_strip.isVisible()
    complete = _open(qtbot, pdf)
    assert not complete.problem_strip.isVisible()


def test_saving_writes_the_very_bytes_remembers_the_folder_and_offers_to_open_it(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ViewState(tmp_path / "state.ini")
    folder = tmp_path / "Văn bản đi"
    folder.mkdir()
    asked: list[str] = []

    def choose(_parent: object, _title: str, proposed: str, _filter: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(folder / "biên bản"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = _open(qtbot, pdf, state=state)
    press(Key.Key_S, CTRL)
    qtbot.waitUntil((folder / "biên bản.pdf").exists)
    assert (folder / "biên bản.pdf").read_bytes() == pdf
    assert "Đã lưu biên bản.pdf" in dialog.message_strip.text()
    dialog.word_button.click()
    qtbot.waitUntil((folder / "biên bản.docx").exists)
    assert (folder / "biên bản.docx").read_bytes() == b"word"
    assert asked[1] == str(folder / "2023.04.13. Biên bản họp.docx")
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    dialog.message_strip.linkActivated.emit("folder")
    assert opened == [folder]


def test_giving_up_a_save_writes_nothing_and_says_nothing(
    qtbot: QtBot, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog = _open(qtbot, pdf)
    dialog.pdf_button.click()
    dialog.word_button.click()
    assert not dialog.message_strip.isVisible()


def test_a_place_that_cannot_be_written_to_is_told_with_its_remedy(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "x.pdf"), ""))
    dialog = _open(qtbot, pdf)
    dialog.pdf_button.click()
    assert dialog.message_strip.text().startswith("▲ ")
    assert not (tmp_path / "no").exists()


def test_without_any_printer_the_remedy_is_to_save_a_pdf(
    qtbot: QtBot, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_print, "has_printer", lambda: False)
    dialog = _open(qtbot, pdf)
    press(Key.Key_P, CTRL)
    qtbot.waitUntil(dialog.message_strip.isVisible)
    assert "chưa cài máy in" in dialog.message_strip.text()
    assert "Lưu PDF" in dialog.message_strip.text()


def test_a_pc_that_really_has_no_printer_says_so_and_still_saves_a_pdf(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this PC has a printer")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.pdf"), ""))
    dialog = _open(qtbot, pdf)
    dialog.print_button.click()
    assert "chưa cài máy in" in dialog.message_strip.text()
    assert dialog.pdf_button.isEnabled()
    dialog.pdf_button.click()
    assert (tmp_path / "a.pdf").read_bytes() == pdf


def test_a_printer_that_has_gone_while_the_dialog_was_open_is_told(
    qtbot: QtBot, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(_dialog: PreviewDialog, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)  # what Qt makes of a printer it cannot find
        return True

    monkeypatch.setattr(preview_print, "has_printer", lambda: True)
    monkeypatch.setattr(PreviewDialog, "_ask_printer", choose)
    dialog = _open(qtbot, pdf)
    dialog.print_button.click()
    assert "không dùng được nữa" in dialog.message_strip.text()
    assert "Lưu PDF" in dialog.message_strip.text()
    assert dialog.print_button.isEnabled()


@pytest.mark.parametrize(("state", "is_told"), [("Idle", False), ("Active", False), ("Error", True), ("Aborted", True)])
def test_a_printer_that_is_off_takes_the_pages_and_the_wait_is_explained(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, is_told: bool
) -> None:
    told = SimpleNamespace(isNull=lambda: False, state=lambda: QPrinter.PrinterState[state])

    def choose(_dialog: PreviewDialog, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return True

    monkeypatch.setattr(preview_print, "has_printer", lambda: True)
    monkeypatch.setattr(QPrinter, "printerName", lambda _printer: "Máy in phòng KT")
    monkeypatch.setattr(QPrinterInfo, "printerInfo", lambda _name: told)
    monkeypatch.setattr(PreviewDialog, "_ask_printer", choose)
    dialog = _open(qtbot, pdf)
    dialog.print_button.click()
    assert "Đã gửi 3 trang tới máy in Máy in phòng KT." in dialog.message_strip.text()
    assert ("chờ trong hàng đợi" in dialog.message_strip.text()) is is_told
    assert ("Lưu PDF" in dialog.message_strip.text()) is is_told


def test_without_a_default_printer_the_first_there_is_is_offered(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp is not None
    asked: list[str] = []
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Máy in tầng 2", "PDF"])
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", lambda: "")
    monkeypatch.setattr(QPrinter, "setPrinterName", lambda _printer, name: asked.append(name))
    preview_print.new_printer()
    assert asked == ["Máy in tầng 2"]


def test_printing_is_stopped_between_two_pages_and_says_how_far_it_came(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(_dialog: PreviewDialog, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return True

    def stop_at_the_second(watch: QProgressDialog, value: int) -> None:
        if value == 1:
            watch.cancel()

    monkeypatch.setattr(preview_print, "has_printer", lambda: True)
    monkeypatch.setattr(PreviewDialog, "_ask_printer", choose)
    monkeypatch.setattr(QProgressDialog, "setValue", stop_at_the_second)
    dialog = _open(qtbot, pdf)
    dialog.print_button.click()
    assert dialog.message_strip.text().startswith("Đã dừng in: 1/3 trang đã tới máy in")
    assert dialog.print_button.isEnabled()


def test_f1_opens_the_guide_at_printing_and_the_preview_stays(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf)
    press(Key.Key_F1)
    (guide,) = dialog.findChildren(GuideDialog)
    assert guide.isVisible()
    assert guide.page_name() == "giay-to"
    guide.close()
    assert dialog.isVisible()


def test_a_cancelled_print_does_nothing(qtbot: QtBot, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_print, "has_printer", lambda: True)
    monkeypatch.setattr(PreviewDialog, "_ask_printer", lambda *_: False)
    dialog = _open(qtbot, pdf)
    dialog.print_button.click()
    assert not dialog.message_strip.isVisible()


def test_printing_keeps_every_page_true_to_size_and_its_direction(
    qtbot: QtBot, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "printed.pdf"

    def choose(_dialog: PreviewDialog, printer: QPrinter) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        printer.setResolution(300)
        return True

    monkeypatch.setattr(preview_print, "has_printer", lambda: True)
    monkeypatch.setattr(PreviewDialog, "_ask_printer", choose)
    dialog = _open(qtbot, pdf)
    dialog.print_button.click()
    assert "Đã gửi 3 trang" in dialog.message_strip.text()
    with pypdfium2.PdfDocument(target) as printed:
        sizes = [page.get_size() for page in printed]
        assert [pytest.approx(each, abs=1) for each in sizes] == [_A4, _A4, (_A4[1], _A4[0])]
        for page in printed:
            bitmap = page.render(scale=150 / 72).to_pil().convert("RGB")
            image = QImage(bitmap.tobytes(), bitmap.width, bitmap.height, bitmap.width * 3, QImage.Format.Format_RGB888)
            assert _black_box_mm(image, 150) == pytest.approx((30, 40, 50, 60), abs=0.6)


def test_only_the_pages_asked_for_are_printed(qtbot: QtBot, pdf: bytes, tmp_path: Path) -> None:
    dialog = _open(qtbot, pdf)
    printer = preview_print.new_printer()
    assert preview_print.MIN_DPI <= printer.resolution() <= preview_print.MAX_DPI
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "one.pdf"))
    printer.setResolution(300)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 2)
    assert preview_print.print_pages(dialog.document, printer) == 1
    with pypdfium2.PdfDocument(tmp_path / "one.pdf") as printed:
        assert len(printed) == 1


def test_a_paper_that_takes_long_opens_the_window_and_comes_when_ready(qtbot: QtBot, pdf: bytes) -> None:
    may_end = threading.Event()

    def slowly(_suffix: str) -> bytes:
        may_end.wait(30)
        return pdf

    dialog = _open(qtbot, None, _paper(slowly))
    assert not dialog.is_ready
    assert not dialog.pdf_button.isEnabled()
    assert "Đang dựng" in dialog.message_strip.text()
    may_end.set()
    qtbot.waitUntil(lambda: dialog.is_ready)
    assert dialog.paging.count_label.text() == "/ 3"
    assert dialog.pdf_button.isEnabled()
    assert not dialog.message_strip.isVisible()


def test_closing_while_the_paper_is_still_made_is_quiet(qtbot: QtBot, pdf: bytes) -> None:
    may_end = threading.Event()

    def slowly(_suffix: str) -> bytes:
        may_end.wait(30)
        return pdf

    dialog = _open(qtbot, None, _paper(slowly))
    press(Key.Key_Escape)
    assert not dialog.isVisible()
    may_end.set()


def test_a_paper_that_cannot_be_made_says_why(qtbot: QtBot) -> None:
    def refuse(_suffix: str) -> bytes:
        raise KnownError("Phông chữ thiếu ký tự “☃”.", "Bỏ ký tự đó rồi in lại.")

    dialog = _open(qtbot, None, _paper(refuse))
    assert "Bỏ ký tự đó rồi in lại" in dialog.message_strip.text()
    assert not dialog.print_button.isEnabled()


def test_every_control_has_a_vietnamese_name(qtbot: QtBot, pdf: bytes) -> None:
    dialog = _open(qtbot, pdf)
    for control in (
        dialog.paging.page_edit,
        dialog.paging.zoom_box,
        dialog.view,
        dialog.paging.smaller_button,
        dialog.paging.next_button,
    ):
        assert control.accessibleName()


@pytest.mark.parametrize("key", ["meeting-minutes", "attendance-sheet"])
def test_show_paper_renders_a_meetings_paper_and_closes_cleanly(
    qtbot: QtBot, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    shown: list[str] = []

    def look(dialog: PreviewDialog) -> int:
        qtbot.waitUntil(lambda: dialog.is_ready, timeout=20_000)
        shown.append(dialog.document.getAllText(0).text())
        dialog.reject()
        return 0

    monkeypatch.setattr(PreviewDialog, "exec", look)
    PreviewDialog.show_paper(None, workspace, key, 1)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown[0]
    assert papers.file_name(workspace, key, 1, ".pdf").startswith("2023.04.13. ")
