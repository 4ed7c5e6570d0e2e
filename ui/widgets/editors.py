"""One editor per kind of field; `editor_for` picks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kc_desktop.domain.fields import Field, Kind
from ui.formats import NUMBER_KINDS
from ui.widgets.choice_editors import ChoiceEdit, FlagEdit, LinkEdit
from ui.widgets.editor import Editor, LineBasedEditor
from ui.widgets.text_editors import LineEdit, LongLineEdit, TextEdit, TimeEdit
from ui.widgets.value_editors import DateEdit, DecimalEdit, IntegerEdit, MomentEdit, MoneyEdit

if TYPE_CHECKING:
    from kc_desktop.services.workspace import Workspace

__all__ = [
    "ChoiceEdit",
    "DateEdit",
    "DecimalEdit",
    "Editor",
    "FlagEdit",
    "IntegerEdit",
    "LineEdit",
    "LinkEdit",
    "LongLineEdit",
    "MomentEdit",
    "MoneyEdit",
    "TextEdit",
    "TimeEdit",
    "editor_for",
]

LONG = 50
"""From this many characters on, a line wraps in a form."""

_EDITORS: dict[Kind, type[Editor]] = {
    Kind.LINE: LineEdit,
    Kind.TEXT: TextEdit,
    Kind.INTEGER: IntegerEdit,
    Kind.MONEY: MoneyEdit,
    Kind.DECIMAL: DecimalEdit,
    Kind.DATE: DateEdit,
    Kind.MOMENT: MomentEdit,
    Kind.CHOICE: ChoiceEdit,
    Kind.FLAG: FlagEdit,
}


def editor_for(field: Field, workspace: Workspace, parent: QWidget | None = None, *, in_cell: bool = False) -> Editor:
    """Make the editor of a field. A line named `…_at` is a time of day; a protected line is masked; a long one wraps.

    In the cell of a table (`in_cell`) a long line does not wrap, and numbers stand on the right as in the column.
    """
    if field.kind is Kind.LINK:
        return LinkEdit(field, workspace, parent)
    if field.kind is Kind.LINE and field.name.endswith("_at"):
        return TimeEdit(field, parent)
    if field.kind is Kind.LINE and field.protected:
        from ui.widgets.protected import ProtectedEdit  # only people have what is protected

        return ProtectedEdit(field, workspace, parent)
    if field.check == "tax_code" and field.name == "tax_code" and not in_cell:
        from ui.widgets.protected import TaxCodeEdit  # a household's is a citizen id

        return TaxCodeEdit(field, workspace, parent)
    if field.kind is Kind.LINE and field.width >= LONG and not in_cell:
        return LongLineEdit(field, parent)
    editor = _EDITORS[field.kind](field, parent)
    if in_cell and field.kind in NUMBER_KINDS and isinstance(editor, LineBasedEditor):
        editor.line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return editor
