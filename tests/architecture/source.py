"""The tree as the architecture tests see it: files, syntax trees, comments; each read once.

One rule: only files that git knows or would add count; what is ignored is nobody's business.
"""

from __future__ import annotations

import ast
import functools
import io
import subprocess
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PRODUCT = ("app/", "drivers/", "installer/", "server_stub/")


@functools.cache
def files() -> tuple[str, ...]:
    """Return every file of the tree, as paths with forward slashes."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return tuple(sorted(name for name in set(names) if name and (ROOT / name).is_file()))
    # Without git, as in a source archive, everything that is not hidden counts.
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    hidden = (".venv", ".git", "__pycache__", "build", "dist")
    return tuple(sorted(path.as_posix() for path in found if not set(path.parts) & set(hidden)))


def python(*prefixes: str) -> list[str]:
    """Return the Python files below the given folders (all of them when none is given)."""
    return [one for one in files() if one.endswith(".py") and one.startswith(prefixes or ("",))]


@functools.cache
def text(name: str) -> str:
    """Return a file's text."""
    return (ROOT / name).read_text("utf-8")


@functools.cache
def tree(name: str) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(text(name), name)


def calls(name: str) -> Iterator[tuple[ast.Call, str]]:
    """Yield each call in a file with the dotted text of what is called."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def comments(name: str) -> Iterator[tuple[int, str]]:
    """Yield each comment of a Python file with its line number."""
    for token in tokenize.generate_tokens(io.StringIO(text(name)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
