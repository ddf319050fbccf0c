"""What devices behind a broker say: any text is read without harm, whoever says it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from drivers.codecs import mqtt_outputs, shelly, tasmota, zigbee2mqtt
from drivers.codecs.mqtt_forms import Described, DescribedOutput
from drivers.codecs.mqtt_wled import WledOutput
from drivers.contract import Capability, DriverError, Hazard, Kind
from tests.drivers.codecs.test_ha_discovery import ANYTHING

LAMP = Capability("x", Kind.LIGHT, "x", Hazard.LIGHT)
RPC = shelly.Rpc("t", "us")
OUTPUTS = [
    tasmota.TasmotaOutput(LAMP, tasmota.Topics("%prefix%/%topic%", "t"), 1, timed=True, only=True),
    shelly.OldRelay(LAMP, "t", 0),
    shelly.Component(LAMP, RPC, "switch", 0),
    WledOutput(LAMP, "t"),
    DescribedOutput(Described(topic="t", state_topic="t", state_path="a.0.b"), 1),
    DescribedOutput(Described(topic="t", state_topic="t"), 2),
]
TOPICS = [
    "t", "stat/t/POWER", "stat/t/RESULT", "stat/t/STATUS11", "t/relay/0", "t/status/switch:0",
    "t/events/rpc", "us/rpc", "t/g",
]  # fmt: skip
SAID = st.one_of(
    st.text(),
    ANYTHING.map(json.dumps),
    st.dictionaries(
        st.sampled_from(
            ["POWER", "StatusSTS", "params", "result", "switch:0", "output", "id", "a"]
        ),
        ANYTHING,
    ).map(json.dumps),
)


@given(st.sampled_from(TOPICS), SAID)
def test_any_word_of_any_device_is_read_without_harm(topic, text):
    for output in OUTPUTS:
        output.shows(topic, text)
        output.values(topic, text)
    tasmota.lamp_in(text)
    zigbee2mqtt.state_in(text)
    try:
        RPC.answer(("t/rpc", '{"id": 1}'))(topic, text)
    except DriverError:
        return


@given(ANYTHING, st.sampled_from(["switch", "light", "fan", "binary"]), SAID)
def test_any_exposes_are_read_without_harm(said, kind, text):
    feature = {"name": "state", "property": "state", "value_on": said, "value_off": 0, "access": 7}
    odd = {"type": kind, "features": [{"name": said, "property": said, "access": 7}]}
    exposes = [
        said,
        odd,
        {"type": kind, "features": said},
        {"type": kind, "features": [feature, said]},
    ]
    device = {"definition": {"exposes": exposes}}
    for output in zigbee2mqtt.outputs_of(device, "t", Hazard.MAINS, timed=False):
        output.shows("t", text)
        output.values("t", text)
    zigbee2mqtt.device_in(text, "x")


@given(st.text())
def test_a_path_finds_what_stands_there_or_nothing(path):
    mqtt_outputs.at_path({"a": [{"b": 1}]}, path)
    assert mqtt_outputs.at_path({"a": [{"b": 1}]}, "a.0.b") == 1


@given(st.one_of(ANYTHING, st.text()))
def test_a_number_is_finite_or_none(value):
    found = mqtt_outputs.number(value)
    assert found is None or abs(found) < 1e15
