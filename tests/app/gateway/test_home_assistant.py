"""Devices in Home Assistant, through a whole core and a real broker."""

import asyncio
import json

import pytest

from app.core import rules as document_of
from app.devices.config import DeviceConfig
from app.devices.made import Group, Scene, SceneStep
from app.gateway.home_assistant import APART_S
from app.gateway.messages import (
    ForgetDevice,
    GetHomeAssistant,
    GetReceipt,
    PastGifts,
    RenameDevice,
    Resume,
    SetSetting,
    Stop,
)
from app.gateway.messages import TestDevice as TryDevice
from app.outlets.home_assistant_model import Tree
from drivers.codecs.ha_discovery import entities
from drivers.contract import Capability, Hazard, Kind, Pulse, SetColor
from tests.app.gateway.core import Core
from tests.app.outlets.ear import Ear
from tests.app.outlets.test_mqtt import MOSQUITTO, Broker

pytestmark = pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")
RELAY, MOTOR, LIGHT = "practice-relay", "practice-motor", "practice-light"


@pytest.fixture
async def broker(tmp_path):
    one = Broker(tmp_path)
    await one.start()
    yield one
    one.stop()


async def choose(core, **settings):
    for key, value in settings.items():
        reply = await core.ask(SetSetting(key=key, value=value))
        assert reply.ok, reply


class Shown:
    """A core that shows its devices, and who listens at the broker."""

    def __init__(self, broker, profile, **settings):
        self.broker = broker
        self.core = Core(profile)
        self.ear = Ear(broker.port)
        self._settings = settings

    async def __aenter__(self):
        await self.ear.__aenter__()
        await self.core.__aenter__()
        await choose(
            self.core,
            mqtt_port=self.broker.port,
            mqtt_tls=False,
            mqtt_host="127.0.0.1",
            **self._settings,
            home_assistant_show=True,
        )
        await self.ear.until(lambda: self.ear.announced("Effects"), "the last device")
        status = next(one for one in self.ear.kept if one.endswith("/status"))
        self.tree = Tree(status.split("/")[1])
        return self

    async def __aexit__(self, *_):
        await self.core.__aexit__()
        await self.ear.__aexit__()

    def command(self, device, output):
        return self.tree.under(device, output, "set")

    async def all_heard(self):
        """Return when the core has heard what was said so far: it answers Home Assistant's start."""
        self.ear.heard.clear()
        self.ear.say("homeassistant/status", "online")
        await self.ear.until(lambda: (self.tree.status, "online") in self.ear.heard, "an answer")

    async def doing(self, device):
        snapshot = await self.core.now()
        found = next(one for one in snapshot.devices if one.id == device)
        return found.capabilities[0]

    async def history(self):
        return (await self.core.ask(PastGifts(kind="called"))).past.gifts


async def test_nothing_is_shown_until_it_is_turned_on(tmp_path, broker):
    async with Ear(broker.port) as ear, Core(tmp_path / "p") as core:
        await choose(core, mqtt_port=broker.port, mqtt_tls=False, mqtt_host="127.0.0.1")
        view = (await core.ask(GetHomeAssistant())).home_assistant
        assert (view.stage, view.devices) == ("off", 0)
        assert not ear.heard


async def test_devices_are_shown_with_what_they_do_and_told_to_be_away_at_the_end(tmp_path, broker):
    async with Shown(broker, tmp_path / "p") as shown:
        ear, core = shown.ear, shown.core
        view = (await core.ask(GetHomeAssistant())).home_assistant
        assert (view.stage, view.devices) == ("online", 4)
        assert ear.kept[shown.tree.status] == "online"
        assert ear.told("Relay", "binary_sensor.relay") == "OFF"
        await core.ask(
            TryDevice(device_id=RELAY, capability="relay", verb="switch", args={"on": True})
        )
        await ear.until(lambda: ear.told("Relay", "binary_sensor.relay") == "ON", "on")
        await core.ask(Stop())
        await ear.until(lambda: ear.told("Relay", "binary_sensor.relay") == "OFF", "off")
        await ear.until(lambda: ear.told("Giftwire", "stopped") == "ON", "STOP")
        await core.ask(Resume())
        await ear.until(lambda: ear.told("Giftwire", "stopped") == "OFF", "resumed")
        # Only STOP may be pressed there.
        orders = [
            part["command_topic"]
            for one in ear.configs().values()
            for part in one["components"].values()
            if "command_topic" in part
        ]
        assert orders == [shown.tree.stop]
        await core.__aexit__()
        await ear.until(lambda: ear.kept[shown.tree.status] == "offline", "the end")
        assert ear.announced("Relay")


async def test_names_follow_and_what_is_gone_is_taken_back(tmp_path, broker):
    async with Shown(broker, tmp_path / "p") as shown:
        ear, core = shown.ear, shown.core
        ids = ear.announced("Relay")["components"]["binary_sensor.relay"]["unique_id"]
        await core.ask(RenameDevice(device_id=RELAY, name="Đèn bàn"))
        await ear.until(lambda: ear.announced("Đèn bàn"), "the new name")
        assert ear.announced("Relay") is None
        part = ear.announced("Đèn bàn")["components"]["binary_sensor.relay"]
        assert part["unique_id"] == ids
        await core.ask(ForgetDevice(device_id=RELAY))
        await ear.until(lambda: ear.announced("Đèn bàn") is None, "gone")
        await ear.until(lambda: not [one for one in ear.kept if RELAY in one], "all of it")
        assert (await core.ask(GetHomeAssistant())).home_assistant.devices == 3


async def test_turned_off_nothing_is_left_at_the_broker(tmp_path, broker):
    async with Shown(broker, tmp_path / "p") as shown:
        ear, core = shown.ear, shown.core
        await choose(core, home_assistant_prefix="other")
        await ear.until(lambda: "other/device" in " ".join(ear.configs()), "the other prefix")
        await ear.until(lambda: "homeassistant/device" not in " ".join(ear.configs()), "moved")
        await choose(core, home_assistant_show=False)
        await ear.until(lambda: not ear.kept, "nothing")
        assert (await core.ask(GetHomeAssistant())).home_assistant.stage == "off"


async def test_what_an_earlier_run_left_is_taken_back(tmp_path, broker):
    profile = tmp_path / "p"
    async with Shown(broker, profile) as shown:
        old = shown.tree.config(RELAY)
    settings = profile / "settings.json"
    content = json.loads(settings.read_text())
    content["home_assistant_show"] = False
    settings.write_text(json.dumps(content))
    async with Ear(broker.port) as ear:
        await ear.until(lambda: old in ear.kept, "what was left")
        async with Core(profile) as core:
            await ear.until(lambda: not ear.kept, "nothing")

            async def stage():
                return (await core.ask(GetHomeAssistant())).home_assistant.stage

            async with asyncio.timeout(20):
                while await stage() != "off":  # noqa: ASYNC110 - no news of it
                    await asyncio.sleep(0.02)


async def test_home_assistant_is_told_again_when_it_starts(tmp_path, broker):
    async with Shown(broker, tmp_path / "p") as shown:
        ear = shown.ear
        ear.heard.clear()
        ear.say("homeassistant/status", "online")
        again = shown.tree.config(RELAY)
        await ear.until(lambda: again in dict(ear.heard), "told again")
        await ear.until(lambda: shown.tree.under(RELAY, "relay", "state") in dict(ear.heard), "on")


async def test_it_may_stop_everything_and_never_resume(tmp_path, broker):
    async with Shown(broker, tmp_path / "p") as shown:
        ear, core = shown.ear, shown.core
        # What lies at the broker since yesterday stops nobody.
        await choose(core, home_assistant_show=False)
        await ear.until(lambda: not ear.kept, "nothing")
        ear.say(shown.tree.stop, "STOP", retain=True)
        await ear.until(lambda: shown.tree.stop in ear.kept, "it is kept")
        await choose(core, home_assistant_show=True)
        await ear.until(lambda: ear.announced("Effects"), "the last device")
        await ear.said_and_heard()
        assert not (await core.now()).stop.stopped
        ear.say(shown.tree.stop, "STOP")
        stop = await core.see(lambda now: now.stop.stopped and now.stop, "STOP")
        assert stop.source == "Home Assistant"
        assert not [one for one in ear.kept if one.startswith(f"{shown.tree.base}/own/resume")]


async def test_what_it_asks_is_done_within_limits_ends_and_is_in_the_history(tmp_path, broker):
    async with Shown(broker, tmp_path / "p", home_assistant_operate=True) as shown:
        ear, core = shown.ear, shown.core
        ear.say(shown.command(MOTOR, "motor"), "3")
        motor = await core.see(
            lambda now: next(
                (one for one in now.running if one.device_id == MOTOR and one.total), None
            ),
            "it turns",
        )
        assert (motor.instruction, motor.args["rounds"]) == ("rotate", 3.0)
        assert motor.rule_name == "Home Assistant"
        await ear.until(lambda: ear.told("Motor", "number.motor") == "3", "told")
        ear.say(shown.command(MOTOR, "motor"), "0")
        await ear.until(lambda: ear.told("Motor", "turning.motor") == "OFF", "it rests")
        light = json.dumps({"state": "ON", "brightness": 128, "color": {"r": 255, "g": 0, "b": 9}})
        ear.say(shown.command(LIGHT, "light"), light)
        await ear.until(lambda: '"ON"' in (ear.told("Light", "light.light") or ""), "lit")
        told = json.loads(ear.told("Light", "light.light"))
        assert (told["brightness"], told["color"]) == (128, {"r": 255, "g": 0, "b": 9})
        lit = await shown.doing(LIGHT)
        assert 0 < lit.ends_in_s < lit.max_on_s + 1
        rows = await shown.history()
        assert {(row.kind, row.text, *row.rules) for row in rows} == {
            ("called", "Home Assistant", "Home Assistant")
        }
        receipt = (await core.ask(GetReceipt(event_id=rows[0].event_id))).receipt
        assert receipt.deliveries[0].instruction == "set_color"


async def test_not_allowed_stopped_or_kept_by_the_broker_nothing_is_done(tmp_path, broker):
    async with Shown(broker, tmp_path / "p") as shown:
        ear, core = shown.ear, shown.core
        order = shown.command(RELAY, "relay")
        # Not allowed.
        ear.say(order, "ON")
        # Kept by the broker, and told to who comes then.
        ear.say(order, "ON", retain=True)
        await shown.all_heard()
        await choose(core, home_assistant_operate=True)
        await ear.until(lambda: "switch.relay" in ear.announced("Relay")["components"], "a switch")
        await choose(core, home_assistant_prefix="other")
        await ear.until(lambda: "other/device" in " ".join(ear.configs()), "another connection")
        # Nonsense, and for what is not there.
        for topic, text in ((order, "maybe"), (shown.command("nobody", "relay"), "ON")):
            ear.say(topic, text)
        await shown.all_heard()
        await core.ask(Stop())
        ear.say(order, "ON")

        async def refused():
            rows = await shown.history()
            return [(row.result, row.reason) for row in rows if row.reason]

        async with asyncio.timeout(20):
            while not (rows := await refused()):  # noqa: ASYNC110 - no news of it
                await asyncio.sleep(0.05)
        assert rows == [("stopped", "stopped")]
        assert not (await shown.doing(RELAY)).active


async def test_a_storm_of_levels_is_told_four_times_a_second_and_to_its_end(tmp_path, broker):
    async with Shown(broker, tmp_path / "p", home_assistant_operate=True) as shown:
        ear, hub = shown.ear, shown.core.runtime._house.hub
        topic = ear.announced("Light")["components"]["light.light"]["state_topic"]
        ear.heard.clear()
        began = asyncio.get_running_loop().time()
        for step in range(40):
            hub.test(LIGHT, "light", SetColor(255, 0, 0, (step + 1) / 40), 5.0)
            await asyncio.sleep(0.025)
        await ear.until(lambda: json.loads(ear.kept[topic]).get("brightness") == 255, "the last")
        took = asyncio.get_running_loop().time() - began
        told = [text for where, text in ear.heard if where == topic]
        assert 2 <= len(told) <= took / APART_S + 1
        assert not [one for one in ear.heard if one[0].endswith("/config")]


async def test_our_own_reader_understands_and_passes_over_what_we_announce(tmp_path, broker):
    async with Shown(broker, tmp_path / "p", home_assistant_operate=True) as shown:
        ear = shown.ear
        for topic, config in ear.configs().items():
            assert not entities(topic, json.dumps(config), "homeassistant")
            strange = json.dumps({**config, "origin": {"name": "somebody"}})
            read = entities(topic, strange, "homeassistant")
            assert [one.component for one in read] == [
                part["platform"] for part in config["components"].values()
            ]


async def test_rules_neither_hear_our_topics_nor_speak_on_them(tmp_path, broker):
    profile = tmp_path / "p"
    profile.mkdir()
    hears = {"key": "mqtt_message", "topic": "#", "payload": "any", "text": ""}
    rule = {"id": "all", "on": True, "when": hears, "do": [{"key": "notify", "text": "{text}"}]}
    content = {"version": document_of.VERSION, "rules": [rule]}
    (profile / "rules.json").write_text(json.dumps(content))
    async with Shown(broker, profile, home_assistant_operate=True) as shown:
        core, ear = shown.core, shown.ear
        outside = core.runtime._outside
        await core.until(lambda: outside._heard == ("#",), "the topic")
        await asyncio.to_thread(lambda: None)
        ear.say(shown.command(RELAY, "relay"), "ON")
        await ear.until(lambda: ear.told("Relay", "switch.relay") == "ON", "on")
        ear.say("bell", "ring")
        await core.see(
            lambda now: [one for one in now.notices if one.values.get("text") == "ring"], "heard"
        )
        ran = next(one.ran for one in (await core.now()).rules if one.id == "all")
        assert ran == len([one for one in ear.heard if not shown.tree.owns(one[0])])
        assert outside.mqtt.reserved(shown.command(RELAY, "relay"))


GONE = ("lcus_relay", {"port": "no-such-port"})
RELAY_OF = (Capability("out", Kind.SWITCH, "Out", Hazard.MAINS),)
TOKEN = {"address": "http://127.0.0.1:1", "token": "t0ken", "entities": "switch.relay"}


async def test_what_came_from_home_assistant_does_not_go_back_there(tmp_path, broker):
    async with Shown(broker, tmp_path / "p", home_assistant_operate=True) as shown:
        ear, hub = shown.ear, shown.core.runtime._house.hub
        told = {"outputs": [{"topic": shown.command(RELAY, "relay")}], "port": 1}
        theirs = DeviceConfig("theirs", "Theirs", "home_assistant", TOKEN, known=RELAY_OF)
        hub._begin(theirs)
        hub._begin(DeviceConfig("loop", "Loop", "mqtt_generic", told, known=RELAY_OF))
        hub._begin(DeviceConfig("helped", "Helped", *GONE, fallback="theirs", known=RELAY_OF))
        hub._begin(DeviceConfig("ours", "Ours", *GONE, known=RELAY_OF))
        hub.put_made(Group("both", "Both", (("ours", "out"), ("theirs", "out"))))
        hub.put_made(Group("own", "Own", (("ours", "out"),)))
        hub.put_made(Group("empty", "Nobody knows", (("ours", "what"),)))
        for name in ("theirs", "loop", "helped", "ours", "both", "own", "empty"):
            hub.changed(name)
            shown.core.runtime._outside.changed(name)
        await ear.until(lambda: ear.announced("Own") and ear.announced("Ours"), "what is ours")
        names = {one["device"]["name"] for one in ear.configs().values()}
        assert names == {"Giftwire", "Motor", "Light", "Relay", "Effects", "Ours", "Own"}
        assert not [text for _, text in ear.heard if "t0ken" in text]


async def test_what_hurts_is_not_offered_by_way_of_a_scene_or_a_group(tmp_path, broker):
    hurts = (Capability("zap", Kind.PULSE, "Zap", Hazard.PAIN),)
    async with Shown(broker, tmp_path / "p", home_assistant_operate=True) as shown:
        ear, core = shown.ear, shown.core
        hub = core.runtime._house.hub
        hub._begin(DeviceConfig("collar", "Collar", *GONE, known=hurts, consent_ms=1))
        hub._begin(DeviceConfig("last", "Last", *GONE, known=RELAY_OF))
        hub.put_made(Group("group", "Group", (("collar", "zap"),)))
        hub.put_made(Scene("scene", "Scene", (SceneStep("collar", "zap", Pulse()),)))
        for name in ("collar", "group", "scene", "last"):
            core.runtime._outside.changed(name)
        await ear.until(lambda: ear.announced("Last"), "what is harmless")
        for name, output, text in (
            ("collar", "zap", "PRESS"),
            ("group", "all", "PRESS"),
            ("scene", "scene", "ON"),
        ):
            ear.say(shown.command(name, output), text)
        await shown.all_heard()
        assert await shown.history() == ()
        names = [one["device"]["name"] for one in ear.configs().values()]
        assert not {"Collar", "Group", "Scene"} & set(names)
        assert "Zap" not in str(ear.heard)
