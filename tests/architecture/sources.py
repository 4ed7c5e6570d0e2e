"""The sources the architecture tests read: parsed once, named by their path in the checkout."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@cache
def modules(folder: str) -> tuple[tuple[str, ast.Module], ...]:
    """Return (path in the checkout, syntax tree) of every module under a folder; there is always at least one."""
    found = tuple(
        (path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / folder).rglob("*.py"))
    )
    assert found, folder
    return found


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of every text in a module that is no docstring; of an f-string, its fixed parts."""
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value
