"""A length in words somebody wrote is never 0: to some sketches that is no end at all."""

import pytest

from drivers.codecs.mqtt_forms import Described
from drivers.codecs.template import values_of
from drivers.contract import Switch

LENGTHS = (None, 0.0, 1e-9, 0.0004, 0.001, 1.5, 60.0)


@pytest.mark.parametrize("duration_s", LENGTHS)
def test_a_template_is_told_a_length_that_ends(duration_s):
    values = values_of(Switch(on=True), duration_s)
    assert values["ms"] >= 1
    assert values["s"] >= 0.001


@pytest.mark.parametrize("duration_s", LENGTHS)
def test_a_topic_is_told_a_length_that_ends(duration_s):
    output = Described(topic="t", on="{ms} {s}", timed=True)
    ms, seconds = output.filled(Switch(on=True), duration_s).split()
    assert int(ms) >= 1
    assert float(seconds) >= 0.001
