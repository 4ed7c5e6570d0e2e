"""PyInstaller for Wine: without the garbage collection pefile asks for per closed file (40 s of 80 under Wine)."""

import gc
import sys

from PyInstaller.__main__ import run


def _collect_nothing(generation: int = 2) -> int:
    return 0 * generation


if __name__ == "__main__":
    gc.collect = _collect_nothing
    run(sys.argv[1:])
