"""What hurts stays off until its consent was typed, and rests again when it is taken back."""

import pytest

from app.core.catalog import Catalog
from app.core.outcome import Drop, Stage
from app.devices.config import DeviceConfig
from app.devices.consent import PHRASES, TEXTS, is_phrase
from drivers.contract import (
    Ack,
    Capability,
    Driver,
    DriverSettings,
    Hazard,
    Kind,
    Limits,
    Off,
    SetLevel,
)
from tests.app.devices.rig import running


class Collar(Driver):
    """It hurts at one output and shines at the other; it writes down what it was told."""

    key = "collar"
    title = summary = "Collar"
    Settings = DriverSettings
    told: list[object]

    def __init__(self, settings, events):
        super().__init__(settings, events)
        type(self).told = []

    async def open(self):
        return (
            Capability("shock", Kind.LEVEL, "Shock", Hazard.PAIN),
            Capability("lamp", Kind.LEVEL, "Lamp", Hazard.LIGHT),
        )

    async def apply(self, capability, instruction, duration_s):
        self.told.append((capability, instruction))
        return Ack.CONFIRMED

    def stop_now(self):
        self.told.append("stop")

    async def make_safe(self):
        self.told.append("safe")
        return True

    async def close(self):
        pass


COLLARS = Catalog(found={"collar": Collar})
COLLAR = DeviceConfig("c", "Collar", "collar")


@pytest.mark.parametrize("typed", [*PHRASES.values(), "  i KNOW this  can hurt. "])
def test_the_words_are_known_however_they_are_spaced(typed):
    assert is_phrase(typed)


@pytest.mark.parametrize("typed", ["", "yes", "I know this can", "I know this can hurt you"])
def test_other_words_are_no_consent(typed):
    assert not is_phrase(typed)


def test_there_is_as_much_to_read_in_both_languages():
    assert set(TEXTS) == set(PHRASES) == {"en", "vi"}
    assert len(TEXTS["en"]) == len(TEXTS["vi"])


def agreed(rig):
    rig.hub.consent("c", 1)
    rig.hub.arm("c", armed=True)


async def test_without_consent_what_hurts_does_nothing_and_the_rest_works():
    async with running(COLLAR, catalog=COLLARS) as rig:
        shock = rig.send("c", "shock", SetLevel(0.1), 0.1)
        lamp = rig.send("c", "lamp", SetLevel(0.1), 0.1)
        await rig.finished(shock, lamp)
        assert rig.drop(shock) is Drop.NO_CONSENT
        assert rig.final(lamp).stage is Stage.DONE
        assert ("shock", SetLevel(0.1)) not in Collar.told
        assert rig.hub.device("c").consent == "needed"


async def test_off_needs_no_consent():
    async with running(COLLAR, catalog=COLLARS) as rig:
        off = rig.send("c", "shock", Off())
        await rig.finished(off)
        assert rig.final(off).stage is Stage.DONE


async def test_with_consent_it_works_under_limits_that_nobody_can_raise():
    async with running(COLLAR, catalog=COLLARS) as rig:
        agreed(rig)
        rig.hub.set_limits("c", {"shock": Limits(max_level=1.0, max_on_s=60.0)})
        shock = rig.send("c", "shock", SetLevel(1.0), 60.0)
        await rig.finished(shock)
        assert ("shock", SetLevel(0.2)) in Collar.told
        assert rig.hub.device("c").capabilities[0].ceiling.max_on_s == 1.0
        sent = next(one for one in rig.deliveries if one.stage is Stage.SENT)
        assert ("duration_s", 60.0, 1.0) in sent.limited


async def test_a_consent_that_is_taken_back_ends_everything_at_once():
    async with running(COLLAR, catalog=COLLARS) as rig:
        agreed(rig)
        shock = rig.send("c", "shock", SetLevel(0.1), 1.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(shock))
        rig.hub.consent("c", None)
        await rig.finished(shock)
        assert rig.drop(shock) is Drop.NO_CONSENT
        assert "stop" in Collar.told
        again = rig.send("c", "shock", SetLevel(0.1), 0.1)
        await rig.finished(again)
        assert rig.drop(again) is Drop.NO_CONSENT


async def test_other_settings_and_other_hardware_need_a_new_consent():
    async with running(COLLAR, catalog=COLLARS) as rig:
        rig.hub.consent("c", 1)
        assert (await rig.hub.configure("c", {})).consent_ms is None
        await rig.online("c")
        rig.hub.consent("c", 2)
        assert (await rig.hub.replace_with("c", "collar", {})).consent_ms is None


async def test_what_else_the_device_does_is_asked_again_as_soon_as_it_rests():
    async with running(COLLAR, catalog=COLLARS) as rig:
        agreed(rig)
        shock = rig.send("c", "shock", SetLevel(0.1), 1.0)
        await rig.until(lambda: Stage.ACKED in rig.steps(shock))
        rig.hub.consent("c", None)
        # It comes before the device has said that it rests, and waits for that.
        lamp = rig.send("c", "lamp", SetLevel(0.3), 0.05)
        await rig.finished(lamp)
        assert rig.final(lamp).stage is Stage.DONE
        shone = Collar.told.index(("lamp", SetLevel(0.3)))
        stopped = Collar.told.index("stop")
        assert "safe" in Collar.told[stopped:shone]
