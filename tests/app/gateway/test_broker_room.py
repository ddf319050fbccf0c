"""Our own broker through the control channel: switched on, accounts with their rights, logins."""

import asyncio
import socket

import psutil
import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from app.gateway.messages import (
    AddDevice,
    AddLogin,
    ConfigureDevice,
    Discover,
    DropLogin,
    ForgetDevice,
    GetDeviceForm,
    GetLogin,
    RenameDevice,
    SetBroker,
    SetSetting,
    TryDevice,
    TryOutlet,
)
from tests.app.gateway.core import Core
from tests.fakes.mqtt_far import let_go
from tests.fakes.tasmota import Tasmota
from tests.ports import free_port


async def switched_on(core):
    reply = await core.ask(SetBroker(on=True, port=free_port()))
    assert reply.ok, reply
    return (await core.see(lambda now: now.broker.stage == "online" and now.broker, "it")).port


async def plug(core, name="Đèn bàn", **settings):
    """Add a Tasmota at our own broker; return its id and how it logs in."""
    request = AddDevice(driver="mqtt_tasmota", name=name, settings={"topic": "plug", **settings})
    reply = await core.ask(request)
    assert reply.ok, reply
    return reply.device_id, (await core.ask(GetLogin(device_id=reply.device_id))).login


def entered(login):
    return {line.word: line.text for line in login.lines}


class Plug(Tasmota):
    """A Tasmota that logs in, and tells of itself."""

    def __init__(self, port, login):
        self.login = login
        super().__init__(port)

    def prepare(self, client):
        told = entered(self.login)
        client.username_pw_set(told["User"], told["Password"])


def link_of(now, device_id):
    return next(one for one in now.devices if one.id == device_id).link


async def is_online(core, device_id):
    return await core.see(lambda now: link_of(now, device_id).stage == "online", "the plug")


class Guest:
    """Somebody at the broker: what it may do is told by the broker's own answers."""

    def __init__(self, port, user="", password=""):
        self.heard = []
        self.client = Client(CallbackAPIVersion.VERSION2, reconnect_on_failure=False)
        if user:
            self.client.username_pw_set(user, password)
        self._loop = asyncio.get_running_loop()
        self._let_in = self._loop.create_future()
        self._granted = self._loop.create_future()
        self.client.on_connect = lambda *said: self._tell(self._let_in, not said[3].is_failure)
        self.client.on_subscribe = lambda *said: self._tell(
            self._granted, not said[3][0].is_failure
        )
        self.client.on_message = lambda *said: self.heard.append(said[2].topic)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()

    def _tell(self, future, what):
        self._loop.call_soon_threadsafe(lambda: future.done() or future.set_result(what))

    async def let_in(self):
        async with asyncio.timeout(20):
            return await self._let_in

    async def may_read(self, topic_filter):
        self._granted = self._loop.create_future()
        self.client.subscribe(topic_filter)
        async with asyncio.timeout(20):
            return await self._granted

    def close(self):
        let_go(self.client)


@pytest.fixture
def guests():
    there = []

    def come(*who):
        there.append(Guest(*who))
        return there[-1]

    yield come
    for one in there:
        one.close()


async def test_it_is_off_until_somebody_switches_it_on_and_then_for_this_computer_only(profile):
    async with Core(profile) as core:
        broker = (await core.now()).broker
        assert (broker.on, broker.stage, broker.reach, broker.port) == (False, "off", "computer", 0)
        port = await switched_on(core)
        broker = (await core.now()).broker
        assert (broker.port, broker.addresses, broker.reach) == (port, (), "computer")
        assert (await core.ask(SetBroker(on=False))).ok
        await core.see(lambda now: now.broker.stage == "off", "nothing")


async def test_a_port_that_is_taken_is_refused_and_without_one_the_next_free_is_chosen(profile):
    async with Core(profile) as core:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            taken = other.getsockname()[1]
            reply = await core.ask(SetBroker(on=True, port=taken))
            assert (reply.code, reply.values) == ("port_taken", {"port": str(taken)})
        assert not (await core.now()).broker.on
        await core.ask(SetBroker(on=True))
        broker = await core.see(lambda now: now.broker.stage == "online" and now.broker, "it")
        assert 1883 <= broker.port < 1903


async def test_a_device_gets_an_account_with_the_rights_of_its_own_topics(profile, guests):
    async with Core(profile) as core:
        port = await switched_on(core)
        device_id, login = await plug(core)
        told = entered(login)
        assert list(told) == ["Host", "Port", "User", "Password", "Topic", "Full Topic"]
        assert (told["Host"], told["Port"], told["Topic"]) == ("127.0.0.1", str(port), "plug")
        assert told["User"] == "den-ban"
        assert login.quoted
        assert "Configure MQTT" in login.where
        guest = guests(port, told["User"], told["Password"])
        assert await guest.let_in()
        assert await guest.may_read("cmnd/plug/#")
        assert not await guest.may_read("cmnd/other/#")
        assert not await guest.may_read("stat/#")
        (account,) = (await core.now()).broker.accounts
        assert (account.name, account.devices) == ("den-ban", (device_id,))
        assert not await guests(port).let_in()
        assert not await guests(port, "den-ban", "wrong").let_in()
        wanted = {"no_login", "wrong_password", "topic"}
        await core.see(lambda now: wanted <= {one.why for one in now.broker.refusals}, wanted)


async def test_a_new_password_shuts_the_old_one_out(profile, guests):
    async with Core(profile) as core:
        port = await switched_on(core)
        device_id, login = await plug(core)
        fresh = (await core.ask(GetLogin(device_id=device_id, fresh=True))).login
        told, newer = entered(login), entered(fresh)
        assert told["User"] == newer["User"]
        assert told["Password"] != newer["Password"]
        assert not await guests(port, told["User"], told["Password"]).let_in()
        assert await guests(port, newer["User"], newer["Password"]).let_in()


async def test_an_account_goes_with_its_device_and_follows_its_settings(profile, guests):
    async with Core(profile) as core:
        port = await switched_on(core)
        device_id, login = await plug(core)
        who = entered(login)["User"], entered(login)["Password"]
        await core.ask(ConfigureDevice(device_id=device_id, settings={"topic": "lamp"}))
        guest = guests(port, *who)
        assert await guest.let_in()
        assert not await guest.may_read("cmnd/plug/#")
        assert await guest.may_read("cmnd/lamp/#")
        # A name is for reading; what was typed into the device holds.
        await core.ask(RenameDevice(device_id=device_id, name="Lamp"))
        assert (await core.now()).broker.accounts[0].name == who[0]
        away = {"topic": "lamp", "host": "broker.invalid"}
        await core.ask(ConfigureDevice(device_id=device_id, settings=away))
        assert (await core.now()).broker.accounts == ()
        assert (await core.ask(GetLogin(device_id=device_id))).code == "not_found"
        await core.ask(ConfigureDevice(device_id=device_id, settings={"topic": "lamp"}))
        fresh = entered((await core.ask(GetLogin(device_id=device_id))).login)
        assert fresh["Password"] != who[1]
        await core.ask(ForgetDevice(device_id=device_id))
        assert (await core.now()).broker.accounts == ()
        assert not await guests(port, fresh["User"], fresh["Password"]).let_in()


async def test_devices_behind_one_bridge_log_in_as_one(profile):
    async with Core(profile) as core:
        for name in ("siren", "plug"):
            settings = {"name": name}
            await core.ask(AddDevice(driver="mqtt_zigbee2mqtt", name=name, settings=settings))
        (account,) = (await core.now()).broker.accounts
        assert len(account.devices) == 2
        await core.ask(ForgetDevice(device_id=account.devices[0]))
        (left,) = (await core.now()).broker.accounts
        assert (left.name, left.devices) == (account.name, account.devices[1:])


async def test_another_program_gets_wide_rights_on_purpose(profile, guests):
    async with Core(profile) as core:
        port = await switched_on(core)
        login = (await core.ask(AddLogin(name="Home Assistant"))).login
        told = entered(login)
        assert (told["User"], login.quoted) == ("home-assistant", False)
        guest = guests(port, told["User"], told["Password"])
        assert await guest.let_in()
        assert await guest.may_read("#")
        _, plug_login = await plug(core)
        name = entered(plug_login)["User"]
        assert (await core.ask(DropLogin(account=name))).code == "not_found"
        assert (await core.ask(DropLogin(account=told["User"]))).ok
        assert not await guests(port, told["User"], told["Password"]).let_in()
        assert (await core.ask(AddLogin(name="  "))).code == "bad_value"


async def test_accounts_and_their_passwords_are_there_after_a_new_start(profile, monkeypatch):
    # In place of a keyring, which is not everywhere.
    monkeypatch.setenv("GIFTWIRE_PASSPHRASE", "a long enough sentence")
    async with Core(profile) as core:
        port = await switched_on(core)
        device_id, login = await plug(core)
    async with Core(profile) as core:
        broker = await core.see(lambda now: now.broker.stage == "online" and now.broker, "it")
        assert (broker.port, broker.on) == (port, True)
        again = (await core.ask(GetLogin(device_id=device_id))).login
        assert entered(again) == entered(login)


async def test_a_device_waits_for_the_broker_and_no_password_is_in_any_picture(profile):
    async with Core(profile) as core:
        tried = await core.ask(TryDevice(driver="mqtt_tasmota", settings={"topic": "plug"}))
        assert tried.tried.reason == "broker_off"
        device_id, _ = await plug(core)
        await core.see(lambda now: link_of(now, device_id).reason == "broker_off", "why")
        port = await switched_on(core)
        login = (await core.ask(GetLogin(device_id=device_id))).login
        far = await asyncio.to_thread(Plug, port, login)
        try:
            assert await is_online(core, device_id)
            (client,) = await core.see(lambda now: now.broker.clients, "who is there")
            snapshot = await core.now()
        finally:
            await asyncio.to_thread(far.close)
        assert (client.account, client.address.split(":")[0]) == ("den-ban", "127.0.0.1")
        form = (await core.ask(GetDeviceForm(device_id=device_id))).device_form
        assert not form.settings.get("host")
        kept = (profile / "broker.json").read_text() + (profile / "devices.json").read_text()
        assert entered(login)["Password"] not in kept + snapshot.model_dump_json()


@pytest.mark.e2e
async def test_a_broker_that_was_killed_is_started_again_and_its_devices_come_back_off(profile):
    async with Core(profile) as core:
        port = await switched_on(core)
        # It is there before its driver looks for it, which gives it three seconds.
        login = (await core.ask(AddLogin(name="other"))).login
        far = await asyncio.to_thread(Plug, port, login)
        device_id, _ = await plug(core)
        again = None
        try:
            assert await is_online(core, device_id)
            (process,) = [one for one in psutil.Process().children() if "broker" in one.cmdline()]
            process.kill()
            await core.see(lambda now: link_of(now, device_id).stage == "waiting", "the loss")
            await core.see(
                lambda now: now.broker.port == port and now.broker.stage == "online", port
            )
            again = await asyncio.to_thread(Plug, port, login)
            assert await is_online(core, device_id)
            assert again.told("cmnd/plug/POWER1")[:1] == ["OFF"]
        finally:
            await asyncio.to_thread(far.close)
            if again is not None:
                await asyncio.to_thread(again.close)


async def test_what_rules_publish_can_go_to_our_own_broker(profile):
    async with Core(profile) as core:
        await core.ask(SetSetting(key="mqtt_own", value=True))
        assert (await core.ask(TryOutlet(outlet="mqtt"))).code == "not_set_up"
        await switched_on(core)
        assert (await core.ask(TryOutlet(outlet="mqtt"))).ok


async def test_what_told_our_broker_of_itself_is_found_and_added_as_it_is(profile):
    async with Core(profile) as core:
        port = await switched_on(core)
        told = entered((await core.ask(AddLogin(name="other"))).login)
        far = await asyncio.to_thread(Announcing, port, told["User"], told["Password"])
        try:
            told = (await core.ask(Discover())).discover.found
            (found,) = [one for one in told if one.driver.startswith("mqtt_")]
            assert (found.title, found.settings) == ("Desk plug", {"host": "", "topic": "plug"})
            request = AddDevice(driver=found.driver, name="Plug", settings=found.settings)
            device_id = (await core.ask(request)).device_id
            assert await is_online(core, device_id)
        finally:
            await asyncio.to_thread(far.close)


class Announcing(Tasmota):
    """A Tasmota with somebody else's login that tells of itself."""

    def __init__(self, port, user, password):
        self.who = user, password
        super().__init__(port)

    def prepare(self, client):
        client.username_pw_set(*self.who)

    def begin(self):
        super().begin()
        said = {"dn": "Desk plug", "t": "plug", "ft": "%prefix%/%topic%/", "md": "Sonoff"}
        said["tp"] = ["cmnd", "stat", "tele"]
        self.say("tasmota/discovery/A1B2C3D4E5F6/config", said, retain=True)
