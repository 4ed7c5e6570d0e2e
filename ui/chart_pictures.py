"""Chép hình, Lưu hình…: a chart leaves the program as on paper, black on white, under its title."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QMimeData, QPointF, QRectF, QSize, QStandardPaths
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog, QWidget

from kc_desktop.services import overview_charts, papers
from kc_desktop.services.overview_charts import PAPER, OverviewChart
from ui.view_state import ViewState

_WIDTH = 460
"""Points between the margins of a paper of Decree 30, rounded up."""
_DOTS_PER_INCH = 192
_MARGIN = 24
"""Dots of white around a picture: Zalo shows it on any ground."""
_POINTS_PER_INCH = 72
_METRES_PER_INCH = 0.0254
_FOLDER_KEY = "charts/folder"
_PNG, _SVG = ".png", ".svg"
_loaded: set[Path] = set()


def load_letters() -> None:
    """Make the letters of papers known to the window, once."""
    for path in overview_charts.font_files():
        if path not in _loaded:
            QFontDatabase.addApplicationFont(str(path))
            _loaded.add(path)


def image(chart: OverviewChart) -> QImage:
    """Return a chart as a picture for print, at twice the dots of a screen."""
    load_letters()
    picture = overview_charts.draw(chart, _WIDTH, PAPER, with_title=True)
    ratio = _DOTS_PER_INCH / _POINTS_PER_INCH
    size = QSize(round(picture.width * ratio), round(picture.height * ratio))
    found = QImage(size.grownBy(QMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)), QImage.Format.Format_RGB32)
    found.fill(0xFFFFFFFF)
    found.setDotsPerMeterX(round(_DOTS_PER_INCH / _METRES_PER_INCH))
    found.setDotsPerMeterY(round(_DOTS_PER_INCH / _METRES_PER_INCH))
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(picture.svg.encode())).render(painter, QRectF(QPointF(_MARGIN, _MARGIN), size))
    painter.end()
    return found


def svg(chart: OverviewChart) -> bytes:
    """Return a chart as SVG whose letters other programs know."""
    return overview_charts.portable(overview_charts.draw(chart, _WIDTH, PAPER, with_title=True)).encode()


def png(given: QImage) -> bytes:
    """Return a picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    given.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6 says the format is bytes and takes str only
    buffer.close()
    return bytes(data.data())


def copy(chart: OverviewChart) -> str:
    """Put a chart into the clipboard, for Word, Zalo and whatever takes pictures; return a sentence about it."""
    found = image(chart)
    data = QMimeData()
    data.setImageData(found)
    data.setData("image/png", png(found))
    data.setData("image/svg+xml", svg(chart))
    QGuiApplication.clipboard().setMimeData(data)
    return f"Đã chép hình “{chart.title}”: dán (Ctrl+V) vào Word, Zalo."


def save(chart: OverviewChart, state: ViewState, parent: QWidget) -> str:
    """Ask where and write a chart as PNG or SVG; return a sentence about it, "" when the user gave up.

    Raises:
        KnownError: if the file cannot be written.
    """
    filters = f"Hình PNG (*{_PNG});;Hình SVG (*{_SVG})"
    start = _folder(state) / f"{chart.title}{_PNG}"
    chosen, kind = QFileDialog.getSaveFileName(parent, f"Lưu hình {chart.title}", str(start), filters)
    if not chosen:
        return ""
    path = Path(chosen)
    if path.suffix.lower() not in (_PNG, _SVG):
        path = path.with_name(path.name + (_SVG if _SVG in kind else _PNG))
    papers.write(path, svg(chart) if path.suffix.lower() == _SVG else png(image(chart)))
    state.put(_FOLDER_KEY, str(path.parent))
    return f"Đã lưu hình {path.name} vào thư mục {path.parent.name}."


def _folder(state: ViewState) -> Path:
    kept = state.text(_FOLDER_KEY)
    if kept and Path(kept).is_dir():
        return Path(kept)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
