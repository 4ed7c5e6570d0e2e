"""From a PDF to a printer: QtPdf only draws pictures, so pages are drawn at the printer's own resolution."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QProgressDialog, QWidget

from kc_desktop.errors import KnownError
from ui.dialogs.preview_pages import draw_page

MIN_DPI, MAX_DPI = 300, 600
_PATIENCE_MS = 500
"""Printing that is estimated to take longer shows its progress."""
_BAND_PX = 1024
"""A page is drawn in bands this high: a whole A4 page at 600 dpi would take 139 MB at once."""


def has_printer() -> bool:
    """Return whether this PC knows any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def new_printer() -> QPrinter:
    """Return the default printer, else the first there is, at a resolution that keeps small Vietnamese marks clear."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    names = QPrinterInfo.availablePrinterNames()
    if names and not QPrinterInfo.defaultPrinterName():
        printer.setPrinterName(names[0])
    printer.setResolution(min(max(printer.resolution(), MIN_DPI), MAX_DPI))
    return printer


def trouble(printer: QPrinter) -> KnownError | None:
    """Return why nothing can be sent to a printer that was chosen, None when something can.

    A QPrinter whose printer has gone turns itself into one that writes a PDF, without a name for it.
    """
    is_to_file = printer.outputFormat() == QPrinter.OutputFormat.PdfFormat
    if printer.isValid() and not (is_to_file and not printer.outputFileName()):
        return None
    return KnownError(
        "Máy in đã chọn không dùng được nữa.", "Bấm In rồi chọn máy in khác, hoặc bấm Lưu PDF rồi in ở máy khác."
    )


def waiting_words(printer: QPrinter) -> str:
    """Return what to know when the printer itself is off, out of paper or stopped; "" when it prints.

    The system takes pages for such a printer all the same and keeps them until it is ready.
    """
    info = QPrinterInfo.printerInfo(printer.printerName()) if printer.printerName() else QPrinterInfo()
    if info.isNull() or info.state() not in (QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error):
        return ""
    return (
        "Máy in đang tắt, hết giấy hoặc tạm dừng: giấy tờ chờ trong hàng đợi, máy in sẵn sàng là in. Không chờ được "
        "thì xóa lệnh in đó rồi bấm Lưu PDF."
    )


class PrintingStoppedError(Exception):
    """The user stopped the printing; `sent` of `asked` pages had gone to the printer."""

    def __init__(self, sent: int, asked: int) -> None:
        super().__init__(f"{sent} of {asked} pages sent")
        self.sent, self.asked = sent, asked


def print_watched(document: QPdfDocument, printer: QPrinter, parent: QWidget) -> int:
    """Print as `print_pages` does; what takes longer than a moment shows how far it is and can be stopped.

    Raises PrintingStoppedError when it was, OSError when the printer cannot be started.
    """
    watch = QProgressDialog("", "Dừng", 0, 1, parent)
    watch.setWindowTitle("In giấy tờ")
    watch.setWindowModality(Qt.WindowModality.WindowModal)
    watch.setMinimumDuration(_PATIENCE_MS)
    watch.setAutoReset(False)

    def tell(page: int, count: int) -> None:
        watch.setLabelText(f"Đang gửi trang {page}/{count} tới máy in…")
        watch.setMaximum(count)
        watch.setValue(page - 1)  # lets clicks on the button in
        if watch.wasCanceled():
            raise PrintingStoppedError(page - 1, count)

    try:
        return print_pages(document, printer, tell)
    finally:
        watch.close()
        watch.deleteLater()


def print_pages(document: QPdfDocument, printer: QPrinter, tell: Callable[[int, int], None] | None = None) -> int:
    """Print the pages the printer was told to, true to size, and return how many sheets were sent.

    `tell` hears before each page which one of how many comes now; what it raises ends the printing, and the printer is
    asked to drop what it has. Raises OSError when the printer cannot be started.
    """
    pages = list(_asked_pages(document, printer))
    if not pages:
        return 0
    _set_paper(document, pages[0], printer)
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError("the printer cannot be started")
    try:
        for position, page in enumerate(pages):
            if tell is not None:
                tell(position + 1, len(pages))
            if position:
                _set_paper(document, page, printer)
                if not printer.newPage():
                    raise OSError("the printer takes no further page")
            _draw(document, page, printer, painter)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return len(pages)


def _asked_pages(document: QPdfDocument, printer: QPrinter) -> Iterator[int]:
    """Yield the pages chosen in the print dialog, repeated when the printer itself makes no copies."""
    count = document.pageCount()
    ranges = printer.pageRanges()
    if printer.printRange() == QPrinter.PrintRange.AllPages or ranges.isEmpty():
        chosen = list(range(count))
    else:
        chosen = [page for page in range(count) if ranges.contains(page + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        chosen.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
    if printer.collateCopies():
        for _ in range(copies):
            yield from chosen
    else:
        for page in chosen:
            yield from [page] * copies


def _set_paper(document: QPdfDocument, page: int, printer: QPrinter) -> None:
    """Give the printer the size and direction of the page, borders included: the page has its own margins."""
    size = document.pagePointSize(page)
    is_landscape = size.width() > size.height()
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    paper = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    way = QPageLayout.Orientation.Landscape if is_landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, way, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)


def _draw(document: QPdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    size = document.pagePointSize(page)
    dpi = printer.resolution()
    whole = QSize(round(size.width() * dpi / 72), round(size.height() * dpi / 72))
    for top in range(0, whole.height(), _BAND_PX):
        band = QRect(0, top, whole.width(), min(_BAND_PX, whole.height() - top))
        painter.drawImage(band, draw_page(document, page, whole, band))
