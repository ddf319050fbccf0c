"""The tools stay strict: every exception is on a list, has a code and says why."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.architecture import source

NOQA = re.compile(
    r"#\s*noqa\b(?P<codes>:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?(?P<reason>.*)", re.IGNORECASE
)
IGNORE = re.compile(r"#\s*type:\s*ignore(?P<codes>\[[a-z0-9, -]+\])?(?P<reason>.*)")

# These lists may shrink. A new entry needs a better reason than "it was easier".
RUFF_FOLDERS = {
    "app/console.py", "app/gui/**", "installer/*.py", "tests/**", "tests/bench/**", "tests/fakes/**",
}  # fmt: skip
MYPY_MODULES = {
    *("EulerApiSdk.*", "PyInstaller.*", "TikTokLive.*", "amqtt.*", "miniaudio.*", "msgpack.*"),
    *("pyttsx3.*", "qasync.*", "simpleeval.*"),
}


def _tools() -> dict[str, dict[str, object]]:
    tools: dict[str, dict[str, object]] = tomllib.loads(source.text("pyproject.toml"))["tool"]
    return tools


def test_ruff_is_relaxed_only_where_listed() -> None:
    lint = _tools()["ruff"]["lint"]
    assert isinstance(lint, dict)
    listed = set(lint["per-file-ignores"])
    assert listed <= RUFF_FOLDERS
    places = [one.partition("*")[0] for one in listed]
    assert all(any(name.startswith(place) for name in source.files()) for place in places)


def test_mypy_is_relaxed_only_for_packages_without_types() -> None:
    mypy = _tools()["mypy"]
    overrides = mypy["overrides"]
    assert mypy["strict"] is True
    assert isinstance(overrides, list)
    assert {module for one in overrides for module in one["module"]} <= MYPY_MODULES
    allowed = {"module", "follow_untyped_imports", "ignore_missing_imports"}
    assert all(set(one) <= allowed for one in overrides)


def test_every_listed_exception_of_the_linter_says_why() -> None:
    config = source.text("pyproject.toml")
    start = config.index("[tool.ruff.lint]")
    ignored = re.findall(r'^    "[A-Z]+\d+",(.*)$', config[start:], re.MULTILINE)
    assert ignored
    assert all("#" in one for one in ignored)


@pytest.mark.parametrize(("pattern", "what"), [(NOQA, "noqa"), (IGNORE, "type: ignore")])
def test_every_exception_in_the_code_has_a_code_and_a_reason(
    pattern: re.Pattern[str], what: str
) -> None:
    bad = []
    for name in source.python():
        lines = source.text(name).splitlines()
        for line, comment in source.comments(name):
            found = pattern.search(comment)
            above = lines[line - 2].strip() if line > 1 else ""
            said = found and (re.search(r"\w{3}", found["reason"]) or above.startswith("# "))
            if found and not (found["codes"] and said):
                bad.append(f"{name}:{line} {comment}")
    assert not bad, f"write: # {what} with a code, then why"
