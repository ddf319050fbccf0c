"""`ctl` asks a whole core about rules, and says it in plain lines."""

import argparse

import pytest

from app import ctl
from app.gateway.messages import AddProfile
from tests.app.gateway.core import Core
from tests.app.gateway.play import begin, gift, put, rule


@pytest.fixture
def say(capsys):
    async def run(core, ask, json=False, **options):
        options = argparse.Namespace(ask=ask, json=json, **options)
        code = await ctl._REQUESTS[ask](core, options)
        return code, capsys.readouterr().out.splitlines()

    return run


class Door:
    """A whole core, asked as a client asks."""

    def __init__(self, core):
        self.ask = core.ask


async def test_why_a_rule_did_not_run_is_said_gate_by_gate(profile, say):
    async with Core(profile) as core:
        await put(core, rule("fans", only_if=[{"key": "sender_is_follower"}]))
        begin(core)
        gift(core, 1)
        code, lines = await say(Door(core), "explain", event_id="gift/1")
        assert code == 0
        assert "As it was when it happened:  [gift/1]" in lines[0]
        assert lines[1].startswith("  Rule “FANS” did not run. ")
        assert [one.split()[0] for one in lines[2:]] == ["passed", "failed"]
        with pytest.raises(ctl.Trouble):
            await say(Door(core), "explain", event_id="none")


async def test_a_button_is_pressed_and_says_what_ran(profile, say):
    async with Core(profile) as core:
        await put(core, rule("go", when={"key": "button", "name": "Go"}))
        assert await say(Door(core), "press", name="Go") == (0, ["  Rule “GO” ran."])
        assert (await say(Door(core), "press", name="No"))[1] == ["  No rule is for this."]


async def test_the_sets_of_rules_are_listed_and_switched(profile, say):
    async with Core(profile) as core:
        await core.ask(AddProfile(name="Quiet", content={"version": 2}))
        assert (await say(Door(core), "rules", name=""))[1] == ["* Main", "  Quiet"]
        assert (await say(Door(core), "rules", name="Quiet"))[1] == ["  Main", "* Quiet"]
        with pytest.raises(ctl.Trouble):
            await say(Door(core), "rules", name="none")
