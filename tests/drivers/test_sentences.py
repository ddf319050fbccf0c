"""What a streamer reads when a device fails: our own sentences, in both languages."""

from __future__ import annotations

import ast
import errno
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.core.catalog import scan
from app.core.links import WORDS, LinkReason
from app.devices import keys
from drivers.contract import Cause, Driver, DriverError
from drivers.transports import sentences
from drivers.transports.serial import open_error
from drivers.transports.told import network_error
from tests.app.gui import catalogues
from tests.drivers.benches import example_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

DRIVERS = scan("drivers", Driver)
ROOT = Path(__file__).parents[2]
VIETNAMESE = {source for source, forms in catalogues.read("vi").items() if all(forms)}
SLOT = re.compile(r"\{(\w+)\}")
HOW = (
    'say it as DriverError(cause, say=N_("What is wrong. What to do.")), run '
    "`python -m tests.app.gui.catalogues` and fill in resources/i18n/giftwire_vi.ts"
)
# Anything may be wrong in a form, or in a file that somebody edited.
WRONG: tuple[Any, ...] = ("", "#" * 5000, -(10**9), 10**9, 0.5, [], [{"x": 1}] * 999, {"x": 1})


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
            yield node


def marked(node: ast.expr, tree: ast.Module) -> str:
    """Return the source of a sentence marked with N_, here or among those that are shared."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    if name and hasattr(sentences, name):
        return str(getattr(sentences, name))
    for step in tree.body:
        if isinstance(step, ast.Assign) and getattr(step.targets[0], "id", None) == name:
            node = step.value
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_":
        source = node.args[0]
        return source.value if isinstance(source, ast.Constant) else ""
    return ""


def is_sentence(node: ast.expr | None) -> bool:
    """Say whether somebody wrote words there, beside what the system or the device said."""
    texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)] if node else []
    return any(
        len(re.findall(r"[^\W\d]{2,}(?= )|(?<= )[^\W\d]{2,}", text)) > 1
        for text in texts
        if isinstance(text, str)
    )


def texts() -> list[tuple[str, ast.Module]]:
    files = sorted((ROOT / "drivers").rglob("*.py"))
    return [(str(one.relative_to(ROOT)), ast.parse(one.read_text("utf-8"))) for one in files]


def problem_of(call: ast.Call, tree: ast.Module) -> str:
    given = {one.arg: one.value for one in call.keywords if one.arg}
    say = given.pop("say", None)
    detail = call.args[1] if len(call.args) > 1 else given.pop("detail", None)
    if say is None:
        return "a sentence that is not marked" if is_sentence(detail) else ""
    source = marked(say, tree)
    if not source:
        # One that was chosen before is found among the N_() of its file.
        return "a sentence that is not marked" if is_sentence(say) else ""
    if set(SLOT.findall(source)) != set(given):
        return f"the slots of {source!r} are not the values given"
    return "" if source in VIETNAMESE else f"no Vietnamese for {source!r}"


def refusal(driver: type[Driver], field: str, value: object) -> keys.BadSettingsError | None:
    try:
        keys.check(driver, {**example_settings(driver), field: value})
    except keys.BadSettingsError as error:
        return error
    return None


def test_drivers_say_what_failed_in_sentences_of_both_languages():
    bad = {
        f"{name}:{call.lineno}": problem
        for name, tree in texts()
        for call in calls(tree, "DriverError")
        if (problem := problem_of(call, tree))
    }
    assert not bad, HOW


def test_validators_of_settings_say_sentences_of_both_languages():
    bad = []
    for name, tree in texts():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and any(
                "_validator" in ast.unparse(one) for one in node.decorator_list
            ):
                bad += [f"{name}:{call.lineno}" for call in calls(node, "ValueError")]
        for call in calls(tree, "PydanticCustomError"):
            if marked(call.args[1], tree) not in VIETNAMESE:
                bad.append(f"{name}:{call.lineno}")
    assert not bad, 'raise PydanticCustomError("kind", N_("sentence")) with its Vietnamese'


@pytest.mark.parametrize("driver", DRIVERS.found.values(), ids=DRIVERS.found)
def test_whatever_is_wrong_with_a_setting_is_told_in_both_languages(driver: type[Driver]):
    told = [
        refusal(driver, name, value) for name in driver.Settings.model_fields for value in WRONG
    ]
    for error in filter(None, told):
        assert error.source in VIETNAMESE, f"{error}: {HOW}"
        assert set(SLOT.findall(error.source)) <= set(error.values)


@pytest.mark.parametrize("cause", Cause)
def test_the_words_of_a_cause_fit_every_transport(cause):
    words = WORDS[LinkReason(cause.value)]
    text = f"{words.sentence} {words.hint}".lower()
    assert {words.sentence, words.hint} <= VIETNAMESE
    own = cause.value.removeprefix("no_").removesuffix("_off").removesuffix("_denied")
    others = {"dialout", "serial", "arduino", "usb", "bluetooth"} - {own}
    if cause is not Cause.OUT_OF_REACH:
        assert not [word for word in others if word in text]


def test_a_door_that_is_shut_is_told_by_what_stands_behind_it():
    shut = PermissionError(errno.EACCES, "x")
    told = {"port": open_error(shut), "network": network_error(shut)}
    if sys.platform != "win32":  # where it means that somebody else has the port
        assert "dialout" in str(told["port"].said)
    assert "firewall" in str(told["network"].said)
    assert {error.said.source for error in told.values()} <= VIETNAMESE


def test_a_sentence_takes_the_place_of_its_causes_words():
    error = DriverError(Cause.REFUSED, say="Tube {n} is empty.", n=2)
    assert (error.said.source, dict(error.said.values)) == ("Tube {n} is empty.", {"n": "2"})
    assert error.detail == str(error.said) == "Tube 2 is empty."
    assert not DriverError(Cause.LOST, "errno 5").said
