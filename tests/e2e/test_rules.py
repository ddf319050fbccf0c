"""What was accepted about rules is there again after a core was killed."""

import asyncio
import os
import signal
import sys

import pytest

from app.core.edits import PutRule, to_wire
from app.core.rules import from_content
from app.gateway.messages import EditRules, GetRules, PutGoal, SetVariable
from tests.e2e.test_line import Program

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX"),
]


async def renamed(program, name):
    rules = (await program.ask(GetRules())).rules
    rule = from_content(rules.content).rule("rose-spin").model_copy(update={"name": name})
    reply = await program.ask(EditRules(revision=rules.revision, edit=to_wire(PutRule(rule))))
    assert reply.ok


async def test_a_killed_core_loses_no_edit_older_than_a_second(profile):
    async with Program(profile) as program:
        for number in range(40):
            await renamed(program, f"Turn {number}")
        assert (await program.ask(SetVariable(name="deaths", value=3, lasting=True))).ok
        assert (await program.ask(PutGoal(name="Roses", counts="gifts", target=9))).ok
        await asyncio.sleep(2.5)
        await renamed(program, "Calm")
        await asyncio.sleep(0.3)
        pid = (await program.now()).pid
        os.kill(pid, signal.SIGKILL)

        async def back():
            try:
                return (await program.now()).pid != pid
            except Exception:  # noqa: BLE001 - the channel may fail in any way meanwhile
                return False

        await program.seen_soon(back, "another core")
        now = await program.now()
        assert "Calm" in [one.name for one in now.rules]
        assert [(one.name, one.value) for one in now.variables] == [("deaths", 3)]
        assert [one.name for one in now.goals] == ["Roses"]
        temporary = list(profile.glob(".rules.json*"))
        assert temporary == []
