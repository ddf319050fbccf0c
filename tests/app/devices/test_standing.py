"""Other hardware under the same id, and a device that helps out: rules go on as they are."""

import pytest

from app.core.catalog import Catalog
from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.health import Health
from app.devices.standing import stand_ins
from drivers.contract import (
    Capability,
    Cause,
    Driver,
    DriverError,
    Hazard,
    Kind,
    Limits,
    Off,
    Run,
    Switch,
)
from drivers.simulated import Simulated
from tests.app.devices.rig import practice, running


def outputs(*ids, kind=Kind.SWITCH, hazard=Hazard.MAINS):
    return tuple(Capability(one, kind, one, hazard) for one in ids)


def test_the_same_id_goes_first_and_then_the_order():
    assert stand_ins(outputs("r1", "r2"), outputs("r2", "x")) == {"r2": "r2", "r1": "x"}


def test_nothing_stands_in_that_is_of_another_kind_or_hurts_in_another_way():
    assert stand_ins(outputs("r1"), outputs("r1", kind=Kind.LEVEL)) == {}
    assert stand_ins(outputs("r1"), outputs("r1", hazard=Hazard.PAIN)) == {}
    assert stand_ins((), outputs("r1")) == {}


async def test_rules_that_name_the_old_output_work_on_the_new_hardware():
    class Other(Simulated):
        """The same relay, whose output has another name."""

        key = "other"

        async def open(self):
            await super().open()
            return tuple(
                Capability("ch1", one.kind, one.title, one.hazard)
                for one in (self._machine.capability,)
            )

        async def apply(self, capability, instruction, duration_s):
            assert capability == "ch1"
            return await super().apply("relay", instruction, duration_s)

    catalog: Catalog[Driver] = Catalog(found={"simulated": Simulated, "other": Other})
    async with running(practice("relay"), catalog=catalog) as rig:
        rig.hub.set_limits("relay", {"relay": Limits(max_on_s=0.07)})
        config = await rig.hub.replace_with("relay", "other", {"machine": "relay"})
        assert (config.id, config.name, config.role) == ("relay", "Relay", "relay")
        await rig.online("relay")
        command = rig.send("relay", "relay", Switch(on=True), 5.0)
        await rig.finished(command)
        assert rig.final(command).stage is Stage.DONE
        # The limits came along.
        assert rig.hub.device("relay").capabilities[0].limits.max_on_s == 0.07
        assert rig.hub.find("relay", Kind.SWITCH) == ("relay", "ch1")


class Shaky(Simulated):
    """A relay that fails when it is told to."""

    key = "shaky"
    failing = False
    gone = False
    unsure = False

    async def make_safe(self):
        return await super().make_safe() and not type(self).unsure

    async def open(self):
        if type(self).gone:
            raise DriverError(Cause.NOT_FOUND)
        return await super().open()

    async def apply(self, capability, instruction, duration_s):
        if type(self).failing:
            raise DriverError(Cause.REFUSED)
        return await super().apply(capability, instruction, duration_s)


CATALOG: Catalog[Driver] = Catalog(found={"simulated": Simulated, "shaky": Shaky})
FIRST = DeviceConfig("first", "First", "shaky", {"machine": "relay"}, fallback="second")
SECOND = practice("relay", "second")


async def test_what_a_device_that_is_away_is_told_its_fallback_does():
    Shaky.failing, Shaky.gone = False, False
    async with running(FIRST, SECOND, catalog=CATALOG) as rig:
        own = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(own)
        assert rig.final(own).device_id == "first"
        Shaky.gone = True
        driver = rig.hub.worker("first").driver
        driver.events.on_lost(DriverError(Cause.LOST))
        await rig.until(lambda: not rig.hub.worker("first").online)
        assert rig.hub.device("first").replaced_now
        helped = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(helped)
        final = rig.final(helped)
        assert (final.device_id, final.stage) == ("second", Stage.DONE)
        Shaky.gone = False
        rig.hub.try_now("first")
        await rig.online("first")
        again = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(again)
        assert rig.final(again).device_id == "first"


async def test_a_device_that_fails_again_and_again_is_spared_for_a_while():
    Shaky.failing, Shaky.gone = True, False
    async with running(FIRST, SECOND, catalog=CATALOG) as rig:
        for _ in range(3):
            failed = rig.send("first", "relay", Switch(on=True), 0.05)
            await rig.finished(failed)
            assert rig.drop(failed) is Drop.REFUSED
        assert rig.hub.device("first").health.state == "bad"
        helped = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(helped)
        assert rig.final(helped).device_id == "second"


async def test_a_device_that_does_not_confirm_that_it_is_off_is_spared_until_it_does():
    Shaky.failing, Shaky.gone, Shaky.unsure = False, False, True
    async with running(FIRST, SECOND, catalog=CATALOG) as rig:
        # There is no connection that could be lost, as behind a web request.
        await rig.until(lambda: rig.hub.device("first").safe is False)
        assert rig.hub.device("first").replaced_now
        helped = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(helped)
        assert rig.final(helped).device_id == "second"
        Shaky.unsure = False
        await rig.until(lambda: rig.hub.device("first").safe)
        again = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(again)
        assert rig.final(again).device_id == "first"


async def test_off_ends_what_runs_in_its_place_too():
    Shaky.failing, Shaky.gone = True, False
    async with running(FIRST, SECOND, catalog=CATALOG) as rig:
        for _ in range(3):
            await rig.finished(rig.send("first", "relay", Switch(on=True), 0.05))
        helped = rig.send("first", "relay", Switch(on=True), 30.0)
        await rig.until(rig.hub.running)
        Shaky.failing = False
        own = rig.hub.worker("first")
        own.health = Health()
        off = rig.send("first", "relay", Off())
        await rig.finished(off, helped)
        assert not rig.hub.running()


async def test_a_fallback_that_is_away_itself_is_no_help():
    Shaky.failing, Shaky.gone = False, True
    gone = DeviceConfig("second", "Second", "shaky", {"machine": "relay"})
    async with running(FIRST, gone, catalog=CATALOG, wait=False) as rig:
        command = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(command)
        assert rig.drop(command) is Drop.OFFLINE
        assert not rig.hub.device("first").replaced_now


@pytest.mark.expect_log("there is no driver", level="WARNING")
async def test_a_device_whose_driver_is_missing_is_stood_in_for():
    orphan = DeviceConfig(
        "first", "First", "none", fallback="second", known=outputs("relay", hazard=Hazard.MAINS)
    )
    async with running(orphan, SECOND, catalog=CATALOG, wait=False) as rig:
        await rig.online("second")
        (relay,) = rig.hub.capabilities("second")
        helped = rig.send("first", "relay", Switch(on=True), 0.05)
        await rig.finished(helped)
        own = relay.hazard is Hazard.MAINS
        assert rig.final(helped).stage is (Stage.DONE if own else Stage.DROPPED)
        assert own


async def test_a_removed_fallback_is_nobodys_any_more():
    Shaky.failing, Shaky.gone = False, False
    async with running(FIRST, SECOND, catalog=CATALOG) as rig:
        await rig.hub.remove("second")
        assert rig.hub.config("first").fallback == ""


def test_health_is_judged_by_the_newest_commands():
    health = Health()
    assert health.now.state == ""
    for _ in range(9):
        health.note(Stage.ACKED, Drop.NONE, 4.0, 0.0)
    assert (health.now.state, health.now.took_ms) == ("good", 4.0)
    health.note(Stage.FAILED, Drop.SKIPPED, None, 0.0)
    assert health.now.failed == 0
    for _ in range(2):
        health.note(Stage.FAILED, Drop.NO_ANSWER, None, 10.0)
    assert health.now.state == "shaky"
    health.note(Stage.FAILED, Drop.NO_ANSWER, None, 10.0)
    assert health.now.state == "bad"
    assert health.bad(20.0)
    # After a while it is asked again, to see.
    assert not health.bad(60.0)
    health.opened()
    assert health.now.state == "good"


async def test_stop_reaches_both():
    Shaky.failing, Shaky.gone = False, False
    async with running(FIRST, practice("motor", "second"), catalog=CATALOG) as rig:
        motor = rig.send("second", "motor", Run(60), 30.0)
        relay = rig.send("first", "relay", Switch(on=True), 30.0)
        await rig.until(lambda: len(rig.hub.running()) == 2)
        rig.hub.stop_now("test")
        await rig.finished(motor, relay)
        assert not rig.hub.running()
