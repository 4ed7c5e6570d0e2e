"""A dialog with a row that does its long work beside the window."""

from __future__ import annotations

from ui.reading_order import OrderedDialog
from ui.widgets.job_row import JobRow


class JobDialog(OrderedDialog):
    """Esc stops what runs, then leaves; the dialog leaves nothing running. Whoever derives from it makes `work`."""

    work: JobRow

    def reject(self) -> None:
        """Stop what runs, and leave when nothing does."""
        if self.work.is_busy():
            self.work.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Leave nothing running."""
        self.work.close_down()
        super().done(result)
