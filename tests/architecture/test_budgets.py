"""Files stay within 400 lines and functions within 40, save for a list that only shrinks.

To leave the list, shorten the thing and delete its line; nothing may join it.
"""

from __future__ import annotations

import ast

from tests.architecture import source

FILE_LINES = 400
FUNCTION_LINES = 40

# path -> lines it may have at most
FILES: dict[str, int] = {
    "tests/app/core/test_streaks.py": 457,
}
# path::function -> lines it may have at most
FUNCTIONS: dict[str, int] = {}


def _file_lines() -> dict[str, int]:
    return {name: len(source.text(name).splitlines()) for name in source.python()}


def _function_lines() -> dict[str, int]:
    found = {}
    for name in source.python():
        for owner, node in _functions(source.tree(name), ""):
            assert node.end_lineno is not None
            found[f"{name}::{owner}{node.name}"] = node.end_lineno - node.lineno + 1
    return found


def _functions(
    node: ast.AST, owner: str
) -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    found = []
    for child in ast.iter_child_nodes(node):
        inside = owner
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((owner, child))
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inside = f"{owner}{child.name}."
        found += _functions(child, inside)
    return found


def _over(sizes: dict[str, int], limit: int, excepted: dict[str, int]) -> dict[str, int]:
    return {name: size for name, size in sizes.items() if size > excepted.get(name, limit)}


def _idle(sizes: dict[str, int], limit: int, excepted: dict[str, int]) -> list[str]:
    return [name for name in excepted if sizes.get(name, 0) <= limit]


def test_files_are_short() -> None:
    assert not _over(_file_lines(), FILE_LINES, FILES)


def test_functions_are_short() -> None:
    assert not _over(_function_lines(), FUNCTION_LINES, FUNCTIONS)


def test_no_exception_outlives_its_need() -> None:
    assert not _idle(_file_lines(), FILE_LINES, FILES)
    assert not _idle(_function_lines(), FUNCTION_LINES, FUNCTIONS)
