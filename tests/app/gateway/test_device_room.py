"""Devices through the control channel: forms, secrets, trials, replacing, limits, consent, budgets."""

import json

import pytest
from pydantic import Field

from app.devices.consent import PHRASES
from app.gateway import messages
from app.gateway.device_views import LimitsView
from app.gateway.messages import (
    AddDevice,
    ConfigureDevice,
    Discover,
    ForgetDevice,
    GetConsent,
    GetDeviceForm,
    GetDrivers,
    GiveConsent,
    NudgeDevice,
    Refill,
    ReplaceDevice,
    SetBudget,
    SetDeviceLimits,
    Stop,
    TryDevice,
)
from app.store.kept import Kept
from drivers.contract import (
    Ack,
    Capability,
    Cause,
    Driver,
    DriverError,
    DriverSettings,
    Hazard,
    Kind,
    Secret,
)
from tests.app.gateway.core import Core

PASSWORD = "open-sesame-77"
# A consent is sealed with what is kept where passwords are.
PLACE_FOR_KEYS = ("GIFTWIRE_PASSPHRASE", "a long enough sentence")


class CollarSettings(DriverSettings):
    """Where it is, and its key."""

    host: str = Field("here", min_length=1, title="Host", description="Its address.")
    token: Secret = Field(min_length=8, title="Key", description="Of the hub.")


class Collar(Driver):
    """A thing that hurts, behind a key."""

    key = "collar"
    title = summary = "Collar"
    Settings = CollarSettings
    seen: list[str]
    open_now = 0

    def __init__(self, settings, events):
        super().__init__(settings, events)
        self.settings = settings

    async def open(self):
        kind = type(self)
        kind.seen.append(self.settings.token)
        if self.settings.host == "nowhere":
            raise DriverError(Cause.NOT_FOUND)
        # Two at once would fight over the port.
        assert kind.open_now == 0
        kind.open_now += 1
        self.address = self.settings.host
        return (Capability("shock", Kind.LEVEL, "Shock", Hazard.PAIN),)

    async def apply(self, capability, instruction, duration_s):
        return Ack.CONFIRMED

    def stop_now(self):
        pass

    async def make_safe(self):
        return True

    async def close(self):
        type(self).open_now = 0


@pytest.fixture(autouse=True)
def fresh():
    Collar.seen, Collar.open_now = [], 0


def teach(core):
    """Have this core know the collar, as if its file lay among the drivers."""
    core.runtime._house.hub.catalog.found["collar"] = Collar


async def added(core):
    teach(core)
    settings = {"token": PASSWORD}
    reply = await core.ask(AddDevice(driver="collar", name="Collar", settings=settings))
    assert reply.ok, reply
    await core.see(lambda now: online(now, reply.device_id), "an open collar")
    return reply.device_id


def online(now, device_id):
    found = [one for one in now.devices if one.id == device_id and one.link.stage == "online"]
    return found[0] if found else None


async def test_every_family_is_listed_with_the_form_of_its_settings(profile):
    async with Core(profile) as core:
        teach(core)
        drivers = {one.key: one for one in (await core.ask(GetDrivers())).drivers.drivers}
        assert drivers["simulated"].group == "practice"
        assert drivers["simulated"].found
        assert drivers["lcus_relay"].group == "usb"
        assert drivers["lcus_relay"].form["properties"]["port"]["pick"] == "port"
        assert drivers["collar"].group == "network"
        assert drivers["collar"].form["properties"]["token"]["secret"] is True


async def test_a_secret_goes_to_the_driver_and_nowhere_else(profile, caplog):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        assert Collar.seen == [PASSWORD]
        form = (await core.ask(GetDeviceForm(device_id=device_id))).device_form
        assert (form.settings, form.secrets) == ({}, {"token": True})
        assert PASSWORD not in (await core.now()).model_dump_json()
        assert PASSWORD not in (await core.ask(Discover())).model_dump_json()
    text = (profile / "devices.json").read_text()
    assert PASSWORD not in text
    (saved,) = json.loads(text)["devices"]
    assert saved["settings"] == {"token": {"secret": f"device/{device_id}/token"}}
    assert not any(PASSWORD in path.read_text(errors="replace") for path in profile.glob("*.json"))


async def test_a_secret_that_is_left_out_stays_when_other_settings_change(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        reply = await core.ask(ConfigureDevice(device_id=device_id, settings={"host": "there"}))
        assert reply.ok, reply
        await core.see(
            lambda now: (one := online(now, device_id)) and one.address == "there", "another host"
        )
        assert Collar.seen == [PASSWORD, PASSWORD]


async def test_what_is_wrong_is_told_by_field_and_without_what_was_written(profile):
    async with Core(profile, demo=False) as core:
        teach(core)
        for settings, field in [({}, "token"), ({"token": "short"}, "token")]:
            reply = await core.ask(AddDevice(driver="collar", name="x", settings=settings))
            assert (reply.code, reply.values["field"]) == ("bad_settings", field)
            assert "short" not in reply.values["problem"].replace("shorter", "")
        assert (await core.now()).devices == ()


async def test_the_secret_of_another_device_is_not_taken_by_its_name(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        stolen = {"token": {"secret": f"device/{device_id}/token"}}
        reply = await core.ask(AddDevice(driver="collar", name="Thief", settings=stolen))
        # It has no key of its own, so it cannot even be added.
        assert reply.code == "bad_settings"


async def test_a_forgotten_device_leaves_no_secret_behind(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        assert (await core.ask(ForgetDevice(device_id=device_id))).ok
        secrets = core.runtime._house.secrets
        assert await secrets.get(f"device/{device_id}/token") == ""


async def test_settings_can_be_tried_without_keeping_anything(profile):
    async with Core(profile, demo=False) as core:
        teach(core)
        good = {"token": PASSWORD}
        tried = (await core.ask(TryDevice(driver="collar", settings=good))).tried
        assert (tried.ok, tried.address) == (True, "here")
        assert [(one.id, one.hazard) for one in tried.outputs] == [("shock", "pain")]
        bad = {"token": PASSWORD, "host": "nowhere"}
        tried = (await core.ask(TryDevice(driver="collar", settings=bad))).tried
        assert (tried.ok, tried.reason) == (False, "not_found")
        assert (await core.now()).devices == ()
        assert Collar.open_now == 0


async def test_a_device_is_closed_while_its_settings_are_tried_and_opens_again(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        ask = TryDevice(driver="collar", settings={"host": "there"}, device_id=device_id)
        tried = (await core.ask(ask)).tried
        assert (tried.ok, tried.address) == (True, "there")
        device = await core.see(lambda now: online(now, device_id), "the device again")
        assert device.address == "here"


async def test_nothing_is_tried_while_everything_is_stopped(profile):
    async with Core(profile) as core:
        await core.ask(Stop())
        ask = TryDevice(driver="simulated", settings={"machine": "motor"})
        assert (await core.ask(ask)).code == "stopped"


async def test_what_hurts_needs_the_words_and_they_are_asked_anew_for_other_hardware(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        assert online(await core.now(), device_id).consent == "needed"
        test = {"device_id": device_id, "capability": "shock", "verb": "set_level"}
        by_hand = messages.TestDevice(**test, args={"level": 0.1})
        assert (await core.ask(by_hand)).code == "consent_needed"
        assert (await core.ask(NudgeDevice(device_id=device_id))).code == "consent_needed"
        view = (await core.ask(GetConsent(device_id=device_id, language="vi"))).consent
        assert view.phrase == PHRASES["vi"]
        assert view.given_ms is None
        wrong = await core.ask(GiveConsent(device_id=device_id, phrase="sure"))
        assert wrong.code == "wrong_phrase"
        assert (await core.ask(GiveConsent(device_id=device_id, phrase=view.phrase))).ok
        assert online(await core.now(), device_id).consent == "given"
        settings = {"host": "there"}
        ask = ReplaceDevice(device_id=device_id, driver="collar", settings=settings)
        assert (await core.ask(ask)).ok
        device = await core.see(lambda now: online(now, device_id), "the other collar")
        assert device.consent == "needed"


@pytest.mark.expect_log("there is no driver", level="WARNING")
async def test_a_consent_is_remembered_here_and_does_not_travel_with_the_file(profile, monkeypatch):
    monkeypatch.setenv(*PLACE_FOR_KEYS)
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        assert (await core.ask(GiveConsent(device_id=device_id, phrase=PHRASES["en"]))).ok
        assert core.runtime._house.hub.config(device_id).consent_ms
    assert "consent" not in (profile / "devices.json").read_text()
    async with Core(profile, demo=False) as core:
        assert core.runtime._house.hub.config(device_id).consent_ms
        assert (await core.ask(ForgetDevice(device_id=device_id))).ok
    async with Core(profile, demo=False) as core:
        assert core.runtime._house.hub.configs == ()
        assert await Kept(core.runtime._database, "consent").all() == {}


async def test_limits_of_what_hurts_are_raised_with_the_words_only(profile):
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        place = {"device_id": device_id, "capability": "shock"}
        weak = LimitsView(max_level=0.05)
        # The usual limits of a new device are looser than this.
        assert (await core.ask(SetDeviceLimits(**place, limits=weak))).ok
        raised = SetDeviceLimits(**place, limits=LimitsView(max_level=0.15))
        assert (await core.ask(raised)).code == "consent_needed"
        with_words = raised.model_copy(update={"phrase": PHRASES["en"]})
        assert (await core.ask(with_words)).ok
        output = online(await core.now(), device_id).capabilities[0]
        assert (output.own.max_level, output.ceiling.max_level) == (0.15, 0.2)
        beyond = SetDeviceLimits(**place, limits=LimitsView(max_level=1), phrase=PHRASES["en"])
        assert (await core.ask(beyond)).ok
        assert online(await core.now(), device_id).capabilities[0].max_level == 0.2


@pytest.mark.expect_log("there is no driver", level="WARNING")
async def test_an_edited_file_raises_no_limit_of_what_hurts(profile, monkeypatch):
    monkeypatch.setenv(*PLACE_FOR_KEYS)
    path = profile / "devices.json"
    async with Core(profile, demo=False) as core:
        device_id = await added(core)
        assert (await core.ask(GiveConsent(device_id=device_id, phrase=PHRASES["en"]))).ok
        weak = LimitsView(max_level=0.05)
        place = {"device_id": device_id, "capability": "shock"}
        assert (await core.ask(SetDeviceLimits(**place, limits=weak, phrase=PHRASES["en"]))).ok
    content = json.loads(path.read_text())
    content["devices"][0]["limits"] = {}
    path.write_text(json.dumps(content))
    async with Core(profile, demo=False) as core:
        config = core.runtime._house.hub.config(device_id)
        assert config.limits["shock"].max_level == 0.05


async def test_limits_that_make_no_sense_are_refused_by_field(profile):
    async with Core(profile) as core:
        place = {"device_id": "practice-motor", "capability": "motor"}
        reply = await core.ask(SetDeviceLimits(**place, limits=LimitsView(duty=0)))
        assert (reply.code, reply.values) == ("bad_value", {"field": "duty"})
        none = {"device_id": "practice-motor", "capability": "none"}
        assert (await core.ask(SetDeviceLimits(**none))).code == "unknown_capability"
        assert (await core.ask(GetConsent(device_id="practice-motor"))).code == "not_needed"


async def test_hardware_is_replaced_under_the_same_id_and_name(profile):
    async with Core(profile) as core:
        ask = ReplaceDevice(
            device_id="practice-motor", driver="simulated", settings={"machine": "servo"}
        )
        assert (await core.ask(ask)).ok
        device = await core.see(
            lambda now: (
                (one := online(now, "practice-motor"))
                and one.capabilities[0].kind == "position"
                and one
            ),
            "the servo",
        )
        assert device.role == "motor"


async def test_a_budget_is_shown_kept_and_refilled(profile):
    place = {"device_id": "practice-relay", "capability": "relay"}
    async with Core(profile) as core:
        await core.see(lambda now: online(now, "practice-relay"), "an open relay")
        assert (await core.ask(SetBudget(**place, shots=5, on_s_per_day=60))).ok
        hub = core.runtime._house.hub
        hub.worker("practice-relay").gates.spend("relay", 2)
        budget = online(await core.now(), "practice-relay").capabilities[0].budget
        assert (budget.shots_full, budget.shots_left) == (5, 3)
        assert await core.runtime._house.devices._spent.settled()
    async with Core(profile) as core:
        budget = (await core.see(lambda now: online(now, "practice-relay"), "it")).capabilities[0]
        assert budget.budget.shots_left == 3
        assert (await core.ask(Refill(**place, what="shots"))).ok
        budget = online(await core.now(), "practice-relay").capabilities[0].budget
        assert budget.shots_left == 5
