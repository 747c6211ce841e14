"""Imports go down the list of folders only, and have no cycles."""

import ast
from collections.abc import Collection
from functools import cache
from pathlib import Path

import pytest

import blogkit

PACKAGE = Path(blogkit.__file__).parent

LAYERS = [
    {"language", "regexes", "results"},
    {"errors"},
    {"spans"},
    {"text", "latex"},
    {"posts"},
    {"macros", "pictures"},
    {"formula"},
    {"lookup", "lint", "meaning", "render", "sources", "dedup", "fetching"},
    {"check"},
    {"symbols", "compute"},
    {"store", "index"},
    {"search"},
    {"library"},
    {"study"},
    {"notes"},
    {"structure"},
    {"views"},
    {"export"},
    {"web", "mcp", "tui"},
    {"cli"},
    {"__init__", "__main__"},
]
"""Lowest first; no import between the entries of a line, but for those named in WITHIN."""

WITHIN = {("cli", "web")}
"""Imports within a line, each one way only."""

INSIDE = {
    "meaning": [
        {"sorts", "steps", "outcomes"},
        {"trees"},
        {"statements"},
        {"facts"},
        {"balls", "probability", "definitions", "dependence"},
        {"sampling", "terms"},
    ],
    "check": [
        {"reports", "answers", "question"},
        {"context"},
        {"algebra", "probability"},
        {"refute", "prove"},
        {"witness"},
        {"decide"},
        {"serving"},
        {"worker", "verdicts"},
    ],
    "library": [
        {"reports", "formula_reports", "symbol_reports"},
        {"references", "post_sequence"},
        {"fingerprinting"},
        {"picture_intake", "page_pictures"},
        {"intake", "indexing", "pages"},
        {
            "adding",
            "asked_posts",
            "diagnosis",
            "duplicates",
            "formula_lookup",
            "formulas",
            "preview",
            "repair",
            "summary",
            "vocabulary",
        },
        {"checking", "completing", "computing", "watching"},
        {"symbol_lookup"},
        {"facade", "corpus"},
    ],
}
"""The same of the modules and folders inside of these folders."""

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

ALONE = {
    "jieba": {"text"},
    "rjieba": {"text"},
    "pypinyin": {"text"},
    "tantivy": {"index"},
    "rank_bm25": {"index"},
    "sympy": {"check"},
    "flint": {"check", "meaning"},
    "rich": {"views", "cli", "tui"},
    "textual": {"tui"},
    "fsrs": {"study"},
    "genanki": {"study"},
    "mcp": {"mcp"},
    "markdown_it": {"sources"},
    "lxml": {"sources"},
    "starlette": {"web", "mcp"},
    "jinja2": {"web"},
    "httpx": {"fetching"},
    "uvicorn": {"web", "mcp"},
    "watchfiles": {"sources"},
}
"""The folders that alone may know a library."""


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> frozenset[str]:
    """Full names of the modules that a file imports, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "blogkit":
                names.update(f"blogkit.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return frozenset(names)


def test_imports_go_down() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        here = part_of(path)
        assert here in LEVEL, f"{path.name} is in no layer"
        for name in imported(path):
            if not name.startswith("blogkit."):
                continue
            there = name.split(".")[1]
            if there == here or there not in LEVEL or (here, there) in WITHIN:
                continue
            if LEVEL[there] >= LEVEL[here]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("folder", INSIDE)
def test_imports_within_a_folder_go_down(folder: str) -> None:
    level = {name: n for n, names in enumerate(INSIDE[folder]) for name in names}
    wrong = []
    for path in (PACKAGE / folder).rglob("*.py"):
        here = path.relative_to(PACKAGE / folder).parts[0].removesuffix(".py")
        if here == "__init__":
            continue
        for name in imported(path):
            there = name.removeprefix(f"blogkit.{folder}.").split(".")[0]
            if there != here and level.get(there, -1) >= level[here]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def modules() -> dict[str, Path]:
    """The files of the package by the names of their modules."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(("blogkit", *parts)).removesuffix(".__init__")] = path
    return found


def only_for_types(tree: ast.Module) -> set[ast.AST]:
    """What stands below `if TYPE_CHECKING`, and is never run."""
    return {
        below
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for statement in node.body
        for below in ast.walk(statement)
    }


def run_imports(path: Path, names: Collection[str]) -> set[str]:
    """The modules of the package that a file imports when it is loaded, or when it is called."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unrun = only_for_types(tree)
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node not in unrun:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in names else node.module)
    return found & set(names)


def test_no_modules_import_each_other_in_a_circle_however_late() -> None:
    files = modules()
    below = {name: run_imports(path, files) - {name} for name, path in files.items()}
    while leaves := [name for name, imports in below.items() if not imports & below.keys()]:
        for name in leaves:
            del below[name]
    assert below == {}


def test_each_library_is_known_to_its_folder_only() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        for name in imported(path):
            allowed = ALONE.get(name.split(".")[0])
            if allowed is not None and part_of(path) not in allowed:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    names = {path.stem for path in PACKAGE.rglob("*.py")}
    assert names.isdisjoint({"utils", "helpers", "misc", "common", "data", "manager"})
