"""What devices of the network tell is anything at all: the pure parts take it, and keep what is right."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import home_assistant, obs, wled
from drivers.codecs.before import Before
from drivers.codecs.naming import LONGEST, output_name
from drivers.contract import ACCEPTS, Flash, Kind, SetColor, SetLevel, is_off

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1000, 70_000)
    | st.floats(allow_nan=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "seg",
                    "ps",
                    "pl",
                    "on",
                    "bri",
                    "leds",
                    "count",
                    "udpport",
                    "name",
                    "ver",
                    "n",
                    "0",
                    "1",
                    "250",
                    "entity_id",
                    "attributes",
                    "state",
                    "scenes",
                    "sceneName",
                    "sceneItems",
                    "sceneItemId",
                    "sceneItemEnabled",
                    "sourceName",
                    "brightness",
                    "color_mode",
                    "effect",
                    "supported_color_modes",
                    "min",
                    "max",
                    "step",
                    "friendly_name",
                    "currentProgramSceneName",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)
COLOURS = st.builds(
    SetColor,
    *(st.integers(0, 255) for _ in range(3)),
    level=st.floats(0.01, 1.0),
)


@given(COLOURS, st.integers(1, 3000), st.floats(0.0, 100.0))
def test_every_led_gets_its_colour_once_in_datagrams_that_fit(colour, leds, since_s):
    look = wled.Look(colour, leds, 200.0)
    pixels = {}
    for one in wled.datagrams(look.frame(since_s)):
        assert len(one) <= 1472
        assert 1 <= one[1] <= wled.HOLD_S
        first, at = (0, 2) if one[0] == 2 else (int.from_bytes(one[2:4], "big"), 4)
        for n in range((len(one) - at) // 3):
            assert first + n not in pixels
            pixels[first + n] = one[at + 3 * n : at + 3 * n + 3]
    assert sorted(pixels) == list(range(leds))
    assert len(set(pixels.values())) == 1


@given(st.integers(1, 50), st.floats(0.5, 3.0), st.floats(0.0, 60.0))
def test_a_flash_never_says_it_lasts_longer_than_it_may(times, rate_hz, since_s):
    frame = wled.Look(Flash(times, rate_hz=rate_hz), 1, 10.0).frame(since_s)
    assert frame == wled.REST if since_s >= 10.0 else 1 <= frame[0] <= wled.HOLD_S


@given(JSON)
def test_wled_may_tell_anything(told):
    strip = wled.strip_of(told)
    assert strip is None or 0 < strip.leds <= wled.MOST_LEDS
    presets = wled.presets_of(told)
    assert all(0 < number <= 250 and "," not in name for name, number in presets.items())


@given(st.dictionaries(st.sampled_from(["seg", "ps", "pl", "on", "bri"]), JSON))
def test_whatever_wled_showed_it_can_be_asked_for_again(state):
    json.dumps(wled.back_to(state))
    assert 0 <= wled.preset_of(state) <= 250


@given(JSON)
def test_home_assistant_may_tell_anything(told):
    for one in home_assistant.entities_of([told]).values():
        json.dumps(home_assistant.back_to(one).message())
        assert one.title
        assert len(one.output) <= LONGEST
        assert one.value is None or isinstance(one.value, float)


@given(
    st.sampled_from(sorted(home_assistant.KINDS)),
    st.dictionaries(
        st.sampled_from(["min", "max", "step", "supported_color_modes"]), JSON, max_size=4
    ),
    st.floats(0.0, 1.0),
)
def test_every_entity_can_be_brought_to_rest_or_is_over_by_itself(domain, attributes, level):
    entity = home_assistant.Entity(f"{domain}.x", "on", attributes)
    if SetLevel in ACCEPTS[entity.kind]:
        call = home_assistant.ask(entity, SetLevel(level))
        assert call is not None
        json.dumps(call.message(), allow_nan=False)
    if entity.kind in (Kind.LIGHT, Kind.SWITCH, Kind.LEVEL):
        assert home_assistant.off(entity) is not None
    assert is_off(SetLevel(0.0))


@given(st.dictionaries(st.sampled_from(["scenes", "sceneItems"]), JSON | st.lists(JSON)))
def test_obs_may_tell_anything(told):
    scene, scenes = obs.scenes_of(told)
    assert isinstance(scene, str)
    assert all(isinstance(one, str) for one in scenes)
    for name, item in obs.outputs_of(obs.items_of("A", told), "").items():
        assert len(name) <= LONGEST
        json.dumps(obs.show(item, shown=item.shown))


@given(st.text(max_size=200), st.text(max_size=200))
def test_names_of_outputs_fit_and_differ_where_people_differ(one, other):
    assert len(output_name(one)) <= LONGEST
    assert (output_name(one) == output_name(other)) == (one == other)


def test_what_was_before_is_kept_until_it_is_back():
    left = Before()
    left.keep("a", "lamp", 1)
    left.keep("a", "lamp", 2)
    assert (left.take("a", "lamp"), left.take("b", "lamp")) == (1, None)
    left.forget("a", "lamp")
    left.forget("a", "lamp")
    assert left.take("a", "lamp") is None


@pytest.mark.parametrize("asked", [{}, {"authentication": {"salt": "s", "challenge": "c"}}])
def test_obs_gets_a_proof_only_if_it_asks_for_one(asked):
    told = json.loads(obs.identify(asked, "pw"))
    assert ("authentication" in told["d"]) == bool(asked)
    assert told["op"] == 1
