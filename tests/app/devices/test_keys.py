"""Secrets of a device: named in what is kept, text for the driver only."""

import pytest
from pydantic import Field

from app.core.catalog import Catalog
from app.core.links import LinkReason, LinkStage
from app.devices import keys
from app.devices.config import DeviceConfig
from app.devices.trial import try_out
from app.redaction import redacted
from drivers.contract import Ack, Driver, DriverError, DriverSettings, Secret
from tests.app.devices.rig import Rig


class BrokerSettings(DriverSettings):
    """Where it is, and how to get in."""

    host: str = Field("here", title="Host", description="Its address.")
    password: Secret = Field("", title="Password", description="Of the broker.", max_length=40)


class Behind(Driver):
    """A device behind a broker that wants a password."""

    key = "behind"
    title = summary = "Behind"
    Settings = BrokerSettings
    passwords: list[str]

    def __init__(self, settings, events):
        super().__init__(settings, events)
        self.passwords.append(settings.password)

    async def open(self):
        return ()

    async def apply(self, capability, instruction, duration_s):
        return Ack.SENT

    def stop_now(self):
        pass

    async def make_safe(self):
        return True

    async def close(self):
        pass


@pytest.fixture(autouse=True)
def fresh():
    Behind.passwords = []


SEALED = {"password": {"secret": "device/d/password"}}


def test_what_is_kept_names_the_secret_and_never_holds_it():
    assert keys.secret_fields(Behind) == {"password"}
    given = {"host": "there", "password": "open sesame"}
    settings, texts = keys.sealed(Behind, "d", given, {})
    assert settings == {"host": "there", **SEALED}
    assert texts == {"device/d/password": "open sesame"}
    assert keys.shown(Behind, settings) == {"host": "there"}


@pytest.mark.parametrize("given", [{}, {"password": {"secret": "device/other/password"}}])
def test_a_secret_that_is_left_out_stays_and_anothers_is_not_taken(given):
    assert keys.sealed(Behind, "d", given, SEALED) == (SEALED, {})
    assert keys.sealed(Behind, "d", given, {}) == ({}, {})


def test_an_empty_secret_is_forgotten():
    assert keys.sealed(Behind, "d", {"password": ""}, SEALED) == ({}, {"device/d/password": ""})


def test_what_is_wrong_is_told_without_what_was_written():
    with pytest.raises(keys.BadSettingsError) as caught:
        keys.check(Behind, {"password": "sesame" * 20})
    assert caught.value.field == "password"
    assert "sesame" not in str(caught.value)


def test_the_name_of_a_secret_is_not_measured_as_its_text():
    class Long(Behind):
        """Its password has a shortest length."""

        class Settings(DriverSettings):
            """One password."""

            password: Secret = Field(min_length=8, title="Password", description="Long.")

    keys.check(Long, SEALED)
    with pytest.raises(keys.BadSettingsError):
        keys.check(Long, {"password": "short"})


async def test_what_cannot_be_read_now_is_a_failure_that_is_tried_again():
    with pytest.raises(DriverError):
        await keys.unsealed(SEALED, keys.no_secret)


async def test_the_driver_gets_the_text_and_no_log_does():
    rig = Rig(Catalog(found={"behind": Behind}))

    async def secret(name):
        return {"device/d/password": "open sesame 7"}[name]

    rig.hub.secrets = secret
    await rig.hub.start([DeviceConfig("d", "D", "behind", SEALED)])
    await rig.online("d")
    assert Behind.passwords[-1] == "open sesame 7"
    assert "sesame" not in repr(rig.hub.configs)
    assert "sesame" not in redacted("said open sesame 7 to it")
    await rig.hub.stop()


async def test_a_locked_keyring_is_waited_for():
    rig = Rig(Catalog(found={"behind": Behind}))
    await rig.hub.start([DeviceConfig("d", "D", "behind", SEALED)])
    await rig.until(lambda: rig.hub.device("d").link.stage is LinkStage.WAITING)
    assert rig.hub.device("d").link.reason is LinkReason.NO_PERMISSION
    await rig.hub.stop()


async def test_a_secret_that_is_only_tried_out_is_in_no_log_either():
    opener = Rig(Catalog(found={"behind": Behind})).hub
    tried = await try_out(Behind, {"password": "just-trying-9"}, opener)
    assert tried.reason is LinkReason.NONE
    assert "trying" not in redacted("it said just-trying-9")


def test_a_refusal_is_a_sentence_with_slots_that_faces_translate():
    error = keys.BadSettingsError(
        ("fixtures", 0), "The lamp at 1 ends at 13 {a}.", {"one": 1, "end": 13}
    )
    assert error.field == "fixtures.0"
    assert error.source == "The lamp at {one} ends at {end} {{a}}."
    assert error.source.format_map(error.values) == error.problem


class AtBroker(Behind):
    """A device behind a broker, which may be our own."""

    class Settings(DriverSettings):
        """Where the broker is, and who we are there."""

        host: str = Field(
            "", title="Broker", description="Its address.", json_schema_extra={"broker": True}
        )
        port: int = Field(1883, title="Port", description="Of the broker.")
        user: str = Field("", title="User", description="Of the broker.")
        password: Secret = Field("", title="Password", description="Of the broker.")

    seen: list[tuple[str, int, str, str]]

    def __init__(self, settings, events):
        self.seen.append((settings.host, settings.port, settings.user, settings.password))


async def own_broker():
    return {"host": "127.0.0.1", "port": 4321, "user": "giftwire", "password": "made up"}


async def made_at(settings):
    AtBroker.seen = []
    rig = Rig(Catalog(found={"at": AtBroker}))
    rig.hub.broker = own_broker
    await keys.made(AtBroker, settings, None, rig.hub)
    return AtBroker.seen


async def test_who_names_no_broker_gets_the_way_to_our_own():
    kept = {"host": "", "port": 7, "password": {"secret": "device/d/password"}}
    for settings in ({}, kept):
        assert await made_at(settings) == [("127.0.0.1", 4321, "giftwire", "made up")]


async def test_who_names_a_broker_is_left_alone():
    assert await made_at({"host": "there", "password": "x"}) == [("there", 1883, "", "x")]


async def test_without_a_broker_of_our_own_the_device_waits_and_says_why():
    rig = Rig(Catalog(found={"at": AtBroker}))
    await rig.hub.start([DeviceConfig("d", "D", "at", {})])
    await rig.until(lambda: rig.hub.device("d").link.stage is LinkStage.WAITING)
    assert rig.hub.device("d").link.reason is LinkReason.BROKER_OFF
    await rig.hub.stop()
