"""Measure the program's speed against its limits; not part of the tests.

    python -m tests.benchmarks [--records 100000 1000000]
                               [--only window reading filtering model finding saving ledger exporting printing batch
                                       import]

Prints each figure with its floor, measured in the same run and taking turns with it, their ratio, the limit and the
verdict. Exits with 1 when a limit is missed. Generated files are kept in the system's folder for temporary files.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kc_desktop.storage import listing, schema, schema_2, schema_3, search
from tests.benchmarks import generate, measure, words

PARTS = (
    *("window", "reading", "filtering", "model", "finding", "saving", "ledger", "exporting", "printing", "batch"),
    "import",
)
_OFTEN = 100_000
"""The size of file the limits on the window and on saving speak of."""


def data_file(records: int) -> Path:
    """Return a file of so many records, made now unless the same generator and schema made it before."""
    sources = (Path(module.__file__ or "") for module in (generate, words, schema, schema_2, schema_3, search))
    stamp = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / "kc-benchmarks"
    folder.mkdir(exist_ok=True)
    path = folder / f"{records}-{stamp}.kcdb"
    if not path.exists():
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        generate.generate(making, records)
        making.rename(path)
    return path


def _figures(parts: Iterable[str], sizes: list[int]) -> Iterator[list[measure.Figure]]:
    """Yield the figures part by part: a part's modules are imported only when it runs."""
    for part in parts:
        if part == "window":
            from tests.benchmarks import window

            yield window.figures(data_file(_OFTEN), _OFTEN)
        elif part == "reading":
            from tests.benchmarks import reading

            for records in sizes:
                yield reading.figures(data_file(records), records)
        elif part == "filtering":
            from tests.benchmarks import filtering

            for records in sizes:
                yield filtering.figures(data_file(records), records)
        elif part == "model":
            from tests.benchmarks import model

            for records in sizes:
                yield model.figures(data_file(records), records)
        elif part == "finding":
            from tests.benchmarks import finding

            for records in sizes:
                yield finding.figures(data_file(records), records)
        elif part == "saving":
            from tests.benchmarks import saving

            yield saving.figures(data_file(_OFTEN), _OFTEN)
        elif part == "ledger":
            from tests.benchmarks import ledger

            for entries in sizes:
                with tempfile.TemporaryDirectory(prefix="kc-ledger-") as folder:
                    path = Path(folder) / "sổ.kcdb"
                    ledger.write(path, entries)
                    yield ledger.figures(path, entries)
        elif part == "exporting":
            from tests.benchmarks import exporting, ledger

            with tempfile.TemporaryDirectory(prefix="kc-ledger-") as folder:
                path = Path(folder) / "sổ.kcdb"
                ledger.write(path, _OFTEN)
                yield exporting.figures(path, _OFTEN)
        elif part == "import":
            from tests.benchmarks import importing

            yield importing.figures()
        elif part == "batch":
            from tests.benchmarks import batching

            yield batching.figures()
        else:
            from tests.benchmarks import printing

            yield printing.figures()


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def main() -> int:
    """Measure what the command line asks for and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--records", type=int, nargs="+", default=[_OFTEN, 1_000_000], help="sizes of files to read")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure these parts only")
    arguments = parser.parse_args()
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()} "
        f"{platform.machine()} with {os.cpu_count()} processors, load {_load()}; pages of {listing.PAGE_ROWS} rows",
        flush=True,
    )
    is_within = True
    for found in _figures(arguments.only, arguments.records):
        print(f"\n{measure.table(found)}", flush=True)
        is_within &= all(each.is_within is not False for each in found)
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main())
