"""The pages of a PDF, one below the other, drawn at exactly the screen's pixels."""

from __future__ import annotations

from enum import Enum
from itertools import accumulate

from PySide6.QtCore import QPoint, QRect, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

MIN_ZOOM, MAX_ZOOM = 0.25, 4.0
ZOOM_STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_GAP_PX = 12
_KEPT_PIXELS = 24_000_000
"""How many pixels of drawn pages are kept (4 bytes each); a larger page is drawn part by part."""


class ZoomMode(Enum):
    """What decides how large a page is shown."""

    FIT_WIDTH = "fit_width"
    FIT_PAGE = "fit_page"
    FREE = "free"


class PageView(QAbstractScrollArea):
    """Shows the pages of a QPdfDocument and moves through them by keys, wheel and bars.

    QPdfView is not used: it draws in a thread of its own that outlives a closed document, and it knows no Home and End.
    """

    currentPageChanged = Signal(object)
    zoomChanged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: QPdfDocument | None = None
        self._sizes: list[QSize] = []
        self._tops: list[int] = []
        self._content = QSize()
        self._drawn: dict[int, QImage] = {}
        self._mode = ZoomMode.FIT_WIDTH
        self._zoom = 1.0
        self._page = 0
        self._build_ui()
        self._connect_signals()

    def _build_ui(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Các trang giấy")
        self.viewport().setBackgroundRole(QPalette.ColorRole.Mid)
        # the bar always stands: a page that fits must not change its width by making the bar come and go
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def _connect_signals(self) -> None:
        self.verticalScrollBar().valueChanged.connect(self._on_bar_value_changed)

    # --- public

    def set_document(self, document: QPdfDocument | None) -> None:
        """Show a loaded document from its first page; None shows nothing. The document stays the caller's."""
        self._document = document
        self._drawn.clear()
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.currentPageChanged.emit(0)

    @property
    def page_count(self) -> int:
        """The number of pages shown."""
        return len(self._sizes)

    @property
    def current_page(self) -> int:
        """The page most in sight, counted from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """How large pages are: 1.0 shows a point of paper as 1/72 inch of screen."""
        return self._zoom

    @property
    def zoom_mode(self) -> ZoomMode:
        """What decides the size."""
        return self._mode

    def set_zoom_mode(self, mode: ZoomMode) -> None:
        """Let the window decide the size, or keep the present one."""
        self._mode = mode
        self._lay_out_around(self.viewport().rect().center())

    def set_zoom(self, zoom: float, anchor: QPoint | None = None) -> None:
        """Show pages at this size, keeping what is under `anchor` (default: the middle) where it is."""
        self._mode = ZoomMode.FREE
        self._zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        self._lay_out_around(anchor or self.viewport().rect().center())

    @Slot()
    def zoom_in(self) -> None:
        """Go to the next larger step."""
        self.set_zoom(next((step for step in ZOOM_STEPS if step > self._zoom * 1.01), MAX_ZOOM))

    @Slot()
    def zoom_out(self) -> None:
        """Go to the next smaller step."""
        self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self._zoom * 0.99), MIN_ZOOM))

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page (counted from 0) to the top of the view; beyond the ends the nearest page."""
        if not self._tops:
            return
        page = min(max(page, 0), len(self._tops) - 1)
        self.verticalScrollBar().setValue(self._tops[page] - _GAP_PX)
        self._set_page(page)  # the last page may not reach the top, it is still the one asked for

    # --- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_around(QPoint(0, 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turns = event.angleDelta().y() / 120
            if turns:
                self.set_zoom(self._zoom * 1.1**turns, event.position().toPoint())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        key = event.key()
        if key == Qt.Key.Key_Home:
            self.go_to_page(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
            self._set_page(self.page_count - 1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self._turn(+1)
        elif key == Qt.Key.Key_PageUp:
            self._turn(-1)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        for page in range(len(self._sizes)):
            rect = self._page_rect(page)
            if not rect.intersects(event.rect()):
                continue
            self._paint_page(painter, page, rect, rect.intersected(event.rect()))
            painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.end()

    # --- slots

    @Slot(int)
    def _on_bar_value_changed(self, _value: int) -> None:
        self.viewport().update()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = 0
        for number, top in enumerate(self._tops):
            if top <= middle:
                page = number
        self._set_page(page)

    # --- private

    def _turn(self, step: int) -> None:
        """Move by a page when whole pages are shown, else by what the view holds."""
        bar = self.verticalScrollBar()
        if self._mode is ZoomMode.FIT_PAGE:
            self.go_to_page(self._page + step)
        else:
            bar.setValue(bar.value() + step * bar.pageStep())

    def _set_page(self, page: int) -> None:
        if page != self._page and 0 <= page < len(self._sizes):
            self._page = page
            self.currentPageChanged.emit(page)

    def _lay_out_around(self, anchor: QPoint) -> None:
        """Lay the pages out again and keep what stood at `anchor` (viewport pixels) there."""
        before = self._content
        x = self.horizontalScrollBar().value() + anchor.x()
        y = self.verticalScrollBar().value() + anchor.y()
        self._lay_out()
        if before.height() > 0 and before != self._content:
            self.horizontalScrollBar().setValue(round(x * self._content.width() / before.width()) - anchor.x())
            self.verticalScrollBar().setValue(round(y * self._content.height() / before.height()) - anchor.y())

    def _lay_out(self) -> None:
        document, view = self._document, self.viewport().size()
        points = [document.pagePointSize(page) for page in range(document.pageCount())] if document else []
        old_zoom = self._zoom
        if points and self._mode is not ZoomMode.FREE:
            self._zoom = self._fitting_zoom(points, view)
        scale = self._zoom * self.logicalDpiX() / 72
        sizes = [QSize(round(size.width() * scale), round(size.height() * scale)) for size in points]
        if sizes != self._sizes:
            self._drawn.clear()
        self._sizes = sizes
        self._tops = (
            list(accumulate((size.height() + _GAP_PX for size in sizes[:-1]), initial=_GAP_PX)) if sizes else []
        )
        width = max((size.width() for size in sizes), default=0) + 2 * _GAP_PX
        height = (self._tops[-1] + sizes[-1].height() + _GAP_PX) if sizes else 0
        self._content = QSize(width, height)
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(max(view.height() // 12, 1))
        self.verticalScrollBar().setRange(0, max(height - view.height(), 0))
        self.horizontalScrollBar().setPageStep(view.width())
        self.horizontalScrollBar().setRange(0, max(width - view.width(), 0))
        self.viewport().update()
        if self._zoom != old_zoom or self._mode is ZoomMode.FREE:
            self.zoomChanged.emit(self._zoom)

    def _fitting_zoom(self, points: list[QSizeF], view: QSize) -> float:
        """Return the zoom at which the widest page, or one whole page, fills the view."""
        dpi = self.logicalDpiX() / 72
        room_wide, room_high = view.width() - 2 * _GAP_PX, view.height() - 2 * _GAP_PX
        zoom = room_wide / (max(size.width() for size in points) * dpi)
        if self._mode is ZoomMode.FIT_PAGE:
            zoom = min(zoom, room_high / (max(size.height() for size in points) * dpi))
        return min(max(zoom, MIN_ZOOM), MAX_ZOOM)

    def _page_rect(self, page: int) -> QRect:
        """Return where a page stands, in viewport pixels."""
        size = self._sizes[page]
        room = max(self.viewport().width(), self._content.width())
        left = (room - size.width()) // 2 - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._tops[page] - self.verticalScrollBar().value()), size)

    def _paint_page(self, painter: QPainter, page: int, rect: QRect, part: QRect) -> None:
        assert self._document is not None
        ratio = self.devicePixelRatioF()
        pixels = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        painter.fillRect(part, Qt.GlobalColor.white)
        if pixels.width() * pixels.height() > _KEPT_PIXELS:
            inside = part.translated(-rect.topLeft())
            clip = QRect(
                round(inside.x() * ratio),
                round(inside.y() * ratio),
                round(inside.width() * ratio),
                round(inside.height() * ratio),
            )
            painter.drawImage(part, draw_page(self._document, page, pixels, clip))
            return
        image = self._drawn.pop(page, None)
        if image is None or image.size() != pixels:
            image = draw_page(self._document, page, pixels)
        self._drawn[page] = image
        while (
            sum(each.width() * each.height() for each in self._drawn.values()) > _KEPT_PIXELS and len(self._drawn) > 1
        ):
            del self._drawn[next(iter(self._drawn))]
        painter.drawImage(rect, image)


def draw_page(document: QPdfDocument, page: int, pixels: QSize, clip: QRect | None = None) -> QImage:
    """Return a page drawn `pixels` large on white, or only the part `clip` of it."""
    options = QPdfDocumentRenderOptions()
    if clip is None:
        drawn = document.render(page, pixels, options)
    else:
        options.setScaledSize(pixels)
        # Qt 6.12 scales by (right - left) / width of the clip, and QRect's right is one less than left + width:
        # without the extra pixel everything would come out a little smaller (qpdfdocument.cpp; a test watches it)
        options.setScaledClipRect(clip.adjusted(0, 0, 1, 1))
        drawn = document.render(page, clip.size(), options)
    white = QImage(drawn.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return white
