"""How far an import is where it goes through its rows several times: read, rehearsed, read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

Progress = Callable[[int, int], None]

_WHOLE: Final = 1_000


class Stages:
    """Tells one measure over so many stages of like length, each of which tells (done, of how many) of its own."""

    def __init__(self, progress: Progress, number: int) -> None:
        self._progress, self._number, self._begun = progress, number, 0

    def begin(self) -> Progress:
        """Return what the next stage tells. It may raise to stop."""
        before = self._begun
        self._begun += 1

        def tell(done: int, total: int) -> None:
            part = _WHOLE * min(done, total) // total if total else _WHOLE
            self._progress(before * _WHOLE + part, self._number * _WHOLE)

        return tell if self._number > 1 else self._progress
