"""House rules that only reading the sources can hold."""

from __future__ import annotations

import ast
import fnmatch
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, modules, strings

_SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bPRAGMA\s+\w+"
    r"|\bBEGIN\s+(IMMEDIATE|EXCLUSIVE)\b|\b(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER|VIEW)\b|\bORDER\s+BY\b|\s=\s\?",
    re.DOTALL,
)
_ALLOWED_AT_THE_TOP = {
    *("kc_desktop", "ui", "resources", "tests", "build.spec", "pyproject.toml", "README.md"),
    *(".git", ".gitignore", ".gitattributes", ".ci", "LICENSE", "CHANGELOG.md", "uv.lock"),
}
_ENGLISH = re.compile(
    r"&?(OK|Ok|Cancel|Yes|No|Close|Open|Save|Apply|Discard|Help|Add|Edit|Delete|Remove|New|Print|Search|Find|Undo|Redo"
    r"|Copy|Paste|Cut|Retry|Ignore|Abort|Reset|Back|Next|Finish|Settings|File|View|Tools|Reload|Refresh)(\.\.\.|…)?"
)


def _lambdas_in_connect(tree: ast.Module) -> Iterator[ast.Lambda]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "connect":
            for argument in node.args:
                yield from (each for each in ast.walk(argument) if isinstance(each, ast.Lambda))


def test_no_lambda_given_to_connect_captures_self() -> None:
    """Such a lambda keeps its widget alive for ever."""
    found = [
        f"{path}:{each.lineno}"
        for path, tree in modules("ui")
        for each in _lambdas_in_connect(tree)
        if any(isinstance(name, ast.Name) and name.id == "self" for name in ast.walk(each))
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["ui", "kc_desktop/services", "kc_desktop/documents", "kc_desktop/domain"])
def test_only_storage_speaks_sql(folder: str) -> None:
    found = [
        f"{path}:{line}: {text!r}"
        for path, tree in modules(folder)
        for line, text in strings(tree)
        if _SQL.search(text)
    ]
    assert found == []


def _is_public(name: str) -> bool:
    return not name.startswith("_")


def _undocumented(node: ast.AST, path: str) -> Iterator[str]:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and _is_public(each.name):
            is_overload = any(ast.unparse(mark).endswith("overload") for mark in each.decorator_list)
            if not ast.get_docstring(each) and not is_overload:
                yield f"{path}:{each.lineno}: {each.name}"
            if isinstance(each, ast.ClassDef):
                yield from _undocumented(each, path)


def test_every_public_name_of_the_core_is_documented() -> None:
    found = [each for path, tree in modules("kc_desktop") for each in _undocumented(tree, path)]
    assert found == []


@pytest.mark.parametrize("folder", ["kc_desktop", "ui", "tests"])
def test_every_module_with_code_says_what_it_is_for(folder: str) -> None:
    found = [path for path, tree in modules(folder) if tree.body and not ast.get_docstring(tree)]
    assert found == []


def test_the_top_level_holds_the_four_folders_and_what_every_project_has() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    patterns = [each.strip("/") for each in ignored]
    found = [
        each.name
        for each in ROOT.iterdir()
        if each.name not in _ALLOWED_AT_THE_TOP and not any(fnmatch.fnmatch(each.name, mark) for mark in patterns)
    ]
    assert found == []


def _asks_for_a_translation(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) or (
            isinstance(node, ast.Call) and ast.unparse(node.func).endswith("translate")
        ):
            yield node.lineno


def test_no_button_of_the_window_speaks_english() -> None:
    """Code words are lower case, so a capital letter tells a label from a key; asking Qt for its own word is fine."""
    found = [
        f"{path}:{line}: {text!r}"
        for path, tree in modules("ui")
        for line, text in strings(tree)
        if _ENGLISH.fullmatch(text) and line not in set(_asks_for_a_translation(tree))
    ]
    assert found == []


def test_nobody_sleeps_in_a_test() -> None:
    """But where the moment is the point: a process killed at random moments. Benchmarks are no tests, and the
    scripts that drive Wine wait for another system's programs."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules("tests")
        if path != "tests/storage/test_kill.py" and not path.startswith(("tests/benchmarks/", "tests/windows/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("time.sleep", "sleep", "QTest.qSleep", "qtbot.wait")
    ]
    assert found == []
