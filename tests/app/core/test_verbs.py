"""Instructions go to names and back, and nonsense is named."""

import pytest

from app.core.verbs import VERBS, VerbError, args_of, instruction_from, verb_of
from drivers.contract import (
    Flash,
    MoveTo,
    Off,
    Play,
    Pulse,
    Rotate,
    Run,
    SetColor,
    SetLevel,
    Switch,
)

EXAMPLES = (
    Off(),
    Switch(on=True),
    SetLevel(0.5),
    SetColor(1, 2, 3, 0.25),
    Flash(3, 255, 0, 9, 1.5),
    Rotate(10.0, 60.0, reverse=True),
    Run(12.5),
    Pulse(),
    Play("party"),
    MoveTo(0.5, 1.0),
)


@pytest.mark.parametrize("instruction", EXAMPLES, ids=lambda example: type(example).__name__)
def test_every_instruction_survives_the_way_to_its_name_and_back(instruction):
    assert instruction_from(verb_of(instruction), args_of(instruction)) == instruction


def test_every_verb_has_an_example():
    assert {verb_of(example) for example in EXAMPLES} == set(VERBS)


def test_missing_arguments_take_their_defaults():
    assert instruction_from("flash", {"times": 2}) == Flash(2)


@pytest.mark.parametrize(
    ("verb", "args", "named"),
    [
        ("explode", {}, "explode"),
        ("rotate", {"rounds": 1.0}, "rotate.rpm"),
        ("rotate", {"rounds": 1.0, "rpm": 1.0, "speed": 2}, "rotate.speed"),
        ("rotate", {"rounds": "many", "rpm": 1.0}, "rotate.rounds"),
        ("rotate", {"rounds": float("nan"), "rpm": 1.0}, "rotate.rounds"),
        ("rotate", {"rounds": 10**400, "rpm": 1.0}, "rotate.rounds"),
        ("switch", {"on": 1}, "switch.on"),
        ("play", {"effect": 7}, "play.effect"),
    ],
)
def test_nonsense_is_refused_by_name(verb, args, named):
    with pytest.raises(VerbError, match=named.replace(".", r"\.")):
        instruction_from(verb, args)
