"""Rules that reach outside the devices, through a whole core: what they did is in the receipt."""

import asyncio
import json

import pytest
from aiohttp import web

from app.core import rules as document_of
from app.gateway.messages import Fire, GetReceipt, SetSecret, SetSetting
from tests.app.gateway.core import Core
from tests.app.outlets.test_mqtt import MOSQUITTO, Broker

ROSE = {"key": "gift", "gifts": [{"id": 5655, "name": "Rose"}]}


def write_rules(profile, *rules):
    content = {"version": document_of.VERSION, "rules": [{"on": True, **one} for one in rules]}
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "rules.json").write_text(json.dumps(content))


async def fates(core, event_id, count):
    """Return the last stage of each effect, once `count` of them are over."""

    async def look():
        receipt = (await core.ask(GetReceipt(event_id=event_id))).receipt
        last = {one.device: (one.stage, one.drop, one.detail) for one in receipt.deliveries}
        over = {"done", "failed", "dropped", "stopped"}
        return last if sum(stage in over for stage, _, _ in last.values()) >= count else None

    async with asyncio.timeout(20):
        while (found := await look()) is None:  # noqa: ASYNC110 - no news of it
            await asyncio.sleep(0.05)
    return found


async def test_a_rule_writes_its_log_and_what_is_not_set_up_says_so(tmp_path):
    steps = [
        {"key": "write_log", "text": "{gift} from {user}"},
        {"key": "obs_scene", "scene": "Party"},
        {"key": "mqtt_publish", "topic": "lamp", "text": "on"},
        {"key": "speak", "text": "thanks {user}"},
    ]
    write_rules(tmp_path, {"id": "all", "when": ROSE, "do": steps})
    async with Core(tmp_path) as core:
        event_id = (await core.ask(Fire(who="ann"))).event_id
        found = await fates(core, event_id, 4)
    stages = {device: fate[:2] for device, fate in found.items()}
    assert sorted(stages.values()) == [("done", ""), *[("failed", "not_set_up")] * 3]
    assert "Rose from ann" in (tmp_path / "logs" / "rules.log").read_text("utf-8")


async def test_a_note_and_an_alarm_are_shown(tmp_path):
    steps = [
        {"key": "notify", "text": "look at {user}"},
        {"key": "raise_alarm", "text": "too hot", "level": "error"},
    ]
    write_rules(tmp_path, {"id": "all", "when": ROSE, "do": steps})
    async with Core(tmp_path) as core:
        await core.ask(Fire(who="ann"))

        def both(snapshot):
            told = {one.code: (one.level, one.values) for one in snapshot.notices}
            return told if {"rule_note", "rule_alarm"} <= set(told) else None

        told = await core.see(both, "a note and an alarm")
    assert told["rule_note"] == ("info", {"text": "look at ann"})
    assert told["rule_alarm"] == ("error", {"text": "too hot"})


async def test_a_web_request_takes_its_secret_from_where_secrets_are_kept(tmp_path):
    asked = []

    async def answer(request):
        asked.append((request.headers.get("Authorization"), await request.text()))
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    step = {"key": "webhook", "url": url, "body": "{user}", "secret": "home"}
    write_rules(tmp_path, {"id": "hook", "when": ROSE, "do": [step]})
    try:
        async with Core(tmp_path) as core:
            assert (await core.ask(SetSecret(name="home", value="s3cret"))).ok
            event_id = (await core.ask(Fire(who="ann"))).event_id
            found = await fates(core, event_id, 1)
    finally:
        await runner.cleanup()
    assert [fate[0] for fate in found.values()] == ["done"]
    assert asked == [("Bearer s3cret", "ann")]
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"s3cret" in content for content in kept)


@pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")
async def test_a_message_of_the_broker_runs_a_rule_that_answers(tmp_path):
    broker = Broker(tmp_path)
    await broker.start()
    profile = tmp_path / "profile"
    when = {"key": "mqtt_message", "topic": "bell/+", "payload": "equals", "text": "ring"}
    answer = {"key": "mqtt_publish", "topic": "lamp", "text": "on"}
    ask = {"key": "mqtt_publish", "topic": "bell/1", "text": "ring"}
    write_rules(
        profile,
        {"id": "bell", "when": when, "do": [answer]},
        {"id": "rose", "when": ROSE, "do": [ask]},
    )
    try:
        async with Core(profile) as core:
            for key, value in (
                ("mqtt_host", "127.0.0.1"),
                ("mqtt_port", broker.port),
                ("mqtt_tls", False),
            ):
                assert (await core.ask(SetSetting(key=key, value=value))).ok
            await asyncio.sleep(1.5)
            event_id = (await core.ask(Fire())).event_id
            assert [one[0] for one in (await fates(core, event_id, 1)).values()] == ["done"]

            def rang(snapshot):
                return next(one.ran for one in snapshot.rules if one.id == "bell")

            assert await core.see(rang, "the bell's rule") == 1
    finally:
        broker.stop()


@pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed")
async def test_a_topic_is_heard_from_when_another_rule_turns_its_rule_on(tmp_path):
    broker = Broker(tmp_path)
    await broker.start()
    profile = tmp_path / "profile"
    bell = {"id": "bell", "on": False, "when": {"key": "mqtt_message", "topic": "bell"}, "do": []}
    turn = {"key": "turn_rule", "rule": "bell", "on": True}
    write_rules(profile, bell, {"id": "rose", "when": ROSE, "do": [turn]})
    try:
        async with Core(profile) as core:
            for key, value in (("mqtt_port", broker.port), ("mqtt_tls", False)):
                assert (await core.ask(SetSetting(key=key, value=value))).ok
            assert (await core.ask(SetSetting(key="mqtt_host", value="127.0.0.1"))).ok
            outside = core.runtime._outside
            await core.until(lambda: outside._looked_at[0] >= 0, "the first look")
            assert outside._heard == ()
            await core.ask(Fire())
            await core.until(lambda: outside._heard == ("bell",), "the topic")
            await core.until(outside.mqtt._connected.is_set, "the broker")
    finally:
        broker.stop()
