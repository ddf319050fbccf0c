"""Calls that stall, hide or fade the program; those a linter cannot see are found here."""

from __future__ import annotations

import ast
import importlib
import inspect
import re

from tests.architecture import source

# Objects that outlive any widget: a closure connected to them is called on a dead widget.
LONG_LIVED = {"theme", "client", "bridge", "application", "app", "qapp", "words", "settings"}
HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
}


def _where(name: str, node: ast.expr | ast.stmt, what: str) -> str:
    return f"{name}:{node.lineno} {what}"


def test_nothing_runs_a_nested_event_loop() -> None:
    bad = [
        _where(name, call, called)
        for name in source.python("app/")
        for call, called in source.calls(name)
        if called.rsplit(".", 1)[-1] in {"exec", "exec_", "processEvents"}
    ]
    assert not bad, "asyncio stalls inside; use open() and a future"


def test_nothing_asks_a_layout_for_items() -> None:
    bad = [
        _where(name, call, called)
        for name in [*source.python("app/gui/"), *source.python("tests/app/gui/")]
        for call, called in source.calls(name)
        if called.endswith(".itemAt") and "flow" not in called
    ]
    assert not bad, "PySide crashes when such an item is gone; use parts_of"


def test_widgets_get_their_looks_from_the_theme() -> None:
    bad = [
        _where(name, call, called)
        for name in source.python("app/gui/")
        for call, called in source.calls(name)
        if called.endswith(".setStyleSheet") and name != "app/gui/theme.py"
    ]
    assert not bad


def test_colours_live_in_the_tokens_file() -> None:
    bad = [
        _where(name, node, node.value)
        for name in source.python("app/gui/")
        if name != "app/gui/tokens.py"
        for node in ast.walk(source.tree(name))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and HEX_COLOUR.search(node.value)
    ]
    assert not bad


def test_no_closure_is_connected_to_what_outlives_the_widget() -> None:
    bad = []
    for name in source.python("app/gui/"):
        for call, called in source.calls(name):
            parts = {part.strip("_").lower() for part in called.split(".")}
            lambdas = any(isinstance(argument, ast.Lambda) for argument in call.args)
            if called.endswith(".connect") and lambdas and parts & LONG_LIVED:
                bad.append(_where(name, call, called))
    assert not bad


def test_the_core_reads_no_clock() -> None:
    bad = [
        _where(name, call, called)
        for name in source.python("app/core/")
        for call, called in source.calls(name)
        if called in CLOCKS
    ]
    assert not bad, "time is passed in"


def test_background_work_starts_in_one_place() -> None:
    bad = [
        _where(name, call, called)
        for name in source.python("app/", "drivers/")
        # The link races two coroutines and awaits both before it goes on.
        if name not in {"app/tasks.py", "app/link.py"}
        for call, called in source.calls(name)
        if called.endswith(("loop.create_task", "loop().create_task"))
    ]
    assert not bad, "use app.tasks"


def test_qt_and_its_loop_stay_in_their_room() -> None:
    allowed = ("app/gui/", "app/__main__.py")
    bad = []
    for name in source.python("app/", "drivers/"):
        if name.startswith(allowed):
            continue
        for node in ast.walk(source.tree(name)):
            modules = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules.append(node.module or "")
            if any(one.split(".")[0] in {"PySide6", "shiboken6", "qasync"} for one in modules):
                bad.append(name)
    assert not bad


def test_no_attribute_hides_a_method_of_qt() -> None:
    bad = []
    for name in source.python("app/gui/"):
        module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
        for node in ast.walk(source.tree(name)):
            if isinstance(node, ast.ClassDef):
                kind = getattr(module, node.name, None)
                bad += [f"{name} {node.name}.{one}" for one in _hidden(kind, node)]
    assert not bad


def _hidden(kind: object, node: ast.ClassDef) -> set[str]:
    if not inspect.isclass(kind):
        return set()
    qt = [base for base in kind.__mro__ if base.__module__.startswith("PySide6")]
    own = {
        part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute)
        and isinstance(part.ctx, ast.Store)
        and isinstance(part.value, ast.Name)
        and part.value.id == "self"
    }
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            own |= {one.id for one in statement.targets if isinstance(one, ast.Name)}
    return {one for one in own if any(hasattr(base, one) for base in qt)} - {"staticMetaObject"}
