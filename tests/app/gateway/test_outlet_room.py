"""What a desk asks about sounds, scenes, secrets, keys and buttons, through a whole core."""

import asyncio

import pytest

from app.gateway.messages import (
    GetReceipt,
    GetUses,
    ListScenes,
    ListSounds,
    PressKeys,
    SetSecret,
    SetSetting,
    Status,
    Stop,
    TryOutlet,
)
from tests.app.gateway.core import Core
from tests.app.gateway.play import put, rule
from tests.app.outlets.test_mqtt import MOSQUITTO, Broker


def keys_rule(rule_id="k", keys="Ctrl+Alt+F1", **changes):
    return rule(rule_id, when={"key": "hotkey", "combination": keys}, **changes)


async def test_keys_run_their_rule_for_real(profile):
    async with Core(profile) as core:
        await put(core, keys_rule(), keys_rule("other", "F9"))
        event_id = (await core.ask(PressKeys(keys="alt+ctrl+f1"))).event_id
        receipt = (await core.ask(GetReceipt(event_id=event_id))).receipt
        assert [one.rule_id for one in receipt.traces if one.ran] == ["k"]
        row = next(one for one in (await core.now()).feed if one.event_id == event_id)
        assert (row.kind, row.source) == ("hotkey", "live")
        assert (await core.ask(PressKeys(keys="x"))).code == "bad_value"


async def test_buttons_and_keys_are_told_with_their_rules_and_whether_they_are_live(profile):
    async with Core(profile) as core:
        party = {"key": "button", "name": "Party"}
        await put(
            core,
            rule("a", when=party),
            rule("b", when={"key": "button", "name": " party "}, on=False),
            keys_rule(on=False),
            rule("none", when={"key": "button", "name": ""}),
        )
        found = [(o.kind, o.name, o.rules, o.live) for o in (await core.now()).controls]
        assert found == [
            ("button", "Party", ("a", "b"), True),
            ("hotkey", "Ctrl+Alt+F1", ("k",), False),
        ]
        await put(core, keys_rule())
        news = []
        while not news:
            await core.ask(Status())
            news = [one for one in core.changed if one.type == "changed" and one.controls]
            news = [one for one in news if one.controls[0].kind == "hotkey"]
        assert news[-1].controls[0].live


async def test_a_rule_that_another_turned_on_makes_its_keys_live(profile):
    async with Core(profile) as core:
        turn = {"key": "turn_rule", "rule": "k", "on": True}
        await put(core, keys_rule(on=False), keys_rule("t", "F9", do=[turn]))
        assert [one.live for one in (await core.now()).controls] == [False, True]
        await core.ask(PressKeys(keys="F9"))
        await core.see(lambda now: all(one.live for one in now.controls), "both live")


async def test_sounds_are_listed_with_the_users_own(profile):
    (profile / "sounds").mkdir(parents=True)
    (profile / "sounds" / "Airhorn.wav").write_bytes(b"RIFF")
    async with Core(profile, demo=False) as core:
        names = (await core.ask(ListSounds())).names
        assert {"Airhorn", "chime", "pop"} <= set(names)
        assert names == tuple(sorted(names, key=str.casefold))
        reply = await core.ask(TryOutlet(outlet="sound", what="Airhorn"))
        assert (reply.ok, reply.code) == (False, "refused")
        assert (await core.ask(TryOutlet(outlet="sound", what="none"))).code == "not_found"


async def test_what_is_not_set_up_says_so_and_stop_keeps_it_silent(profile):
    async with Core(profile, demo=False) as core:
        for request in (
            TryOutlet(outlet="speech", what="hello"),
            TryOutlet(outlet="obs"),
            TryOutlet(outlet="mqtt"),
            ListScenes(),
        ):
            assert (await core.ask(request)).code == "not_set_up", request
        await core.ask(Stop())
        assert (await core.ask(TryOutlet(outlet="sound"))).code == "stopped"


@pytest.mark.skipif(MOSQUITTO is None, reason="mosquitto is not installed here")
async def test_a_broker_is_reached(profile, tmp_path):
    broker = Broker(tmp_path)
    await broker.start()
    try:
        async with Core(profile, demo=False) as core:
            for key, value in (("host", "127.0.0.1"), ("port", broker.port), ("tls", False)):
                assert (await core.ask(SetSetting(key=f"mqtt_{key}", value=value))).ok
            assert (await core.ask(TryOutlet(outlet="mqtt"))).ok
    finally:
        broker.stop()


async def test_which_rules_name_variables_and_secrets_is_told(profile):
    call = {"key": "webhook", "url": "https://example.org/", "secret": "shop"}
    add = {"key": "add_variable", "name": "spins", "amount": "1"}
    async with Core(profile) as core:
        await put(core, rule("a", do=[call, add]), rule("b", do=[add]))
        uses = (await core.ask(GetUses())).uses
        assert uses.variables["spins"] == ("a", "b")
        assert (uses.secrets, uses.kept) == ({"shop": ("a",)}, ())
        assert (await core.ask(SetSecret(name="shop", value="s3cret"))).ok
        assert (await core.ask(SetSecret(name="old", value="x"))).ok
        assert (await core.ask(SetSecret(name="old", value=""))).ok

        async def kept():
            return (await core.ask(GetUses())).uses.kept

        async with asyncio.timeout(10):
            while await kept() != ("shop",):  # noqa: ASYNC110 - no news of it
                await asyncio.sleep(0.02)
