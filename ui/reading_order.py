"""Tab goes as one reads, from top to bottom and from left to right, whichever widget was made first.

Qt goes in the order widgets were made in, and much is made late here: the search box after the first paint, the parts
of a meeting when they are first looked at. The order is read off the screen at the moment Tab is pressed, so that what
is made, hidden or moved later needs no word about it. (Not off the layouts: PySide confuses their items with others
that lay at the same address before.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QMainWindow,
    QMenuBar,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolBar,
    QWidget,
    QWidgetAction,
)

from ui import theme
from ui.focus_ring import FocusRing

_WHOLE = (QComboBox, QLineEdit, QAbstractSpinBox, QMenuBar)
"""What takes the focus as one, whatever Qt has put into it; menus have keys of their own."""


@runtime_checkable
class HasControls(Protocol):
    """A table with controls in its cells. It names them: what else Qt has put into a table is not to be touched, its
    wrappers outlive it and bring the program down with the window.
    """

    def controls(self) -> list[QWidget]:
        """Return what stands in the cells, as one reads."""
        ...


class OrderedDialog(QDialog):
    """A dialog whose widgets Tab goes through as one reads."""

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Go on as one reads; only what has been put into a table goes in Qt's own order."""
        return step(self, is_forward=is_forward) or super().focusNextPrevChild(is_forward)


def stops(top: QWidget) -> Iterator[QWidget]:
    """Yield the widgets of a window that Tab stops at, in reading order."""
    for widget in _parts(top):
        if widget.isWindow() or widget.isHidden() or not widget.isEnabled():
            continue
        if _is_stop(widget):
            yield widget
        yield from stops(widget)


def step(top: QWidget, *, is_forward: bool) -> bool:
    """Move the focus to the stop after or before the one that has it; False when something else has it."""
    found = list(stops(top))
    focused = top.focusWidget()
    place = next((place for place, each in enumerate(found) if each is focused), None)
    if not found or (place is None and focused is not None):
        return False
    if place is None:
        place = -1 if is_forward else 0
    wanted = found[(place + (1 if is_forward else -1)) % len(found)]
    wanted.setFocus(Qt.FocusReason.TabFocusReason if is_forward else Qt.FocusReason.BacktabFocusReason)
    return True


def lend_focus(owner: QWidget, taker: QWidget | None) -> None:
    """Let a widget hand its focus on; None while the one that takes it is hidden, where Tab would stop for good."""
    owner.setFocusProxy(taker)  # type: ignore[arg-type]  # the stubs know no None


def _is_stop(widget: QWidget) -> bool:
    if widget.focusProxy() is not None or widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive() and group.checkedButton() is not None:
        return group.checkedButton() is widget  # the arrows lead to the others
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _parts(widget: QWidget) -> list[QWidget]:
    """Return what stands in a widget, in reading order, without touching what Qt has put into it for itself."""
    if isinstance(widget, HasControls):
        return widget.controls()
    if isinstance(widget, _WHOLE):
        return []
    if isinstance(widget, QMainWindow):
        bars = widget.findChildren(QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [*bars, *_known(widget.centralWidget(), widget.statusBar())]
    if isinstance(widget, QToolBar):
        own = [each for each in widget.actions() if isinstance(each, QWidgetAction)]
        return _known(*(each.defaultWidget() for each in own))
    if isinstance(widget, QTabWidget):
        corners = (widget.cornerWidget(each) for each in (Qt.Corner.TopLeftCorner, Qt.Corner.TopRightCorner))
        left, right = corners
        return _known(left, widget.tabBar(), right, widget.currentWidget())
    if isinstance(widget, QTabBar):
        side = QTabBar.ButtonPosition.RightSide
        return _known(*(widget.tabButton(place, side) for place in range(widget.count())))
    if isinstance(widget, QSplitter):
        return _known(*(widget.widget(place) for place in range(widget.count())))
    if isinstance(widget, QStackedWidget):
        return _known(widget.currentWidget())
    if isinstance(widget, QAbstractScrollArea):
        return _known(widget.widget()) if isinstance(widget, QScrollArea) else []
    inside = [each for each in widget.children() if isinstance(each, QWidget) and not isinstance(each, FocusRing)]
    return _as_read([each for each in inside if not (each.isWindow() or each.isHidden())])


def _known(*widgets: QWidget | None) -> list[QWidget]:
    return [each for each in widgets if each is not None]


def _as_read(widgets: list[QWidget]) -> list[QWidget]:
    """Sort what stands side by side: row by row where the rows part clearly, else column by column."""
    if len(widgets) < 2:
        return widgets
    for first, last in ((_top, _bottom), (_left, _right)):
        bands = _bands(widgets, first, last)
        if len(bands) > 1:
            return [each for band in bands for each in _as_read(band)]
    return sorted(widgets, key=lambda each: (each.y(), each.x()))


def _bands(
    widgets: list[QWidget], first: Callable[[QRect], float], last: Callable[[QRect], float]
) -> list[list[QWidget]]:
    """Part widgets where no one reaches across."""
    bands: list[list[QWidget]] = []
    reached = float("-inf")
    for widget in sorted(widgets, key=lambda each: first(each.geometry())):
        if first(widget.geometry()) >= reached:
            bands.append([])
        bands[-1].append(widget)
        reached = max(reached, last(widget.geometry()))
    return bands


# A little of each side is left out: neighbours may touch, and a label be taller than its field.


def _slack(length: int) -> float:
    return min(length / 4, theme.step(count=1.5))


def _top(area: QRect) -> float:
    return area.top() + _slack(area.height())


def _bottom(area: QRect) -> float:
    return area.top() + area.height() - _slack(area.height())


def _left(area: QRect) -> float:
    return area.left() + _slack(area.width())


def _right(area: QRect) -> float:
    return area.left() + area.width() - _slack(area.width())
