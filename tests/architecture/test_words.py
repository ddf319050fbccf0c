"""What a reader may rely on: every module says what it holds, names follow the glossary."""

from __future__ import annotations

import ast
import re

from tests.architecture import source

# DESIGN's list: such a name says that nobody knew what the thing is.
NO_NAMES = re.compile(r"(Manager|Service|Helper|Handler|Utils?)$")


def test_every_module_opens_with_one_to_six_lines_about_itself() -> None:
    bad = {}
    for name in source.python(*source.PRODUCT, "tests/"):
        said = ast.get_docstring(source.tree(name))
        if said is None:
            bad[name] = "says nothing"
        elif name.startswith(source.PRODUCT) and len(said.splitlines()) > 6:
            bad[name] = "says too much"
    assert not bad


def test_no_class_has_a_name_that_says_nothing() -> None:
    bad = [
        f"{name}:{node.lineno} {node.name}"
        for name in source.python(*source.PRODUCT)
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.ClassDef)
        and NO_NAMES.search(node.name)
        and not any("logging." in ast.unparse(base) for base in node.bases)
    ]
    assert not bad


def test_no_file_has_a_name_that_says_nothing() -> None:
    stems = {name: name.rsplit("/", 1)[-1].removesuffix(".py") for name in source.python()}
    bad = [
        name
        for name, stem in stems.items()
        if stem in {"utils", "util", "helpers", "helper", "common", "misc", "base"}
    ]
    assert not bad


def test_rooms_are_empty_doors() -> None:
    # Import contracts look at the modules inside a room; code in the door would slip through.
    bad = [
        name
        for name in source.python(*source.PRODUCT)
        if name.endswith("__init__.py")
        # The contract is one face with several files behind it.
        and name not in {"app/__init__.py", "drivers/contract/__init__.py"}
        and len(source.tree(name).body) > 1
    ]
    assert not bad


def test_top_level_holds_only_what_was_agreed() -> None:
    agreed = {
        *("app", "drivers", "resources", "server_stub", "installer", "tests"),
        *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"),
        *("SECURITY.md", ".ci", ".github", ".gitignore", ".pre-commit-config.yaml"),
    }
    assert {name.split("/")[0] for name in source.files()} <= agreed
