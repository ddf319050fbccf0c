"""What rules are checked against is what the core tells of its devices."""

from app.gateway.views import CapabilityView, DeviceView
from app.gui.rules.checking import closed, sketched
from drivers.contract import Kind
from tests.app.gui import sample_rules


def fan(**more):
    output = CapabilityView(id="out", kind="level", title="Fan", **more)
    return DeviceView(
        id="x1", name="Big fan", driver="simulated_level", role="fan", capabilities=(output,)
    )


def test_limits_role_and_usual_policy_come_along():
    told = fan(max_level=0.5, max_flash_hz=3.0, policy="drop")
    (sketch,) = sketched([told])
    output = sketch.output((Kind.LEVEL,))
    assert sketch.role == "fan"
    assert (output.limits.max_level, output.limits.max_flash_hz) == (0.5, 3.0)
    assert output.drops_when_busy
    assert not sketched([fan()])[0].outputs[0].drops_when_busy


def test_a_step_that_names_a_role_is_not_called_missing(rules, bridge, qtbot):
    step = {"key": "set_level", "device": "fan", "percent": "40", "seconds": "2"}
    limits = {"cooldown_s": 5.0}
    named = sample_rules.rule("r1", "Wind", do=[step], limits=limits)
    other = {**step, "device": "elsewhere"}
    missing = sample_rules.rule("r2", "Gone", do=[other], limits=limits)
    at = rules(sample_rules.content(rules=[named, missing], groups=[]))
    bridge.state.devices["x1"] = fan()
    bridge.devices_changed.emit()
    qtbot.waitUntil(lambda: at.desk.warnings("r2") != (), timeout=5000)
    assert {one.code for one in at.desk.warnings("r2")} == {"device_missing_cure"}
    qtbot.waitUntil(lambda: at.desk.warnings("r1") == (), timeout=5000)


def test_only_what_the_core_calls_empty_is_not_set_up():
    assert closed({}) == {}
    settings = {"obs_port": 0, "mqtt_host": "", "sound_level": 0.8, "speech_level": 0.0}
    assert closed(settings) == {"obs": "off", "mqtt": "off", "speech": "off"}
    assert closed({"mqtt_host": "", "mqtt_own": True}) == {}


def test_a_step_for_what_is_not_set_up_says_so_until_it_is(rules, bridge, qtbot):
    scene = sample_rules.rule("r1", "Break", do=[{"key": "obs_scene", "scene": "Break"}])
    at = rules(sample_rules.content(rules=[scene], groups=[]))
    bridge.state.settings = {"obs_port": 0}
    bridge.settings_changed.emit()
    qtbot.waitUntil(lambda: at.desk.warnings("r1") != (), timeout=5000)
    (told,) = at.desk.warnings("r1")
    assert (told.code, told.settings) == ("obs_off", "obs")
    bridge.state.settings = {"obs_port": 4455}
    bridge.settings_changed.emit()
    qtbot.waitUntil(lambda: at.desk.warnings("r1") == (), timeout=5000)
