"""The README tells the truth: every term of the domain is in its glossary, every command in its table."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from kc_desktop import commands, domain
from kc_desktop.services import lists, papers
from tests import setup
from tests.architecture.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
_NOT_OF_THE_TRADE = {"kc_desktop.domain.fields"}


def _domain_modules() -> Iterator[ModuleType]:
    for each in pkgutil.iter_modules(domain.__path__, f"{domain.__name__}."):
        if each.name not in _NOT_OF_THE_TRADE:
            yield importlib.import_module(each.name)


def _terms() -> list[str]:
    return sorted(
        name
        for module in _domain_modules()
        for name, value in vars(module).items()
        if isinstance(value, type)
        and dataclasses.is_dataclass(value)
        and getattr(value, "__module__", "") == module.__name__
        and not name.startswith("_")
    )


def _sets_of_codes() -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    found = {
        name: value
        for module in _domain_modules()
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, tuple) and value and all(_is_choice(each) for each in value)
    }
    return sorted(found.items())


def _is_choice(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(each, str) for each in value)


@pytest.mark.parametrize("term", _terms())
def test_every_term_of_the_domain_is_in_the_glossary_with_its_source(term: str) -> None:
    rows = [
        line.split("|") for line in README.splitlines() if line.startswith("|") and f"`{term}`" in line.split("|")[1]
    ]
    assert len(rows) == 1
    assert all(cell.strip() for cell in rows[0][1:4])


@pytest.mark.parametrize(("name", "codes"), _sets_of_codes(), ids=lambda each: each if isinstance(each, str) else "")
def test_every_code_is_in_the_glossary_with_its_label(name: str, codes: tuple[tuple[str, str], ...]) -> None:
    (row,) = [line for line in README.splitlines() if line.startswith(f"| `{name}` |")]
    assert row.split("|")[3].strip() == " · ".join(
        f"`{code}` {label}" if code else f"(trống) {label}" for code, label in codes
    )


def test_the_glossary_explains_no_term_that_is_gone() -> None:
    known = {name for name, _codes in _sets_of_codes()} | set(_terms())
    glossary = README.split("## Glossary")[1]
    explained = {
        term
        for line in glossary.splitlines()
        if line.startswith("| `")
        for term in re.findall(r"`([A-Za-z_]+)`", line.split("|")[1])
    }
    assert explained - known == set()


def test_every_command_is_in_the_table() -> None:
    for each in commands.COMMANDS:
        assert f"| `kc-desktop {each}" in README


def test_every_table_the_readme_lists_exists() -> None:
    (row,) = [line for line in README.splitlines() if line.startswith("| `kc-desktop list")]
    assert set(re.findall(r"`([a-z-]+)`", row.split("|")[2])) <= set(lists.LISTS)


def test_every_paper_is_named_in_the_change_log() -> None:
    told = " ".join((ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split())
    for each in papers.all_kinds():
        assert each.name in told


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).is_file()


def test_both_set_up_commands_are_there_for_both_systems() -> None:
    for each in ("window", "check"):
        assert f"`python3 tests/setup.py {each}`" in README
        assert f"`py tests\\setup.py {each}`" in README


def test_the_system_libraries_are_named_once_each() -> None:
    assert len(set(setup.SYSTEM_LIBRARIES.values())) == len(setup.SYSTEM_LIBRARIES)
