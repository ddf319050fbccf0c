"""Our own broker in real processes: a core that is killed leaves its Wi-Fi devices off."""

import asyncio
import os
import signal
import sys
import time

import pytest

from app.gateway import messages
from app.gateway.messages import AddDevice, GetLogin, SetBroker
from tests.e2e.harness import until
from tests.e2e.test_line import Program
from tests.fakes.tasmota import Tasmota
from tests.ports import free_port

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX"),
]
# Until then the device's own clock has not ended it.
LONG_S = 60.0


class Plug(Tasmota):
    """A Tasmota with its login; it remembers when it was told to switch off."""

    def __init__(self, port, login):
        self.login = {line.word: line.text for line in login.lines}
        self.off_at = 0.0
        super().__init__(port)

    def prepare(self, client):
        client.username_pw_set(self.login["User"], self.login["Password"])

    def take(self, topic, text):
        if topic.endswith("/POWER1") and text == "OFF" and self.on.get("1"):
            self.off_at = time.monotonic()
        super().take(topic, text)


def online(now, device_id):
    return next(one for one in now.devices if one.id == device_id).link.stage == "online"


async def broker_runs(program):
    return await program.until(lambda now: now.broker.stage == "online" and now.broker, "a broker")


async def test_a_killed_core_leaves_a_plug_off_that_hangs_on_our_own_broker(profile, monkeypatch):
    # In place of a keyring, which is not everywhere.
    monkeypatch.setenv("GIFTWIRE_PASSPHRASE", "a long enough sentence")
    async with Program(profile) as program:
        assert (await program.ask(SetBroker(on=True, port=free_port()))).ok
        port = (await broker_runs(program)).port
        added = AddDevice(driver="mqtt_tasmota", name="Plug", settings={"topic": "plug"})
        device_id = (await program.ask(added)).device_id
        login = (await program.ask(GetLogin(device_id=device_id))).login
        plug = await asyncio.to_thread(Plug, port, login)
        try:
            pid = await switched_on(program, device_id, plug)
            killed_at = time.monotonic()
            os.kill(pid, signal.SIGKILL)
            assert await asyncio.to_thread(plug.wait_for, lambda: plug.resting, 20.0)
            # By a word of ours, not by its own clock.
            assert killed_at < plug.off_at
        finally:
            await asyncio.to_thread(plug.close)
        await program.seen(lambda: program.snapshots[-1].pid != pid, "a new core")
        assert (await broker_runs(program)).port == port
        # It reconnects as real ones do, with what was typed into it once.
        plug = await asyncio.to_thread(Plug, port, login)
        try:
            await program.until(lambda now: online(now, device_id), "the plug")
            assert plug.told("cmnd/plug/POWER1")[:1] == ["OFF"]
        finally:
            await asyncio.to_thread(plug.close)


async def switched_on(program, device_id, plug):
    """Switch it on for long by hand; return the process id of the core."""
    await program.until(lambda now: online(now, device_id), "the plug")
    now = await program.now()
    device = next(one for one in now.devices if one.id == device_id)
    request = messages.TestDevice(
        device_id=device_id,
        capability=device.capabilities[0].id,
        verb="switch",
        args={"on": True},
        duration_s=LONG_S,
    )
    assert (await program.ask(request)).ok
    await asyncio.to_thread(until, lambda: plug.on.get("1"), "the plug on")
    return now.pid
